import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PollResultPicture } from '#core/picture';
import { loadPictureFonts } from '#src/picture/font-files';
import { pollResultSvg } from '#src/picture/poll-result-svg';
import { barWidths, drawnTexts, type DrawnText } from './drawn-texts.ts';
import { pictureSamples } from './samples.ts';
import { expectSound } from './sound.ts';

const fonts = loadPictureFonts();
const svgOf = (picture: PollResultPicture): string => pollResultSvg(picture, fonts);
const textsOf = (picture: PollResultPicture): DrawnText[] => drawnTexts(svgOf(picture), fonts);
const wordsOf = (picture: PollResultPicture): string[] => textsOf(picture).map(({ content }) => content);

describe('the result picture', () => {
  it.each(Object.entries(pictureSamples))(
    'keeps every text of %s within its canvas, apart, and drawable',
    (_, picture) => {
      expectSound(svgOf(picture), fonts);
    },
  );

  it('stays sound whatever its texts and numbers are', { timeout: 60_000 }, () => {
    const word = fc.string({ unit: 'binary', maxLength: 50 });
    const count = fc.nat(99_999);
    const anyPicture = fc.record({
      placeName: word,
      title: word,
      verdict: word,
      valid: fc.boolean(),
      turnout: fc.record({
        voted: count,
        roll: count,
        quorum: count,
        unit: fc.constantFrom('户', '人', '个单位'),
      }),
      options: fc.array(fc.record({ label: word, votes: count }), { minLength: 2, maxLength: 20 }),
      url: fc.webUrl(),
    });
    fc.assert(
      fc.property(anyPicture, (fields) => expectSound(svgOf({ ...pictureSamples.lift, ...fields }), fonts)),
      { numRuns: 40 },
    );
  });

  it('names place, topic, title, verdict, turnout, quorum, options, purpose, end and code', () => {
    expect(wordsOf(pictureSamples.lift)).toEqual([
      '幸福里社区 · 议题#3',
      '3号楼加装电梯',
      '有效，通过',
      '120户投了98户（81.7%）',
      '规定80户',
      '赞成',
      '79户',
      '80.6%',
      '反对',
      '12户',
      '12.2%',
      '弃权',
      '7户',
      '7.1%',
      '供决策参考',
      '截止时间 12月20日（周日）18:00',
      '核验码 A1B2C3D4',
    ]);
  });

  it('makes the full width of a bar all ballots counted', () => {
    const svg = svgOf(pictureSamples.lift);
    const [full] = barWidths(svg, '#EEF1F4');
    expect((barWidths(svg, '#1B5FAA')[0] ?? 0) / (full ?? 0)).toBeCloseTo(79 / 98, 3);
    expect((barWidths(svg, 'url(#against)')[0] ?? 0) / (full ?? 0)).toBeCloseTo(12 / 98, 3);
    expect((barWidths(svg, '#8A919B')[0] ?? 0) / (full ?? 0)).toBeCloseTo(7 / 98, 3);
  });

  it('draws other options than for, against and abstain in one hue', () => {
    const options = [
      { label: '赞成', votes: 3 },
      { label: '再议', votes: 2 },
      { label: '反对', votes: 1 },
    ];
    const svg = svgOf({ ...pictureSamples.lift, options });
    expect(barWidths(svg, '#1B5FAA')).toHaveLength(3);
    expect(barWidths(svg, 'url(#against)')).toEqual([]);
  });

  it('puts the tick where the quorum is on the roll', () => {
    const [, left] = /<rect x="([\d.]+)"[^>]* width="6" height="40"/.exec(svgOf(pictureSamples.lift)) ?? [];
    expect(Number(left) + 3).toBeCloseTo(64 + (952 * 80) / 120, 1);
  });

  it('draws no tick where no quorum is asked for', () => {
    expect(wordsOf(pictureSamples.nobodyVoted).join()).not.toContain('规定');
  });

  it('draws empty bars when nobody voted', () => {
    const svg = svgOf(pictureSamples.nobodyVoted);
    expect(barWidths(svg, '#EEF1F4')).toHaveLength(3);
    expect(barWidths(svg, '#1B5FAA')).toEqual([]);
    expect(wordsOf(pictureSamples.nobodyVoted)).toContain('0%');
  });

  it('gives equal votes equal bars', () => {
    const [first, second] = barWidths(svgOf(pictureSamples.tie), '#1B5FAA');
    expect(first).toBe(second);
  });
});

describe('more options than fit', () => {
  it('shows the eight with most votes in the order of the poll and says what is left', () => {
    const words = wordsOf(pictureSamples.twelve);
    const labels = pictureSamples.twelve.options.map(({ label }) => label);
    const shown = words.filter((word) => labels.includes(word));
    const least = [...pictureSamples.twelve.options].sort((a, b) => a.votes - b.votes).slice(0, 4);
    expect(shown).toEqual(labels.filter((label) => !least.some((option) => option.label === label)));
    expect(words).toContain('其余见链接：4项共9户');
  });

  it('takes the earlier of equals', () => {
    const options = Array.from({ length: 9 }, (_, index) => ({ label: `第${index + 1}`, votes: 1 }));
    expect(wordsOf({ ...pictureSamples.lift, options })).not.toContain('第9');
  });

  it('names no link where there is none', () => {
    const { url: _, ...unlinked } = pictureSamples.twelve;
    expect(wordsOf(unlinked)).toContain('其余4项共9户');
    expect(wordsOf(unlinked).join()).not.toContain('链接');
  });

  it('stays within its height with every line that it can have', () => {
    const { url: _, ...unlinked } = pictureSamples.longestTwenty;
    const fullest = { ...unlinked, placeName: '𠮷祥里' };
    expectSound(svgOf(fullest), fonts);
    expect(wordsOf(fullest)).toContain('〓是图上写不出的字，见文字消息');
  });
});

describe('texts of users', () => {
  it('take at most two lines as a title, cut with an ellipsis', () => {
    const title = textsOf(pictureSamples.longestThree).filter(({ size }) => size === 56);
    expect(title).toHaveLength(2);
    expect(title[1]?.content).toMatch(/…$/u);
  });

  it('stay text when they look like XML', () => {
    const svg = svgOf({ ...pictureSamples.lift, title: `<b>&amp;"'</b>`, placeName: ']]><script>' });
    expect(svg).toContain('&lt;b&gt;&amp;amp;&quot;&apos;&lt;/b&gt;');
    expect(svg).not.toContain('<script>');
  });

  it('keep what is said of an option when its name is cut in the verdict', () => {
    const verdict = textsOf(pictureSamples.longestTwenty).find(({ size }) => size === 48);
    expect(verdict?.content).toMatch(/^有效，「.+…」最多$/u);
  });

  it('show rare signs, and 〓 with its meaning for those that the font lacks', () => {
    const words = wordsOf(pictureSamples.rareSigns);
    expect(words).toContain('推选〓㐂、镕堃为楼长〓');
    expect(words).toContain('〓是图上写不出的字，见文字消息');
    expect(wordsOf(pictureSamples.lift).join()).not.toContain('〓');
  });
});
