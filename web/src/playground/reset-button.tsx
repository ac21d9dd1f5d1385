import { useRef, useState, type SubmitEvent } from 'react';

import { ApiProblem } from '../api/client.ts';
import { resetDemo } from './server.ts';

const CLEAR_WORD = '清空';

/** 重新开始: everything is deleted and the seed is back, after 清空 was typed. */
export function ResetButton({ onReset }: { readonly onReset: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [word, setWord] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (word.trim() !== CLEAR_WORD) {
      setProblem('先在框里写「清空」两个字');
      return;
    }
    setBusy(true);
    try {
      await resetDemo(CLEAR_WORD);
      dialog.current?.close();
      onReset();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : '没清成，再点一次。');
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        重新开始
      </button>
      <dialog ref={dialog} className="reset" aria-labelledby="reset-title" onClose={() => setProblem('')}>
        <form onSubmit={(event) => void submit(event)}>
          <h2 id="reset-title">重新开始</h2>
          <p>演示里的消息、诉求、议题、表决都会删掉，编号从1开始。时间不倒回。</p>
          <label>
            写「清空」
            <input
              value={word}
              aria-describedby="reset-problem"
              aria-invalid={problem !== ''}
              onChange={(event) => setWord(event.target.value)}
            />
          </label>
          <p id="reset-problem" className="problem" role="alert">
            {problem}
          </p>
          <div className="actions">
            <button type="submit" className="send">
              {isBusy ? '正在清空…' : '清空，重新开始'}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              不清空
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
