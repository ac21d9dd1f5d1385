import { moneyWords } from '../../../src/texts/method-words.ts';

/** Says along the way what points or money are left. What counts is judged when it is sent. */
export function countAlong(page: ParentNode): void {
  for (const group of page.querySelectorAll<HTMLFieldSetElement>('[data-points], [data-budget]')) {
    const counter = group.parentElement?.querySelector<HTMLElement>('.counter');
    if (!counter) continue;
    const say = () => {
      const { words, isOver } = group.dataset['points'] === undefined ? moneyLeft(group) : pointsLeft(group);
      counter.textContent = words;
      counter.dataset['over'] = String(isOver);
    };
    group.addEventListener('input', say);
    say();
  }
}

interface Left {
  readonly words: string;
  readonly isOver: boolean;
}

function pointsLeft(group: HTMLFieldSetElement): Left {
  const given = [...group.querySelectorAll<HTMLInputElement>('input')]
    .map(({ value }) => Number(value.normalize('NFKC').trim() || '0'))
    .reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);
  const left = Number(group.dataset['points']) - given;
  if (left < 0) return { words: `多分了${-left}分`, isOver: true };
  return { words: left === 0 ? '都分完了' : `还剩${left}分`, isOver: false };
}

function moneyLeft(group: HTMLFieldSetElement): Left {
  const { budget, unit = '元' } = group.dataset;
  const spent = [...group.querySelectorAll<HTMLInputElement>('input:checked')].reduce(
    (sum, { dataset }) => sum + Number(dataset['cost']),
    0,
  );
  const left = Number(budget) - spent;
  const money = (amount: number) => moneyWords(amount, { unit });
  if (left < 0) return { words: `合计${money(spent)}，超了${money(-left)}`, isOver: true };
  return { words: `合计${money(spent)}，还剩${money(left)}`, isOver: false };
}
