/**
 * Every attack the protocol must withstand, with the reason that is named and the tests that show it. docs/threat-model.md holds this table;
 * `UPDATE_TABLE=1` writes it anew. A test is named by its file and its title, or the beginning of it; both are checked to exist.
 */

import { api, at, later, overTime, participant, type Row, siege, sites, sockets } from './attack-evidence.ts';

/** In the order of the protocol's list. */
export const ATTACK_TABLE: readonly Row[] = [
  {
    attack: 'Different models to different hospitals',
    answer: '`model-not-derived`',
    evidence: [
      ...siege('different models to different sites', 'a site that vouches for another model'),
      ...at(
        'test/shared/protocol/vouch.test.ts',
        'is not believed on one word repeated, on forged words, or on words about something else',
      ),
    ],
  },
  {
    attack: 'One malicious model shown to all',
    answer: '`model-not-derived`; not by a wrong sum of more than 10,000 numbers, see *What remains*',
    evidence: siege('one malicious model shown to all'),
  },
  { attack: 'Swapped key', answer: '`bad-signature`', evidence: siege('swapped key for masks', 'swapped key for envelopes') },
  {
    attack: 'Unsigned or wrongly signed advert',
    answer: '`bad-signature`',
    evidence: siege('unsigned advert', 'advert signed for an older round'),
  },
  {
    attack: 'Two adverts of one hospital',
    answer: '`adverts-inconsistent`',
    evidence: [...siege('two adverts of one site'), ...participant('two different adverts of one site')],
  },
  {
    attack: 'One hospital twice: two tabs, two devices',
    answer: '`second-tab`, `superseded`; for a seat that is taken `taken`',
    evidence: [
      ...sockets('is told so, and takes over only when it says so; the first is told and closed'),
      ...api('seats one browser: the same key is answered the same, another key is refused'),
      ...at(
        'test/e2e/faults.test.ts',
        'pauses an exact fit while a hospital is away, and reaches the coefficients of the fit that nobody leaves; one tab speaks for a hospital',
      ),
    ],
  },
  {
    attack: 'Overlapping contributors, dropped lists',
    answer: '`survivors-inconsistent`, `bad-signature`',
    evidence: [
      ...siege(
        'overlapping lists: a contributor that never shared its keys',
        'overlapping lists: a contributor named twice',
        "another vector under a hospital's name",
      ),
      ...later('is one kind of share for each sharer, never both'),
    ],
  },
  {
    attack: 'Two different lists of contributors (U3), or of sharers (U1)',
    answer: '`survivors-inconsistent`; one after the other `conflict`',
    evidence: [
      ...siege('two different U3', 'two different lists of contributors, one after the other'),
      ...participant('a second, different %s list after the first'),
    ],
  },
  { attack: 'Below the threshold', answer: '`below-threshold`', evidence: siege('below the threshold', 'too few contributors') },
  {
    attack: 'Below the minimum',
    answer: '`below-minimum`',
    evidence: [...siege('below the minimum'), ...participant("fewer than the site's own minimum")],
  },
  {
    attack: 'Replay of an older round',
    answer: '`stale-round`',
    evidence: overTime('replay of an older round: refused as stale-round, nothing is signed, and no older model comes back'),
  },
  {
    attack: 'Same query over two cohorts, also as new after a claimed abort',
    answer: '`query-conflict`',
    evidence: [
      ...overTime('same query asked over two cohorts, as new after a claimed abort: query-conflict'),
      ...later('is refused even when the first attempt is said to have ended without a sum'),
    ],
  },
  {
    attack: 'Same sums over other hospitals, across plan versions',
    answer: '`would-isolate`',
    evidence: at(
      'test/siege/differencing.test.ts',
      'over all hospitals but %s is refused by every hospital before R3, and nobody gives a share',
      'over as many hospitals, one of them another, is refused by those who were there: their places do not hide it',
    ),
  },
  {
    attack: 'Three sets that isolate where no pair does',
    answer: '`would-isolate`',
    evidence: [
      ...at(
        'test/siege/differencing.test.ts',
        'is refused for three sets of which no two isolate, by hospitals that were in one of them only',
      ),
      ...at(
        'test/shared/protocol/differencing-guard.test.ts',
        'is what enumeration says, for every minimum and for as many safe as unsafe stories',
      ),
    ],
  },
  {
    attack: 'Reload and sign again, also from a new device',
    answer: '`stale-round`; `adverts-inconsistent` for keys of another page load; `answered-elsewhere`',
    evidence: [
      ...siege('own advert of another page load'),
      ...later('the same round opened again does not touch the open one, and after it nothing is signed again'),
      ...at(
        'test/siege/new-device.test.ts',
        'does not sign other contributors for what the device before has signed: it sits out, by name, until the next sum',
      ),
    ],
  },
  {
    attack: 'Wrong, forked or rolled-back roster',
    answer: '`not-on-roster`, `roster-mismatch`',
    evidence: [
      ...at('test/siege/roster.test.ts', 'another list of hospitals than the signed one is refused, whatever differs'),
      ...at(
        'test/siege/next-list.test.ts',
        'is refused by name and cannot be signed; nothing is kept of it',
        'does not come into force with the signatures of too few, nor of a hospital twice, nor of a suspended device',
        'a hospital that was away for two versions follows both, and is not led past one of them',
      ),
    ],
  },
  {
    attack: 'Plan changed after signing',
    answer: '`wrong-plan`',
    evidence: [
      ...overTime('plan changed after signing: the welcome of another plan is refused, and the signed one goes on'),
      ...at(
        'test/shared/federation/signed-plan.test.ts',
        'goes on with its plan after a reload, and refuses any other before it reads a row',
      ),
    ],
  },
  {
    attack: 'Envelope with a reused nonce, or a zero key',
    answer: 'never made; `zero-key`',
    evidence: [
      ...overTime('envelopes never repeat a nonce, over hospitals and rounds'),
      ...siege('zero key'),
      ...participant('a zero key for envelopes'),
    ],
  },
  {
    attack: 'Share that does not fit',
    answer: 'complaint, `bad-share`, `bad-reconstruction`; its maker is named',
    evidence: sites(
      'that seals another share than it signed is complained about, and the round ends with both names',
      'whose shares lie on no polynomial is blamed, and no sum is published',
      'that signs another share than it was dealt is named; the others still open the right sum',
    ),
  },
  {
    attack: 'Wrong sum published',
    answer: '`sum-mismatch`, `bad-reconstruction`',
    evidence: siege('wrong sum published', 'wrong seed published', 'another history published'),
  },
  {
    attack: 'Truncated, oversized, malformed, NaN-like or out-of-range vectors',
    answer: '`wrong-size`, `malformed`, `blob-missing`, `out-of-range`',
    evidence: [
      ...at('test/siege/vectors.test.ts', 'that is not what was agreed is rejected by name, and the round is released without it'),
      ...later('a vector is refused as %s before it is masked'),
    ],
  },
  {
    attack: 'Share for a stranger',
    answer: '`bad-signature`, `bad-share`',
    evidence: [...siege("a stranger's share"), ...sites('that leaves a share out, or adds one of the other kind, is not heard')],
  },
  {
    attack: 'Flood of connections, messages, chunks',
    answer: '`too-many`, `too-large`; the frame ends its own connection only',
    evidence: [
      ...sockets('too fast is refused by name, and does not silence another site', 'in a frame above the limit ends that connection only'),
      ...at(
        'test/coordinator/store/blob-files.test.ts',
        'keep at most two open for a site, whatever it announces',
        'keep a bounded number of whole blobs for a site',
      ),
      ...at('test/siege/flood.test.ts', 'of connections is refused after three hundred a minute, and those that are there go on'),
    ],
  },
  {
    attack: "Another hospital's device suspended, or its suspension hidden, by made-up certificates",
    answer: 'does not count; at the coordinator `taken`, `not-on-roster`',
    evidence: [
      ...at(
        'test/siege/suspensions.test.ts',
        'takes no device out of the study with a root key of its own, and none is kept in a record',
        'hides no suspension behind a certificate that nobody signed',
        'cannot certify a device that was ever the other one’s, nor suspend it',
      ),
    ],
  },
  {
    attack: 'People or devices certified and taken back without end',
    answer: '`too-many-people`, `too-many-devices`',
    evidence: [...at('test/siege/suspensions.test.ts', 'are eight at most; the list is made, and its credentials reach every tab whole')],
  },
  {
    attack: 'A yes changed after rounds began, or words repeated to fill the log',
    answer: 'answered, the first yes stays; `too-many-changes`',
    evidence: [
      ...at(
        'test/siege/finished.test.ts',
        'signs for other programs as often as it likes: it is answered, the yes that all have seen stays, nothing is logged',
        'says again and again that its rows are ready: the same word leaves nothing, others are taken fifty times a page load',
      ),
      ...at(
        'test/siege/people.test.ts',
        'keeps the yes that rounds began with, whatever its device or another build of it signs afterwards',
      ),
    ],
  },
  {
    attack: 'A passport over a state from the middle, or with names that steer a terminal',
    answer: 'named by `pnpm verify`',
    evidence: [
      ...at(
        'test/siege/finished.test.ts',
        'is of the end: a state from the middle, signed by every hospital and with its own results, is named',
      ),
      ...at('test/coordinator/verify/check-file.test.ts', 'with a name that would steer a terminal is none'),
    ],
  },
  {
    attack: 'Stolen invitation used again',
    answer: '`invitation-used`',
    evidence: api(
      'seats one browser: the same key is answered the same, another key is refused',
      'seats one of two browsers that use it at the same moment',
    ),
  },
  {
    attack: 'Expired session',
    answer: '`signed-out`',
    evidence: at(
      'test/coordinator/admin/sessions.test.ts',
      'ends after half an hour unused and after twelve hours in any case; looking does not prolong it',
    ),
  },
  {
    attack: 'Requests from another site',
    answer: 'refused; connections of another origin too',
    evidence: [...api('does nothing for a page of another site'), ...sockets('of a page of another origin is refused')],
  },
  {
    attack: 'Oversized names and texts in a plan',
    answer: 'refused when too long; shown as text, never as HTML',
    evidence: [
      ...at(
        'test/siege/texts.test.ts',
        'that is too long for a title, a name or a file name is refused, and the coordinator answers on',
        'has no page that takes a text for markup',
      ),
      ...at('test/e2e/siege.test.ts', 'shows the texts of a hostile plan as text'),
    ],
  },
];

/** The table as Markdown. */
export function attackTable(): string {
  const lines = ATTACK_TABLE.map(({ attack, answer, evidence }) => {
    const byFile = new Map<string, string[]>();
    for (const { file, title } of evidence) byFile.set(file, [...(byFile.get(file) ?? []), title.replaceAll('|', '\\|')]);
    const shown = [...byFile].map(([file, titles]) => `\`${file}\`: ${titles.join('; ')}`).join('<br>');
    return `| ${attack} | ${answer} | ${shown} |`;
  });
  return ['| Attack | Named reason | Tests |', '| --- | --- | --- |', ...lines].join('\n');
}
