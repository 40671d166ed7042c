/**
 * The draft of a data protection impact assessment (GDPR Art. 35(7)): what the plan itself says, in the order of the article, with blanks for what
 * only the hospital knows. It supports an assessment and is none.
 */
import { describePlan, harmOutcomes, minimumContributors, type Plan, patientColumnOf, planHash, primaryOutcome } from '../study/index.ts';
import { type PaperLanguage, plain, type Say, sayIn, table } from './paper.ts';

/** Markdown. */
export function dpiaDraft(plan: Plan, language: PaperLanguage): string {
  const say = sayIn(language);
  return `# ${say('Draft of a data protection impact assessment', 'Entwurf einer Datenschutz-Folgenabschätzung')}: ${plain(plan.title)}

${say('Written from the plan', 'Aus dem Plan geschrieben:')} \`${planHash(plan)}\`${say(', version ', ', Version ')}${plan.version}. ${say(
    'A draft for your data-protection officer. It says what the plan and the program do; **________** marks what only your hospital knows. It is no legal advice and no certificate.',
    'Ein Entwurf für Ihre Datenschutzbeauftragten. Er sagt, was Plan und Programm tun; **________** steht, wo nur Ihr Krankenhaus Bescheid weiß. Er ist keine Rechtsberatung und kein Zertifikat.',
  )}

## 1. ${say('Processing and purpose (Art. 35(7)(a))', 'Verarbeitung und Zweck (Art. 35 Abs. 7 lit. a)')}

- ${say('Purpose', 'Zweck')}: ${plain(plan.purpose)}
- ${say('Persons concerned', 'Betroffene')}: ${plain(plan.population)}
- ${say('Controller, processor, legal basis, retention of the source file', 'Verantwortliche, Auftragsverarbeitung, Rechtsgrundlage, Aufbewahrung der Quelldatei')}: **________**

${table([say('Field', 'Feld'), say('Column', 'Spalte'), say('Used as', 'Verwendet als')], fields(plan, say))}

${say('Other columns of the file are not read.', 'Andere Spalten der Datei werden nicht gelesen.')} ${identifiers(plan, say)}

${say('The plan in plain words', 'Der Plan in Worten')}${language === 'de' ? ' (englisch)' : ''}:

${describePlan(plan)
  .map((sentence) => `- ${plain(sentence)}`)
  .join('\n')}

### ${say('What leaves the hospital', 'Was das Krankenhaus verlässt')}

${table([say('What', 'Was'), say('Who can read it', 'Wer es lesen kann')], leaving(plan, say))}

## 2. ${say('Necessity and proportionality (Art. 35(7)(b))', 'Notwendigkeit und Verhältnismäßigkeit (Art. 35 Abs. 7 lit. b)')}

- ${say('Why these fields and no fewer, why these hospitals', 'Warum diese Felder und nicht weniger, warum diese Krankenhäuser')}: **________**
- ${say('Information of patients, objection', 'Information der Patientinnen und Patienten, Widerspruch')}: **________** ${say('(an exclusion list leaves opted-out patients out, in the browser)', '(eine Ausschlussliste lässt Widersprechende aus, im Browser)')}
- ${say('Minimisation built in: rows stay in the browser; sums are masked', 'Eingebaute Sparsamkeit: Zeilen bleiben im Browser; Summen sind maskiert')}.

## 3. ${say('Risks (Art. 35(7)(c)) and measures (Art. 35(7)(d))', 'Risiken (Art. 35 Abs. 7 lit. c) und Maßnahmen (lit. d)')}

${table([say('Risk', 'Risiko'), say('Measure in plan and program', 'Maßnahme in Plan und Programm'), say('What remains', 'Was bleibt')], risks(plan, say))}

${say('Likelihood and severity for your patients, further measures', 'Eintrittswahrscheinlichkeit und Schwere für Ihre Patienten, weitere Maßnahmen')}: **________**

## 4. ${say('Opinion', 'Stellungnahme')}

${say('Data-protection officer, date, decision', 'Datenschutzbeauftragte, Datum, Entscheidung')}: **________**
`;
}

function fields(plan: Plan, say: Say): string[][] {
  const outcomes = [primaryOutcome(plan), ...harmOutcomes(plan)].map((outcome) => [
    plain(outcome.name),
    plain('column' in outcome ? outcome.column : outcome.time),
    outcome.role === 'harm' ? say('harm', 'Schaden') : say('outcome', 'Zielgröße'),
  ]);
  const features = plan.features.map(({ label, column }) => [plain(label), plain(column), say('predictor', 'Einflussgröße')]);
  const arms =
    plan.treatment === null ? [] : [[plain(plan.treatment.column), plain(plan.treatment.column), say('treatment', 'Behandlung')]];
  return [...outcomes, ...arms, ...features];
}

