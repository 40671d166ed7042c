/**
 * One hospital of a simulation: the product's own site with a pretended page around it. It can be killed and come back, as a
 * tab can; what a page stores survives, what a chamber holds does not.
 */
import { ed25519PublicKey, lengthPrefixed, randomStream, sha256, toBase64 } from '@consilium/shared/crypto';
import {
  createSite,
  newSiteRecord,
  type Site,
  type SiteDataReport,
  type SiteProgress,
  type SiteRecord,
  type StageName,
  type StudyEvent,
} from '@consilium/shared/federation';
import type { DeviceCertificate } from '@consilium/shared/identity';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';
import type { EncodedVector } from '@consilium/shared/secagg';
import { DEFAULT_POLICY, type Plan, type SitePolicy } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { roundingSeed } from '../fast/rounding-seed.ts';
import { refuseUnready } from '../input/refuse-unready.ts';
import { type SiteInput, siteFile } from '../input/site-input.ts';
import { type PostOffice, sizeOf } from './post-office.ts';
import { signer, verifyEd25519 } from './signing.ts';
import { simulatedCertificate } from './simulated-certificate.ts';

/** The simulator's hospitals take every plan: it is the researcher who decides there. */
const NO_LIMITS: SitePolicy = { ...DEFAULT_POLICY, smallestCell: 1 };

/** A site draws 32 bytes for rounding only; its keys come from one draw of 64. */
const ROUNDING_SEED_BYTES = 32;

export interface VirtualSite {
  readonly id: string;
  readonly name: string;
  /** Of its one device, by its root key. */
  readonly certificate: DeviceCertificate;
  /** Opens the tab, loads the file and says it is ready. Again after `kill`: a reload. */
  open(): Promise<SiteDataReport>;
  approve(): Promise<void>;
  receive(message: CoordinatorMessage): void;
  /** Closes the tab at once: nothing it was about to do happens. */
  kill(): void;
  /** Null while the tab is closed. */
  site(): Site | null;
  /** Page loads so far: what was sent to an earlier one does not reach a later one. */
  loads(): number;
  settled(): Promise<void>;
}

export interface VirtualSiteInput {
  readonly plan: Plan;
  readonly planHash: string;
  readonly input: SiteInput;
  readonly splitCsv: Uint8Array | null;
  readonly backend: BackendName;
  readonly post: PostOffice;
  dispatch(event: StudyEvent): Promise<unknown>;
  report(site: string, progress: SiteProgress): void;
  /** Carries a message to the coordinator; a world with a clock takes its time. */
  deliver(site: VirtualSite, message: SiteMessage): void;
  readonly distort?: ((stage: string, vector: EncodedVector) => EncodedVector) | undefined;
  /** Sees every message before it is delivered; may kill the site, which loses the message. */
  readonly onSend?: ((site: VirtualSite, message: SiteMessage) => void) | undefined;
  /** Sees the bytes of every masked vector. */
  readonly onUpload?: ((site: string, hash: string, bytes: Uint8Array) => void) | undefined;
}

export function createVirtualSite(world: VirtualSiteInput): VirtualSite {
  const { plan, planHash, post } = world;
  const { id, name } = world.input;
  const secret = sha256(lengthPrefixed(['simulated key', plan.study, plan.seed, id]));
  const sign = signer(secret);
  const chance = randomStream(sha256(lengthPrefixed(['simulated chance', plan.seed, planHash, id])));
  const certificate = simulatedCertificate({ plan, id, deviceKey: toBase64(ed25519PublicKey(secret)) });
  let record: SiteRecord = newSiteRecord(plan.study, chance.bytes(32));
  let current: Site | null = null;
  let loads = 0;
  /** Hash of the list a page would show. */
  let shown: string | null = null;

  /** As a simulation without masks names it. An attempt that is repeated rounds as before. */
  let rounding: { readonly stage: StageName; draws: number } | null = null;
  function ownRoundingSeed(): Uint8Array {
    const stage = current?.state().programme?.stage;
    if (stage === undefined) throw new TypeError('ownRoundingSeed: expected a site at work');
    if (rounding?.stage !== stage) rounding = { stage, draws: 0 };
    return roundingSeed({ seed: plan.seed, planHash, site: id }, stage, rounding.draws++);
  }

  function openTab(): Site {
    loads += 1;
    const load = loads;
    const isOpen = () => current !== null && load === loads;
    return createSite({
      study: plan.study,
      plan,
      planHash,
      clientHash: '0'.repeat(64),
      site: { id, name, rootKey: certificate.rootKey, deviceKey: certificate.key },
      confirmation: 'automatic',
      record,
      backend: world.backend,
      policy: NO_LIMITS,
      isOwnBundle: false,
      distort: world.distort,
      world: {
        random: (length) => (length === ROUNDING_SEED_BYTES ? ownRoundingSeed() : chance.bytes(length)),
        sign: async (messages) => messages.map(sign),
        verify: verifyEd25519,
        save: async (next) => {
          if (isOpen()) record = next;
        },
        send: async (message) => {
          world.onSend?.(self, message);
          if (!isOpen()) return;
          post.countUp(id, sizeOf(message));
          world.deliver(self, message);
        },
        upload: async (hash, bytes) => {
          if (!isOpen()) return;
          world.onUpload?.(id, hash, bytes);
          post.countUp(id, bytes.length);
          await post.blobs.put(bytes);
        },
        download: async (hash) => {
          const bytes = await post.blobs.get(hash);
          if (bytes === null) throw new Error('a blob is missing');
          post.countDown(id, bytes.length);
          return bytes;
        },
        report: (progress) => {
          if (!isOpen()) return;
          if (progress.type === 'roster') shown = progress.rosterHash;
          world.report(id, progress);
        },
        now: () => 0,
        clock: () => 0,
        stretch: () => Promise.reject(new TypeError('stretch: nobody compares words in a simulation')),
      },
    });
  }

  const self: VirtualSite = {
    id,
    name,
    certificate,
    open: async () => {
      const site = openTab();
      current = site;
      await world.dispatch({ type: 'connected', site: id, load: `load-${loads}` });
      const report = await site.load(siteFile(world.input, world.splitCsv));
      refuseUnready(report);
      await site.ready();
      return report;
    },
    approve: async () => (shown === null ? undefined : current?.approve(shown)),
    receive: (message) => {
      post.countDown(id, sizeOf(message));
      current?.receive(structuredClone(message));
    },
    kill: () => {
      current = null;
      void world.dispatch({ type: 'disconnected', site: id });
    },
    site: () => current,
    loads: () => loads,
    settled: async () => current?.settled(),
  };
  return self;
}
