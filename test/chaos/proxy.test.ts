import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openProxy, type Proxy } from '../../chaos/proxy.ts';

/** Says everything back, and remembers what it heard. */
function createEcho() {
  const heard: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      heard.push(bytes.toString());
      socket.write(bytes);
    });
  });
  return { server, heard, sockets };
}

let echo: ReturnType<typeof createEcho>;
let proxy: Proxy;
let caller: Socket;

async function says(word: string): Promise<string> {
  caller.write(word);
  const [bytes] = (await once(caller, 'data')) as [Buffer];
  return bytes.toString();
}

beforeEach(async () => {
  echo = createEcho();
  echo.server.listen(0, '127.0.0.1');
  await once(echo.server, 'listening');
  proxy = await openProxy((echo.server.address() as AddressInfo).port);
  caller = connect(proxy.port, '127.0.0.1');
  caller.on('error', () => undefined);
});

afterEach(async () => {
  caller.destroy();
  await proxy.close();
  echo.sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => echo.server.close(resolve));
});

describe('the proxy', () => {
  it('passes both ways', async () => {
    expect(await says('one')).toBe('one');
  });

  it('swallows in a black hole and hands over late', async () => {
    await says('one');
    proxy.blackHole();
    caller.write('two');
    const other = connect(proxy.port, '127.0.0.1');
    other.write('three');
    await once(other, 'connect');
    expect(echo.heard).toEqual(['one']);

    proxy.heal();
    const [bytes] = (await once(caller, 'data')) as [Buffer];
    await once(other, 'data');
    other.destroy();

    expect(bytes.toString()).toBe('two');
    expect(echo.heard.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('cuts off the far side only: the near one stays open and hears nothing', async () => {
    await says('one');
    const farEnds = once(echo.sockets[0] as Socket, 'close');
    proxy.halfOpen();
    await farEnds;

    caller.write('two');
    const other = connect(proxy.port, '127.0.0.1');
    other.write('three');
    await once(other, 'data');
    other.destroy();

    expect(caller.destroyed).toBe(false);
    expect(echo.heard).toEqual(['one', 'three']);
  });
});