function identifiers(plan: Plan, say: Say): string {
  const column = patientColumnOf(plan);
  if (column === null) return '';
  return say(
    `The column “${plain(column)}” is hashed in memory to divide patients; neither it nor the hash is stored or sent.`,
    `Die Spalte „${plain(column)}“ wird im Speicher gehasht, um Patienten aufzuteilen; weder sie noch der Hash wird gespeichert oder gesendet.`,
  );
}

function leaving(plan: Plan, say: Say): string[][] {
  const count = minimumContributors(plan);
  return [
    [
      say(
        'name, public keys, signatures, hashes; where two people sign for a hospital, their names and roles',
        'Name, öffentliche Schlüssel, Unterschriften, Prüfsummen; wo zwei Personen für ein Krankenhaus unterschreiben, ihre Namen und Rollen',
      ),
      say('hospitals on the list, coordinator', 'Krankenhäuser der Liste, Koordination'),
    ],
    [
      say('readiness, counts of rows and events in bands', 'Bereitschaft, Zahlen von Zeilen und Ereignissen in Bereichen'),
      say('coordinator', 'Koordination'),
    ],
    [
      say('masked numbers', 'maskierte Zahlen'),
      say(
        `nobody alone; the sum over at least ${count} hospitals: coordinator and hospitals`,
        `niemand allein; die Summe über mindestens ${count} Krankenhäuser: Koordination und Krankenhäuser`,
      ),
    ],
    [say('timing, sizes, network address', 'Zeitpunkte, Größen, Netzadresse'), say('coordinator', 'Koordination')],
  ];
}

function risks(plan: Plan, say: Say): string[][] {
  const { colluders } = plan.rounds;
  const cell = plan.evaluation.smallestCell;
  return [
    [
      say('The coordinator reads one hospital’s numbers', 'Die Koordination liest die Zahlen eines Krankenhauses'),
      say(
        `masks that cancel only over at least ${minimumContributors(plan)} hospitals; up to ${colluders} colluding tolerated`,
        `Masken, die sich erst über mindestens ${minimumContributors(plan)} Krankenhäuser aufheben; bis zu ${colluders} Absprechende geduldet`,
      ),
      say(
        'more colluders; with three hospitals each learns the sum of the other two',
        'mehr Absprechende; bei drei Krankenhäusern kennt jedes die Summe der beiden anderen',
      ),
    ],
    [
      say('A sum or the model tells something about a patient', 'Eine Summe oder das Modell verrät etwas über eine Person'),
      say(
        `groups below ${cell} patients are left out; no noise is added`,
        `Gruppen unter ${cell} Patienten werden ausgelassen; es wird kein Rauschen hinzugefügt`,
      ),
      say(
        'traces of patients in models and sums; not differentially private',
        'Spuren von Personen in Modellen und Summen; nicht differentiell privat',
      ),
    ],
    [
      say('Two versions are compared to isolate patients', 'Zwei Versionen werden verglichen, um Personen bloßzulegen'),
      say(
        'a change that moves patients is marked before signing; each version is signed anew',
        'eine Änderung, die Patienten verschiebt, wird vor dem Unterschreiben markiert; jede Version wird neu unterschrieben',
      ),
      say('unrelated studies over the same patients', 'Studien ohne Bezug zueinander über dieselben Patienten'),
    ],
    [
      say('The page was changed by whoever serves it', 'Die Seite wurde von dem verändert, der sie ausliefert'),
      say(
        'the hospital can serve the files itself and check them from outside; sealed worker without network',
        'das Krankenhaus kann die Dateien selbst ausliefern und von außen prüfen; abgeschlossener Worker ohne Netz',
      ),
      say(
        'trust in the coordinator’s server where it serves the page',
        'Vertrauen in den Server der Koordination, wo er die Seite ausliefert',
      ),
    ],
    [
      say('Rows remain on the computer', 'Zeilen bleiben auf dem Rechner'),
      say(
        'rows are in memory only and end with the tab; keys and lists can be deleted',
        'Zeilen sind nur im Arbeitsspeicher und enden mit dem Tab; Schlüssel und Listen lassen sich löschen',
      ),
      say('the source file itself; the computer’s own security', 'die Quelldatei selbst; die Sicherheit des Rechners'),
    ],
  ];
}
