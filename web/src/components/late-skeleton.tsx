import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';

const SKELETON_AFTER_MS = 300;
const WORDS_AFTER_MS = 5_000;

/** Nothing at first, grey lines after 300 ms, words after 5 s. */
export function LateSkeleton() {
  const [waitedMs, setWaitedMs] = useState(0);
  useEffect(() => {
    const timers = [SKELETON_AFTER_MS, WORDS_AFTER_MS].map((ms) => setTimeout(() => setWaitedMs(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className="late" aria-busy="true">
      {waitedMs >= SKELETON_AFTER_MS && <Skeleton active paragraph={{ rows: 5 }} />}
      {waitedMs >= WORDS_AFTER_MS && <p role="status">网络有点慢，还在取。</p>}
    </div>
  );
}
