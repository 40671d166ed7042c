/** Troubles of enrolment, of words that differ and of devices, in German. */
import type { enrolTroublesEn } from './enrol-troubles-en.ts';
import type { TroubleWords } from './trouble-words.ts';

export const enrolTroublesDe: { readonly [Code in keyof typeof enrolTroublesEn]: TroubleWords } = {
  'clock-wrong': {
    what: 'Die Uhr dieses Computers weicht um mehr als einen Tag von den anderen ab; seine Zertifikate gelten daher nicht.',
    left: 'key',
    next: 'Stellen Sie Datum und Uhrzeit dieses Computers und versuchen Sie es noch einmal. Stimmen sie, sagen Sie der Koordination Bescheid: Es kann an ihrer Uhr liegen.',
  },
  'recovery-damaged': {
    what: 'Das ist keine vollständige Wiederherstellungsdatei: eine andere Datei, oder sie wurde verändert oder abgeschnitten.',
    left: 'rows',
    next: 'Wählen Sie die Datei, die Sie beim Beitritt gespeichert haben, oder eine andere Kopie davon.',
  },
  'wrong-passphrase': {
    what: 'Diese Wörter öffnen diese Wiederherstellungsdatei nicht. Die Datei selbst ist heil.',
    left: 'rows',
    next: 'Prüfen Sie die sieben Wörter und ihre Reihenfolge. Groß- und Kleinschreibung ist gleich.',
  },
  'root-unknown': {
    what: 'Kein Krankenhaus dieser Studie hat den Schlüssel dieser Wiederherstellungsdatei.',
    left: 'key',
    next: 'Prüfen Sie, ob es die richtige Studie ist; für jede Studie, zu der ein Krankenhaus eingeladen wurde, hat es eine eigene Datei.',
  },
  'too-many-devices': {
    what: 'Dieses Krankenhaus hat in dieser Studie zu viele Geräte beglaubigt.',
    left: 'key',
    next: 'Machen Sie mit dem Gerät weiter, das jetzt spricht, oder fragen Sie die Koordination.',
  },
  'certificate-older': {
    what: 'Das Zertifikat des vorigen Geräts ist neuer als dieses; dieses würde nicht gelten.',
    left: 'key',
    next: 'Prüfen Sie die Uhr dieses Computers, warten Sie einen Moment und versuchen Sie es noch einmal.',
  },
  'certificate-missing': {
    what: 'Das Zertifikat dieses Browsers ist fort: Sein Speicher wurde geleert, oder es war ein privates Fenster.',
    left: 'rows',
    next: 'Holen Sie die Wiederherstellungsdatei und ihre Wörter: Damit wird dieser Browser neu beglaubigt.',
  },
  'certificate-expired': {
    what: 'Das Zertifikat dieses Browsers ist abgelaufen; es gilt 90 Tage.',
    left: 'rows',
    next: 'Holen Sie die Wiederherstellungsdatei und ihre Wörter: Damit wird dieser Browser neu beglaubigt.',
  },
  'device-replaced': {
    what: 'Ein anderes Gerät spricht jetzt für dieses Krankenhaus. Von hier wird nichts mehr gesendet.',
    left: 'rows',
    next: 'War das niemand aus Ihrem Haus, holen Sie die Wiederherstellungsdatei, sperren Sie jenes Gerät und sagen Sie es den anderen Krankenhäusern.',
  },
  'device-suspended': {
    what: 'Ihr Krankenhaus hat den Schlüssel dieses Browsers gesperrt. Von hier wird nichts mehr gesendet.',
    left: 'rows',
    next: 'Mit der Wiederherstellungsdatei kann dieser Browser einen neuen Schlüssel bekommen.',
  },
  'device-not-certified': {
    what: 'Das Gerät, das für dieses Krankenhaus spricht, ist heute nicht beglaubigt; es nimmt an keiner Runde teil.',
    left: 'rows',
    next: 'Holen Sie die Wiederherstellungsdatei und beglaubigen Sie es neu.',
  },
  'words-differ': {
    what: 'Das andere Krankenhaus sieht eine andere Liste. Unterschreiben Sie nichts.',
    left: 'rows',
    next: 'Lassen Sie sich die Wörter noch einmal einzeln vorlesen: Eines kann falsch verstanden sein. Bleiben sie verschieden, hören Sie hier auf und sagen Sie es den anderen Krankenhäusern am Telefon; die Koordination zeigt vielleicht jedem eine andere Liste.',
  },
  'plan-unsigned': {
    what: 'Noch nicht alle Krankenhäuser haben Plan und Liste unterschrieben; daher beginnt keine Runde.',
    left: 'rows',
    next: 'Warten Sie, bis alle unterschrieben haben.',
  },
};
