/** Who is asked to come when the secretary names nobody. */
export const INVITED = '各位居民';

/** What stands in front of the guests in 开会 3 12月22日19:00 社区议事室 请：物业、设计单位; alternatives of a pattern. */
export const INVITED_WORD = '邀请|参加人|参会人|请';
