/**
 * A coordinator written to cheat, around real hospitals: every honest part is the product's own (the study's runner with its log and
 * blobs, and `createSite` as it runs in a chamber); a cheat turns one screw on the mail between them. Nothing is random and nothing waits.
 */
import { createHash, pbkdf2Sync } from 'node:crypto';
import { sha256, toBase64 } from '@consilium/shared/crypto';
import {
  createSite,
  createStudyRunner,
  type KeyedContributors,
  leavingWord,
  newSiteRecord,
  type Site,
  type SiteProgress,
  type SiteRecord,
  type StudyEvent,
  type StudyRunner,
  type StudyTimer,
} from '@consilium/shared/federation';
import { type DeviceCertificate, issueDeviceCertificate, type PersonCertificate, type Stretch } from '@consilium/shared/identity';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';
import { DEFAULT_POLICY, type Plan, planHash, type SitePolicy } from '@consilium/shared/study';
import { type SiteInput, verifyEd25519 } from '@consilium/simulations';
import { signingKey } from '../shared/protocol/signatures.ts';

/** What a dishonest coordinator does. Messages it makes up are real bytes of the protocol: they pass the same parser. */
export interface Cheat {
  /** What a hospital hears in place of a message; none, or several. */
  toSite?(site: string, message: CoordinatorMessage, siege: Siege): readonly CoordinatorMessage[];
  /** What the honest rest of the coordinator hears in place of what a hospital said. */
  toCoordinator?(site: string, message: SiteMessage, siege: Siege): readonly SiteMessage[];
  /** What a hospital gets for a hash it asks for. */
  blob?(site: string, hash: string, bytes: Uint8Array | null, siege: Siege): Uint8Array | null;
}

export interface Hospital {
  readonly id: string;
  readonly site: Site;
  readonly publicKey: string;
  readonly certificate: DeviceCertificate;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  /** Everything it said, in order. */
  readonly said: SiteMessage[];
  /** Codes its page would show, in order. */
  readonly refused: string[];
  readonly reports: SiteProgress[];
  /** As its browser keeps it. */
  record: SiteRecord;
  /** Records in the order in which they were stored, with how many messages had been said by then. */
  readonly stored: { readonly record: SiteRecord; readonly said: number }[];
}

export interface Siege {
  readonly runner: StudyRunner;
  readonly events: StudyEvent[];
  readonly blobs: Map<string, Uint8Array>;
  readonly hospitals: ReadonlyMap<string, Hospital>;
  /** What the honest part of the coordinator said to a hospital, ever. */
  readonly mail: { readonly site: string; readonly message: CoordinatorMessage }[];
  /** Turned back to honesty by setting it to {}. */
  cheat: Cheat;
  /** The hospital's device is lost: another one is certified by the recovery file, opens the page with an empty browser, signs the plan and brings the rows. */
  replaceDevice(id: string): Promise<Hospital>;
  /** A person leaves at this hospital: its site stops and says one last word. */
  leave(id: string): Promise<void>;
  /** Until nothing moves; no deadline passes. */
  settle(): Promise<void>;
  /** Settles and lets deadlines pass until the study has ended or waits for a person. */
  run(mostDeadlines?: number): Promise<void>;
}

export interface SiegeSetting {
  readonly plan: Plan;
  readonly inputs: readonly SiteInput[];
  readonly cheat?: Cheat;
  /** Records a hospital's browser holds from before. */
  readonly records?: ReadonlyMap<string, SiteRecord>;
  /** What its browser knows of sums of other versions of the study. */
  readonly earlier?: ReadonlyMap<string, KeyedContributors>;
  /** Hospitals whose device came by the recovery file. */
  readonly recovered?: readonly string[];
  readonly policy?: SitePolicy;
  /** People whom hospitals have declared before the list is made. */
  readonly signers?: readonly { readonly site: string; readonly certificate: PersonCertificate }[];
  /** `person`: nobody signs before the twelve words were compared, so `besiege` ends with the list shown. */
  readonly confirmation?: 'person' | 'automatic';
  /** Seconds since 1970 by the clock of every hospital; certificates are issued at 0. */
  readonly clock?: () => number;
}

