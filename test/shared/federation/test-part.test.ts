/**
 * The test part is looked at once and decides nothing. Oracle: the same study with every test patient's outcome turned round. Whatever the study
 * learns, chooses or judges by validation rows must be the same to the bit; only the figures of the evaluation may differ.
 */
import { type ProgrammeState, stateHash } from '@consilium/shared/federation';
import { SET, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { networkPlan, planOf, smallHospitals } from '../../reference/small-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const plan = planOf(
  JSON.stringify({
    ...networkPlan(4),
    split: { by: 'patient-id', patientId: 'patient', test: 0.3, validation: 0.3 },
    model: { kind: 'mlp', hidden: [6] },
    rounds: { count: 4, stop: { patience: 2, every: 1 } },
  }),
);
const hospitals = smallHospitals(80);

/** The files with the outcome of every test patient turned round; how many were. */
function turned() {
  let count = 0;
  const sites = hospitals.map(({ id, csv, ...rest }) => {
    const table = checkTable(readCsv(csv), tableSpec(plan));
    const { sets } = splitRows(plan, table, id, null);
    const [header = '', ...lines] = new TextDecoder().decode(csv).trim().split('\n');
    const at = header.split(',').indexOf('outcome');
    const changed = lines.map((line, row) => {
      if (sets[row] !== SET.test) return line;
      count += 1;
      return line
        .split(',')
        .map((cell, column) => (column === at ? String(1 - Number(cell)) : cell))
        .join(',');
    });
    return { ...rest, id, csv: new TextEncoder().encode(`${[header, ...changed].join('\n')}\n`) };
  });
  return { sites, count };
}

async function run(sites: typeof hospitals) {
  const asked: string[] = [];
  const { programme } = await federateWithoutMasks(
    plan,
    { sites, splitCsv: null },
    {
      withSiteResults: false,
      onRound: ({ kind, label }) => void asked.push(`${kind} ${label}`),
    },
  );
  return { programme, asked };
}

/** Everything a study learned or chose, without its evaluations of the test part. */
const learned = ({ scaling, newton, network, judgement }: ProgrammeState): string =>
  stateHash({ scaling, newton, network, promotion: judgement?.promotion ?? null });

describe('the test part', () => {
  it('is asked about once a model, and nothing that is learned, chosen or promoted depends on it', async () => {
    const { sites, count } = turned();
    expect(count).toBeGreaterThan(40);
    const [first, other] = [await run(hospitals), await run(sites)];
    const models = Object.keys(first.programme.evaluations);
    const looks = first.asked.filter((label) => models.some((model) => label === `evaluation ${model}`));
    expect(looks.length).toBe(models.length);
    expect(new Set(looks).size).toBe(looks.length);
    expect(first.asked.findLastIndex((label) => label.startsWith('update '))).toBeLessThan(first.asked.indexOf(looks[0]!));
    // The outcomes did reach the evaluation.
    expect(stateHash(other.programme.evaluations)).not.toBe(stateHash(first.programme.evaluations));
    expect(learned(other.programme)).toBe(learned(first.programme));
  });
});
