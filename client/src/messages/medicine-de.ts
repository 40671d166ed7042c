/** Words about how a model is judged and how sure its figures are, in German. */
import type { medicineEn } from './medicine-en.ts';

export const medicineDe: { readonly [Key in keyof typeof medicineEn]: string } = {
  'patient.adapted': 'Das ist das an Ihr Krankenhaus angepasste Modell. Das gemeinsame Modell aller Krankenhäuser sagt {risk}.',
  'quantity.value': 'Die Studie schätzt „{outcome}“ eines solchen Patienten auf {value}.',
  'quantity.conformal':
    'Für Patienten aller Krankenhäuser zusammen: {share} von 100 gemessenen Werten lagen höchstens so weit vom geschätzten, hier {low} bis {high}. Es ist kein Intervall für diesen Patienten und keines für Ihr Krankenhaus.',
  'quantity.reference': 'Zum Vergleich: Ein Patient mit dem Durchschnitt aller Werte hat {value}.',
  'results.groups': 'In Gruppen von Patienten',
  'results.group': 'Gruppe',
  'results.group.missing': 'nicht bekannt',
  'results.groups.note':
    'Jedes Krankenhaus lässt Gruppen weg, in denen es zu wenige Patienten mit oder ohne Ereignis hat. – heißt, dass zu wenige Krankenhäuser etwas sagen konnten. In Klammern das 95‑%‑Intervall.',
  'results.across': 'Über Krankenhäuser hinweg',
  'results.across.mean': 'Mittel',
  'results.across.interval': '95‑%‑Intervall des Mittels',
  'results.across.prediction': 'Wert eines neuen Krankenhauses, 95 %',
  'results.across.sites': 'Krankenhäuser',
  'results.across.note':
    'Von Krankenhäusern, deren eigene Werte nicht gezeigt werden; was weniger als fünf Krankenhäuser sagen können, wird weggelassen.',
  'results.promotion': 'Netz oder exaktes Modell',
  'results.promotion.better':
    'Das Netz ist an Validierungspatienten besser: Unterschied im Log-Loss {difference} (obere Grenze {upper}), Steigung {slope}. Es darf das exakte Modell ersetzen.',
  'results.promotion.not-better':
    'Das Netz ist an Validierungspatienten nicht besser als durch Zufall: Unterschied im Log-Loss {difference}, obere Grenze {upper}. Das exakte Modell bleibt.',
  'results.promotion.slope-off':
    'Das Netz hat an Validierungspatienten einen niedrigeren Log-Loss ({difference}), aber seine Steigung ist {slope}, außerhalb von 0,8 bis 1,25. Das exakte Modell bleibt.',
  'results.promotion.no-slope':
    'Das Netz hat an Validierungspatienten einen niedrigeren Log-Loss ({difference}), aber seine Steigung ließ sich nicht bestimmen. Das exakte Modell bleibt.',
  'results.promotion.no-rows': 'Es gab zu wenige Validierungspatienten, um das Netz zu vergleichen. Das exakte Modell bleibt.',
  'results.promotion.no-loss':
    'Das in Runden trainierte Modell ordnet Patienten und nennt keine Risiken, also gibt es keinen Log-Loss zum Vergleich. Das exakte Modell bleibt.',
  'results.promotion.no-exact':
    'Das exakte Modell hat keine Lösung, also gibt es nichts, womit das Netz verglichen werden könnte. Es wird nicht eingesetzt.',
  'results.sample.note.plain': 'Das Training hatte {rows} Patienten für {parameters} Spalten. Kriterien von Riley et al. 2019.',
  'results.sample.note.classes':
    'Das Training hatte {rows} Patienten für {parameters} Spalten. Kriterien von Pate et al. 2023; von je zwei Klassen wird angenommen, dass sie sich so gut unterscheiden lassen wie alle zusammen.',
  'results.sample.note.time':
    'Das Training hatte {rows} Patienten, {events} mit dem Ereignis bis zum Horizont, für {parameters} Spalten. Kriterien von Riley et al. 2019.',
  'results.sample.refused.count': 'Für Modelle von Anzahlen sind keine Kriterien veröffentlicht, daher wird hier keine Zahl genannt.',
  'participants.title': 'Wer teilgenommen hat',
  'participants.step': 'Patientenzeilen',
  'participants.rows': 'Anzahl',
  'participants.read': 'gelesen',
  'participants.exclusion-list': 'weggelassen: widersprochen (Ausschlussliste)',
  'participants.duplicate': 'weggelassen: genaue Wiederholung',
  'participants.contradiction': 'weggelassen: widerspricht einer anderen Zeile des Patienten',
  'participants.no-patient-id': 'weggelassen: keine Patientennummer',
  'participants.not-collected': 'weggelassen: eine nötige Spalte wird dort nicht erhoben',
  'participants.not-in-split': 'weggelassen: in keinem Teil der Aufteilung',
  'participants.no-outcome': 'weggelassen: Ergebnis nicht bekannt',
  'participants.required-missing': 'weggelassen: ein Pflichtwert fehlt',
  'participants.value-missing': 'weggelassen: ein Wert fehlt',
  'participants.other': 'weggelassen: anderer Grund',
  'participants.train': 'für das Training verwendet',
  'participants.validation': 'für die Validierung verwendet',
  'participants.test': 'für den Test verwendet',
  'participants.note': 'Über {hospitals} von {invited} Krankenhäusern; was jedes von ihnen gezählt hat, wird nicht gezeigt.',
  'participants.baseline': 'Die beiden Gruppen vor der Behandlung',
  'participants.feature': 'Merkmal',
  'participants.comparator': 'Vergleich',
  'participants.treated': 'Behandelt',
  'participants.difference': 'Unterschied in Standardabweichungen',
  'participants.baseline.note':
    'Trainingspatienten, Werte wie gemessen: Mittel (Standardabweichung) oder Anzahl (Anteil). Krankenhäuser mit weniger als zehn Patienten in einer Gruppe fehlen darin.',
  'instability.title': 'Schwankung über {fits}',
  'instability.five': 'fünf Anpassungen',
  'instability.several': '{fits} Anpassungen',
  'instability.note':
    'Das Netz wurde mehrmals von verschiedenen Zufallsstarts aus trainiert. So weit liegen die Risiken auseinander, die die Anpassungen demselben Testpatienten geben: So viel Zufall steckt im Training. Wie weit das Risiko von der Wahrheit entfernt ist, sagt das nicht.',
  'instability.share': 'Ihre Testpatienten',
  'instability.range': 'Höchstes minus niedrigstes Risiko, höchstens … von 100',
  'instability.half': 'die Hälfte',
  'instability.nineInTen': 'neun von zehn',
  'instability.largest': 'alle',
  'results.own.intervals': 'In Klammern: 95‑%‑Intervalle über andere Personen wie diese.',
  'gains.title': 'Was die Teilnahme hier bringt',
  'gains.better': '{model}, {measure}: {difference}. Besser als Ihre Daten allein.',
  'gains.worse': '{model}, {measure}: {difference}. Schlechter als Ihre Daten allein.',
  'gains.unclear': '{model}, {measure}: {difference}. Kein Unterschied, den diese Personen zeigen könnten.',
  'gains.note':
    'Unterschiede zu Ihren Daten allein: Ihre eigenen Testpatienten unter beiden Modellen, Person für Person; in Klammern das 95‑%‑Intervall. Ein niedrigerer Log-Loss ist besser.',
  'gains.note.auroc':
    'Unterschiede zu Ihren Daten allein: Ihre eigenen Testpatienten unter beiden Modellen, Person für Person; in Klammern das 95‑%‑Intervall. Niedrigerer Log-Loss und höhere AUROC sind besser.',
};
