/** Was ein Code des Modellregisters oder einer Modelldatei für einen Menschen bedeutet. */
import type { modelTroublesEn } from './model-troubles-en.ts';
import type { TroubleWords } from './trouble-words.ts';

export const modelTroublesDe: { readonly [Code in keyof typeof modelTroublesEn]: TroubleWords } = {
  'not-a-model': {
    what: 'Diese Datei kann nicht als Modell dienen. {text}',
    left: 'file',
    next: 'Wählen Sie eine model.json oder das Archiv eines Exports.',
  },
  'no-reason': {
    what: 'Eine Entscheidung über ein Modell braucht einen Grund.',
    left: 'rows',
    next: 'Sagen Sie in einem Satz, warum; er bleibt.',
  },
  'nobody-named': { what: 'Eine Entscheidung braucht jemanden, der sie trifft.', left: 'rows', next: 'Melden Sie sich neu an.' },
  'unknown-model': { what: 'Diese Studie hat kein solches Modell.', left: 'rows', next: 'Laden Sie die Seite neu.' },
  'already-promoted': {
    what: 'Dieses Modell ist schon in Gebrauch.',
    left: 'rows',
    next: 'Vielleicht war jemand schneller. Laden Sie die Seite neu.',
  },
  'already-retired': {
    what: 'Dieses Modell ist schon zurückgezogen.',
    left: 'rows',
    next: 'Vielleicht war jemand schneller. Laden Sie die Seite neu.',
  },
  'not-shown-better': {
    what: 'An Validierungspatienten ist nicht gezeigt, dass dieses Modell besser ist als die exakte Anpassung; es darf nicht in Gebrauch genommen werden.',
    left: 'rows',
    next: 'Nehmen Sie die exakte Anpassung in Gebrauch.',
  },
  'not-calibrated': {
    what: 'Die Kalibrierungssteigung dieses Modells liegt an Validierungspatienten nicht zwischen 0,8 und 1,25; es darf nicht in Gebrauch genommen werden.',
    left: 'rows',
    next: 'Nehmen Sie die exakte Anpassung in Gebrauch.',
  },
  'nothing-to-roll-back-to': {
    what: 'Vorher war kein anderes Modell in Gebrauch.',
    left: 'rows',
    next: 'Nehmen Sie ein anderes in Gebrauch, oder ziehen Sie dieses zurück.',
  },
  'not-finished': {
    what: 'Die Studie ist noch nicht abgeschlossen.',
    left: 'rows',
    next: 'Danach kann über ihre Modelle entschieden werden.',
  },
};
