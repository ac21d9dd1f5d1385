import { readFileSync } from 'node:fs';
import { createDice } from './chance.ts';
import { startCost } from './cost.ts';
import { inCrowd } from './crowd.ts';
import { percentile } from './figures.ts';
import { inHouse } from './house.ts';
import { messageIn, type BenchMessage } from './messages.ts';
import { figuresOf, MAJORITY, measured, rowsOf, type Bench } from './report.ts';
import { settleTown, TOWN } from './town.ts';
import { letterWords } from './words.ts';

const MESSAGES = 10_000;
const AT_ONCE = 400;
const MADE_UP = 2_000;
/** On a busy machine the bench stops handing in, so that it ends within a minute, and says how far it came. */
const HAND_IN_MS = 45_000;

/** 10,000 residents' letters, each told to the bot as 反映 …. */
export const replay: Bench = {
  name: 'replay',
  about: '10,000 residents’ letters as 反映 …',
  run: ({ mongodbUri, messagesFile }) =>
    inHouse(mongodbUri, async (house) => {
      await settleTown(house.connection, house.now());
      const texts = messagesFile === undefined ? madeUpLetters() : readLetters(messagesFile);
      const messages = lettersIn(texts);
      const engine = house.engine({ work: ['inbox'] });
      await engine.start();
      const cost = startCost(house.uri);
      const endMs = performance.now() + HAND_IN_MS;
      const waits: number[] = [];
      await inCrowd(messages, AT_ONCE, async (letter) => {
        const sentMs = performance.now();
        if (sentMs > endMs) return;
        await engine.sink(letter.message);
        const [decidedMs = NaN] = await house.decided([letter]);
        waits.push(decidedMs - sentMs);
      });
      const spent = cost();
      const handled = waits.length;
      await engine.stop();
      const happened = (event: string) => house.events.get(event) ?? 0;
      const figures = {
        ...figuresOf('handled', handled, spent),
        letters: handled,
        registered: happened('concern.registered'),
        similar: happened('concern.similar'),
        others: handled - happened('concern.registered') - happened('concern.similar'),
        p50Ms: percentile(waits, 0.5),
        p99Ms: percentile(waits, 0.99),
        rssMb: spent.rssMb,
        loadAverage: spent.load,
      };
      return {
        bench: 'replay',
        title: 'Replay: 10,000 residents’ letters registered',
        figures: measured(figures),
        ratios: {},
        rows: [
          ...rowsOf('handled', 'letters handled', figures),
          { what: 'letters', value: figures.letters, unit: '' },
          { what: 'registered', value: figures.registered, unit: '' },
          { what: 'similar to one before', value: figures.similar, unit: '' },
          { what: 'others', value: figures.others, unit: '' },
          {
            what: 'p50 of sink to reply',
            value: figures.p50Ms,
            unit: 'ms',
            note: `with ${AT_ONCE} waiting`,
          },
          { what: 'p99 of sink to reply', value: figures.p99Ms, unit: 'ms' },
          { what: 'memory', value: figures.rssMb, unit: 'MB' },
          { what: 'load average', value: figures.loadAverage, unit: '' },
        ],
        notes: [
          messagesFile === undefined
            ? `no file was named: ${texts.length} made-up letters with the lengths of real ones`
            : `${texts.length} real letters, told to several communities each but to none twice`,
          `${AT_ONCE} at a time, each until it is handled, into 100 groups of 20 communities; ${MAJORITY}`,
        ],
      };
    }),
};

function madeUpLetters(): string[] {
  const dice = createDice(7);
  return Array.from({ length: MADE_UP }, () => letterWords(dice));
}

/** Texts of a JSON-lines file. Throws for a file without any. */
function readLetters(file: string): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const texts = lines.map((line) => textOf(JSON.parse(line)));
  if (texts.length === 0) throw new Error('the file of messages is empty');
  return texts;
}

function textOf(line: unknown): string {
  const text = line !== null && typeof line === 'object' && 'text' in line ? line.text : undefined;
  if (typeof text !== 'string') throw new Error('a line of the file of messages has no text');
  return text;
}

/** Letter after letter, round by round; each round goes to the next community, so that none hears a letter twice. */
function lettersIn(texts: readonly string[]): BenchMessage[] {
  return Array.from({ length: MESSAGES }, (_, index) => {
    const round = Math.floor(index / texts.length);
    const group = TOWN[((index % texts.length) + round) % TOWN.length];
    const resident = group?.residents[Math.floor(index / TOWN.length) % group.residents.length];
    if (!group || resident === undefined) throw new RangeError('nobody to tell a letter');
    const text = texts[index % texts.length] ?? '';
    return { said: 'concern', message: messageIn(group, resident, `letter-${index}`, `反映 ${text}`) };
  });
}
