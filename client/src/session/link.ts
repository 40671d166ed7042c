/**
 * The one connection to the coordinator: Socket.IO, WebSocket first and polling where that is blocked. It proves who the
 * site is on every connection, and repeats what was not acknowledged until it is: a lost connection delays, never loses.
 */
import { fromBase64, lengthPrefixed, toBase64 } from '@consilium/shared/crypto';
import { type CoordinatorMessage, parseCoordinatorMessage } from '@consilium/shared/protocol';
import { io } from 'socket.io-client';
import { coordinatorOrigin } from './coordinator-place.ts';
import type { DeviceKey } from './device-key.ts';
import { answeredCode } from './from-coordinator.ts';

export type LinkState = 'connecting' | 'online' | 'offline' | 'closed';

/** The coordinator said no; nothing is gained by repeating it. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface LinkOptions {
  readonly study: string;
  readonly site: string;
  readonly key: DeviceKey;
  /** Random text of this page load: the same load replaces its own older connection. */
  readonly load: string;
  readonly takeOver: boolean;
  /** A known message of the coordinator; malformed ones are dropped. */
  onMessage(message: CoordinatorMessage): void;
  onState(state: LinkState): void;
  /** `second-tab`, `superseded`, or why the coordinator does not know this site; the link is closed then. */
  onRefused(code: string, text: string): void;
  /** Called before anything is sent, each time: the list of what left is written first. */
  onSending(event: string, body: unknown): Promise<Sending>;
}

/** What was written down about something that is about to be sent. */
export interface Sending {
  /** It was sent. */
  done(): void;
  /** It was not sent after all: the entry is taken back. */
  undo(): Promise<void>;
}

/** An answer of the coordinator to one event. */
export type Answer =
  | { readonly ok: true; readonly [key: string]: unknown }
  | { readonly ok: false; readonly code: string; readonly text: string };

export interface Link {
  /** Repeats the event over lost connections until it is answered. Rejects with LinkError when refused or closed. */
  ask(event: string, body: unknown): Promise<Extract<Answer, { ok: true }>>;
  close(): void;
}

const ANSWER_LIMIT_MS = 20_000;
const PAUSE_MS = 500;
/** Codes that ask for patience. */
const LATER = new Set(['too-many', 'hello-first', 'unavailable', 'storage-full']);

/** Opens the link. It keeps trying until it is closed. */
export function openLink(options: LinkOptions): Link {
  const socket = io(`${coordinatorOrigin()}/site`, {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 5000,
  });
  const state = { online: false, closed: false };
  const waiters = new Set<() => void>();

  const become = (next: LinkState) => {
    state.online = next === 'online';
    if (next === 'closed') state.closed = true;
    options.onState(next);
    if (state.online || state.closed) {
      for (const wake of waiters) wake();
      waiters.clear();
    }
  };
  const close = () => {
    if (state.closed) return;
    socket.close();
    become('closed');
  };
  const refuse = (code: string, text: string) => {
    close();
    options.onRefused(code, text);
  };

  socket.on('challenge', async (challenge: { readonly nonce: string }) => {
    const greeting = socket.id;
    const hello = await makeHello(options, challenge.nonce);
    const sending = await options.onSending('hello', hello);
    if (state.closed || socket.id !== greeting) return sending.undo();
    sending.done();
    const answer: Answer | null = await socket
      .timeout(ANSWER_LIMIT_MS)
      .emitWithAck('hello', hello)
      .catch(() => null);
    if (state.closed || socket.id !== greeting) return;
    // No answer, or a plea for patience: greet again, on a new connection.
    if (answer === null || (!answer.ok && LATER.has(answer.code))) {
      socket.disconnect();
      setTimeout(() => !state.closed && socket.connect(), PAUSE_MS);
    } else if (answer.ok) become('online');
    else refuse(answer.code, answer.text);
  });
  socket.on('say', (raw: unknown) => {
    const parsed = parseCoordinatorMessage(raw);
    if (parsed.ok && !state.closed) options.onMessage(parsed.message);
  });
  socket.on('dismissed', ({ code, text }: { readonly code: string; readonly text: string }) => refuse(code, text));
  socket.on('superseded', () => refuse('superseded', 'Another tab of this hospital has taken over.'));
  socket.on('disconnect', (reason) => {
    if (state.closed) return;
    become('offline');
    if (reason === 'io server disconnect') setTimeout(() => !state.closed && socket.connect(), PAUSE_MS);
  });
  socket.on('connect_error', () => !state.closed && become('offline'));
  become('connecting');

  const online = () => new Promise<void>((resolve) => (state.online || state.closed ? resolve() : waiters.add(resolve)));

  async function ask(event: string, body: unknown): Promise<Extract<Answer, { ok: true }>> {
    for (;;) {
      await online();
      if (state.closed) throw new LinkError('link-closed', 'The connection was closed.');
      const sending = await options.onSending(event, body);
      if (state.closed || !state.online) {
        await sending.undo();
        continue;
      }
      sending.done();
      const answer: Answer | null = await socket
        .timeout(ANSWER_LIMIT_MS)
        .emitWithAck(event, body)
        .catch(() => null);
      if (answer?.ok === true) return answer;
      if (answer !== null && !LATER.has(answer.code)) throw new LinkError(answeredCode(answer.code), answer.text);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  return { ask, close };
}

async function makeHello(options: LinkOptions, nonce: string) {
  const bytes = lengthPrefixed(['consilium hello 1', options.study, options.site, fromBase64(nonce)]);
  const signature = toBase64(await options.key.sign(bytes));
  const { study, site, load, takeOver } = options;
  return { study, site, publicKey: toBase64(options.key.publicKey), signature, load, takeOver };
}
