/** A log or a record as sentences, one line an entry: for people, of a file whose chain was checked before. */
import { readFile } from 'node:fs/promises';
import type { SiteLogEvent, StudyEvent } from '@consilium/shared/federation';

interface Entry {
  readonly recordedAt: string;
  readonly event: string;
}

/** @throws Error when the file has no entries of a log. */
export async function reportFile(path: string): Promise<readonly string[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const { recordedAt, event } = JSON.parse(line) as Entry;
    return `${recordedAt}  ${sentenceOf(JSON.parse(event) as SiteLogEvent | StudyEvent)}`;
  });
}

const inRound = (round: number | null | undefined): string => (round === null || round === undefined ? '' : ` in round ${round}`);

function sentenceOf(event: SiteLogEvent | StudyEvent): string {
  switch (event.type) {
    case 'joined':
      return 'certificate' in event ? `${event.name} joined as ${event.site}.` : `Joined as ${event.name}; the plan is ${event.planHash}.`;
    case 'certified':
      return `${event.site} speaks from another device now.`;
    case 'suspended':
      return `${event.site} suspended the key of a device.`;
    case 'person-certified':
      return `${event.certificate.name} (${event.certificate.role}) signs for ${event.site}.`;
    case 'person-withdrawn':
      return `${event.site} took back a person who signs.`;
    case 'person-approved':
      return `A person of ${event.site} signed plan, list and program.`;
    case 'person-refused':
      return `A person of ${event.site} did not sign: ${event.reason}`;
    case 'opened':
      return `A page was opened, served by ${event.servedBy}; its program is ${event.clientHash}.`;
    case 'limits':
      return `Own limits were set: ${JSON.stringify(event.limits)}.`;
    case 'signed':
      return `Signed "${event.what}", SHA-256 ${event.hash}.`;
    case 'sent':
      return `Sent ${event.kind}${inRound(event.round)}: ${event.bytes} bytes, SHA-256 ${event.hash}.`;
    case 'told':
      return `Was told ${event.kind}${inRound(event.round)}, SHA-256 ${event.hash}.`;
    case 'refused':
      return `Refused: ${event.code}${inRound(event.round)}.`;
    case 'aborted':
      return `A round ended early: ${event.code}${inRound(event.round)}.`;
    case 'stopped':
      return 'A person stopped this hospital’s part.';
    case 'resumed':
      return 'A person went on.';
    case 'left':
      return 'This hospital left the study.';
    case 'created':
      return `The study was made from the plan ${event.planHash}.`;
    case 'connected':
      return `${event.site} connected.`;
    case 'disconnected':
      return `${event.site} was gone.`;
    case 'message':
      return `${event.site} sent ${event.message.kind}${'round' in event.message ? inRound(event.message.round) : ''}.`;
    case 'deadline':
      return `The time for ${event.phase}${inRound(event.round)} was over.`;
    case 'summed':
      return `The sum of round ${event.round} was kept: ${event.sizeBytes} bytes, SHA-256 ${event.hash}.`;
    case 'lost':
      return `A masked vector of round ${event.round} was gone from the disk; its question was asked again.`;
    case 'turned-away':
      return `${event.kind} of ${event.site}${inRound(event.round)} was refused: ${event.code}.`;
    case 'start':
    case 'pause':
    case 'resume':
    case 'stop':
      return `The coordinator pressed ${event.type}.`;
    default:
      return `${(event as { readonly type: string }).type}.`;
  }
}