/** A study up to the moment in which every hospital has signed; rounds begin with `settle` or `run`. */
export async function besiege(setting: SiegeSetting): Promise<Siege> {
  const { earlier, recovered = [], signers = [] } = setting;
  const { plan, inputs, cheat = {}, records, policy = DEFAULT_POLICY, confirmation = 'automatic', clock = () => 0 } = setting;
  const hash = planHash(plan);
  const blobs = new Map<string, Uint8Array>();
  const hospitals = new Map<string, Hospital>();
  const coordinatorKey = toBase64(signingKey(sha256(Buffer.from('siege coordinator'))).publicKey);
  const events: StudyEvent[] = [{ type: 'created', study: plan.study, plan, planHash: hash, coordinatorKey }];
  const mail: Siege['mail'] = [];
  let timer: StudyTimer | null = null;
  let work: Promise<unknown>[] = [];

  const runner = await createStudyRunner({
    events: [...events],
    world: {
      append: async (event) => void events.push(structuredClone(event)),
      send: (site, message) => {
        mail.push({ site, message });
        const heard = siege.cheat.toSite?.(site, message, siege) ?? [message];
        for (const each of heard) hospitals.get(site)?.site.receive(structuredClone(each));
      },
      setTimer: (next) => {
        timer = next;
      },
      blobs: {
        get: async (name) => blobs.get(name) ?? null,
        put: async (bytes) => keep(blobs, bytes),
        has: async (name) => blobs.has(name),
        remove: async (name) => void blobs.delete(name),
      },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
  const dispatch = (event: StudyEvent): void => void work.push(runner.dispatch(event));

  let replaceDevice: Siege['replaceDevice'] = () => Promise.reject(new Error('the study is not open yet'));

  const siege: Siege = {
    runner,
    events,
    blobs,
    hospitals,
    mail,
    cheat,
    replaceDevice: (id) => replaceDevice(id),
    async leave(id) {
      const hospital = hospitals.get(id)!;
      hospital.site.stop();
      const kept = hospital.record;
      const { message, record } = await leavingWord({ study: plan.study, site: id, record: kept }, async (texts) =>
        texts.map(hospital.sign),
      );
      hospital.record = record ?? kept;
      hospital.said.push(message);
      dispatch({ type: 'message', site: id, message });
    },
    async settle() {
      for (let seen = -1; seen !== events.length + mail.length || work.length > 0; ) {
        seen = events.length + mail.length;
        for (const { site } of hospitals.values()) await site.settled();
        const open = work;
        work = [];
        await Promise.all(open);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async run(mostDeadlines = 40) {
      for (let passed = 0; ; passed += 1) {
        await siege.settle();
        const due = timer;
        if (due === null || passed === mostDeadlines) return;
        timer = null;
        dispatch({ type: 'deadline', round: due.round, phase: due.phase });
      }
    },
  };

  /** A hospital's browser from its first page on. @param device - Names the key of this browser; its certificate is issued at `at`. */
  function browser(id: string, device: string, at: number, record: SiteRecord, isRecovered: boolean): Hospital {
    const key = signingKey(sha256(Buffer.from(`siege key ${device}`)));
    const publicKey = toBase64(key.publicKey);
    const rootSecret = sha256(Buffer.from(`siege root ${id}`));
    const certificate = issueDeviceCertificate({ study: plan.study, rootSecret, key: publicKey, at });
    let drawn = 0;
    const site = createSite({
      ...{ study: plan.study, plan, planHash: hash, clientHash: '0'.repeat(64), confirmation },
      site: { id, name: id, rootKey: certificate.rootKey, deviceKey: publicKey },
      ...{ record, backend: 'plain', policy, isOwnBundle: false },
      ...{ earlier: earlier?.get(id), isRecovered },
      world: {
        random: (length) => stretch(`${device} ${drawn++} ${record.lastRound}`, length),
        sign: async (messages) => messages.map(key.sign),
        verify: verifyEd25519,
        save: async (next) => {
          hospital.record = next;
          hospital.stored.push({ record: next, said: hospital.said.length });
        },
        send: async (message) => {
          hospital.said.push(message);
          for (const each of siege.cheat.toCoordinator?.(id, message, siege) ?? [message])
            dispatch({ type: 'message', site: id, message: each });
        },
        upload: async (_name, bytes) => void keep(blobs, bytes),
        download: async (name) => {
          const bytes = blobs.get(name) ?? null;
          const given = siege.cheat.blob === undefined ? bytes : siege.cheat.blob(id, name, bytes, siege);
          if (given === null) throw new Error('the coordinator does not hold these bytes');
          return given;
        },
        report: (progress) => {
          hospital.reports.push(progress);
          if (progress.type === 'refused') hospital.refused.push(progress.code);
        },
        now: () => 0,
        clock,
        stretch: stretchOnce,
      },
    });
    const hospital: Hospital = { id, site, publicKey, certificate, sign: key.sign, said: [], refused: [], reports: [], record, stored: [] };
    hospitals.set(id, hospital);
    return hospital;
  }

  async function bringRows(id: string): Promise<void> {
    const { site } = hospitals.get(id)!;
    const csv = inputs.find((input) => input.id === id)!.csv;
    await site.load({ files: [{ name: `${id}.csv`, bytes: csv }], splitCsv: null });
    await site.ready();
  }

  const tagOf = (name: string) => newSiteRecord(plan.study, sha256(Buffer.from(`siege tag ${name}`)));
  replaceDevice = async (id) => {
    const device = `${id} anew`;
    const hospital = browser(id, device, 1, tagOf(device), true);
    dispatch({ type: 'certified', site: id, certificate: hospital.certificate });
    dispatch({ type: 'connected', site: id, load: `load ${device}` });
    await siege.settle();
    await hospital.site.approve(listAt(hospital).rosterHash);
    await bringRows(id);
    await siege.settle();
    return hospital;
  };

  for (const { id } of inputs) {
    const { certificate } = browser(id, id, 0, records?.get(id) ?? tagOf(id), recovered.includes(id));
    dispatch({ type: 'joined', site: id, name: id, certificate });
    dispatch({ type: 'connected', site: id, load: `load ${id}` });
    await bringRows(id);
  }
  await siege.settle();
  for (const one of signers) dispatch({ type: 'person-certified', ...one });
  dispatch({ type: 'start' });
  await siege.settle();
  if (confirmation === 'automatic') for (const hospital of hospitals.values()) await hospital.site.approve(listAt(hospital).rosterHash);
  return siege;
}

/** Kinds of what a hospital said in one round. */
export const saidIn = (hospital: Hospital, round: number): string[] =>
  hospital.said.flatMap((message) => ('round' in message && message.round === round ? [message.kind] : []));

/** Whether a hospital ever handed over its shares of a round. */
export const gaveShares = (hospital: Hospital, round: number): boolean => saidIn(hospital, round).includes('unmask');

/** The words of one list are the same for everybody. */
const stretched = new Map<string, Uint8Array>();
const stretchOnce: Stretch = async ({ secret, salt, iterations, length }) => {
  const name = Buffer.from(secret).toString('hex');
  const known = stretched.get(name) ?? new Uint8Array(pbkdf2Sync(secret, salt, iterations, length, 'sha256'));
  stretched.set(name, known);
  return known;
};

export function keep(blobs: Map<string, Uint8Array>, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex');
  blobs.set(hash, bytes);
  return hash;
}

function stretch(seed: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) bytes.set(sha256(Buffer.from(`${seed} ${at}`)).subarray(0, length - at), at);
  return bytes;
}

/** The last list that a hospital's page was told of. */
export function listAt(hospital: Hospital): Extract<SiteProgress, { type: 'roster' }> {
  const told = hospital.reports.findLast((report) => report.type === 'roster');
  if (told?.type !== 'roster') throw new Error(`${hospital.id} was shown no list`);
  return told;
}
