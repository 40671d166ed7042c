/**
 * Namespace `/site`: the tabs of hospitals.
 *
 * Rules: a socket first proves that it holds the key with which its site joined, over a challenge of this connection; until
 * then every other event is refused. One socket a site leads: the same page load replaces itself, another one is told
 * `second-tab` and may take over. Every event is answered once.
 */
import { randomBytes } from 'node:crypto';
import { lengthPrefixed } from '@consilium/shared/crypto';
import { parseSiteMessage } from '@consilium/shared/protocol';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Namespace, Socket } from 'socket.io';
import * as z from 'zod';
import { verifyEd25519 } from '../audit/index.ts';
import { CHUNK_BYTES } from '../store/index.ts';
import type { Connection, Log, Standing, Studies, StudyHost } from '../studies/index.ts';
import { type Answer, answering, MALFORMED } from './answers.ts';
import { BlobBegin, BlobChunk, BlobGet, Hello } from './site-payloads.ts';
import { oneMessage, packetBytes, type Traffic } from './traffic.ts';

const HELLO_WITHIN_MS = 15_000;

export interface SiteSocketParts {
  readonly studies: Studies;
  readonly traffic: Traffic;
  readonly limiter: RateLimiterMemory;
  readonly log: Log;
}

interface Seat {
  readonly host: StudyHost;
  readonly site: string;
  readonly connection: Connection;
}

const UNPROVEN: Answer = { ok: false, code: 'hello-first', text: 'This connection has not shown which site it speaks for.' };
const NOT_KNOWN: Answer = { ok: false, code: 'not-on-roster', text: 'This site has not joined the study with this key.' };
const NOT_CURRENT: Readonly<Record<Exclude<Standing, 'current'>, Answer>> = {
  unknown: NOT_KNOWN,
  expired: { ok: false, code: 'certificate-expired', text: 'The certificate of this device has ended.' },
  replaced: { ok: false, code: 'device-replaced', text: 'Another device speaks for this hospital now.' },
  suspended: { ok: false, code: 'device-suspended', text: 'This hospital has suspended the key of this device.' },
};
const BAD_SIGNATURE: Answer = { ok: false, code: 'bad-signature', text: 'The signature does not fit the challenge.' };
const SECOND_TAB: Answer = { ok: false, code: 'second-tab', text: 'This hospital is open in another tab.' };
const TOO_MANY: Answer = { ok: false, code: 'too-many', text: 'Too many messages in a short time. Wait a moment.' };
const BLOB_MISSING: Answer = { ok: false, code: 'blob-missing', text: 'The coordinator does not hold these bytes.' };

