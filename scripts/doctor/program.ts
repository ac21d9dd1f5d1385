import { z } from 'zod';
import type { Config } from '#src/config';

import type { Remark } from './remarks.ts';

const ASK_WITHIN_MS = 3_000;

const readiness = z.object({
  ready: z.boolean(),
  reason: z.string().optional(),
  channels: z.array(z.object({ kind: z.string(), account: z.string(), health: z.string() })).default([]),
});

/** What the running process says of itself and its channels, asked on the address of the settings. */
export async function lookAtProgram({
  HOST,
  PORT,
}: Pick<Config, 'HOST' | 'PORT'>): Promise<readonly Remark[]> {
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  const answer = await fetch(`http://${host}:${PORT}/readyz`, {
    signal: AbortSignal.timeout(ASK_WITHIN_MS),
  }).catch(() => undefined);
  if (!answer) {
    const cure = 'start it with `npm start`; when it runs elsewhere, run the doctor there';
    return [{ mark: 'look', about: 'program', says: `nothing answers on ${host}:${PORT}`, cure }];
  }
  const told = readiness.safeParse(await answer.json().catch(() => undefined));
  if (!told.success)
    return [
      { mark: 'look', about: 'program', says: `${host}:${PORT} is somebody else`, cure: 'see PORT and HOST' },
    ];
  return programRemarks(told.data);
}

/** Pure, so that every answer can be tried. */
export function programRemarks({ ready, reason, channels }: z.infer<typeof readiness>): readonly Remark[] {
  const program: Remark = ready
    ? { mark: 'ok', about: 'program', says: 'runs and is ready' }
    : {
        mark: 'broken',
        about: 'program',
        says: `runs and is not ready${reason === undefined ? '' : `: ${reason}`}`,
        cure: 'what it waits for is in its log',
      };
  return [
    program,
    ...channels.map(({ kind, account, health }): Remark => {
      const says = `${kind}:${account} is ${health}`;
      if (health === 'ready') return { mark: 'ok', about: 'channel', says };
      return { mark: 'broken', about: 'channel', says, cure: 'sign this login in again (docs/channels)' };
    }),
  ];
}
