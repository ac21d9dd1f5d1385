/** How anybody may check the result: the published code, and the file that it belongs to. */
export function PollProof({ pollId, code }: { pollId: string; code: string }) {
  const address = `/api/console/polls/${encodeURIComponent(pollId)}/export.json`;
  return (
    <section className="card" aria-labelledby="proof">
      <h2 id="proof">核验</h2>
      <p>
        核验码 <code>{code}</code>，和群里结果图上的一样。
      </p>
      <p>文件里没有姓名和房号。谁拿到都能重新算一遍，改过一处就会查出来。</p>
      <a className="button" href={address} download>
        下载核验文件
      </a>
    </section>
  );
}
