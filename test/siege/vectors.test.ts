/** Hospitals that announce vectors other than agreed, at the coordinator's runner: it names what is wrong, waits, and goes on without them. */
import { randomBytes } from 'node:crypto';
import { sha256, toHex } from '@consilium/shared/crypto';
import type { SiteSays } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { SITE_IDS, smallHospitals } from '../reference/small-hospitals.ts';
import { PLAN } from './lies.ts';
import { besiege, keep } from './siege-world.ts';

type Announced = SiteSays<'masked-vector'>;
const hashOf = (bytes: Uint8Array): string => toHex(sha256(bytes));

/** Changes what `west` announces in its first round; null where the bytes are never sent. */
const SPOILT: Record<
  string,
  { readonly code: string; readonly bytes: (whole: Uint8Array) => Uint8Array | null; readonly say?: (message: Announced) => Announced }
> = {
  truncated: { code: 'malformed', bytes: (whole) => whole.subarray(0, whole.length - 1) },
  'one byte too long': { code: 'malformed', bytes: (whole) => new Uint8Array([...whole, 0]) },
  empty: { code: 'malformed', bytes: () => new Uint8Array(0) },
  'of a megabyte': { code: 'malformed', bytes: () => new Uint8Array(randomBytes(1 << 20)) },
  'never sent': { code: 'blob-missing', bytes: () => null },
  'of another length than announced': {
    code: 'wrong-size',
    bytes: (whole) => whole,
    say: (message) => ({ ...message, sizeBytes: message.sizeBytes + 1 }),
  },
  'signed over other bytes': { code: 'bad-signature', bytes: (whole) => whole.map((byte) => byte ^ 0xff) },
};

describe('a masked vector', () => {
  it.each(Object.keys(SPOILT))(
    'that is not what was agreed is rejected by name, and the round is released without it: %s',
    async (what) => {
      const { code, bytes, say = (message) => message } = SPOILT[what]!;
      const siege = await besiege({
        ...{ plan: PLAN, inputs: smallHospitals(40) },
        cheat: {
          toSite: (_to, message) => (message.kind === 'open-round' && message.round > 2 ? [] : [message]),
          toCoordinator: (from, message, { blobs }) => {
            if (from !== 'west' || message.kind !== 'masked-vector' || message.round !== 1) return [message];
            const spoilt = bytes(blobs.get(message.hash) ?? new Uint8Array(0));
            const hash = spoilt === null ? '00'.repeat(32) : hashOf(spoilt);
            if (spoilt !== null) keep(blobs, spoilt);
            return [say({ ...message, hash, sizeBytes: spoilt?.length ?? message.sizeBytes })];
          },
        },
      });
      await siege.run(3);
      const rejected = siege.mail.filter(
        ({ site, message }) => site === 'west' && message.kind === 'rejected' && message.rejected === 'masked-vector',
      );
      expect(rejected.map(({ message }) => message.kind === 'rejected' && message.code)).toEqual([code]);
      const [first] = siege.runner.view().timeline;
      expect(first).toMatchObject({ outcome: 'released', survivors: SITE_IDS.slice(0, 3) });
    },
  );
});
