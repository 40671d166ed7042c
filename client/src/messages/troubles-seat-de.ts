/** What a code about a seat in a study means to a person, in German. */
import type { TroubleWords } from './trouble-words.ts';
import type { seatTroublesEn } from './troubles-seat-en.ts';

export const seatTroublesDe: { readonly [Code in keyof typeof seatTroublesEn]: TroubleWords } = {
  'answered-elsewhere': {
    what: 'Dieses Gerät kam durch die Wiederherstellungsdatei, und das vorige hat diese Frage womöglich zusammen mit anderen Krankenhäusern beantwortet.',
    left: 'rows',
    next: 'Dieses Mal wird nichts beantwortet; ab der nächsten Summe nimmt dieses Gerät teil.',
  },
  'storage-lost': {
    what: 'Dieser Browser hat eben verloren, was er von diesem Krankenhaus aufbewahrte: Sein Speicher wurde geleert.',
    left: 'rows',
    next: 'Es wird nichts mehr gesendet, weil vorher nichts mehr aufgeschrieben werden kann. Laden Sie die Seite neu und holen Sie dann die Wiederherstellungsdatei und ihre Wörter.',
  },
  'storage-cleared': {
    what: 'Dieser Tab sprach für ein Krankenhaus, und dieser Browser bewahrt nichts mehr davon auf: Schlüssel, Liste des Gesendeten und Protokoll sind fort. Sein Speicher wurde geleert.',
    left: 'rows',
    next: 'Holen Sie die Wiederherstellungsdatei und ihre Wörter: Damit spricht dieser Browser wieder für das Krankenhaus. Die Studie und ihr Protokoll bei der Koordination sind unberührt; die Spalten werden neu zugeordnet.',
  },
  'left-untold': {
    what: 'Sie haben diese Studie verlassen, aber niemand konnte es erfahren: Die Koordination war nicht erreichbar.',
    left: 'rows',
    next: 'Es wird nichts mehr gesendet. Sagen Sie es der Koordination auf anderem Weg; oder nehmen Sie wieder teil, sobald sie erreichbar ist, und verlassen Sie die Studie dann.',
  },
  'hospital-left': {
    what: 'Ein Krankenhaus ist gegangen, dessen Patienten in den Summen dieser Studie sind. Ohne es würden die nächsten Summen seine Zahlen durch Abziehen zeigen.',
    left: 'rows',
    next: 'Diese Studie kann nicht weitergehen; die Koordination kann sie beenden. Was bisher gefunden wurde, bleibt.',
  },
  'too-few-left': {
    what: 'Krankenhäuser sind gegangen, und für den Plan bleiben zu wenige.',
    left: 'rows',
    next: 'Diese Studie kann nicht weitergehen; die Koordination kann sie beenden.',
  },
  'cohort-frozen': {
    what: 'Patienten dieses Krankenhauses sind in den Summen dieser Studie. Summen ohne es würden seine Zahlen durch Abziehen zeigen.',
    left: 'rows',
    next: 'Warten Sie auf das Krankenhaus, oder beenden Sie die Studie.',
  },
  'no-proposal': {
    what: 'Es gibt keine neue Liste der Krankenhäuser mehr zu unterschreiben.',
    left: 'rows',
    next: 'Laden Sie die Seite neu.',
  },
  'list-changed': {
    what: 'Die Liste der Krankenhäuser wurde eine andere, während Sie sie ansahen. Nichts wurde unterschrieben.',
    left: 'rows',
    next: 'Lesen Sie die Liste, die jetzt gezeigt wird, und unterschreiben Sie diese.',
  },
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
    what: 'Die Liste der Krankenhäuser steht und wird unterschrieben: Eine Einladung kann nicht mehr zurückgenommen werden.',
    left: 'rows',
    next: 'Bitten Sie die anderen unter den Krankenhäusern der Studie, eine Liste ohne es zu unterschreiben, oder beenden Sie die Studie.',
  },
  'invitation-used': {
    what: 'Diese Einladung wurde schon verwendet.',
    left: 'secret',
    next: 'Ist Ihr Krankenhaus damit beigetreten und hat dieser Browser seinen Schlüssel verloren, holen Sie die Wiederherstellungsdatei. Waren Sie das nicht, sagen Sie es sofort der Koordination.',
  },
};
