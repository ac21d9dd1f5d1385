/** One queue of the comparison. */
export interface Contestant {
  /** Begins the names of its figures. */
  readonly key: string;
  readonly title: string;
  /** Jobs a round; slow ones get fewer, so that the comparison ends within minutes. */
  readonly jobs: number;
  /** How it is set up: batch sizes, concurrency, what an acknowledgement waits for. */
  readonly settings: string;
  /** Opens an empty queue of its own and removes it afterwards, whatever happens. */
  within<Result>(use: (queue: OpenQueue) => Promise<Result>): Promise<Result>;
}

export interface OpenQueue {
  enqueue(count: number): Promise<void>;
  /** Claims `count` jobs, does nothing with them and acknowledges them; resolves when all of that is stored. */
  drain(count: number): Promise<void>;
  /** A worker that waits for jobs. Absent where each user has to write the polling. */
  attend?(onStart: (job: number) => void): Promise<Attended>;
  /** CPU-seconds so far of its own server. Absent: it works on the mongod of all. */
  serverCpu?(): number;
}

export interface Attended {
  enqueue(job: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** About 200 bytes, as the reference measurements had them. */
export const JOB_TEXT =
  '【通知】明天上午九点到下午五点停水检修，请提前储水。有困难的住户请联系物业，我们上门帮忙。谢谢大家的理解和支持。';

/** Resolves at the `count`-th call of `tick`. */
export function countdown(count: number): { readonly done: Promise<void>; readonly tick: () => void } {
  let left = count;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const tick = () => {
    left -= 1;
    if (left === 0) finish();
  };
  return { done, tick };
}
