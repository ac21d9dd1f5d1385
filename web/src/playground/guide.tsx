import type { ConsoleLink, Message } from './types.ts';

interface Step {
  readonly title: string;
  readonly how: string;
  /** Words of the bot that only appear when the step has had its effect. */
  readonly sign: RegExp;
}

const STEPS: readonly Step[] = [
  { title: '反映一件事', how: '居民群里发「反映 …」', sign: /已登记：诉求#/u },
  { title: '立成议题', how: '工作群里发「立题 1」', sign: /议题#\d+/u },
  { title: '发起表决', how: '在工作台的议题里发起', sign: /【表决】/u },
  { title: '到点出结果', how: '大家投票，再拨到截止', sign: /【结果】/u },
  { title: '开协商会', how: '在工作台发会议通知', sign: /【协商会#/u },
  { title: '公示', how: '在工作台写成果', sign: /【公示】/u },
  { title: '交办', how: '公示期满自动交办', sign: /【交办】/u },
  { title: '办结，答复每个人', how: '物业群里发「办结 T1 …」，工作台核实', sign: /有结果了/u },
  { title: '发通知', how: '工作群里发「通知 …」', sign: /【通知】/u },
];

interface GuideProps {
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  readonly links: readonly ConsoleLink[];
}

/** 试一试: nine steps that tick themselves when the effect is there, and the ways into the console. */
export function Guide({ messages, links }: GuideProps) {
  const said = [...messages.values()].flat().filter((message) => message.from.bot);
  return (
    <aside className="guide" aria-label="试一试">
      <h2>试一试</h2>
      <ol>
        {STEPS.map((step) => {
          const done = said.some((message) => step.sign.test(message.text));
          return (
            <li key={step.title} className={done ? 'done' : 'open'}>
              <span aria-hidden="true">{done ? '✓' : '○'}</span> {step.title}
              <small>{done ? '已完成' : step.how}</small>
            </li>
          );
        })}
      </ol>
      {links.length > 0 && (
        <p className="console-links">
          打开工作台：
          {links.map((link) => (
            <a key={link.url} href={link.url} target="_blank" rel="noreferrer">
              {link.name}（{link.role}）
            </a>
          ))}
        </p>
      )}
    </aside>
  );
}
