/**
 * What concerns are about. An `object` is a thing that can be looked after; two concerns about different objects are
 * different matters (停水 and 停电, 加装电梯 and 修电梯). An `effect` is how people suffer; one matter has several.
 */
export type FacilityKind = 'object' | 'effect';

interface Entry {
  readonly kind: FacilityKind;
  readonly words: string;
  /** A more general entry that this one may be called by: 楼道灯 is also 灯. */
  readonly isA?: string;
}

const LEXICON = {
  light: { kind: 'object', words: '灯坏 灯不亮 灯都不亮 灯全坏 灯灭 不亮灯 没有灯 没灯 照明' },
  streetLight: { kind: 'object', words: '路灯 街灯 庭院灯 景观灯', isA: 'light' },
  hallLight: { kind: 'object', words: '楼道灯 楼梯灯 走廊灯 声控灯 感应灯', isA: 'light' },
  trafficLight: { kind: 'object', words: '红绿灯 信号灯 交通灯' },
  elevatorInstallation: { kind: 'object', words: '加装电梯 装电梯 增设电梯 加电梯 电梯加装 没电梯 没有电梯' },
  elevator: { kind: 'object', words: '电梯 升降梯 轿厢' },
  sewer: {
    kind: 'object',
    words: '下水道 下水管 排水管 污水管 排污 化粪池 污水井 下水堵 下水 污水 排水沟 返水 冒粪',
  },
  manhole: { kind: 'object', words: '井盖 窨井 阴井' },
  garbage: { kind: 'object', words: '垃圾 垃圾桶 垃圾站 垃圾房 大件废物 建筑垃圾 装修垃圾' },
  waterSupply: { kind: 'object', words: '停水 断水 没水 没有水 仃水 无水 供水' },
  waterPressure: { kind: 'object', words: '水压 水小 水太小', isA: 'waterSupply' },
  waterQuality: { kind: 'object', words: '水质 水发黄 黄水 水浑 水有味 自来水有' },
  powerSupply: { kind: 'object', words: '停电 断电 没电 没有电 跳闸 电压 无电' },
  gas: { kind: 'object', words: '燃气 天然气 煤气 停气 没气' },
  heating: { kind: 'object', words: '暖气 供暖 供热 不热 地暖' },
  parking: { kind: 'object', words: '停车 停车位 车位 乱停 占车位 乱停车 违停 占道停车 停车场 地锁' },
  charging: { kind: 'object', words: '充电桩 充电棚 充电 充电车棚 飞线' },
  scooter: { kind: 'object', words: '电动车 电瓶车 电单车 共享单车 自行车' },
  barrier: { kind: 'object', words: '道闸 门禁 单元门 大门 闸机 门锁 防盗门 对讲' },
  fireSafety: { kind: 'object', words: '消防 消防通道 消火栓 灭火器 消防栓' },
  clutter: { kind: 'object', words: '杂物 堆物 堆放 楼道堆 占用楼道 占楼道' },
  construction: { kind: 'object', words: '施工 工地 夜间施工 装修' },
  mixingPlant: { kind: 'object', words: '搅拌站 搅拌厂 搅拌场 混凝土站 水泥搅拌' },
  mahjong: { kind: 'object', words: '麻将 麻将馆 棋牌室 棋牌' },
  squareDance: { kind: 'object', words: '广场舞 跳舞 坝坝舞' },
  eatery: { kind: 'object', words: '油烟 烧烤 夜宵摊 餐馆 饭店 餐饮 大排档 夜宵' },
  stalls: { kind: 'object', words: '摆摊 摊贩 占道经营 马路市场 流动摊' },
  karaoke: { kind: 'object', words: 'ktv 酒吧 卡拉ok' },
  leak: { kind: 'object', words: '漏水 渗水 漏雨 水管爆 爆管 水管破 管道破' },
  cracks: { kind: 'object', words: '开裂 裂缝 裂纹' },
  facade: { kind: 'object', words: '外墙 墙皮 瓷砖 墙砖 脱落 掉砖' },
  roof: { kind: 'object', words: '屋顶 楼顶 天台' },
  roadSurface: { kind: 'object', words: '路面 坑洼 坑坑洼洼 路不平 大坑 塌陷 铺沥青 修路 断头路 道路破损' },
  flooding: { kind: 'object', words: '积水 内涝 淹水' },
  greenery: { kind: 'object', words: '绿化 草坪 树枝 大树 树木 毁绿 种菜' },
  dogs: { kind: 'object', words: '遛狗 狗叫 养狗 流浪狗 狗屎 犬 狗' },
  cats: { kind: 'object', words: '流浪猫 野猫' },
  pests: { kind: 'object', words: '老鼠 蟑螂 蚊子 蚊虫 白蚁 苍蝇' },
  playground: { kind: 'object', words: '健身器材 滑梯 儿童乐园 游乐' },
  toilet: { kind: 'object', words: '公厕 厕所' },
  camera: { kind: 'object', words: '监控 摄像头' },
  falling: { kind: 'object', words: '高空抛物 抛物' },
  bus: { kind: 'object', words: '公交 公交车 公交站' },
  metro: { kind: 'object', words: '地铁' },
  school: { kind: 'object', words: '学校 学位 入学 上学 小学 中学 读书' },
  kindergarten: { kind: 'object', words: '幼儿园' },
  propertyFee: { kind: 'object', words: '物业费 物业收费' },
  illegalBuilding: { kind: 'object', words: '违建 违章建筑 搭建 违规搭建 私搭' },
  deeds: { kind: 'object', words: '房产证 不动产证 办证 产权证' },
  relocation: { kind: 'object', words: '拆迁 安置房 征地' },
  wages: { kind: 'object', words: '拖欠工资 工资' },
  groupRental: { kind: 'object', words: '群租 隔断房' },
  signal: { kind: 'object', words: '宽带 网络 手机信号 信号差' },
  parcel: { kind: 'object', words: '快递柜 快递 驿站' },
  noise: { kind: 'effect', words: '噪音 噪声 扰民 太吵 很吵 吵闹 吵死 嗓音 异响 响声 声音 刺耳' },
  dust: { kind: 'effect', words: '粉尘 灰尘 扬尘 烟尘' },
  smell: { kind: 'effect', words: '臭味 异味 恶臭 气味 臭 刺鼻' },
  charges: { kind: 'effect', words: '乱收费 收费' },
  danger: { kind: 'effect', words: '安全隐患 危险 隐患' },
} as const satisfies Readonly<Record<string, Entry>>;

