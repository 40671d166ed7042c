/**
 * The fast way of ChaCha20: the WebAssembly kernel with its own page of memory, where the platform allows it.
 *
 * Rules: absent where WebAssembly or its SIMD is not there or not allowed (a page's policy, an old browser), and then nothing
 * is said: the TypeScript loop gives the same words. The page is wiped after use, for it held a key and masked words.
 * Compiling is synchronous, which browsers allow for small modules; this one has less than 4 KB.
 */
import { chachaKernel, GROUP_WORDS, WORDS_AT } from './chacha20-kernel.ts';

/** The part of the platform used here; this package knows no DOM. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

interface Kernel {
  readonly run: (counter: number, groups: number, invert: 0 | -1) => void;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** Adds (or subtracts) whole groups of keystream words; the target's length is a multiple of `GROUP_WORDS`. */
export type AddGroups = (target: Uint32Array, key: Int32Array, sign: 1 | -1, counter: number) => void;

const KEY_WORDS = 8;
/** Few enough to stay in a core's nearest cache, a multiple of `GROUP_WORDS`. */
const PIECE_WORDS = 4096;

/** @returns The kernel as a function, or null where it cannot run. */
export function startSimd(): AddGroups | null {
  const kernel = startKernel();
  if (kernel === null) return null;
  const keyPart = new Int32Array(kernel.memory.buffer, 0, KEY_WORDS);
  const piece = new Uint32Array(kernel.memory.buffer, WORDS_AT, PIECE_WORDS);
  return (target, key, sign, counter) => {
    keyPart.set(key);
    for (let at = 0; at < target.length; at += PIECE_WORDS) {
      const part = target.subarray(at, at + PIECE_WORDS);
      piece.set(part);
      kernel.run((counter + at / 16) | 0, part.length / GROUP_WORDS, sign === 1 ? 0 : -1);
      part.set(part.length === PIECE_WORDS ? piece : piece.subarray(0, part.length));
    }
    keyPart.fill(0);
    piece.fill(0, 0, Math.min(target.length, PIECE_WORDS));
  };
}

function startKernel(): Kernel | null {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(chachaKernel())).exports as Kernel;
  } catch {
    return null; // not there (ReferenceError), forbidden or without SIMD (CompileError): all mean "not here"
  }
}
