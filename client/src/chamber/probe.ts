/**
 * The chamber tries its own seal before it takes rows: every way a worker has to reach a network, each tried once
 * against the coordinator's own address. Only three outcomes are safe: the browser's policy refused it (and said so), the call was
 * refused before it began, or there is no such thing here.
 */

export type ProbeOutcome = 'refused' | 'absent' | 'unclear' | 'out';

export interface ProbeAttempt {
  readonly name: string;
  readonly outcome: ProbeOutcome;
}

export interface ProbeReport {
  readonly sealed: boolean;
  readonly attempts: readonly ProbeAttempt[];
}

type Try = (address: string) => Promise<'out' | 'failed' | 'refused'>;

const LIMIT_MS = 2000;

/**
 * Tries each way out. Takes about a second.
 *
 * @param origin - Where the page came from, such as `https://consilium.example`.
 */
export async function probeSeal(origin: string): Promise<ProbeReport> {
  const attempts: ProbeAttempt[] = [];
  for (const [name, exists, attempt] of WAYS_OUT) {
    attempts.push({ name, outcome: exists() ? await outcomeOf(`${origin}/chamber-probe?way=${name}`, attempt) : 'absent' });
  }
  return { sealed: attempts.every((attempt) => attempt.outcome === 'refused' || attempt.outcome === 'absent'), attempts };
}

async function outcomeOf(address: string, attempt: Try): Promise<ProbeOutcome> {
  let refused = false;
  const onViolation = () => {
    refused = true;
  };
  addEventListener('securitypolicyviolation', onViolation);
  try {
    const end = await Promise.race([attempt(address), later(LIMIT_MS, 'failed' as const)]);
    if (end !== 'failed') return end;
    await later(20, null);
    return refused ? 'refused' : 'unclear';
  } catch (error) {
    await later(20, null);
    // Thrown while the call was made: nothing was begun.
    return refused ||
      (error instanceof DOMException && ['SecurityError', 'NetworkError'].includes(error.name)) ||
      error instanceof EvalError
      ? 'refused'
      : 'unclear';
  } finally {
    removeEventListener('securitypolicyviolation', onViolation);
  }
}

function later<Value>(milliseconds: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
}

function events(make: () => EventTarget, good: string, bad: string): Promise<'out' | 'failed'> {
  const target = make();
  return new Promise((resolve) => {
    target.addEventListener(good, () => resolve('out'));
    target.addEventListener(bad, () => resolve('failed'));
  });
}

const globals = globalThis as unknown as { readonly [name: string]: unknown };
const has = (name: string) => () => globals[name] !== undefined;
const settled = (promise: Promise<unknown>): Promise<'out' | 'failed'> =>
  promise.then(
    () => 'out',
    () => 'failed',
  );

const NESTED = `addEventListener('securitypolicyviolation', () => postMessage('refused'));
onmessage = (e) => fetch(e.data, { mode: 'no-cors' }).then(() => postMessage('out'), () => setTimeout(postMessage, 50, 'failed'));`;

const WAYS_OUT: readonly (readonly [name: string, exists: () => boolean, attempt: Try])[] = [
  ['fetch', has('fetch'), (address) => settled(fetch(address, { mode: 'no-cors' }))],
  ['fetch-keepalive', has('fetch'), (address) => settled(fetch(address, { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }))],
  ['xml-http-request', has('XMLHttpRequest'), tryRequest],
  ['web-socket', has('WebSocket'), (address) => events(() => new WebSocket(address.replace(/^http/, 'ws')), 'open', 'error')],
  ['event-source', has('EventSource'), (address) => events(() => new EventSource(address), 'open', 'error')],
  ['web-transport', has('WebTransport'), tryTransport],
  ['import', () => true, (address) => settled(import(/* @vite-ignore */ address))],
  ['import-scripts', has('importScripts'), tryImportScripts],
  ['nested-worker', has('Worker'), (address) => events(() => new Worker(address), 'message', 'error')],
  ['nested-blob-worker', has('Worker'), tryNestedBlob],
  ['font', has('FontFace'), (address) => settled(new FontFace('probe', `url(${address})`).load())],
  ['beacon', () => 'sendBeacon' in navigator, async (address) => ((navigator as Navigator).sendBeacon(address, 'x') ? 'out' : 'failed')],
  ['peer-connection', has('RTCPeerConnection'), tryPeerConnection],
  ['cache', has('caches'), (address) => caches.open('probe').then((cache) => settled(cache.add(address)))],
  ['evaluated-code', () => true, async () => (new Function('return 1')() === 1 ? 'out' : 'failed')],
];

function tryRequest(address: string): Promise<'out' | 'failed'> {
  const request = new XMLHttpRequest();
  request.open('GET', address);
  const end = events(() => request, 'load', 'error');
  request.send();
  return end;
}

/** Being able to make one at all is a way out: the policy does not govern what it gathers and sends. */
async function tryPeerConnection(): Promise<'out'> {
  new RTCPeerConnection().close();
  return 'out';
}

async function tryTransport(address: string): Promise<'out' | 'failed'> {
  const Transport = globals.WebTransport as new (
    address: string,
  ) => { readonly ready: Promise<unknown>; readonly closed: Promise<unknown> };
  const transport = new Transport(address.replace(/^http:/, 'https:'));
  transport.closed.catch(() => undefined);
  return settled(transport.ready);
}

async function tryImportScripts(address: string): Promise<'out' | 'failed'> {
  (globals.importScripts as (address: string) => void)(address);
  return 'out';
}

/** A worker made here inherits the seal: its own try must be refused too. */
function tryNestedBlob(address: string): Promise<'out' | 'failed' | 'refused'> {
  const worker = new Worker(URL.createObjectURL(new Blob([NESTED], { type: 'text/javascript' })));
  worker.postMessage(address);
  return new Promise((resolve) => {
    worker.onmessage = (event) => {
      worker.terminate();
      resolve(event.data);
    };
    worker.onerror = () => resolve('failed');
  });
}
