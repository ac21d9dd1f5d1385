import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createConcernIndex,
  mayBeOneMatter,
  SIMILAR_CONCERN_SCORE,
  similarConcerns,
} from '#language/similarity';

const SAME: readonly (readonly [string, string])[] = [
  ['3号楼门口的路灯坏了三天，老人晚上出门看不清', '三栋楼下路灯不亮了，黑漆漆的'],
  ['3号楼2单元电梯又停了', '三号楼二单元电梯坏了没人修'],
  ['5栋楼下垃圾堆成山', '五号楼门口垃圾没人收拾'],
  ['7栋楼下麻将馆吵到凌晨', '7号楼一楼麻将馆通宵营业扰民'],
  ['湘A12345占我车位', '湘A·12345 又乱停车堵门'],
  ['3号楼灯不亮', '3号楼路灯坏了'],
  ['充电桩坏了充不了电', '电动车没地方充电，充电桩都坏了'],
  ['北门门禁坏了', '北门的门禁刷不开'],
  ['6号楼3楼漏水到我家', '6栋漏水严重，墙都湿了'],
  ['芙蓉路路面坑洼', '芙蓉路有个大坑，骑车摔跤'],
  ['2号樓水壓太小', '2栋水压低，五楼洗不了澡'],
  ['４号楼停水两天了', '4栋没水，怎么做饭'],
  ['9号楼楼道堆满杂物', '九栋楼道堆物，走路都难'],
  ['8号楼外墙瓷砖脱落', '8栋瓷砖掉下来差点砸到人'],
  ['儿童滑梯断了一截', '小区儿童滑梯断了，小孩容易受伤'],
  ['10号楼高空抛物砸坏车', '10栋有人高空抛物'],
];
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['3号楼门口的路灯坏了', '5号楼门口的路灯坏了'],
  ['小区停水了', '小区停电了'],
  ['3号楼停水两天了没人管', '3号楼停电两天了没人管'],
  ['3号楼1单元电梯坏了', '3号楼2单元电梯坏了'],
  ['3号楼电梯坏了', '3号楼要求加装电梯'],
  ['7栋麻将馆扰民', '9栋麻将馆扰民'],
  ['湘A12345占我车位', '湘A54321占我车位'],
  ['路灯不亮', '楼道灯不亮'],
  ['物业费太贵', '垃圾没人清'],
  ['谢谢社区', '你好'],
  ['北门门禁坏了', '南门门禁坏了'],
  ['芙蓉路路面坑洼', '建设路路面坑洼'],
  ['A座停水', 'B座停水'],
  ['3号楼漏水', '3号楼停水'],
  ['路口红绿灯坏了', '路口路灯坏了'],
  ['3号楼有人养狗叫得厉害', '3号楼有人跳广场舞'],
  ['幼儿园收费太高', '小区停车收费太高'],
  ['小区能不能装监控', '小区能不能装充电桩'],
  ['希望尽快解决，谢谢领导', '希望尽快处理，谢谢领导，路灯坏了'],
  ['1-3栋停水', '5-8栋停水'],
  ['公交站太远', '地铁站太远'],
  ['G2栋油烟太大', 'G3栋油烟太大'],
  ['电动车进电梯', '电动车在楼道充电'],
  ['楼上装修太吵', '楼上漏水'],
];

