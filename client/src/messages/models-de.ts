/** Wörter des Modellregisters und der Seite, die eine Modelldatei anwendet. */
import type { modelsEn } from './models-en.ts';

export const modelsDe: { readonly [Key in keyof typeof modelsEn]: string } = {
  'models.title': 'Modelle',
  'models.loading': 'Die Modelle dieser Studie werden nachgesehen…',
  'models.none': 'Diese Studie hat kein angepasstes Modell.',
  'models.lead':
    'Was diese Studie angepasst hat. Höchstens eines ist in Gebrauch; zu jeder Entscheidung bleibt, wer sie getroffen hat und warum. Nur für Forschung.',
  'models.kind.exact': 'Exakte Anpassung',
  'models.kind.network': 'In Runden trainiertes Modell',
  'models.status.candidate': 'Kandidat',
  'models.status.promoted': 'in Gebrauch',
  'models.status.retired': 'zurückgezogen',
  'models.id': 'Modell',
  'models.beside': 'neben dem Modell des Plans angepasst',
  'models.undecided': 'Noch hat niemand darüber entschieden.',
  'models.became.candidate': 'Kandidat durch {by}, {when}:',
  'models.became.promoted': 'In Gebrauch genommen von {by}, {when}:',
  'models.became.retired': 'Zurückgezogen von {by}, {when}:',
  'models.rule.exact': 'Eine exakte Anpassung darf ohne Vergleich in Gebrauch genommen werden.',
  'models.rule.met':
    'Darf in Gebrauch genommen werden: An Validierungspatienten ist der logarithmische Verlust kleiner als bei der exakten Anpassung (obere 95-%-Grenze der Differenz {upper}), die Kalibrierungssteigung ist {slope}.',
  'models.rule.not-shown-better':
    'Darf nicht in Gebrauch genommen werden: An Validierungspatienten ist nicht gezeigt, dass es besser ist als die exakte Anpassung (obere 95-%-Grenze der Differenz im logarithmischen Verlust {upper}; sie muss unter 0 liegen).',
  'models.rule.not-calibrated':
    'Darf nicht in Gebrauch genommen werden: Die Kalibrierungssteigung an Validierungspatienten ist {slope}; sie muss zwischen 0,8 und 1,25 liegen.',
  'models.rule.no-evidence':
    'Darf nicht in Gebrauch genommen werden: Diese Studie hat es an Validierungspatienten nicht mit der exakten Anpassung verglichen; nichts zeigt, dass es besser ist.',
  'models.promote': 'In Gebrauch nehmen',
  'models.retire': 'Zurückziehen',
  'models.rollback': 'Zurück zum vorigen Modell',
  'models.files': 'Dateien herunterladen',
  'models.log': 'Entscheidungen, signiert',
  'models.looks': 'Blicke auf die Testpatienten dieser Planversion: {count}. Jedes Modell wurde einmal an ihnen gemessen.',
  'models.looks.more':
    'Blicke auf die Testpatienten dieser Planversion: {count}. Sie wurden mehr als einmal benutzt, die Zahlen schmeicheln dem Modell also; auch die Modellkarte sagt es.',
  'models.reason.title': 'Grund',
  'models.reason': 'Warum',
  'models.reason.hint': 'Krankenhäuser lesen ihn. Er bleibt für immer im Protokoll; nennen Sie keine Patienten.',
  'models.sure.promote': 'Modell {model} in Gebrauch nehmen? Das jetzige wird zurückgezogen.',
  'models.sure.retire': 'Modell {model} zurückziehen?',
  'models.sure.rollback': 'Das Modell in Gebrauch zurückziehen und zum vorigen zurückkehren?',
  'models.yes.promote': 'In Gebrauch nehmen',
  'models.yes.retire': 'Zurückziehen',
  'models.yes.rollback': 'Zurückkehren',
  'models.no': 'So lassen',
  'models.export-not-fitted': 'Keine Dateien: Die Anpassung hat kein Ergebnis.',
  'models.export-task': 'Keine Dateien: Modelle von Anzahlen haben keine Form, die alle Formate fassen.',
  'models.export-ranking': 'Keine Dateien: Dieses Modell ordnet Patienten und gibt kein Risiko an.',
  'models.export-scale-site':
    'Keine Dateien: Jedes Krankenhaus skaliert nach eigenen Zeilen, keine einzelne Datei fasst also die Vorverarbeitung.',
  'models.export-indicators': 'Keine Dateien: Eingaben, die sagen, welche Werte fehlten, gehören nicht zu den Formaten.',
  'models.export-curves':
    'Keine Dateien: Kurven und Produkte von Spalten lassen sich nicht als Schichten schreiben, die jedes Programm liest.',
  'models.export-images': 'Keine Dateien: Faltungen gehören nicht zu den Schichten, die diese Version schreibt.',
  'models.export-batch-norm': 'Keine Dateien: Batch-Normalisierung behält Statistiken jedes Krankenhauses.',
  'models.export-own-part':
    'Keine Dateien: Ein Teil dieses Modells gehört jedem Krankenhaus selbst. Jedes kann sein eigenes in seinem Tab speichern.',
};
