/** Papers for a hospital: what they say follows from the plan, their byte figures from what a study really sends, their headers from the coordinator's own. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readClientBuild } from '@consilium/coordinator/http';
import { bundleHeaders, nginxConfig, writePapers } from '@consilium/coordinator/papers';
import { dpiaDraft, paperFigures } from '@consilium/shared/export';
import { sentLength } from '@consilium/shared/protocol';
import { minimumContributors, planHash } from '@consilium/shared/study';
import { federate } from '@consilium/simulations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linearPlan, networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';
import { ask, startTestCoordinator, type TestCoordinator } from '../world/coordinator.ts';
import { joinDemo, newIdentity } from '../world/tab.ts';

const clientDir = resolve(import.meta.dirname, '../../../client/dist');
const serving = { inline: ['sha256-abc='], origin: 'https://consilium.hospital.example', coordinator: 'https://studies.example.org' };

describe('the byte figures', () => {
  it.each([
    ['an exact fit', linearPlan()],
    ['a network', networkPlan(2)],
  ])('bound what a hospital sends in each sum of %s, and not by much', async (_, plan) => {
    const messages = new Map<string, number>();
    const vectors: number[] = [];
    const { view } = await federate({
      ...{ plan, sites: smallHospitals(), splitCsv: null, backend: 'plain' },
      onSend: ({ id }, message) => {
        const key = `${id} ${'round' in message ? message.round : 0}`;
        if ('round' in message) messages.set(key, (messages.get(key) ?? 0) + sentLength(message));
      },
      onUpload: (_site, _hash, bytes) => void vectors.push(bytes.length),
    });
    expect(view.phase).toBe('finished');
    const figures = paperFigures(plan, 4);
    const heaviest = Math.max(...messages.values());
    expect(figures.messageBytes).toBeGreaterThanOrEqual(heaviest);
    expect(figures.messageBytes).toBeLessThan(1.2 * heaviest);
    expect(figures.vectorBytes).toBeGreaterThanOrEqual(Math.max(...vectors));
    expect(figures.vectorBytes).toBeLessThan(2.5 * Math.max(...vectors));
    expect(Math.abs(figures.sums - view.timeline.length)).toBeLessThan(view.timeline.length);
  });
});

describe('the papers', () => {
  const plan = { ...networkPlan(2), title: 'A <b>bold</b> | title', purpose: 'To see [this](https://elsewhere.example).\n# Not a heading' };
  const papers = writePapers({ plan, hospitals: 5, build: 'ab'.repeat(32), serving });

  it('name one host and one port, the bytes, the log lines and the headers', () => {
    const sheet = papers['it-sheet.en.md'] ?? '';
    expect(sheet).toContain('`studies.example.org`');
    expect(sheet).toContain('443 (TCP)');
    expect(sheet).toContain(planHash(plan));
    expect(sheet).toContain(`sums over at least ${minimumContributors(plan)} hospitals`);
    expect(sheet).toContain(`--expect ${'ab'.repeat(32)}`);
    for (const [name, value] of Object.entries(bundleHeaders(serving))) expect(sheet).toContain(`${name}: ${value}`);
    const hosts = [...sheet.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host);
    const allowed = ['studies.example.org', 'consilium.your-hospital.example', 'consilium.hospital.example'];
    expect(hosts.filter((host) => !allowed.includes(host ?? ''))).toEqual([]);
  });

  it('list every field of the plan and nothing of another', () => {
    for (const language of ['en', 'de'] as const) {
      const draft = dpiaDraft(plan, language);
      for (const { label, column } of plan.features) expect(draft).toContain(`| ${label} | ${column} |`);
      expect(draft).toContain('| outcome | outcome |');
      expect(draft).toContain('**________**');
    }
    expect(dpiaDraft({ ...plan, features: plan.features.slice(1) }, 'en')).not.toContain('| age | age |');
  });

  it('show a plan’s texts as text: no HTML, no link, no heading, no cell', () => {
    for (const [name, text] of Object.entries(papers).filter(([file]) => file.endsWith('.md'))) {
      expect(text, name).not.toContain('<b>');
      expect(text, name).toContain('A \\<b\\>bold\\</b\\> \\| title');
      expect(text, name).not.toMatch(/^# Not a heading/m);
      expect(text, name).not.toContain('[this](');
    }
  });

  it('say the same in both languages, and nothing that the wording forbids', () => {
    const lines = (text = '') => text.split('\n').filter((line) => /^(#|\||-)/.test(line)).length;
    expect(lines(papers['it-sheet.de.md'])).toBe(lines(papers['it-sheet.en.md']));
    expect(lines(papers['dpia-draft.de.md'])).toBe(lines(papers['dpia-draft.en.md']));
    for (const text of Object.values(papers)) expect(text).not.toMatch(/anonym|compliant|konform|no personal data|undefined|\bNaN\b/i);
  });

  it('configure a server that sends each header for every answer', () => {
    const config = nginxConfig(serving, '/srv/x');
    for (const [name, value] of Object.entries(bundleHeaders(serving))) expect(config).toContain(`add_header ${name} "${value}" always;`);
    // The chamber's bytes are checked before use: an old copy from a cache would stop the page after every new build.
    expect(config.slice(config.indexOf('location = /chamber.js'))).toContain('add_header Cache-Control "no-cache" always;');
    expect(config.split('{').length).toBe(config.split('}').length);
  });
});

describe.skipIf(!existsSync(resolve(clientDir, 'manifest.json')))('served by a real coordinator', () => {
  let coordinator: TestCoordinator;
  beforeAll(async () => {
    coordinator = await startTestCoordinator({ clientDir });
  });
  afterAll(() => coordinator.end());

  const directives = (policy = '') =>
    new Map(policy.split(/;\s*/).map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]));

  it('has the headers of the coordinator’s own pages, but for where they connect', async () => {
    const built = readClientBuild(clientDir);
    const own = bundleHeaders({
      inline: [built?.boot ?? '', ...(built?.importMaps ?? [])],
      origin: coordinator.origin,
      coordinator: 'https://studies.example.org',
    });
    const sent = (await fetch(`${coordinator.origin}/`)).headers;
    for (const [name, value] of Object.entries(own)) {
      if (name !== 'Content-Security-Policy') expect([name, sent.get(name)]).toEqual([name, value]);
    }
    const [mine, theirs] = [directives(own['Content-Security-Policy']), directives(sent.get('content-security-policy') ?? '')];
    expect([...mine.keys()].sort()).toEqual([...theirs.keys()].sort());
    for (const [name, value] of theirs) if (name !== 'connect-src') expect([name, mine.get(name)]).toEqual([name, value]);
    expect(mine.get('connect-src')).toBe("'self' https://studies.example.org wss://studies.example.org");
  });

  it('gives a hospital the papers of its study, and no other file', async () => {
    const { study, plan } = await joinDemo(coordinator.origin, 'north', newIdentity());
    const sheet = await ask(coordinator.origin, 'GET', `/api/studies/${study}/papers/it-sheet.de.md`);
    expect(sheet.status).toBe(200);
    expect(sheet.headers.get('content-disposition')).toContain(`${study}-it-sheet.de.md`);
    expect(sheet.body).toContain(planHash(plan));
    for (const name of ['passwd', '..%2f..%2fpackage.json', 'constructor', 'toString'])
      expect((await ask(coordinator.origin, 'GET', `/api/studies/${study}/papers/${name}`)).status).toBe(404);
  });
});
