import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface DatabaseGate {
  /** The database behind the gate, under the gate's address. */
  uriOf(uri: string): string;
  /** The database is away: connections break and none is taken. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** A door in front of a database that a test can shut, as a network or a server that is gone does. Begins shut. */
export async function createDatabaseGate(uri: string): Promise<DatabaseGate> {
  const { hostname, port } = new URL(uri);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;

  const shut = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };
  await shut();
  return {
    uriOf(named) {
      const gated = new URL(named);
      gated.host = `127.0.0.1:${own}`;
      gated.search = '?directConnection=true';
      return gated.href;
    },
    shut,
    async open() {
      server.listen(own, '127.0.0.1');
      await once(server, 'listening');
    },
    close: shut,
  };
}