const TEXTS = fc.array(
  fc
    .array(
      fc.constantFrom(
        ...['3号楼', '5栋', '路灯', '电梯', '坏了', '停水', '停电', '垃圾', '没人管', '，', '芙蓉路', '北门'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
  { minLength: 2, maxLength: 12 },
);

describe('similarConcerns', () => {
  it.each(SAME)('takes %j and %j for one matter', (earlier, later) => {
    expect(similarConcerns(later, [{ id: 'c1', text: earlier }]).map(({ id }) => id)).toEqual(['c1']);
    expect(similarConcerns(earlier, [{ id: 'c2', text: later }]).map(({ id }) => id)).toEqual(['c2']);
  });

  it.each(DIFFERENT)('keeps %j and %j apart', (earlier, later) => {
    expect(similarConcerns(later, [{ id: 'c1', text: earlier }])).toEqual([]);
    expect(similarConcerns(earlier, [{ id: 'c2', text: later }])).toEqual([]);
  });

  it('says why, and puts the same building first', () => {
    const matches = similarConcerns('3号楼路灯不亮', [
      { id: 'elsewhere', text: '小区里路灯不亮' },
      { id: 'here', text: '三号楼的路灯坏了' },
    ]);

    expect(matches[0]).toMatchObject({
      id: 'here',
      why: expect.arrayContaining(['sameBuilding', 'sameFacility']) as string[],
    });
  });

  it('finds the same words again with the highest score', () => {
    expect(
      similarConcerns('小区东侧围栏倒了压到自行车', [{ id: 'x', text: '小区东侧围栏倒了压到自行车' }])[0]
        ?.score,
    ).toBeCloseTo(1);
  });
});

describe('mayBeOneMatter', () => {
  it.each(SAME)('never rules out that %j and %j are one matter', (earlier, later) => {
    expect(mayBeOneMatter(earlier, later) && mayBeOneMatter(later, earlier)).toBe(true);
  });

  it('rules out what no index would find, whatever else the index holds', () => {
    fc.assert(
      fc.property(TEXTS, (texts) => {
        const index = createConcernIndex();
        texts.forEach((text, at) => index.add(String(at), text));
        const [asked = ''] = texts;
        for (const { id } of index.search(asked, { limit: 20 }))
          expect(mayBeOneMatter(asked, texts[Number(id)] ?? '')).toBe(true);
      }),
    );
  });

  it.each([
    ['3号楼门口的路灯坏了', '5号楼门口的路灯坏了'],
    ['小区停水了', '小区停电了'],
    ['楼上装修太吵', '北门门禁坏了'],
  ])('rules out that %j and %j are one matter', (one, other) => {
    expect(mayBeOneMatter(one, other)).toBe(false);
  });
});

describe('createConcernIndex', () => {
  it('adds, replaces and removes', () => {
    const index = createConcernIndex();
    index.add('1', '3号楼路灯坏了');
    index.add('2', '5号楼电梯坏了');
    index.add('1', '8号楼漏水');

    expect(index.size).toBe(2);
    expect(index.search('3号楼路灯坏了')).toEqual([]);
    expect(index.search('8栋漏水').map(({ id }) => id)).toEqual(['1']);
    expect([index.remove('1'), index.remove('1')]).toEqual([true, false]);
    expect(index.search('8栋漏水')).toEqual([]);
    expect(index.size).toBe(1);
  });

  it('keeps to the limit and to the least score asked for', () => {
    const index = createConcernIndex();
    for (let at = 0; at < 10; at += 1) index.add(String(at), '3号楼路灯坏了');

    expect(index.search('3号楼路灯坏了', { limit: 4 })).toHaveLength(4);
    expect(index.search('3号楼路灯坏了', { minScore: 1.1 })).toEqual([]);
  });

  it('answers with scores between its threshold and 1, best first, and never what was removed', () => {
    fc.assert(
      fc.property(TEXTS, (all) => {
        const index = createConcernIndex();
        all.forEach((text, at) => index.add(String(at), text));
        index.remove('0');
        const scores = index.search(all[0] ?? '', { limit: 20 }).map(({ id, score }) => {
          expect(id).not.toBe('0');
          return score;
        });
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(scores.every((score) => score >= SIMILAR_CONCERN_SCORE && score <= 1)).toBe(true);
      }),
    );
  });

  it('searches 10,000 concerns in about two milliseconds', () => {
    const things = ['路灯', '电梯', '垃圾', '停水', '停电', '漏水', '车位', '噪音', '油烟', '井盖'];
    const faults = ['坏了三天没人修', '一直不亮', '晚上太吵睡不着', '满了没人清', '又堵了', '老人出门不方便'];
    const index = createConcernIndex();
    for (let at = 0; at < 10_000; at += 1) {
      index.add(
        String(at),
        `${at % 60}号楼${at % 4}单元${things[at % 10] ?? ''}${faults[at % 6] ?? ''}，第${at}次说`,
      );
    }
    const tookMs = Array.from({ length: 101 }, (_, at) => {
      const startedAt = performance.now();
      index.search(`${at % 60}号楼${things[at % 10] ?? ''}坏了，晚上看不清，请尽快来修`);
      return performance.now() - startedAt;
    }).sort((a, b) => a - b);

    // The promise is 2 ms; a busy test machine gets some air.
    expect(tookMs[50]).toBeLessThan(8);
  });
});
