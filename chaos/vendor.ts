import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

import { sendSchema, type VendorSend } from './wishes.ts';

/**
 * How the vendor answers. `hang`: it shows the message and never answers. `close`: it shows the message and closes the
 * connection. `fault` is a 5xx after the message was shown; `busy`, `tooMany` and `down` show nothing.
 */
export type VendorAnswer = 'ok' | 'busy' | 'tooMany' | 'fault' | 'down' | 'hang' | 'close';

/** One call, in the order of their coming. */
export interface Arrival extends VendorSend {
  /** Steady time of the harness. */
  readonly atMs: number;
  readonly answer: VendorAnswer;
}

export interface Vendor {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** From now on each call is answered as this says; the default shows everything. */
  answerWith(answer: (send: VendorSend) => VendorAnswer): void;
  close(): Promise<void>;
}

/** A vendor's server that remembers when what arrived. */
export async function openVendor(): Promise<Vendor> {
  const arrivals: Arrival[] = [];
  let choose: (send: VendorSend) => VendorAnswer = () => 'ok';

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const atMs = performance.now();
    const send = sendSchema.parse(JSON.parse(await textOf(request)));
    const answer = choose(send);
    arrivals.push({ ...send, atMs, answer });
    respond(response, answer, arrivals.length);
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrivals,
    answerWith: (answer) => void (choose = answer),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function respond(response: ServerResponse, answer: VendorAnswer, number: number): void {
  switch (answer) {
    case 'ok':
      // The head first: a caller that dies between the two has not read the verdict.
      response.writeHead(200).flushHeaders();
      setImmediate(() => response.end(JSON.stringify({ errcode: 0, msgid: `m${number}` })));
      return;
    case 'busy':
      response.writeHead(200).end(JSON.stringify({ errcode: 45_009 }));
      return;
    case 'tooMany':
      response.writeHead(429).end();
      return;
    case 'fault':
    case 'down':
      response.writeHead(500).end();
      return;
    case 'close':
      response.destroy();
      return;
    case 'hang':
  }
}

/** Answers after which the message stands in the group, whatever the caller was told. */
export function isShown({ answer }: Pick<Arrival, 'answer'>): boolean {
  return answer !== 'busy' && answer !== 'tooMany' && answer !== 'down';
}
