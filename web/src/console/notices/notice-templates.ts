/** A start for what is written most often; every blank is filled in by hand. */
export const NOTICE_TEMPLATES = [
  {
    key: 'water',
    name: '停水停电',
    text: '【通知】12月__日__:00至__:00停水\n__号楼，因为管道维修\n请提前存水，有事找物业，电话____',
  },
  {
    key: 'event',
    name: '活动报名',
    text: '【通知】社区____活动\n12月__日（周__）__:00，社区活动室\n想来的到社区报名，名额__人',
  },
  {
    key: 'safety',
    name: '安全提醒',
    text: '【通知】____\n请各家检查____，老人独居的请邻居帮忙看一下\n有情况打社区电话____',
  },
] as const;
