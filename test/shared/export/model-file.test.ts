/** What a model's file says and refuses: looks at the test part, certainty of one patient, models that cannot be one file, rows that must not be scored. */
import { headline } from '@consilium/shared/evaluation';
import {
  answerRanges,
  answerValues,
  exportFiles,
  modelTensors,
  parseModel,
  readSafetensors,
  releaseModel,
  safetensorsBytes,
  scoreRows,
  scoreTable,
} from '@consilium/shared/export';
import { predictionsOf } from '@consilium/shared/federation';
import { sigmoid } from '@consilium/shared/models';
import { readCsv } from '@consilium/shared/reading';
import { checkTable, parseMapping } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import { hazardRiskInterval, intervalOf } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { finishedStudy } from '../../reference/finished-study.ts';
import { DIED, files, linear, mlp, ofTask, others, pageValues, rounds } from './exported-studies.ts';

describe('the number of looks at the test part', () => {
  it('stands in card and draft, and more than one is called what it is', () => {
    const { plan, hash, state } = finishedStudy(linear, files);
    const again = exportFiles(plan, hash, state, { looks: 3 });
    for (const name of ['MODEL-CARD.md', 'TRIPOD-AI.md']) {
      expect(again.get(name)).toContain('Looks at the test part for this plan version: 3.');
      expect(again.get(name)).toContain('flatter the model');
      expect(exportFiles(plan, hash, state).get(name)).not.toContain('flatter the model');
    }
  });
});

describe('how sure a model is of one patient', () => {
  const rangesOf = (text: string, own: readonly string[]) => {
    const study = finishedStudy(text, own);
    const read = parseModel(exportFiles(study.plan, study.hash, study.state).get('model.json') as string);
    if (!read.ok) throw new Error(read.problem);
    const { x, width } = study.prepared.test;
    const design = (row: number): number[] => [...x.subarray(row * width, (row + 1) * width)];
    return { ...study, model: read.model, design, x, width };
  };

  it('is the delta method of the fit for a logistic regression', () => {
    const { model, state, design } = rangesOf(linear, files);
    const told = intervalOf(state.newton!, sigmoid)!;
    for (const row of [0, 7, 50]) {
      const { low, high } = told([1, ...design(row)]);
      expect(answerRanges(model, design(row))?.at(-1)).toEqual({
        kind: 'spread',
        low: expect.closeTo(low, 12),
        high: expect.closeTo(high, 12),
        fits: 1,
      });
      expect(high - low).toBeGreaterThan(0.01);
    }
    const unpenalised = rangesOf(linear.replace(/ridge: [\d.]+/, 'ridge: 0'), files);
    expect(unpenalised.model.spread).toMatchObject({ kind: 'covariance' });
  });

  it('is that of the risk by the horizon for a hazard', () => {
    const { model, state, design } = rangesOf(ofTask(DIED), others);
    if (model.answer.kind !== 'survival') throw new Error(model.answer.kind);
    const intervals = model.answer.cuts.length;
    const { low, high } = hazardRiskInterval(state.newton!, intervals, design(3), intervals)!;
    expect(answerRanges(model, design(3))?.at(-1)).toEqual({
      kind: 'spread',
      low: expect.closeTo(low, 12),
      high: expect.closeTo(high, 12),
      fits: 1,
    });
  });

  it('is the range over all fits for a network, and nothing where there is one fit', () => {
    const { model, state, plan, prepared, design } = rangesOf(ofTask(DIED, mlp), others);
    const all = [state.network!, ...state.network!.others].map(({ weights }) => {
      const network = { ...state.network!, weights };
      return headline(predictionsOf(plan, { ...state, network }, 'federated', prepared.test, null))[11]!;
    });
    expect(answerRanges(model, design(11))?.at(-1)).toEqual({
      kind: 'instability',
      low: expect.closeTo(Math.min(...all), 12),
      high: expect.closeTo(Math.max(...all), 12),
      fits: all.length,
    });
    expect(answerRanges({ ...model, spread: null }, design(11))).toBeNull();
  });
});

describe('the exact fit beside a network', () => {
  it('is a model of its own, with its own name', () => {
    const { plan, hash, state, prepared } = finishedStudy(ofTask(DIED, mlp), others);
    const network = releaseModel(plan, hash, state);
    const exact = releaseModel(plan, hash, state, 'exact');
    expect(exact.id).not.toBe(network.id);
    const page = pageValues(predictionsOf(plan, state, 'exact', prepared.test, null));
    const { width } = prepared.test;
    expect(answerValues(exact, [...prepared.test.x.subarray(0, width)]).map((value, at) => value - page[at]!)).toEqual(
      exact.answer.kind === 'survival' ? exact.answer.cuts.map(() => expect.closeTo(0, 12)) : [],
    );
  });
});

