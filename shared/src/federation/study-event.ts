/** The events of a study at its coordinator: its log. */
import type { DeviceCertificate, PersonCertificate, Suspension } from '../identity/index.ts';
import type { SiteMessage } from '../protocol/index.ts';
import type { Plan } from '../study/index.ts';

/** Everything that can happen to a study at its coordinator. Plain JSON: the log is a list of these. */
export type StudyEvent =
  | {
      readonly type: 'created';
      readonly study: string;
      readonly plan: Plan;
      readonly planHash: string;
      readonly coordinatorKey: string;
      /** The study whose plan this one's replaces; absent in a first version. */
      readonly replaces?: string;
    }
  /** With its root key, and the certificate of the device it joined from. */
  | { readonly type: 'joined'; readonly site: string; readonly name: string; readonly certificate: DeviceCertificate }
  /** Another device speaks for the site from now on. */
  | { readonly type: 'certified'; readonly site: string; readonly certificate: DeviceCertificate }
  /** The coordinator took the seat back, before there was a roster. */
  | { readonly type: 'removed'; readonly site: string }
  /** The coordinator puts a hospital off the list that its owners do not answer for any more; the others sign the list without it. */
  | { readonly type: 'put-off'; readonly site: string }
  /** A device no longer speaks for the site. */
  | { readonly type: 'suspended'; readonly site: string; readonly suspension: Suspension }
  /** One of the two people who sign for the site, before there was a roster; and one whom it has taken back. */
  | { readonly type: 'person-certified'; readonly site: string; readonly certificate: PersonCertificate }
  | { readonly type: 'person-withdrawn'; readonly site: string; readonly suspension: Suspension }
  /** A person's signature over `approveBytes`. */
  | {
      readonly type: 'person-approved';
      readonly site: string;
      readonly key: string;
      readonly planHash: string;
      readonly rosterHash: string;
      readonly clientHash: string;
      readonly signature: string;
    }
  /** A person does not sign; over `refusalBytes`. */
  | {
      readonly type: 'person-refused';
      readonly site: string;
      readonly key: string;
      readonly planHash: string;
      readonly rosterHash: string;
      readonly reason: string;
      readonly signature: string;
    }
  /** `load` names the page load: the same one after a lost connection, another one after a reload. */
  | { readonly type: 'connected'; readonly site: string; readonly load: string }
  | { readonly type: 'disconnected'; readonly site: string }
  | { readonly type: 'message'; readonly site: string; readonly message: SiteMessage }
  | { readonly type: 'deadline'; readonly round: number; readonly phase: string }
  | { readonly type: 'summed'; readonly round: number; readonly hash: string; readonly sizeBytes: number }
  /** A masked vector that was here is gone from the disk before it was added: the round ends and the query is asked again. */
  | { readonly type: 'lost'; readonly round: number }
  /** A message that was refused and changed nothing. Its content is not kept, and no more than so many of a site are. */
  | { readonly type: 'turned-away'; readonly site: string; readonly kind: string; readonly round: number | null; readonly code: string }
  | { readonly type: 'start' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };
