/** A plain proxy in front of a coordinator that writes down every request and every upgrade it sees, and can alter answers. */
import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface LoggingProxy {
  readonly origin: string;
  /** `GET /path?query` of everything that arrived, in order. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/**
 * @param target - Origin of the server behind it.
 * @param alter - Changes the text of a script on its way to the browser.
 * @param forgive - Also takes away the hashes that the pages name, as whoever owns the server could.
 */
export async function startLoggingProxy(
  target: string,
  alter: (script: string) => string = (script) => script,
  forgive = true,
): Promise<LoggingProxy> {
  const { hostname, port, host } = new URL(target);
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, host } },
      async (answer) => {
        const body = await readAll(answer);
        const isScript = /^\/assets\/.*\.js$/.test(incoming.url ?? '');
        const isPage = answer.headers['content-type']?.startsWith('text/html') === true;
        const text = body.toString('utf8');
        const bytes = isScript ? Buffer.from(alter(text)) : isPage && forgive ? Buffer.from(withoutHashes(text)) : body;
        const { 'transfer-encoding': _chunked, ...headers } = answer.headers;
        if (forgive) delete headers['integrity-policy'];
        outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': bytes.length });
        outgoing.end(bytes);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (incoming, socket, head) => {
    seen.push(`UPGRADE ${incoming.url}`);
    const onward = connect(Number(port), hostname, () => {
      const lines = Object.entries({ ...incoming.headers, host }).map(([name, value]) => `${name}: ${value}`);
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const withoutHashes = (page: string): string =>
  page.replace(/<script type="importmap">.*?<\/script>/, '').replace(/ integrity="[^"]*"/g, '');

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
