/** How staff came by a ballot that they enter. */
export const PAPER_PATHS = [
  { value: 'paper', label: '纸票' },
  { value: 'phone', label: '电话' },
  { value: 'visit', label: '上门' },
] as const;

export type PaperPath = (typeof PAPER_PATHS)[number]['value'];

/** The numbers as they are typed: 1, or 1 3, or 5、4、1; undefined when anything else is there. */
export function typedNumbers(text: string): number[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[\s,，、;；]+/u)
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => /^\d{1,4}$/u.test(part)) ? parts.map(Number) : undefined;
}
