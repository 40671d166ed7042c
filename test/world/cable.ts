/** A network cable to a coordinator that can be pulled: plain TCP, so that whatever a browser sends must pass it. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';

export interface Cable {
  readonly origin: string;
  /** Cuts every connection and takes no new one. */
  unplug(): void;
  plug(): void;
  /** Connections and bytes towards the coordinator since the start. */
  counts(): { readonly connections: number; readonly bytes: number };
  close(): Promise<void>;
}

/** @param target - Origin of the coordinator. */
export async function layCable(target: string): Promise<Cable> {
  const { port } = new URL(target);
  const open = new Set<Socket>();
  let isPlugged = true;
  let connections = 0;
  let bytes = 0;
  const server = createServer((socket) => {
    if (!isPlugged) return socket.destroy();
    connections += 1;
    const onward = connect(Number(port), '127.0.0.1');
    for (const end of [socket, onward]) {
      open.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        open.delete(end);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    unplug() {
      isPlugged = false;
      for (const end of open) end.destroy();
    },
    plug() {
      isPlugged = true;
    },
    counts: () => ({ connections, bytes }),
    close: async () => {
      for (const end of open) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const A_WHILE_MS = 1500;

/** Nothing passes the cable for a while, though it is there. */
export async function expectSilence(cable: Cable): Promise<void> {
  const { bytes } = cable.counts();
  cable.plug();
  await pause(A_WHILE_MS);
  expect(cable.counts().bytes).toBe(bytes);
}
