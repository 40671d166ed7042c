/** What the browser must offer before a hospital joins: looked at once, shown as a list, in under a second. */
import { hasWebCryptoEd25519 } from './device-key.ts';

export type CheckId = 'secure-context' | 'storage' | 'workers' | 'locks' | 'wasm' | 'ed25519' | 'webgl';

export interface PreflightCheck {
  readonly id: CheckId;
  /** `fail` ends here; `warn` works, slower or with less protection. */
  readonly status: 'pass' | 'warn' | 'fail';
}

/** Looks at each requirement in turn; a failed one comes with a code of its own (`preflight-<id>`). */
export async function runPreflight(): Promise<readonly PreflightCheck[]> {
  const required = (id: CheckId, is: boolean): PreflightCheck => ({ id, status: is ? 'pass' : 'fail' });
  const wanted = (id: CheckId, is: boolean): PreflightCheck => ({ id, status: is ? 'pass' : 'warn' });
  const secure = required('secure-context', isSecureContext && 'subtle' in crypto);
  if (secure.status === 'fail') return [secure];
  return [
    secure,
    required('storage', await canStore()),
    required('workers', 'Worker' in globalThis && 'MessageChannel' in globalThis),
    required('locks', 'locks' in navigator),
    wanted('wasm', 'WebAssembly' in globalThis),
    wanted('ed25519', await hasWebCryptoEd25519()),
    wanted('webgl', hasWebGl()),
  ];
}

async function canStore(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open('consilium-preflight');
      opening.onerror = () => resolve(false);
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase('consilium-preflight');
        resolve(true);
      };
    } catch {
      resolve(false);
    }
  });
}

function hasWebGl(): boolean {
  try {
    return new OffscreenCanvas(1, 1).getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
