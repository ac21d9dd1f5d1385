import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PollOpeningPicture } from '#core/picture';
import { fontFiles, loadPictureFonts } from '#src/picture/font-files';
import { pollOpeningSvg } from '#src/picture/poll-opening-svg';
import { createPictureRenderer } from '#src/picture/render-png';
import { readQr } from '#test/support/read-qr';
import { drawnTexts, heightOf } from './drawn-texts.ts';
import { expectSound } from './sound.ts';

const SLOW_MS = 60_000;
const fonts = loadPictureFonts();

const LIFT: PollOpeningPicture = {
  kind: 'pollOpening',
  placeName: '幸福里社区',
  topicNumber: 3,
  title: '3号楼加装电梯',
  electorate: '3号楼业主，每户1票',
  closes: '12月20日（周日）18:00',
  url: 'https://yishi.example.cn/vote/3-7K2M9QXAPLMN',
};
const LONG: PollOpeningPicture = {
  ...LIFT,
  placeName: '三号楼一单元二单元三单元全体业主和租户联合议事社区'.repeat(2),
  topicNumber: 99_999,
  title: '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案',
  electorate: '三号楼一单元二单元三单元全体业主每户一票，租户也可以投，一户还是一票，按房产证上的户数算',
  closes: '2027年12月20日（周日）18:00',
  url: `https://${'yishi-'.repeat(10)}.example.cn/${'community/'.repeat(14)}vote/99999-7K2M9QXAPLMN`,
};

const wordsOf = (picture: PollOpeningPicture) =>
  drawnTexts(pollOpeningSvg(picture, fonts), fonts).map(({ content }) => content);

/** What a phone reads that looks at the picture, also when a group's chat shows it smaller. */
function read(picture: PollOpeningPicture, width: number): string | undefined {
  const image = new Resvg(pollOpeningSvg(picture, fonts), {
    font: { loadSystemFonts: false, fontFiles: fontFiles() },
    fitTo: { mode: 'width', value: width },
  }).render();
  return readQr(image.pixels, image.width, image.height);
}

describe('the picture of an opening', () => {
  it.each([
    ['as it is sent', 1080],
    ['small in a chat', 360],
  ])('leads a phone to the very link: %s', { timeout: SLOW_MS }, (_, width) => {
    expect(read(LIFT, width)).toBe(LIFT.url);
    expect(read({ ...LIFT, url: LONG.url }, 1080)).toBe(LONG.url);
  });

  it('says question, voters and deadline, and the link in letters', () => {
    const words = wordsOf(LIFT);
    expect(words.slice(0, 4)).toEqual([
      '幸福里社区 · 议题#3',
      '3号楼加装电梯',
      '谁能投 3号楼业主，每户1票',
      '截止时间 12月20日（周日）18:00',
    ]);
    expect(words.at(-1)).toBe(LIFT.url);
    expect(wordsOf(LONG).join('')).toContain(LONG.url);
  });

  it('keeps within its canvas with the longest texts', () => {
    expectSound(pollOpeningSvg(LONG, fonts), fonts);
    expect(heightOf(pollOpeningSvg(LIFT, fonts))).toBeLessThan(heightOf(pollOpeningSvg(LONG, fonts)));
  });

  it('has letters alone where no phone could read the code', () => {
    const url = `https://yishi.example.cn/${'a'.repeat(260)}`;
    const svg = pollOpeningSvg({ ...LIFT, url }, fonts);
    expect(svg).not.toContain('crispEdges');
    expect(wordsOf({ ...LIFT, url }).join('')).not.toContain('扫一扫');
    expect(wordsOf({ ...LIFT, url }).join('')).toContain(url);
  });

  it('explains the sign that stands for one it cannot draw', () => {
    expect(wordsOf({ ...LIFT, title: '推选𠮷㐂🎉为楼长' }).at(-1)).toContain('图上写不出的字');
  });

  it('stays sound whatever its texts are', { timeout: SLOW_MS }, () => {
    const word = fc.string({ unit: 'binary', maxLength: 60 });
    const any = fc.record({ placeName: word, title: word, electorate: word, closes: word, url: fc.webUrl() });
    fc.assert(
      fc.property(any, fc.nat(99_999), (texts, topicNumber) => {
        expectSound(pollOpeningSvg({ ...LIFT, ...texts, topicNumber }, fonts), fonts);
      }),
      { numRuns: 100 },
    );
  });

  it('is drawn by the renderer as a PNG of its size', { timeout: SLOW_MS }, async () => {
    const png = Buffer.from(await createPictureRenderer().png(LIFT));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      1080,
      heightOf(pollOpeningSvg(LIFT, fonts)),
    ]);
  });
});