/** A stable id of what a concern is about. */
export type Facility = keyof typeof LEXICON;

const ENTRIES: ReadonlyMap<Facility, Entry> = new Map(Object.entries(LEXICON) as [Facility, Entry][]);
const FACILITY_OF = new Map<string, Facility>();
for (const [facility, { words }] of ENTRIES) {
  for (const word of words.split(' ')) FACILITY_OF.set(word, facility);
}
const LONGEST_FIRST = [...FACILITY_OF.keys()].sort((a, b) => b.length - a.length);
const WORD = new RegExp(LONGEST_FIRST.join('|'), 'gu');

/** What a text names, in the order of first mention; `text` is normalised already. */
export function findFacilities(text: string): Facility[] {
  const found = new Set<Facility>();
  for (const [word] of text.matchAll(WORD)) {
    const facility = FACILITY_OF.get(word);
    if (facility) found.add(facility);
  }
  return [...found];
}

export function facilityKind(facility: Facility): FacilityKind {
  return ENTRIES.get(facility)?.kind ?? 'effect';
}

/** Whether two words may mean one thing: the same entry, or one is the general name of the other. */
export function mayBeSameFacility(a: Facility, b: Facility): boolean {
  return a === b || ENTRIES.get(a)?.isA === b || ENTRIES.get(b)?.isA === a;
}
