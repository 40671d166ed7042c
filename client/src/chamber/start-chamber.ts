/**
 * Starts the chamber from the page: fetches its files with pinned hashes, makes the sealed frame, waits for its boot and
 * opens the one port. Where a sealed frame cannot start a worker, a worker of our own origin is tried, which the
 * coordinator serves with a policy as tight; the chamber's own probe decides in both cases whether it may see rows.
 */
import { frameDocument } from './boot-script.ts';
import type { ChamberOffers, OpenInput, OpenReport, PageOffers } from './calls.ts';
import { ChamberError } from './chamber-error.ts';
import { connectPort, type Remote } from './port-calls.ts';

interface PinnedFile {
  readonly name: string;
  readonly integrity: string;
}

/** Compiled in by the build. */
declare const __CHAMBER_FILES__: {
  readonly bootHash: string;
  readonly hash: string;
  readonly script: PinnedFile;
  readonly wasm: readonly PinnedFile[];
};

/** Read when needed: outside a built page there is none. */
const files = () => __CHAMBER_FILES__;

/** SHA-256 over the chamber's files that this page was built with, hex. */
export const chamberHash = (): string => files().hash;

const BOOT_LIMIT_MS = 10_000;
const OPEN_LIMIT_MS = 60_000;

/** A chamber that has started and probed its seal. */
export interface Chamber {
  readonly calls: Remote<ChamberOffers>;
  readonly opened: OpenReport;
  readonly kind: 'sealed-frame' | 'worker';
  /** Ends the worker and with it everything it held. */
  close(): void;
}

/** A place where the chamber's code runs, and how to end it. */
interface Place {
  readonly kind: Chamber['kind'];
  readonly port: MessagePort;
  /** Rejects when the place fails after its start. */
  readonly failed: Promise<never>;
  close(): void;
}

/**
 * @param page - What the chamber may ask of the page.
 * @param options - A backend by name, or null for the fastest that is right for the study's plan.
 * @throws ChamberError with the code the page explains.
 */
export async function startChamber(page: PageOffers, options: Pick<OpenInput, 'forced' | 'plan'>): Promise<Chamber> {
  const [code, wasm] = await Promise.all([fetchPinned(files().script), fetchWasm()]);
  const place = await startInFrame(code).catch((reason: unknown) => startInWorker(reason));
  const { remote, close } = connectPort<ChamberOffers>(place.port, page);
  const end = () => {
    close();
    place.close();
  };
  try {
    const opening = remote.open({ origin: location.origin, wasm, ...options });
    const opened = await Promise.race([opening, place.failed, timeout(OPEN_LIMIT_MS, 'chamber-timeout')]);
    if (!opened.probe.sealed) throw new ChamberError('not-sealed', 'The chamber found a way to the network, or could not rule one out.');
    return { calls: remote, opened, kind: place.kind, close: end };
  } catch (error) {
    end();
    throw error;
  }
}

async function startInFrame(code: Uint8Array): Promise<Place> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.title = 'chamber';
  frame.srcdoc = frameDocument(files().bootHash);
  const booted = messageFrom(frame, 'chamber-booted');
  document.body.append(frame);
  try {
    await Promise.race([booted, timeout(BOOT_LIMIT_MS, 'chamber-unavailable')]);
  } catch (error) {
    frame.remove();
    throw error;
  }
  const channel = new MessageChannel();
  const failed = messageFrom(frame, 'chamber-failed').then((text) => {
    throw new ChamberError('chamber-unavailable', `The chamber stopped: ${text}`);
  });
  failed.catch(() => undefined);
  frame.contentWindow?.postMessage({ code, start: null }, '*', [channel.port2]);
  return { kind: 'sealed-frame', port: channel.port1, failed, close: () => frame.remove() };
}

async function startInWorker(reason: unknown): Promise<Place> {
  const channel = new MessageChannel();
  try {
    const worker = new Worker(`/${files().script.name}`);
    const failed = new Promise<never>((_, reject) => {
      worker.onerror = () =>
        reject(new ChamberError('chamber-unavailable', 'Neither a sealed frame nor a worker could start.', { cause: reason }));
    });
    failed.catch(() => undefined);
    worker.postMessage(null, [channel.port2]);
    return { kind: 'worker', port: channel.port1, failed, close: () => worker.terminate() };
  } catch {
    throw new ChamberError('chamber-unavailable', 'Neither a sealed frame nor a worker could start.', { cause: reason });
  }
}

function messageFrom(frame: HTMLIFrameElement, type: string): Promise<string> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow || event.data?.type !== type) return;
      removeEventListener('message', listen);
      resolve(String(event.data.text ?? ''));
    };
    addEventListener('message', listen);
  });
}

async function fetchPinned(file: PinnedFile): Promise<Uint8Array> {
  try {
    const answer = await fetch(`/${file.name}`, { integrity: file.integrity, credentials: 'omit' });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  } catch (cause) {
    throw new ChamberError('chamber-files', `${file.name} is missing or is not the file this page was built with.`, { cause });
  }
}

async function fetchWasm(): Promise<{ [name: string]: Uint8Array }> {
  const entries = await Promise.all(files().wasm.map(async (file) => [file.name, await fetchPinned(file)] as const));
  return Object.fromEntries(entries);
}

function timeout(milliseconds: number, code: 'chamber-unavailable' | 'chamber-timeout'): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new ChamberError(code, `The chamber did not answer within ${milliseconds / 1000} s.`)), milliseconds);
  });
}
