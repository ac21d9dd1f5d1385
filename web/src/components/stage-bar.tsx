import { STAGE_WORDS } from '../../../src/texts/words.ts';

const STAGES = [
  'collect',
  'settle',
  'consult',
  'outcome',
  'assign',
  'supervise',
  'feedback',
  'evaluate',
] as const;

/** 征题✓ 定题✓ [协商] 成果 …: where a topic stands. */
export function StageBar({ stage }: { stage: string }) {
  const at = stage === 'closed' ? STAGES.length : STAGES.findIndex((known) => known === stage);
  return (
    <ol className="stages" aria-label="议题走到哪一步">
      {STAGES.map((known, index) => (
        <li key={known} className={stageClass(index, at)} aria-current={index === at ? 'step' : undefined}>
          {STAGE_WORDS[known]}
          {index < at && (
            <span className="stage-done">
              <span aria-hidden="true">✓</span>
              <span className="by-ear">已完成</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function stageClass(index: number, at: number): string {
  if (index === at) return 'stage stage-now';
  return index < at ? 'stage stage-past' : 'stage';
}
