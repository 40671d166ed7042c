/** Keys that people leave for hospitals: whoever leaves junk pushes out junk, and reaches no other study. */
import { openSignerAsks } from '@consilium/coordinator/studies';
import { expect, it } from 'vitest';

const ask = (key: string) => ({ key, name: key, role: 'clinician' }) as const;

it('keep a hospital’s pending ask, whatever one address leaves beside it, and a study’s, whatever is left in others', () => {
  let at = 0;
  const asks = openSignerAsks(() => at);
  asks.leave('a', 'code of north', ask('ada'), 'clinic');
  for (let junk = 0; junk < 5000; junk++) asks.leave(junk % 2 === 0 ? 'a' : 'b', `junk ${junk}`, ask(`junk ${junk}`), 'attacker');
  expect(asks.under('a', 'code of north')).toEqual([ask('ada')]);
  expect(asks.under('a', 'junk 0')).toEqual([]);
  expect(asks.under('a', 'junk 4998')).toEqual([ask('junk 4998')]);
  asks.leave('a', 'code of east', ask('cleo'), 'other clinic');
  expect([asks.under('a', 'code of north'), asks.under('a', 'code of east')]).toEqual([[ask('ada')], [ask('cleo')]]);
  at = 25 * 3_600_000;
  expect(asks.under('a', 'code of north')).toEqual([]);
});
