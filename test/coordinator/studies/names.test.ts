import { uniqueId } from '@consilium/coordinator/studies';
import { cleanName } from '@consilium/shared/identity';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it('makes an identifier the protocol accepts out of any name, different from those taken', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('x'.repeat(300))), { maxLength: 12 }), (names) => {
      const taken = new Set<string>();
      for (const name of names) {
        const id = uniqueId(name, (known) => taken.has(known), 'hospital');
        expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
        expect(taken.has(id)).toBe(false);
        taken.add(id);
      }
    }),
  );
});

it('keeps names as text, without what would change how other text is read', () => {
  expect(cleanName(' A\u0000\u202eB\n  <b>C</b> ')).toBe('A B <b>C</b>');
  expect([cleanName(''), cleanName(' \u200b '), cleanName('x'.repeat(121))]).toEqual([null, null, null]);
});
