import type { Card } from '#core/card';
import { verdictWords, type CountedPoll } from './result-texts.ts';
import { listMark, percentWords } from './words.ts';

function fullText(link: string | undefined): Pick<Card, 'link'> {
  return link === undefined ? {} : { link: { label: '看全文', url: link } };
}

/** A notice: its beginning as title, the whole in the message's text and behind the link. */
export function noticeCard(data: {
  number: number;
  text: string;
  from: string;
  link?: string | undefined;
}): Card {
  return {
    purpose: 'announcement',
    title: `通知#${data.number}`,
    description: data.text,
    facts: [{ label: '谁发的', value: data.from }],
    choices: [],
    ...fullText(data.link),
  };
}

/** What was agreed, while it is shown. */
export function publicityCard(data: {
  topicNumber: number;
  title: string;
  range: string;
  items: readonly { action: string; ownerName: string; due: string }[];
  link?: string | undefined;
}): Card {
  return {
    purpose: 'announcement',
    title: `公示：议题#${data.topicNumber} ${data.title}`,
    description: `不同意，回复「异议 ${data.topicNumber}」加理由`,
    emphasis: { value: `${data.items.length}件`, label: `公示${data.range}` },
    facts: data.items.map((item, index) => ({
      label: `${listMark(index).replace('、', '')}`,
      value: `${item.action}，${item.ownerName}办，${item.due}前`,
    })),
    choices: [],
    ...fullText(data.link),
  };
}

/** A counted poll: turnout large, votes as facts, then what comes next. */
export function resultCard(
  data: CountedPoll & { topicNumber: number; title: string; nextStep: string; link?: string | undefined },
): Card {
  const { voted, roll, quorum, unit } = data;
  return {
    purpose: 'announcement',
    title: `议题#${data.topicNumber} ${data.title}`,
    description: `${verdictWords(data)}。结果供决策参考`,
    emphasis: { value: `${voted}/${roll}${unit}`, label: `投了${percentWords(voted, roll)}` },
    facts: [
      ...data.options.map(({ label, words }) => ({ label, value: words })),
      ...(quorum === 0 ? [] : [{ label: '规定要', value: `${quorum}${unit}` }]),
      { label: '下一步', value: data.nextStep },
    ],
    choices: [],
    ...fullText(data.link),
  };
}
