/**
 * Every byte string that is signed, and every hash the sites must agree on: the product, a slow twin and the recorded vectors
 * in `test/vectors/protocol.json` give the same.
 *
 * Rewriting: REWRITE_VECTORS=1 npx vitest run --project node test/shared/protocol/golden
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fromHex, toBase64, toHex } from '@consilium/shared/crypto';
import {
  advertBytes,
  answeredQuery,
  approveBytes,
  cohortHash,
  complaintBytes,
  consistencyBytes,
  leaveBytes,
  maskedVectorBytes,
  queryHash,
  readyBytes,
  refusalBytes,
  rosterHash,
  roundContext,
  roundThresholds,
  shareBytes,
  transcriptHash,
  unmaskBytes,
} from '@consilium/shared/protocol';
import { expect, it } from 'vitest';
import {
  prefixed,
  sha,
  twinAdvert,
  twinContext,
  twinPrefix,
  twinQueryHash,
  twinRosterHash,
  twinSharers,
  twinShares,
  twinSurvivors,
} from '../../reference/protocol-bytes.ts';
import { exampleQuery, exampleTerms } from './example.ts';

const PATH = new URL('../../vectors/protocol.json', import.meta.url);

const fill = (byte: number, length = 32) => toBase64(new Uint8Array(length).fill(byte));
const hex = (byte: number) => toHex(new Uint8Array(32).fill(byte));

const SITES = [3, 5, 7, 260];
const query = exampleQuery({ kind: 'newton', options: { b: [1, null], a: 'é' }, step: 2 ** -40, clips: [0.5, 2], cohort: SITES });
const terms = exampleTerms(SITES, { query });
const adverts = SITES.map((site, i) => ({
  site,
  envelopeKey: fill(10 + i),
  maskKey: fill(20 + i),
  selfSeedHash: hex(30 + i),
  modelHash: terms.modelHash,
  previousTranscript: terms.previousTranscript,
  signature: fill(40 + i, 64),
}));
const limits = roundThresholds(terms, adverts.length);
const context = roundContext({ terms, adverts, limits });
const survivors = [3, 5, 260].map((site) => ({ site, hash: hex(site % 256), signature: fill(site % 256, 64) }));
const signer = { roster: terms.roster, round: terms.round, context, site: 5 };
const share = { to: 7, sealed: toBase64(Uint8Array.of(1, 2, 3)), selfSeedCommitment: hex(1), maskKeyCommitment: hex(2) };
const vector = { sizeBytes: 25, hash: hex(3) };
const unmask = { selfSeedShares: [{ of: 3, share: fill(4) }], maskKeyShares: [{ of: 7, share: fill(5) }] };
const ready = { study: 'example', id: 'site-5', rows: '200-499', events: '50-99', checks: 'warn' } as const;
const approval = { planHash: terms.planHash, rosterHash: rosterHash(terms.roster), clientHash: hex(6) };

const product: Record<string, string> = {
  'roster hash': rosterHash(terms.roster),
  'query hash': queryHash({ query, planHash: terms.planHash, modelHash: terms.modelHash }),
  'answered query': answeredQuery(hex(7), hex(8)),
  'cohort hash': cohortHash(SITES),
  context: toHex(context),
  transcript: transcriptHash({ context, sharers: SITES, survivors, sum: hex(9) }),
  ready: toHex(readyBytes(ready)),
  leave: toHex(leaveBytes(ready)),
  approve: toHex(approveBytes(signer, approval)),
  'person-refuses': toHex(refusalBytes(signer, { planHash: terms.planHash, reason: 'Zweck fehlt: ü' })),
  'advertise-keys': toHex(advertBytes(signer, adverts[1]!)),
  'share-keys': toHex(shareBytes(signer, share)),
  complain: toHex(complaintBytes(signer, 7)),
  'masked-vector': toHex(maskedVectorBytes(signer, vector)),
  consistency: toHex(consistencyBytes(signer, SITES, survivors)),
  unmask: toHex(unmaskBytes(signer, unmask)),
};

function twin(): Record<string, string> {
  const roster = twinRosterHash(terms.roster as Parameters<typeof twinRosterHash>[0]);
  const plan = terms.planHash;
  const asked = twinQueryHash('newton', plan, terms.modelHash, '{"a":"é","b":[1,null]}');
  const place = Buffer.from(context);
  const round = (phase: string) => [...twinPrefix('example', roster, 7, phase, 5), place];
  const derived = twinContext({
    study: 'example',
    plan,
    roster,
    round: 7,
    kind: 'newton',
    query: asked,
    model: terms.modelHash,
    header: 2,
    body: 3,
    bits: 24,
    step: 2 ** -40,
    clips: [0.5, 2],
    cohort: SITES,
    threshold: 3,
    colluders: 1,
    minimum: 3,
    previous: terms.previousTranscript,
    adverts,
  });
  const u1 = twinSharers(SITES);
  const u3 = twinSurvivors(survivors);
  return {
    'roster hash': roster,
    'query hash': asked,
    'answered query': sha(prefixed(['consilium answered query 1', hex(7), hex(8)])).toString('hex'),
    'cohort hash': sha(prefixed(['consilium cohort 1', ...SITES])).toString('hex'),
    context: derived.toString('hex'),
    transcript: sha(prefixed(['consilium transcript 1', derived, u1, u3, hex(9)])).toString('hex'),
    ready: prefixed([...twinPrefix('example', '0'.repeat(64), 0, 'ready', 'site-5'), '200-499', '50-99', 'warn']).toString('hex'),
    leave: prefixed(twinPrefix('example', '0'.repeat(64), 0, 'leave', 'site-5')).toString('hex'),
    approve: prefixed([...twinPrefix('example', roster, 0, 'approve', 5), plan, roster, hex(6)]).toString('hex'),
    'person-refuses': prefixed([...twinPrefix('example', roster, 0, 'person-refuses', 5), plan, 'Zweck fehlt: ü']).toString('hex'),
    'advertise-keys': prefixed([...twinPrefix('example', roster, 7, 'advertise-keys', 5), ...twinAdvert(adverts[1]!)]).toString('hex'),
    'share-keys': prefixed([...round('share-keys'), 7, sha(Buffer.from([1, 2, 3])).toString('hex'), hex(1), hex(2)]).toString('hex'),
    complain: prefixed([...round('complain'), 7]).toString('hex'),
    'masked-vector': prefixed([...round('masked-vector'), 25, hex(3)]).toString('hex'),
    consistency: prefixed([...round('consistency'), u1, u3]).toString('hex'),
    unmask: prefixed([...round('unmask'), twinShares(unmask.selfSeedShares), twinShares(unmask.maskKeyShares)]).toString('hex'),
  };
}

it('what is signed and hashed is what the slow twin writes', () => {
  expect(product).toEqual(twin());
});

it('what is signed and hashed is what was recorded', () => {
  if (process.env.REWRITE_VECTORS === '1') writeFileSync(PATH, `${JSON.stringify(product, null, 2)}\n`);
  expect(product).toEqual(JSON.parse(readFileSync(PATH, 'utf8')));
});

it('no two kinds of message are ever the same bytes', () => {
  expect(new Set(Object.values(product)).size).toBe(Object.keys(product).length);
});

it('the context changes with everything the sites must agree on', () => {
  const other = { study: 'others', planHash: hex(1), round: 8, modelHash: hex(2), previousTranscript: hex(3), colluders: 2 };
  const changes = [
    ...Object.entries(other).map(([key, value]) => ({ ...terms, [key]: value })),
    { ...terms, roster: { ...terms.roster, version: 2 } },
    ...[{ kind: 'statistics' as const }, { options: 1 }, { step: 1 }, { clips: [0.5] }, { cohort: null }].map((change) => ({
      ...terms,
      query: { ...query, ...change },
    })),
    ...[{ header: 3 }, { body: 4 }, { bits: 32 as const }].map((change) => ({
      ...terms,
      query: { ...query, layout: { ...query.layout, ...change } },
    })),
  ];
  const contexts = changes.map((changed) => toHex(roundContext({ terms: changed, adverts, limits })));
  contexts.push(toHex(roundContext({ terms, adverts: adverts.slice(1), limits })));
  contexts.push(
    toHex(roundContext({ terms, adverts, limits: { ...limits, threshold: 4 } })),
    toHex(roundContext({ terms, adverts, limits: { ...limits, minimum: 4 } })),
  );
  contexts.push(toHex(context));
  expect(new Set(contexts).size).toBe(contexts.length);
});

it('a query keeps its name under another label, encoding or cohort', () => {
  const named = (change: object) => queryHash({ query: { ...query, ...change }, planHash: terms.planHash, modelHash: terms.modelHash });
  const name = named({});
  expect(named({ label: 'new', step: 1, clips: [], cohort: null, layout: { header: 1, body: 0, bits: 16 } })).toBe(name);
  expect(named({ options: { a: 'é', b: [1, null] } })).toBe(name);
  for (const other of [{ kind: 'evaluation' }, { options: { a: 'é' } }]) expect(named(other)).not.toBe(name);
  expect(fromHex(name)).toHaveLength(32);
});