/** Serves the namespace. */
export function serveSites(namespace: Namespace, parts: SiteSocketParts): void {
  const leading = new Map<string, { socket: Socket; load: string }>();
  namespace.on('connection', (socket) => {
    const nonce = randomBytes(32);
    let seat: Seat | null = null;
    let asked = false;
    const dismissal = setTimeout(() => socket.disconnect(true), HELLO_WITHIN_MS);
    const uncount = countFrames(socket, () => seat, parts.traffic);

    async function hello(input: z.infer<typeof Hello>): Promise<Answer> {
      // A socket that was lost while its greeting waited must not lead: nothing would ever end it.
      if (seat !== null || asked || !socket.connected) return MALFORMED;
      const host = parts.studies.find(input.study);
      const member = host?.member(input.site) ?? null;
      if (host === null || member === null) return NOT_KNOWN;
      const standing: Standing = host.standing(input.site, input.publicKey);
      if (standing !== 'current') return NOT_CURRENT[standing];
      const signed = lengthPrefixed(['consilium hello 1', input.study, input.site, nonce]);
      const isProven = verifyEd25519(Buffer.from(input.publicKey, 'base64'), signed, Buffer.from(input.signature, 'base64'));
      if (!isProven) return BAD_SIGNATURE;
      parts.traffic.add(host.id, input.site, oneMessage(input));
      const place = `${input.study}/${input.site}`;
      const other = leading.get(place);
      if (other && other.load !== input.load && input.takeOver !== true) return SECOND_TAB;
      asked = true;
      clearTimeout(dismissal);
      const connection: Connection = {
        load: input.load,
        send: (message) => void socket.emit('say', message),
        dismiss: (code, text) => {
          socket.emit('dismissed', { code, text });
          socket.disconnect(true);
        },
      };
      seat = { host, site: input.site, connection };
      leading.set(place, { socket, load: input.load });
      if (other && other.load !== input.load) other.socket.emit('superseded');
      other?.socket.disconnect(true);
      const outcome = await host.connect(input.site, connection);
      // Not written down: the site tries again, on a new connection, rather than being told no.
      if (!outcome.ok) socket.disconnect(true);
      return outcome;
    }

    /** Serves an event of a proven, leading socket that does not ask too often. */
    function serve<Payload>(event: string, schema: z.ZodType<Payload>, work: (seat: Seat, payload: Payload) => Promise<Answer>): void {
      const listener = answering(parts.log, schema, async (payload) => {
        if (seat === null) return UNPROVEN;
        if (!(await isWithinLimit(parts.limiter, `${seat.host.id}/${seat.site}`))) return TOO_MANY;
        return work(seat, payload);
      });
      socket.on(event, (...sent: unknown[]) => {
        if (seat !== null) parts.traffic.add(seat.host.id, seat.site, oneMessage(sent[0]));
        listener(...sent);
      });
    }

    socket.on(
      'hello',
      answering(parts.log, Hello, async (payload) => {
        if (!(await isWithinLimit(parts.limiter, socket.id, 50))) return TOO_MANY;
        return hello(payload);
      }),
    );
    serve('say', z.unknown(), async ({ host, site }, payload) => {
      const parsed = parseSiteMessage(payload);
      return parsed.ok ? host.say(site, parsed.message) : MALFORMED;
    });
    serve('blob-begin', BlobBegin, async ({ host, site }, { hash, sizeBytes }) => {
      return { ok: true, have: await host.uploads.begin(site, hash, sizeBytes), chunkBytes: CHUNK_BYTES };
    });
    serve('blob-chunk', BlobChunk, async ({ host, site }, { hash, index, digest, bytes }) => {
      await host.uploads.add(site, hash, index, digest, bytes);
      parts.traffic.add(host.id, site, { blobsUp: bytes.length });
      return { ok: true };
    });
    serve('blob-get', BlobGet, async ({ host, site }, { hash, index }) => {
      const sizeBytes = await host.blobs.sizeOf(hash);
      if (sizeBytes === null) return BLOB_MISSING;
      if (index * CHUNK_BYTES >= sizeBytes && index > 0) return MALFORMED;
      const bytes = await host.blobs.read(hash, index * CHUNK_BYTES, CHUNK_BYTES);
      if (bytes === null) return BLOB_MISSING;
      parts.traffic.add(host.id, site, { blobsDown: bytes.length });
      return { ok: true, bytes, sizeBytes };
    });

    socket.on('disconnect', () => {
      clearTimeout(dismissal);
      uncount();
      if (seat === null) return;
      const place = `${seat.host.id}/${seat.site}`;
      if (leading.get(place)?.socket === socket) leading.delete(place);
      seat.host.disconnect(seat.site, seat.connection);
    });
    socket.on('error', (error) => parts.log.debug({ cause: error.message }, 'a socket failed'));
    socket.emit('challenge', { nonce: nonce.toString('base64') });
  });
}

function countFrames(socket: Socket, seat: () => Seat | null, traffic: Traffic): () => void {
  const early = { framesUp: 0, framesDown: 0 };
  const count = (direction: 'framesUp' | 'framesDown') => (packet: { data?: unknown }) => {
    early[direction] += packetBytes(packet);
    const known = seat();
    if (known === null) return;
    traffic.add(known.host.id, known.site, early);
    early.framesUp = 0;
    early.framesDown = 0;
  };
  const [up, down] = [count('framesUp'), count('framesDown')];
  const connection = socket.conn;
  connection.on('packet', up);
  connection.on('packetCreate', down);
  return () => {
    connection.off('packet', up);
    connection.off('packetCreate', down);
  };
}

async function isWithinLimit(limiter: RateLimiterMemory, key: string, cost = 1): Promise<boolean> {
  return limiter.consume(key, cost).then(
    () => true,
    () => false,
  );
}
