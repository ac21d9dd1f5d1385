interface Proof {
  readonly pollId: string;
  readonly code: string;
  /** Who chose what is in the file. */
  readonly showsNames: boolean;
}

/** How anybody may check the result: the published code, and the file that it belongs to. */
export function PollProof({ pollId, code, showsNames }: Proof) {
  const address = `/api/console/polls/${encodeURIComponent(pollId)}/export`;
  return (
    <section className="card" aria-labelledby="proof">
      <h2 id="proof">核验</h2>
      <p>
        核验码 <code>{code}</code>，和群里结果图上的一样。
      </p>
      <p>
        {showsNames ? '记名表决，文件里有谁选了什么。' : '核验文件里没有姓名和房号。'}
        谁拿到都能重新算一遍，改过一处就会查出来。
      </p>
      <p>表格里有谁投了、谁没投，只给社区存档，不要外传。下载都有记录。</p>
      <div className="inline-actions">
        <a className="button" href={`${address}.json`} download>
          下载核验文件
        </a>
        <a className="button" href={`${address}.xlsx`} download>
          下载Excel表格
        </a>
      </div>
    </section>
  );
}
