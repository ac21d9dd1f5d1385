import type { Request, Response } from 'express';

const NAME = 'yishi.vote';
const TWELVE_HOURS_MS = 12 * 3_600_000;
const PASS = /(?:^|;\s*)yishi\.vote=([\w.-]{1,1000})(?:;|$)/u;

/** The pass that the browser keeps for this poll's page; empty when there is none. */
export function passOf(request: Request): string {
  return PASS.exec(request.get('cookie') ?? '')?.[1] ?? '';
}

/** Kept for one poll's page, out of reach of scripts, for as long as the pass is good. */
export function keepPass(response: Response, pass: string, at: { path: string; secure: boolean }): void {
  response.cookie(NAME, pass, {
    ...at,
    httpOnly: true,
    sameSite: 'lax',
    maxAge: TWELVE_HOURS_MS,
  });
}

export function dropPass(response: Response, path: string): void {
  response.clearCookie(NAME, { path });
}
