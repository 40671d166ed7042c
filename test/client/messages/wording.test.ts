/** What pages must not say, in either language, over every catalogue: the wording table. A phrase that promises too much fails by its key. */
import { CATALOGUES, LANGUAGES, TROUBLES } from '@consilium/client/messages';
import { REJECTIONS } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';

type Language = keyof typeof LANGUAGES;

/** Row of the table, and the phrases that stand for it. `unless` is what makes the same words true. */
const FORBIDDEN: Record<Language, readonly { readonly row: string; readonly phrase: RegExp; readonly unless?: RegExp }[]> = {
  en: [
    { row: 'anonymous', phrase: /\banonym/i },
    {
      row: 'no personal data leaves',
      phrase:
        /\bno (?:personal|patient|health) (?:data|information)\b.{0,20}\b(?:leaves?|left|is sent|are sent)\b|\bnothing (?:ever )?leaves\b/i,
    },
    { row: 'compliant, certified', phrase: /\b(?:GDPR|HIPAA)\b|\bcomplian(?:t|ce)\b|\bcertified\b/i },
    {
      row: 'differentially private',
      phrase: /\bdifferential(?:ly)? priva/i,
      unless: /(?=.*epsilon)(?=.*delta)(?=.*\b(?:patient|site|hospital)s?\b)/i,
    },
    {
      row: 'the server cannot see anything',
      phrase:
        /\b(?:server|coordinator)\b.{0,30}\b(?:sees?|learns?|knows?|reads?|receives?) nothing\b|\b(?:server|coordinator) (?:can ?not|can’t|never) (?:see|read|learn)s? (?:anything|any data)\b/i,
    },
    {
      row: 'AI recommends',
      phrase: /\b(?:AI|artificial intelligence)\b|\b(?:model|program|we) recommends?\b|\brecommended (?:treatment|therapy)\b/i,
    },
    {
      row: 'improves outcomes, clinically validated',
      phrase: /\bimproves? (?:outcomes?|care|survival)\b|\bclinically (?:validated|proven)\b|\bsaves? lives\b/i,
    },
    { row: 'never “1 in x”', phrase: /\b(?:1|one) in (?:\d|\{|two|three|four|five|six|ten|every)/i },
    {
      row: 'never “verified” of the served page',
      phrase:
        /\b(?:page|code|bundle|program|files?)\b.{0,30}\b(?:is|are|was|were) verified\b|\bunhackable\b|\b100 ?% (?:safe|secure)\b|\bcompletely (?:safe|secure|private)\b/i,
    },
  ],
  de: [
    { row: 'anonym', phrase: /anonym/i },
    {
      row: 'keine personenbezogenen Daten verlassen',
      phrase:
        /keine (?:personenbezogenen|persönlichen|Patienten|Gesundheits)[ -]?[dD]aten\b.{0,30}(?:verlassen|verlässt|gesendet|übertragen)|\bnichts verlässt\b/i,
    },
    { row: 'konform, zertifiziert', phrase: /DSGVO|GDPR|HIPAA|konform|zertifiziert/i },
    {
      row: 'differenziell privat',
      phrase: /differen[zt]iell?[en]* privat|differential privacy|differentielle Privat/i,
      unless: /(?=.*Epsilon)(?=.*Delta)/i,
    },
    {
      row: 'der Server sieht nichts',
      phrase: /(?:Server|Koordinator\w*|Koordination)\b.{0,40}\b(?:sieht|erfährt|weiß|liest|erhält) nichts\b|kann nichts (?:sehen|lesen)/i,
    },
    {
      row: 'KI empfiehlt',
      phrase: /\bKI\b|künstliche Intelligenz|(?:Modell|Programm|wir) empf(?:iehlt|ehlen)|empfohlene (?:Behandlung|Therapie)/i,
    },
    {
      row: 'verbessert Ergebnisse, klinisch validiert',
      phrase: /verbessert (?:die )?(?:Behandlung|Versorgung|Überleben|Ergebnisse)|klinisch (?:validiert|bewiesen|geprüft)|rettet Leben/i,
    },
    {
      row: 'nie „1 von x“ mit wechselndem Nenner',
      phrase: /\b(?:1|eine[rsm]?) von (?:\d|\{|zwei|drei|vier|fünf|zehn)|\bjede[rsn]? (?:zweite|dritte|vierte|fünfte|zehnte)/i,
      unless: /1 von 100/,
    },
    {
      row: 'nie „verifiziert“',
      phrase: /(?:Seite|Code|Programm|Dateien)\b.{0,30}\bverifiziert\b|hundertprozentig sicher|vollkommen (?:sicher|privat)/i,
    },
  ],
};

/** Sentences that the table is about, so that a pattern which matches nothing is noticed. */
const SAID: Record<Language, readonly string[]> = {
  en: [
    ...[
      'Your data are anonymous.',
      'No personal data leaves this browser.',
      'This study is GDPR compliant.',
      'Training is differentially private.',
      'The server sees nothing.',
    ],
    ...['AI recommends treatment B.', 'The model improves outcomes.', '1 in 7 patients', 'This page is verified.'],
  ],
  de: [
    ...[
      'Ihre Daten sind anonym.',
      'Keine personenbezogenen Daten werden gesendet.',
      'Diese Studie ist DSGVO-konform.',
      'Das Training ist differenziell privat.',
      'Der Server sieht nichts.',
    ],
    ...['Die KI empfiehlt Behandlung B.', 'Das Modell verbessert die Behandlung.', '1 von 7', 'Diese Seite ist verifiziert.'],
  ],
};

/** Every text a page can show in a language, by where it stands. */
function textsOf(language: Language): readonly (readonly [string, string])[] {
  const troubles = Object.entries(TROUBLES[language]).flatMap(([code, { what, next }]) => [
    [`trouble ${code}: what`, what] as const,
    [`trouble ${code}: next`, next] as const,
  ]);
  const rejections = language === 'en' ? Object.entries(REJECTIONS).map(([code, text]) => [`rejection ${code}`, text] as const) : [];
  return [...Object.entries(CATALOGUES[language]), ...troubles, ...rejections];
}

describe('the wording table', () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    it(`holds over every text in ${LANGUAGES[language]}`, () => {
      const texts = textsOf(language);
      expect(texts.length).toBeGreaterThan(300);
      const said = texts.flatMap(([key, text]) =>
        FORBIDDEN[language]
          .filter(({ phrase, unless }) => phrase.test(text) && unless?.test(text) !== true)
          .map(({ row }) => `${row} | ${key}: ${text}`),
      );
      expect(said).toEqual([]);
    });

    it(`knows each of its rows in ${LANGUAGES[language]}`, () => {
      const missed = FORBIDDEN[language].filter(({ phrase }, i) => !phrase.test(SAID[language][i] ?? ''));
      expect(missed.map(({ row }) => row)).toEqual([]);
    });
  }

  it('says of a patient\u2019s figures that they are for research and no advice', () => {
    for (const [language, form] of [
      ['en', /research[\s\S]*advice/i],
      ['de', /Forschung[\s\S]*Rat/i],
    ] as const)
      expect(CATALOGUES[language]['patient.research']).toMatch(form);
  });
});
