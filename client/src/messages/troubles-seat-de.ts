/** What a code about a seat in a study means to a person, in German. */
import type { TroubleWords } from './trouble-words.ts';
import type { seatTroublesEn } from './troubles-seat-en.ts';

export const seatTroublesDe: { readonly [Code in keyof typeof seatTroublesEn]: TroubleWords } = {
  'invitation-unknown': {
    what: 'Das Geheimnis gehört nicht zu diesem Link.',
    left: 'secret',
    next: 'Prüfen Sie, ob ein Zeichen fehlt. Sonst bitten Sie um eine neue Einladung.',
  },
  'invitation-expired': {
    what: 'Diese Einladung ist abgelaufen.',
    left: 'secret',
    next: 'Bitten Sie die Koordination um eine neue Einladung.',
  },
  'invitation-revoked': {
    what: 'Die Koordination hat diese Einladung zurückgezogen.',
    left: 'secret',
    next: 'Haben Sie das nicht erwartet, rufen Sie die Koordination an. Es braucht eine neue Einladung.',
  },
  'seat-removed': {
    what: 'Die Koordination hat dieses Krankenhaus aus der Studie genommen.',
    left: 'rows',
    next: 'Es wird nichts mehr gesendet. Haben Sie das nicht erwartet, rufen Sie die Koordination an; es braucht eine neue Einladung.',
  },
  'hospital-listed': {
    what: 'Die Liste der Krankenhäuser steht und wird unterschrieben: Keines kann mehr gestrichen werden.',
    left: 'rows',
    next: 'Beenden Sie die Studie, oder machen Sie weiter.',
  },
  'invitation-used': {
    what: 'Diese Einladung wurde schon verwendet.',
    left: 'secret',
    next: 'Waren Sie das nicht, sagen Sie es sofort der Koordination. Bitten Sie um eine neue Einladung.',
  },
};
