/** A hospital's tab as the wire sees it: a key, a real socket.io-client, and the coordinator's events in the order they came. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { fromBase64, lengthPrefixed, sha256, toHex } from '@consilium/shared/crypto';
import { type DeviceCertificate, issueDeviceCertificate } from '@consilium/shared/identity';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { io, type Socket } from 'socket.io-client';
import { ask } from './coordinator.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes of answers.
export type Answer = any;

export interface Identity {
  /** Of the device, base64. */
  readonly publicKey: string;
  /** Certifies it, as a hospital's root key does. */
  certificate(study: string, at?: number): DeviceCertificate;
  readonly rootSecret: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** @param rootSecret - Of the hospital; a new one when it is left out. */
export function newIdentity(rootSecret: Uint8Array = new Uint8Array(randomBytes(32))): Identity {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const key = raw.toString('base64');
  const issued = new Map<string, DeviceCertificate>();
  return {
    ...{ publicKey: key, rootSecret },
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
    certificate(id, at = Math.floor(Date.now() / 1000)) {
      const study = id.replace(/-\d+$/, ''); // the plan's short name; a study's number does not count
      const certificate = issued.get(study) ?? issueDeviceCertificate({ study, rootSecret, key, at });
      issued.set(study, certificate);
      return certificate;
    },
  };
}

/** Takes a demo hospital's seat. */
export async function joinDemo(
  origin: string,
  site: string,
  identity: Identity,
): Promise<{ study: string; plan: Answer; planHash: string }> {
  const { demo } = (await ask(origin, 'GET', '/api/info')).body;
  const path = `/api/studies/${demo.study}/join`;
  const { status, body } = await ask(origin, 'POST', path, { demoSite: site, name: site, certificate: identity.certificate(demo.study) });
  if (status !== 200) throw new Error(`join: ${status} ${JSON.stringify(body)}`);
  return { study: demo.study, plan: body.plan, planHash: body.planHash };
}

export interface Tab {
  readonly socket: Socket;
  readonly messages: CoordinatorMessage[];
  readonly events: string[];
  emit(event: string, ...payload: unknown[]): Promise<Answer>;
  hello(change?: Record<string, unknown>): Promise<Answer>;
  /** Sends a blob in chunks; `only` limits which. */
  upload(bytes: Uint8Array, only?: readonly number[]): Promise<{ begun: Answer; last: Answer }>;
  download(hash: string): Promise<Uint8Array | null>;
  onMessage(listener: (message: CoordinatorMessage) => void): void;
  close(): void;
}

export const CHUNK = 262_144;

/** Opens a socket and waits for its challenge; says nothing yet. */
export async function openTab(
  origin: string,
  who: { study: string; site: string; identity: Identity; load?: string },
  options: Record<string, unknown> = {},
): Promise<Tab> {
  const socket = io(`${origin}/site`, { forceNew: true, reconnection: false, transports: ['websocket'], ...options });
  const messages: CoordinatorMessage[] = [];
  const events: string[] = [];
  const listeners: ((message: CoordinatorMessage) => void)[] = [];
  socket.onAny((event: string, payload: unknown) => {
    events.push(event);
    if (event !== 'say') return;
    messages.push(payload as CoordinatorMessage);
    for (const listener of listeners) listener(payload as CoordinatorMessage);
  });
  socket.on('disconnect', () => events.push('disconnect'));
  const nonce = await new Promise<string>((resolve, reject) => {
    socket.once('challenge', ({ nonce }: { nonce: string }) => resolve(nonce));
    socket.once('connect_error', reject);
    // Connected, and lost again before the challenge came.
    socket.once('disconnect', () => reject(new Error('disconnected')));
  });
  const load = who.load ?? randomBytes(8).toString('hex');
  const emit = (event: string, ...payload: unknown[]): Promise<Answer> => socket.timeout(10_000).emitWithAck(event, ...payload);
  const tab: Tab = {
    ...{ socket, messages, events, emit },
    hello(change = {}) {
      const signature = who.identity.sign(lengthPrefixed(['consilium hello 1', who.study, who.site, fromBase64(nonce)]));
      const { study, site } = who;
      const signed = Buffer.from(signature).toString('base64');
      return emit('hello', { study, site, publicKey: who.identity.publicKey, signature: signed, load, ...change });
    },
    async upload(bytes, only) {
      const hash = toHex(sha256(bytes));
      const begun = await emit('blob-begin', { hash, sizeBytes: bytes.length });
      let last: Answer = begun;
      for (let index = 0; begun.ok && index * CHUNK < bytes.length; index += 1) {
        if (begun.have.includes(index) || only?.includes(index) === false) continue;
        const chunk = bytes.subarray(index * CHUNK, (index + 1) * CHUNK);
        last = await emit('blob-chunk', { hash, index, digest: toHex(sha256(chunk)), bytes: chunk });
      }
      return { begun, last };
    },
    async download(hash) {
      const parts: Uint8Array[] = [];
      for (let index = 0; ; index += 1) {
        const answer = await emit('blob-get', { hash, index });
        if (!answer.ok) return null;
        parts.push(new Uint8Array(answer.bytes));
        if ((index + 1) * CHUNK >= answer.sizeBytes) return new Uint8Array(Buffer.concat(parts));
      }
    },
    onMessage: (listener) => void listeners.push(listener),
    close: () => void socket.disconnect(),
  };
  return tab;
}

/** Waits until `isSo` holds, looking often; fails by name, with what `state` tells, after ten seconds or `withinMs`. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 10_000,
  state: () => unknown = () => null,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}; ${JSON.stringify(await state())}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
