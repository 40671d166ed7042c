/** The keystream where vectors are long enough for the WebAssembly kernel, and where the platform forbids WebAssembly. */
import { addKeystream } from '@consilium/shared/crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

const platform = WebAssembly;
const seedOf = () => fc.uint8Array({ minLength: 32, maxLength: 32 });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Words startWord, … of another implementation's stream; startWord is a multiple of 16 plus `skipped`. */
function wordsOf(seed: Uint8Array, startWord: number, length: number): Uint32Array {
  const block = Math.floor(startWord / 16);
  const skipped = startWord % 16;
  const bytes = chacha20(seed, new Uint8Array(12), new Uint8Array(4 * (skipped + length)), undefined, block);
  const view = new DataView(bytes.buffer);
  return Uint32Array.from({ length }, (_, index) => view.getUint32(4 * (skipped + index), true));
}

function expectBothWays(add: typeof addKeystream, seed: Uint8Array, before: Uint32Array, startWord: number): void {
  const target = before.slice();
  add(target, seed, 1, startWord);
  const stream = wordsOf(seed, startWord, before.length);
  expect(target).toEqual(before.map((value, index) => value + stream[index]!));
  add(target, seed, -1, startWord);
  expect(target).toEqual(before);
}

describe('the keystream over a long vector', () => {
  it('is the same as another implementation gives, at any place and length, and comes off again', () => {
    fc.assert(
      fc.property(seedOf(), fc.integer({ min: 0, max: 10_000 }), fc.nat(200), fc.nat(0xffffffff), (seed, length, startWord, first) => {
        const before = Uint32Array.from({ length }, (_, index) => first + Math.imul(index, 0x9e3779b1));
        expectBothWays(addKeystream, seed, before, startWord);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on correctly where the block counter passes 2^31 and up to its end', () => {
    const seed = new Uint8Array(32).fill(9);
    for (const startWord of [(2 ** 31 - 300) * 16 + 5, (2 ** 32 - 700) * 16])
      expectBothWays(addKeystream, seed, new Uint32Array(9600), startWord);
  });

  it('changes nothing beside the part of a buffer it was given', () => {
    const buffer = new Uint32Array(6000);
    addKeystream(buffer.subarray(500, 5500), new Uint8Array(32).fill(1), 1, 3);
    expect(buffer.subarray(0, 500).every((word) => word === 0) && buffer.subarray(5500).every((word) => word === 0)).toBe(true);
    expect(buffer.subarray(500, 5500)).toEqual(wordsOf(new Uint8Array(32).fill(1), 3, 5000));
  });
});

describe('the WebAssembly kernel', () => {
  it('runs on this machine, and is what long vectors go through', async () => {
    let runs = 0;
    const Counting = class {
      readonly exports: { readonly memory: unknown; readonly run: (...numbers: number[]) => void };
      constructor(module: WebAssembly.Module) {
        const { memory, run } = new platform.Instance(module).exports as { memory: unknown; run: (...numbers: number[]) => void };
        const counted = (...numbers: number[]): void => {
          runs++;
          run(...numbers);
        };
        this.exports = { memory, run: counted };
      }
    };
    vi.resetModules();
    vi.stubGlobal('WebAssembly', { Module: platform.Module, Instance: Counting });
    const fresh = await import('@consilium/shared/crypto');
    fresh.addKeystream(new Uint32Array(15), new Uint8Array(32), 1);
    expect(runs).toBe(0);
    expectBothWays(fresh.addKeystream, new Uint8Array(32).fill(4), new Uint32Array(50_000), 7);
    expect(runs).toBeGreaterThan(2);
  });

  it('is done without, silently and with the same words, where WebAssembly is missing, forbidden or wrong', async () => {
    const forbidden = class {
      constructor() {
        throw new EvalError('refused by the policy');
      }
    };
    let instances = 0;
    const doesNothing = class {
      readonly exports = { run: () => undefined, memory: { buffer: new ArrayBuffer(65536) } };
      constructor() {
        instances++;
      }
    };
    for (const refusing of [undefined, { Module: forbidden }, { Module: class {}, Instance: doesNothing }]) {
      vi.resetModules();
      vi.stubGlobal('WebAssembly', refusing);
      const fresh = await import('@consilium/shared/crypto');
      const seed = new Uint8Array(32).fill(4);
      expectBothWays(fresh.addKeystream, seed, new Uint32Array(3000), 7);
    }
    expect(instances).toBe(1);
  });
});
