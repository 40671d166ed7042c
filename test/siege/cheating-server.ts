/**
 * A coordinator that cheats one tab, on a real socket: it stands where the tab believes the coordinator to be, passes everything on to an honest
 * one, and changes what that says. WebSockets are refused, so the tab falls back to HTTP polling, whose packets are text.
 */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';

export interface CheatingServer {
  readonly origin: string;
  /** What the tab said, in order. */
  readonly said: SiteMessage[];
  /** What the tab hears in place of a message. */
  lie: (message: CoordinatorMessage) => readonly CoordinatorMessage[];
  /** Says something to the tab with its next poll. */
  say(message: CoordinatorMessage): void;
  close(): Promise<void>;
}

const SEPARATOR = '\u001e';
const SAY = /^42\/site,(\d*)\["say",/;

/** @param target - Origin of the honest coordinator behind it. */
export async function startCheatingServer(target: string): Promise<CheatingServer> {
  const { hostname, port, host } = new URL(target);
  const waiting: CoordinatorMessage[] = [];
  const packetOf = (message: CoordinatorMessage): string => `42/site,${JSON.stringify(['say', message])}`;

  function altered(text: string): string {
    const packets = text.split(SEPARATOR).flatMap((packet) => {
      if (!SAY.test(packet)) return [packet];
      const [, message] = JSON.parse(packet.slice(packet.indexOf('['))) as [string, CoordinatorMessage];
      return self.lie(message).map(packetOf);
    });
    // A held message leaves a poll without a packet: a no-op stands in its place.
    const all = [...packets, ...waiting.splice(0).map(packetOf)];
    return all.length === 0 ? '6' : all.join(SEPARATOR);
  }

  function listen(text: string): void {
    for (const packet of text.split(SEPARATOR)) {
      if (SAY.test(packet)) self.said.push((JSON.parse(packet.slice(packet.indexOf('['))) as [string, SiteMessage])[1]);
    }
  }

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isPolling = incoming.url?.startsWith('/socket.io/') === true;
    if (isPolling && incoming.method === 'POST') listen(body.toString('utf8'));
    const headers = { ...incoming.headers, host, ...(incoming.headers.origin === undefined ? {} : { origin: target }) };
    const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      const whole = Buffer.concat(parts);
      const isMail = isPolling && incoming.method === 'GET' && answer.statusCode === 200 && incoming.url?.includes('sid=') === true;
      const bytes = isMail ? Buffer.from(altered(whole.toString('utf8'))) : whole;
      const { 'transfer-encoding': _, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': bytes.length });
      outgoing.end(bytes);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  });
  server.on('upgrade', (_incoming, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const self: CheatingServer = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    said: [],
    lie: (message) => [message],
    say: (message) => void waiting.push(message),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}