describe('a model that cannot be one file', () => {
  const { plan, hash, state } = finishedStudy(linear, files);
  const network = finishedStudy(rounds('{ kind: mlp, hidden: [4] }'), files);

  it('is one whose values each hospital scales by itself', () => {
    const bySite = { ...plan, preprocess: { ...plan.preprocess, scale: 'site' as const } };
    expect(() => releaseModel(bySite, hash, state)).toThrow(expect.objectContaining({ code: 'scale-site' }));
  });

  it('is one with batch statistics of each hospital', () => {
    const batch = { ...network.plan, model: { kind: 'mlp' as const, hidden: [4], norm: 'batch' as const, dropout: 0 } };
    expect(() => releaseModel(batch, hash, network.state)).toThrow(expect.objectContaining({ code: 'batch-norm' }));
  });

  it('is one of which each hospital keeps a part', () => {
    const own = { ...network.plan, personal: 'fedper' as const };
    expect(() => releaseModel(own, hash, network.state)).toThrow(expect.objectContaining({ code: 'own-part' }));
    expect(releaseModel(own, hash, network.state, 'exact').answer.kind).toBe('probability');
  });

  it.each([['an order of risks', DIED, 'model: { kind: linear }\nalgorithm: { kind: fedavg }', 'ranking']])(
    'is one of %s',
    (_what, outcome, fitting, code) => {
      const study = finishedStudy(ofTask(outcome, fitting), others);
      expect(() => exportFiles(study.plan, study.hash, study.state)).toThrow(expect.objectContaining({ code }));
    },
  );

  it('is one that did not converge', () => {
    const failed = { ...state, newton: { ...state.newton!, converged: false, failure: 'separated' as const } };
    expect(() => releaseModel(plan, hash, failed)).toThrow(expect.objectContaining({ code: 'not-fitted' }));
  });
});

describe('a model file', () => {
  const { plan, hash, state } = finishedStudy(linear, files);
  const model = releaseModel(plan, hash, state);
  const text = JSON.stringify(model);

  it.each([
    ['cut short', text.slice(0, -5), 'cut short'],
    ['of another program', '{"format":"pickle"}', '"format" must be'],
    [
      'with a weight too few',
      JSON.stringify({ ...model, layers: [{ ...model.layers[0]!, kernel: model.layers[0]!.kernel.slice(1) }] }),
      'another number of weights',
    ],
    ['with a weight that is no number', text.replace(/"bias":\[[^\]]*\]/, '"bias":[null]'), '"layers.0.bias.0"'],
    ['with a column of no feature', text.replace('"feature":"age"', '"feature":"height"'), 'not a feature'],
  ])('that is damaged is refused by name: %s', (_what, damaged, problem) => {
    const parsed = parseModel(damaged);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
  });

  it('refuses safetensors that are cut short', () => {
    const bytes = safetensorsBytes(modelTensors(model));
    expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
    expect(() => readSafetensors(bytes.subarray(0, 20))).toThrow(RangeError);
  });
});

describe('a row that the model must not score', () => {
  const required = linear.replace('type: number, unit: a, range: [18, 110]', 'type: number, unit: a, range: [18, 110], required: true');
  const { plan, hash, state } = finishedStudy(required, files);
  const model = releaseModel(plan, hash, state);
  const header = 'patient_id,age,sex,systolic_bp,creatinine,hba1c,prior_admissions,smoker,length_of_stay,readmitted';
  const score = (line: string) => {
    const [first] = scoreRows(model, checkTable(readCsv(new TextEncoder().encode(`${header}\n${line}\n`)), tableSpec(plan)));
    return first!;
  };

  it.each([
    ['a-1,150,1,120,1,6,0,never,3,0', 'age: "150" is outside the range 18 to 110'],
    ['a-1,,1,120,1,6,0,never,3,0', 'age: is missing, and the model needs it'],
    ['a-1,50,1,120,1,6,0,often,3,0', 'smoker: "often" is not one of the codes never, former, current'],
    ['a-1,50,1,high,1,6,0,never,3,0', 'systolic_bp: "high" is not a number'],
  ])('is refused with the reason: %s', (line, reason) => {
    expect(score(line)).toEqual({ row: 1, kind: 'refused', reasons: [reason] });
  });

  it('is scored where only a value that may be missing is missing, and says which', () => {
    expect(score('a-1,50,1,,1,6,0,never,3,0')).toMatchObject({ kind: 'scored', imputed: ['systolic_bp'] });
  });

  it('is scored from a file with columns, units and codes of its own, and refused in that file’s words', () => {
    const mapping = parseMapping({
      mapping: 1,
      study: plan.study,
      features: { age: { column: 'Alter' }, smoker: { column: 'Raucher', codes: [{ from: 'nie', to: 'never' }] } },
    });
    const own = (line: string) => {
      const file = `Alter,sex,systolic_bp,creatinine,hba1c,prior_admissions,Raucher,length_of_stay\n${line}\n`;
      return scoreRows(model, scoreTable(readCsv(new TextEncoder().encode(file)), model, mapping))[0]!;
    };
    const same = score('a-1,50,1,120,1,6,0,never,3,0');
    expect(own('50,1,120,1,6,0,nie,3')).toEqual(same);
    expect(own('150,1,120,1,6,0,nie,3')).toEqual({ row: 1, kind: 'refused', reasons: ['Alter: "150" is outside the range 18 to 110'] });
    expect(own(',1,120,1,6,0,nie,3')).toEqual({ row: 1, kind: 'refused', reasons: ['Alter: is missing, and the model needs it'] });
  });

  it('is refused for any missing value where the study dropped such rows', () => {
    const dropped = { ...model, needsEveryValue: true };
    const table = checkTable(readCsv(new TextEncoder().encode(`${header}\na-1,50,1,,1,6,0,never,3,0\n`)), tableSpec(plan));
    expect(scoreRows(dropped, table)[0]).toMatchObject({ kind: 'refused' });
  });
});
