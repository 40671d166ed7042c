/**
 * Calls over one MessagePort, both ways: `{ call, name, input }` is answered by `{ answer, output }` or `{ answer, error }`.
 * Errors cross as name, code and sentence; stacks stay where they were made.
 */

/** What one side offers: functions of one value. */
export interface Offers {
  readonly [name: string]: (input: never) => unknown;
}

/** The other side's functions, as seen from here: each answers with a promise. */
export type Remote<Theirs extends Offers> = {
  readonly [Name in keyof Theirs]: (
    input: Parameters<Theirs[Name]> extends [] ? undefined : Parameters<Theirs[Name]>[0],
    transfer?: readonly Transferable[],
  ) => Promise<Awaited<ReturnType<Theirs[Name]>>>;
};

/** An error of the other side: its code if it had one. */
export class RemoteError extends Error {
  readonly code: string;

  constructor(name: string, code: string, message: string) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

type Packet =
  | { readonly call: number; readonly name: string; readonly input: unknown }
  | { readonly answer: number; readonly output: unknown }
  | { readonly answer: number; readonly error: { readonly name: string; readonly code: string; readonly message: string } };

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins two sides over a port: offers `mine` and returns the other side's functions.
 *
 * @param port - This side's end. It is started here.
 * @param mine - The functions the other side may call.
 * @returns The remote functions; `close` ends every waiting call with code `port-closed`.
 */
export function connectPort<Theirs extends Offers>(port: MessagePort, mine: Offers): { readonly remote: Remote<Theirs>; close(): void } {
  const waiting = new Map<number, Waiting>();
  let next = 0;

  port.onmessage = (event: MessageEvent<Packet>) => {
    const packet = event.data;
    if ('call' in packet) void answer(port, mine, packet);
    else settle(waiting, packet);
  };

  const call =
    (name: string) =>
    (input?: unknown, transfer: readonly Transferable[] = []) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        port.postMessage({ call: id, name, input } satisfies Packet, [...transfer]);
      });

  return {
    remote: new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : call(String(name))) }) as Remote<Theirs>,
    close() {
      port.close();
      for (const { reject } of waiting.values()) reject(new RemoteError('Error', 'port-closed', 'The connection was closed.'));
      waiting.clear();
    },
  };
}

async function answer(port: MessagePort, mine: Offers, packet: Extract<Packet, { call: number }>): Promise<void> {
  try {
    const offered = Object.hasOwn(mine, packet.name) ? mine[packet.name] : undefined;
    if (offered === undefined) throw new RangeError(`no function "${packet.name}" is offered`);
    port.postMessage({ answer: packet.call, output: await offered(packet.input as never) } satisfies Packet);
  } catch (error) {
    port.postMessage({ answer: packet.call, error: describeError(error) } satisfies Packet);
  }
}

function settle(waiting: Map<number, Waiting>, packet: Exclude<Packet, { call: number }>): void {
  const entry = waiting.get(packet.answer);
  waiting.delete(packet.answer);
  if ('error' in packet) entry?.reject(new RemoteError(packet.error.name, packet.error.code, packet.error.message));
  else entry?.resolve(packet.output);
}

/** An error as plain data: name, code (`failed` when it has none) and sentence. */
export function describeError(error: unknown): { readonly name: string; readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'Error', code: 'failed', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  return { name: error.name, code, message: error.message };
}
