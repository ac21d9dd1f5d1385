import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that loses what it is told to lose. */
export interface Proxy {
  readonly port: number;
  /** Nothing passes any more in either direction, and nobody is told. Bytes under way wait. */
  blackHole(): void;
  /** What waited passes now, late as it is. */
  heal(): void;
  /** The far side is cut off; the near side keeps an open connection to nobody. New connections pass. */
  halfOpen(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing of it passes any more, whatever comes. */
  isHalfOpen: boolean;
}

export async function openProxy(targetPort: number): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let isBlackHole = false;

  function join(near: Socket): void {
    const pair: Pair = { near, far: connect(targetPort, '127.0.0.1'), isHalfOpen: false };
    pairs.add(pair);
    oneWay(pair, near, pair.far);
    oneWay(pair, pair.far, near);
    if (isBlackHole) still(pair);
  }

  function oneWay(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      if (!pair.isHalfOpen) to.write(bytes);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (pair.isHalfOpen && from === pair.far) return;
      pairs.delete(pair);
      to.destroy();
    });
  }

  const server = createServer(join);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    blackHole() {
      isBlackHole = true;
      pairs.forEach(still);
    },
    heal() {
      isBlackHole = false;
      for (const { near, far } of pairs) {
        near.resume();
        far.resume();
      }
    },
    halfOpen() {
      for (const pair of pairs) {
        pair.isHalfOpen = true;
        pair.far.destroy();
      }
    },
    close: () => {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function still({ near, far }: Pair): void {
  near.pause();
  far.pause();
}
