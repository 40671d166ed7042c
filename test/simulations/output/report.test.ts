/** The written pages: no request, no script, no style but the one whose hash the policy names, and nothing of a plan becomes markup. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnce } from '@consilium/simulations';
import { compareSettings } from '@consilium/simulations/comparison';
import { readResult } from '@consilium/simulations/input';
import { openResultFolder, reportPage, resultFiles } from '@consilium/simulations/output';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

const folder = mkdtempSync(join(tmpdir(), 'consilium-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a report', () => {
  const title = 'A <script>alert(1)</script> "title"';
  let settings: Parameters<typeof resultFiles>[0];
  let text: string;

  beforeAll(async () => {
    const plan = { ...linearPlan(), title };
    const data = { sites: smallHospitals(60), splitCsv: null };
    settings = [{ label: 'plan', changes: {}, runs: [await runOnce({ plan, data, backend: 'plain' })] }];
    text = reportPage(settings, compareSettings(settings, 50));
  });

  it('shows what a plan says as text', () => {
    expect(text).toContain('A &lt;script&gt;alert(1)&lt;/script&gt; &quot;title&quot;');
    expect(text).not.toContain('<script');
  });

  it('needs no network and no exception from its own policy', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    expect(text).toContain(`style-src &#39;sha256-${createHash('sha256').update(style).digest('base64')}&#39;`);
    expect(text.match(/<style/g)).toHaveLength(1);
    expect(text).not.toMatch(/ style="|\son[a-z]+="|<link|<img|@import|url\(|src="|href="http/);
  });

  it('has a name and a table behind every chart', () => {
    const charts = text.match(/<svg [^>]*role="img"[^>]*>/g) ?? [];
    expect(charts.length).toBeGreaterThanOrEqual(7);
    for (const chart of charts) expect(chart).toMatch(/aria-label="[^"]{5,}"/);
    expect((text.match(/Numbers of this chart/g) ?? []).length).toBe(charts.length);
  });

  it('says what joining is worth to each site, from the rows of its own test part', () => {
    const { result, predictions } = settings[0]!.runs[0]!;
    expect(Object.keys(result.gains!)).toEqual(Object.keys(result.sites));
    for (const [site, gains] of Object.entries(result.gains!)) {
      const rows = predictions.filter((row) => row.site === site && row.set === 'test');
      const loss = (label: string) =>
        rows.reduce((sum, { scores, outcome }) => sum - Math.log(outcome === 1 ? scores[label]! : 1 - scores[label]!), 0) / rows.length;
      const gain = gains.find(({ model, measure }) => model === 'federated' && measure === 'logLoss')!;
      expect(gain.value).toBeCloseTo(loss('federated') - loss('local'), 10);
      expect(text).toContain(`${gain.value < 0 ? '−' : '+'}${Math.abs(gain.value).toFixed(4)}`);
    }
  });

  it('is the same after the result was written and read again', async () => {
    const path = join(folder, 'plan');
    const result = await openResultFolder(path, { isForced: false, isResumed: false, request: '' });
    await result.finish(resultFiles(settings, compareSettings(settings, 50)));
    const again = await readResult(path);
    expect(again[0]?.runs[0]?.predictions).toEqual(settings[0]?.runs[0]?.predictions);
    expect(reportPage(again, compareSettings(again, 50))).toBe(text);
  });
});
