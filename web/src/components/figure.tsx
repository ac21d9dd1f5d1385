/** One small fact of a head line: 名称 值. */
export function Figure({ label, value }: { label: string; value: string | number }) {
  return (
    <span className="figure">
      <span className="figure-label">{label}</span> <span className="figure-value">{value}</span>
    </span>
  );
}
