/**
 * Replays the transcripts in `test/transcripts/protocol`: one file a situation; what happens, a line `----`, what is answered.
 * Real participants with real keys stand behind the names a, b, c, …; their index is not their place in the alphabet.
 *
 * Rewriting: REWRITE_TRANSCRIPTS=1 npx vitest run --project node test/shared/protocol/transcripts. Commit a difference only if
 * you can explain it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { OPEN_PHASES, type RoundEffect, type SiteMessage, type SiteMessageKind } from '@consilium/shared/protocol';
import { expect, it } from 'vitest';
import { exampleQuery, exampleTerms } from './example.ts';
import { enter, finishWork, happen, lose, openWorld, post, regain, tell, type World } from './world.ts';

const FOLDER = new URL('../../transcripts/protocol/', import.meta.url);
const LETTERS = 'abcdefgh';
const indexOf = (letter: string) => 2 * LETTERS.indexOf(letter) + 3;
const nameOf = (index: number) => LETTERS[(index - 3) / 2] ?? `site ${index}`;
const names = (sites: readonly number[]) => sites.map(nameOf).join(',') || 'nobody';

function openAs(words: readonly string[]): World {
  const given = new Map(words.map((word) => word.split('=') as [string, string]));
  const list = (key: string) => given.get(key)?.split(',').map(indexOf) ?? null;
  const sites = [...LETTERS.slice(0, Number(given.get('sites')))].map(indexOf);
  const terms = exampleTerms(sites, { query: exampleQuery({ cohort: list('cohort') }) });
  return openWorld({ terms, sites, expected: list('connected') ?? sites, requiredSurvivors: list('required'), slow: list('slow') ?? [] });
}

/** Carries out one line; mail that is not there is a mistake of the transcript. */
function carryOut(world: World, line: string): void {
  const [verb = '', ...rest] = line.split(' ');
  const site = indexOf(rest[0] ?? '');
  const last = (kind: string) => world.sites.get(indexOf(rest[1] ?? ''))!.said.findLast((message) => message.kind === kind)!;
  switch (verb) {
    case 'deadline':
      happen(world, { type: 'deadline', phase: OPEN_PHASES.find((phase) => phase === rest[0])! });
      return;
    case 'cancel':
      happen(world, { type: 'cancel' });
      return;
    case 'gone':
      lose(world, site);
      return;
    case 'back':
      regain(world, site);
      return;
    case 'joins':
      regain(world, site);
      enter(world, site);
      return;
    case 'works':
      finishWork(world, site);
      return;
    case 'stops':
      tell(world, site, { type: 'stop' });
      post(world, site, 'refuse');
      return;
    case 'needs-model':
      happen(world, { type: 'message', from: site, message: { protocol: 1, study: 'example', round: 7, kind: 'need-model' } });
      return;
    case 'repeat':
      happen(world, { type: 'message', from: indexOf(rest[1]!), message: structuredClone(last(rest[0]!)) });
      return;
    case 'contradict':
      happen(world, { type: 'message', from: indexOf(rest[1]!), message: contradiction(last(rest[0]!)) });
      return;
    case 'replay-from-round-6':
      happen(world, { type: 'message', from: indexOf(rest[1]!), message: { ...last(rest[0]!), round: 6 } as SiteMessage });
      return;
    case 'forge':
      happen(world, {
        type: 'message',
        from: indexOf(rest[1]!),
        message: { ...last(rest[0]!), signature: `${'A'.repeat(86)}==` } as SiteMessage,
      });
      return;
    default:
      for (const letter of rest) {
        if (!world.sites.get(indexOf(letter))!.outbox.some(({ kind }) => kind === verb))
          throw new Error(`${letter} has no ${verb} to send`);
        post(world, indexOf(letter), verb as SiteMessageKind);
      }
  }
}

function contradiction(message: SiteMessage): SiteMessage {
  if (message.kind === 'advertise-keys') return { ...message, maskKey: message.envelopeKey };
  if (message.kind === 'masked-vector') return { ...message, hash: 'ee'.repeat(32) };
  throw new Error(`no contradiction of ${message.kind} is written down`);
}

/** Effects in words; the same message to several sites is one line. */
function tellEffects(effects: readonly RoundEffect[]): string[] {
  const lines: string[] = [];
  const sends = new Map<string, number[]>();
  const flush = () => {
    for (const [what, to] of sends) lines.push(`> ${names(to)}: ${what}`);
    sends.clear();
  };
  for (const effect of effects) {
    if (effect.type === 'send') {
      const { message } = effect;
      const what = message.kind === 'aborted' ? `aborted ${message.code}` : message.kind;
      sends.set(what, [...(sends.get(what) ?? []), effect.to]);
      continue;
    }
    flush();
    lines.push(`> ${inWords(effect)}`);
  }
  flush();
  return lines;
}

function inWords(effect: Exclude<RoundEffect, { type: 'send' }>): string {
  switch (effect.type) {
    case 'open-phase':
      return `open-phase ${effect.phase}, limit ${effect.limit}, waiting for ${names(effect.waitingFor)}`;
    case 'reject':
      return `${nameOf(effect.to)}: rejected ${effect.kind} ${effect.code}`;
    case 'catch-up':
      return `${nameOf(effect.to)}: catch-up, vouched for by ${names(effect.adverts.map(({ site }) => site))}`;
    case 'sum':
      return `sum of ${names(effect.masked.map(({ site }) => site))}, mask keys opened of ${names(effect.masks.dropped.map(({ site }) => site))}`;
    case 'release':
      return `release ${names(effect.survivors)}`;
    case 'abort':
      return `abort ${effect.code}, blaming ${names(effect.blame)}`;
  }
}

function replay(text: string): string {
  const blocks = text.trimEnd().split('\n\n');
  let world: World | null = null;
  const told = new Set<number>();
  const written = blocks.map((block) => {
    const asked = block.split('\n----')[0]!.split('\n');
    const lines = asked.filter((line) => !line.startsWith('#') && line !== '');
    if (lines.length === 0) return asked.join('\n');
    let heard = world?.effects.length ?? 0;
    for (const line of lines) {
      if (line.startsWith('open ')) {
        world = openAs(line.split(' ').slice(1));
        heard = 0;
      } else carryOut(world!, line);
    }
    const now = world!;
    const outcomes = [...now.sites.values()].flatMap(({ index, outcome }) => {
      if (outcome === null || told.has(index)) return [];
      told.add(index);
      return [
        `< ${nameOf(index)}: ${outcome.kind === 'refused' ? `ends, ${outcome.code}` : `accepts the sum of ${names(outcome.survivors)}`}`,
      ];
    });
    return [...asked, '----', now.round.phase, ...tellEffects(now.effects.slice(heard)), ...outcomes].join('\n');
  });
  return `${written.join('\n\n')}\n`;
}

for (const file of readdirSync(FOLDER).sort()) {
  it(`${file.replace('.txt', '').replaceAll('-', ' ')}: is answered as written`, () => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const answered = replay(text);
    if (process.env.REWRITE_TRANSCRIPTS === '1') writeFileSync(new URL(file, FOLDER), answered);
    else expect(answered).toBe(text);
  });
}
