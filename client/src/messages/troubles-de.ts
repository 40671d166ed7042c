/** What a code means to a person, in German. */

import { enrolTroublesDe } from './enrol-troubles-de.ts';
import { modelTroublesDe } from './model-troubles-de.ts';
import { peopleTroublesDe } from './people-troubles-de.ts';
import type { TroubleWords } from './trouble-words.ts';
import type { TroubleCode } from './troubles-en.ts';
import { seatTroublesDe } from './troubles-seat-de.ts';

export const troublesDe: { readonly [Code in TroubleCode]: TroubleWords } = {
  ...modelTroublesDe,
  ...peopleTroublesDe,
  ...enrolTroublesDe,
  ...seatTroublesDe,
  unreachable: { what: 'Der Koordinator ist nicht erreichbar.', left: 'rows', next: 'Prüfen Sie das Netz und laden Sie die Seite neu.' },
  'malformed-answer': {
    what: 'Der Koordinator hat in einer unbekannten Form geantwortet.',
    left: 'rows',
    next: 'Laden Sie die Seite neu; kommt es wieder, sagen Sie der Koordination Bescheid.',
  },
  'demo-file': {
    what: 'Die erfundenen Patienten dieses Krankenhauses ließen sich nicht laden.',
    left: 'rows',
    next: 'Laden Sie die Seite neu.',
  },
  'study-unknown': {
    what: 'Der Koordinator kennt diese Studie nicht.',
    left: 'rows',
    next: 'Prüfen Sie den Link oder bitten Sie um einen neuen.',
  },
  'study-closed': { what: 'Diese Studie nimmt keine weiteren Krankenhäuser auf.', left: 'rows', next: 'Fragen Sie die Koordination.' },
  taken: { what: 'Ein anderer Tab oder Browser ist als dieses Krankenhaus beigetreten.', left: 'key', next: 'Wählen Sie ein anderes.' },
  'wrong-plan': { what: '{text}', left: 'rows', next: 'Machen Sie nicht weiter. Sagen Sie der Koordination Bescheid.' },
  'chamber-files': {
    what: 'Ein Teil dieses Programms fehlt oder wurde verändert: {text}',
    left: 'rows',
    next: 'Laden Sie die Seite neu. Kommt es wieder, sagen Sie der Koordination Bescheid.',
  },
  'chamber-unavailable': {
    what: 'Dieser Browser konnte keinen versiegelten Worker starten, daher werden keine Zeilen gelesen.',
    left: 'rows',
    next: 'Verwenden Sie ein aktuelles Chrome, Edge, Firefox oder Safari ohne Erweiterungen, die Seiten verändern.',
  },
  'chamber-timeout': {
    what: 'Der versiegelte Worker hat nicht geantwortet.',
    left: 'rows',
    next: 'Schließen Sie andere schwere Tabs und laden Sie die Seite neu.',
  },
  'not-sealed': {
    what: 'Der Worker fand einen Weg ins Netz und nimmt daher keine Zeilen an.',
    left: 'rows',
    next: 'Verwenden Sie einen anderen Browser ohne Erweiterungen, die Seiten verändern.',
  },
  'port-closed': { what: 'Der versiegelte Worker wurde geschlossen.', left: 'rows', next: 'Laden Sie die Seite neu.' },
  'backend-missing': { what: '{text}', left: 'rows', next: 'Entfernen Sie „?backend=“ aus der Adresse, damit die Seite selbst wählt.' },
  'backend-unfit': { what: '{text}', left: 'rows', next: 'Entfernen Sie „?backend=“ aus der Adresse, damit die Seite selbst wählt.' },
  'missing-column': {
    what: 'Es fehlen Spalten. {text}',
    left: 'file',
    next: 'Benennen Sie sie in der Datei um, speichern Sie als CSV und wählen Sie sie erneut.',
  },
  'empty-file': { what: 'Die Datei ist leer.', left: 'file', next: 'Wählen Sie eine andere Datei.' },
  'no-rows': { what: 'Die Datei hat eine Kopfzeile, aber keine Zeilen.', left: 'file', next: 'Wählen Sie eine andere Datei.' },
  'other-file': {
    what: 'Das ist nicht die zuvor verwendete Datei. Die Zeilen einer Studie stehen fest, sobald sie begonnen hat.',
    left: 'file',
    next: 'Wählen Sie die zuvor verwendete Datei.',
  },
  'rows-changed-little': {
    what: 'Nur wenige Zeilen sind andere als die, mit denen dieses Krankenhaus in einer früheren Version dieser Studie geantwortet hat. Die Differenz zweier Summen würde diese Patienten zeigen.',
    left: 'file',
    next: 'Wählen Sie die Datei der Version davor, oder eine, in der sich mehr Patienten geändert haben.',
  },
  'rows-unknown': {
    what: 'Das ist eine andere Datei als in einer früheren Version dieser Studie, und diese Version liest nicht alle Spalten von jener: Wie viele Patienten sich geändert haben, lässt sich nicht sagen.',
    left: 'file',
    next: 'Wählen Sie die Datei der Version davor.',
  },
  'too-many-files': { what: 'Das sind mehr als 2.000 Dateien.', left: 'file', next: 'Wählen Sie den Ordner eines Exports.' },
  'split-missing': { what: 'Die Aufteilungsdatei fehlt.', left: 'file', next: 'Wählen Sie sie neben der Patiententabelle.' },
  encrypted: {
    what: 'Die Datei ist mit einem Passwort geschützt.',
    left: 'file',
    next: 'Speichern Sie eine Kopie ohne Passwort und wählen Sie diese.',
  },
  'too-large': { what: '{text}', left: 'file', next: 'Exportieren Sie weniger Spalten oder Zeilen, oder speichern Sie sie als CSV.' },
  'unclosed-quote': {
    what: 'Eine Zelle in Anführungszeichen wird nie geschlossen: Die Datei ist vielleicht abgeschnitten.',
    left: 'file',
    next: 'Exportieren Sie sie neu und wählen Sie die neue Datei.',
  },
  'not-a-mapping': {
    what: 'Das ist keine Zuordnung. {text}',
    left: 'file',
    next: 'Wählen Sie eine Datei, die hier mit „Zuordnung speichern“ entstanden ist.',
  },
  'not-ready': {
    what: 'Eine Prüfung dieser Daten ist nicht bestanden.',
    left: 'file',
    next: 'Bessern Sie Datei oder Spalten aus, oder nehmen Sie die Prüfung nach dem Ansehen an.',
  },
  file: { what: '{text}', left: 'file', next: 'Bessern Sie die Datei aus und wählen Sie sie erneut.' },
  stopped: {
    what: 'Sie haben die Teilnahme dieses Krankenhauses gestoppt.',
    left: 'rows',
    next: 'Es wird nichts mehr gesendet, auch nach einem Neuladen, bis Sie wieder teilnehmen.',
  },
  left: {
    what: 'Sie haben diese Studie verlassen. Die Koordination hat Ihr unterschriebenes Wort und sagt es den anderen.',
    left: 'rows',
    next: 'Es wird nichts mehr gesendet. Was dieser Browser aufbewahrt, bleibt hier, bis Sie es löschen.',
  },
  'study-stopped': {
    what: 'Die Koordination hat die Studie gestoppt.',
    left: 'rows',
    next: 'Von diesem Krankenhaus wird nichts mehr gebraucht.',
  },
  refused: {
    what: 'Die Koordination hat diese Verbindung abgelehnt und keinen Grund genannt, den diese Seite kennt.',
    left: 'rows',
    next: 'An dem, was dieser Browser aufbewahrt, hat sich nichts geändert. Laden Sie die Seite neu; bleibt es so, fragen Sie Ihre Koordination.',
  },
  'next-not-following': {
    what: 'Was die Koordination als neuere Fassung anbietet, folgt nicht aus dem Plan in diesem Browser. Es wurde nichts geändert.',
    left: 'rows',
    next: 'Gehen Sie dort nicht weiter. Fragen Sie Ihre Koordination, und sagen Sie es den anderen Krankenhäusern am Telefon.',
  },
  'next-held-otherwise': {
    what: 'Dieser Browser nimmt an jener Studie schon teil, mit einem anderen Schlüssel. Es wurde nichts geändert.',
    left: 'rows',
    next: 'Öffnen Sie jene Studie von der ersten Seite aus.',
  },
  'link-closed': { what: 'Die Verbindung wurde geschlossen.', left: 'rows', next: 'Laden Sie die Seite neu.' },
  'below-threshold': {
    what: 'Zu wenige Krankenhäuser haben geantwortet; die Summe wurde nicht geöffnet.',
    left: 'rows',
    next: 'Warten Sie: Es geht weiter, sobald genug wieder da sind.',
  },
  'below-minimum': {
    what: 'Weniger Krankenhäuser als vereinbart wären in der Summe, daher wurde sie nicht geöffnet.',
    left: 'rows',
    next: 'Warten Sie: Es geht weiter, sobald genug wieder da sind.',
  },
  'would-isolate': {
    what: 'Zusammen mit früheren Summen würde diese weniger Krankenhäuser zeigen als vereinbart; dieses Krankenhaus gab daher keinen Anteil.',
    left: 'rows',
    next: 'Sagen Sie es der Koordination der Studie. Hier ist nichts zu tun; andere Fragen werden weiter beantwortet.',
  },
  'cohort-incomplete': {
    what: 'Ein Krankenhaus der festen Gruppe fehlt; die Anpassung wartet darauf.',
    left: 'rows',
    next: 'Warten Sie: Es geht mit denselben Zahlen weiter, sobald das Krankenhaus wieder da ist.',
  },
  'too-many-changes': {
    what: 'Ihr Krankenhaus hat zu oft geändert, was es über seine Zeilen sagt oder was es unterschreibt. Die letzte Änderung zählt nicht.',
    left: 'rows',
    next: 'Laden Sie die Seite neu und wählen Sie die Datei noch einmal. Bleibt es so, sagen Sie es Ihrer Koordination.',
  },
  'too-many': { what: 'Zu viele Versuche in kurzer Zeit.', left: 'rows', next: 'Warten Sie eine Minute.' },
  'too-few-hospitals': { what: 'Zu wenige Krankenhäuser sind bereit.', left: 'rows', next: 'Warten Sie auf weitere und starten Sie dann.' },
  'wrong-code': {
    what: 'Das ist kein Code dieses Koordinators.',
    left: 'rows',
    next: 'Kopieren Sie ihn aus den ersten Zeilen des Koordinators, oder fragen Sie eine Inhaberin oder einen Inhaber.',
  },
  'code-used': {
    what: 'Dieser Code wurde schon verwendet.',
    left: 'rows',
    next: 'Er gilt einmal. Melden Sie sich an, oder lassen Sie sich einen neuen geben.',
  },
  'code-expired': { what: 'Dieser Code ist zu alt.', left: 'rows', next: 'Lassen Sie sich einen neuen geben.' },
  'wrong-password': {
    what: 'Name oder Passwort stimmt nicht.',
    left: 'rows',
    next: 'Nach fünf falschen Versuchen müssen Sie eine Viertelstunde warten.',
  },
  'wrong-second-factor': {
    what: 'Diese sechs Ziffern stimmen nicht, oder sie wurden schon verwendet.',
    left: 'rows',
    next: 'Warten Sie auf die nächsten. Bleibt es dabei, prüfen Sie die Uhr des Telefons.',
  },
  locked: {
    what: 'Zu viele falsche Versuche.',
    left: 'rows',
    next: 'Versuchen Sie es nach einer Viertelstunde wieder. Ist das Passwort verloren, lassen Sie sich einen Code geben.',
  },
  'bad-account-name': {
    what: 'Ein Name hat 1 bis 64 Buchstaben, Ziffern, Leerzeichen oder . _ @ + -.',
    left: 'rows',
    next: 'Wählen Sie einen anderen.',
  },
  'name-taken': { what: 'Jemand an dieser Konsole hat diesen Namen.', left: 'rows', next: 'Wählen Sie einen anderen.' },
  'password-short': { what: 'Ein Passwort hat mindestens 12 Zeichen.', left: 'rows', next: 'Einige Wörter hintereinander sind gut.' },
  'password-long': { what: 'Ein Passwort hat höchstens 200 Zeichen.', left: 'rows', next: 'Wählen Sie ein kürzeres.' },
  'password-obvious': {
    what: 'Dieses Passwort ist leicht zu erraten.',
    left: 'rows',
    next: 'Wählen Sie eines, das weder Ihr Name noch immer derselbe Buchstabe ist.',
  },
  'not-allowed': {
    what: 'Ihre Rolle an dieser Konsole erlaubt das nicht.',
    left: 'rows',
    next: 'Fragen Sie eine Inhaberin oder einen Inhaber.',
  },
  'last-owner': { what: 'Der letzte Inhaber kann nicht entfernt werden.', left: 'rows', next: 'Legen Sie erst einen anderen an.' },
  'no-demo': { what: 'Dieser Koordinator hat keine Demodaten.', left: 'rows', next: 'Starten Sie ihn mit den Dateien der Demo.' },
  'signed-out': {
    what: 'Sie sind abgemeldet.',
    left: 'rows',
    next: 'Melden Sie sich wieder an. Nach einer halben Stunde ohne Gebrauch endet ein Besuch.',
  },
  'bad-name': {
    what: 'Diesen Namen können die anderen nicht lesen.',
    left: 'rows',
    next: 'Verwenden Sie 1 bis 120 gewöhnliche Zeichen.',
  },
  'not-on-roster': {
    what: 'Der Koordinator kennt dieses Krankenhaus nicht an seinem Schlüssel.',
    left: 'rows',
    next: 'Treten Sie mit einer neuen Einladung bei.',
  },
  coordinator: {
    what: 'Die Koordination hat die Studie pausiert.',
    left: 'rows',
    next: 'Sie geht weiter, wenn die Koordination sie fortsetzt.',
  },
  'waiting-for-hospitals': {
    what: 'Die Studie wartet auf Krankenhäuser.',
    left: 'rows',
    next: 'Sie geht von selbst weiter, sobald genug wieder da sind.',
  },
  storage: {
    what: 'Der Rechner der Koordination konnte etwas nicht speichern, vielleicht ist die Platte voll.',
    left: 'rows',
    next: 'Sie geht weiter, wenn die Koordination das behoben hat und fortsetzt.',
  },
  'round-failed': {
    what: 'Eine Runde ist mehrmals gescheitert.',
    left: 'rows',
    next: 'Sie geht weiter, wenn die Koordination sie fortsetzt.',
  },
  'policy-contributors': {
    what: 'Auf der Liste stehen weniger Krankenhäuser, als die eigene Grenze Ihres Krankenhauses verlangt.',
    left: 'rows',
    next: 'Warten Sie auf weitere Krankenhäuser, oder ändern Sie die Grenze unter „Eigene Grenzen Ihres Krankenhauses“.',
  },
  'policy-cell': {
    what: 'Der Plan zeigt kleinere Gruppen von Patienten, als die eigene Grenze Ihres Krankenhauses erlaubt.',
    left: 'rows',
    next: 'Lehnen Sie ab, bitten Sie um eine neue Version des Plans, oder senken Sie die Grenze, wenn Sie das entscheiden dürfen.',
  },
  'policy-epsilon': {
    what: 'Der Plan fügt kein Rauschen hinzu, und die eigene Grenze Ihres Krankenhauses verlangt ein größtes Epsilon.',
    left: 'rows',
    next: 'Lehnen Sie ab, bitten Sie um eine neue Version des Plans, oder leeren Sie die Grenze, wenn Sie das entscheiden dürfen.',
  },
  'policy-tasks': {
    what: 'Der Plan verlangt etwas, das die eigenen Grenzen Ihres Krankenhauses nicht erlauben.',
    left: 'rows',
    next: 'Lehnen Sie ab, oder erlauben Sie es, wenn Sie das entscheiden dürfen.',
  },
  'policy-parameters': {
    what: 'Das Modell des Plans ist größer, als die eigene Grenze Ihres Krankenhauses für seine Patienten erlaubt.',
    left: 'rows',
    next: 'Lehnen Sie ab, bitten Sie um ein kleineres Modell, oder heben Sie die Grenze an, wenn Sie das entscheiden dürfen.',
  },
  'policy-own-bundle': {
    what: 'Ihr Krankenhaus nimmt nur von Seiten aus teil, die es selbst ausliefert, und diese kommen von der Koordination.',
    left: 'rows',
    next: 'Öffnen Sie die Studie vom eigenen Server Ihres Krankenhauses.',
  },
  'policy-forbids': {
    what: 'Die eigenen Grenzen Ihres Krankenhauses verbieten diese Runde.',
    left: 'rows',
    next: 'Sehen Sie unter „Eigene Grenzen Ihres Krankenhauses“ nach. Die anderen machen womöglich ohne Sie weiter.',
  },
  'study-running': { what: 'Es laufen Runden.', left: 'rows', next: 'Stoppen Sie die Studie, bevor Sie eine neue Version anlegen.' },
  'has-version': {
    what: 'Es gibt bereits eine neuere Version dieser Studie.',
    left: 'rows',
    next: 'Legen Sie die nächste Version von jener aus an.',
  },
  'other-study': {
    what: 'Das ist der Plan einer anderen Studie: der Kurzname ist ein anderer.',
    left: 'rows',
    next: 'Wählen Sie den geänderten Plan dieser Studie.',
  },
  'no-change': { what: 'Dieser Plan sagt dasselbe wie die Version davor.', left: 'rows', next: 'Wählen Sie den geänderten Plan.' },
  failed: { what: 'Etwas ist schiefgegangen: {text}', left: 'rows', next: 'Laden Sie die Seite neu.' },
};
