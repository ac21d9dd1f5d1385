/** The steps of a message's way out at which a process is killed, in their order. */
export const CRASH_STEPS = ['claimed', 'sending', 'arrived', 'answered', 'settled'] as const;

export type CrashStep = (typeof CRASH_STEPS)[number];
