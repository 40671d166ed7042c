/** Troubles of the people who sign for a hospital, in German. */
import type { peopleTroublesEn } from './people-troubles-en.ts';
import type { TroubleWords } from './trouble-words.ts';

export const peopleTroublesDe: { readonly [Code in keyof typeof peopleTroublesEn]: TroubleWords } = {
  'people-unsigned': {
    what: 'Für ein Krankenhaus, dessen Pläne zwei Personen unterschreiben, liegen nicht beide guten Unterschriften vor; deshalb öffnet sich keine Runde.',
    left: 'rows',
    next: 'Warten Sie, bis beide unterschrieben haben. Sagt die Koordination, sie hätten es, sagen Sie es den anderen Krankenhäusern am Telefon.',
  },
  'people-mismatch': {
    what: 'Die Liste der Krankenhäuser nennt für Ihr Haus andere Personen, als Sie hier benannt haben. Sie wird abgelehnt.',
    left: 'rows',
    next: 'Unterschreiben Sie nichts. Ist ein Zertifikat abgelaufen, benennen Sie die Personen in der nächsten Fassung der Studie neu; sonst sagen Sie es den anderen Krankenhäusern.',
  },
  'too-many-people': {
    what: 'Dieses Krankenhaus hat in dieser Studie acht Personen benannt, zurückgenommene mitgezählt. Mehr werden nicht angenommen.',
    left: 'key',
    next: 'Lassen Sie die Koordination den Platz zurücknehmen und Ihr Haus neu einladen, oder benennen Sie sie in der nächsten Fassung der Studie.',
  },
  'people-complete': {
    what: 'Für dieses Krankenhaus unterschreiben schon zwei Personen.',
    left: 'key',
    next: 'Nehmen Sie zuerst eine zurück.',
  },
  'person-twice': {
    what: 'Dieser Schlüssel ist schon in der Studie: als der einer Person oder eines Browsers.',
    left: 'key',
    next: 'Jede Person braucht einen eigenen Schlüssel aus ihrem eigenen Browser. Benennen Sie die Person neu.',
  },
  'person-same-name': {
    what: 'Die andere Person dieses Krankenhauses heißt genauso.',
    left: 'key',
    next: 'Zwei Personen werden am Namen unterschieden: Lassen Sie die zweite ihren Schlüssel unter vollem Namen machen.',
  },
  'person-words-differ': {
    what: 'Das sind nicht die Wörter des Schlüssels, der hier ankam. Niemand wurde benannt.',
    left: 'rows',
    next: 'Beginnen Sie mit einem neuen Link und hören Sie die Wörter noch einmal. Bleiben sie verschieden, setzt jemand einen anderen Schlüssel an die Stelle: Hören Sie auf und sagen Sie es den anderen Krankenhäusern.',
  },
  'recovery-other': {
    what: 'Das ist die Wiederherstellungsdatei eines anderen Krankenhauses oder einer anderen Studie.',
    left: 'rows',
    next: 'Bringen Sie die Datei, die Sie gesichert haben, als dieses Krankenhaus dieser Studie beitrat.',
  },
  'list-made': {
    what: 'Die Liste der Krankenhäuser ist gemacht; niemand kann mehr benannt oder zurückgenommen werden.',
    left: 'key',
    next: 'Andere Personen können ab der nächsten Fassung der Studie unterschreiben: Fragen Sie die Koordination. Hatten Sie in diesem Browser einen Schlüssel, wurde sein Speicher geleert; ohne ihn können Sie nicht unterschreiben.',
  },
  'signers-incomplete': {
    what: 'Ein Krankenhaus hat eine Person benannt, die unterschreibt, und die zweite noch nicht.',
    left: 'key',
    next: 'Starten Sie, wenn es die zweite benannt oder die erste zurückgenommen hat.',
  },
  'person-no-link': {
    what: 'Diese Seite öffnet sich über einen Link aus dem Browser Ihres Krankenhauses. Hier ist keiner, und dieser Browser hält keinen Schlüssel von Ihnen für die Studie.',
    left: 'rows',
    next: 'Bitten Sie Ihr Krankenhaus um den Link. Haben Sie hier schon einen Schlüssel gemacht, wurde der Speicher geleert, oder es war ein privates Fenster: Ihr Krankenhaus nimmt den alten Schlüssel zurück und schickt einen neuen Link.',
  },
  'person-key-missing': {
    what: 'Der Schlüssel, der hier entstand, ist weg: Der Speicher dieses Browsers wurde geleert, oder es war ein privates Fenster.',
    left: 'rows',
    next: 'Lassen Sie Ihr Krankenhaus den alten Schlüssel zurücknehmen und öffnen Sie einen neuen Link. Ist die Liste der Krankenhäuser gemacht, geht das erst in der nächsten Fassung der Studie.',
  },
  'person-unknown': {
    what: 'Kein Krankenhaus dieser Studie hat Sie benannt.',
    left: 'key',
    next: 'Bitten Sie Ihr Krankenhaus um einen neuen Link.',
  },
  'person-withdrawn': {
    what: 'Ihr Krankenhaus hat diesen Schlüssel zurückgenommen. Er unterschreibt nichts mehr.',
    left: 'key',
    next: 'Sollen Sie doch unterschreiben, beginnen Sie neu mit einem neuen Link Ihres Krankenhauses.',
  },
  'person-expired': {
    what: 'Das Zertifikat Ihres Schlüssels ist abgelaufen; es gilt 90 Tage.',
    left: 'key',
    next: 'Lassen Sie Ihr Krankenhaus ihn zurücknehmen und einen neuen Link schicken. Ist die Liste der Krankenhäuser gemacht, geht das erst in der nächsten Fassung der Studie.',
  },
  'person-altered': {
    what: 'Was Ihr Krankenhaus angenommen haben soll, ist nicht dieser Schlüssel unter Ihrem Namen und Ihrer Rolle.',
    left: 'key',
    next: 'Unterschreiben Sie nichts. Sagen Sie es Ihrem Krankenhaus am Telefon: Jemand könnte einen anderen Schlüssel an die Stelle Ihres gesetzt haben.',
  },
  'person-not-listed': {
    what: 'Die Liste der Krankenhäuser nennt Sie nicht für Ihr Krankenhaus.',
    left: 'key',
    next: 'Unterschreiben Sie nichts. Sagen Sie es Ihrem Krankenhaus am Telefon: Die Koordination zeigt eine andere Liste als die vereinbarte.',
  },
  'program-differs': {
    what: 'Der Browser Ihres Krankenhauses hat für ein anderes Programm unterschrieben als das, mit dem diese Seite gebaut ist.',
    left: 'key',
    next: 'Laden Sie beide Seiten neu, von derselben Adresse. Bleibt es so, lassen Sie Ihre IT beide prüfen.',
  },
  'already-signed': {
    what: 'Dieses Krankenhaus hat schon unterschrieben; eine Ablehnung kommt zu spät.',
    left: 'key',
    next: 'Ihr Krankenhaus kann die Studie anhalten oder verlassen.',
  },
  'too-many-words': { what: 'Sie haben in dieser Studie zu oft ja oder nein gesagt.', left: 'key', next: 'Fragen Sie Ihr Krankenhaus.' },
};
