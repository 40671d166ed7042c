/** Words of the people who sign for a hospital, at its tab, in their own browsers and at the console, in German. */
import type { peopleEn } from './people-en.ts';

export const peopleDe: { readonly [Key in keyof typeof peopleEn]: string } = {
  'people.title': 'Wer unterschreibt',
  'people.lead':
    'Ihr Krankenhaus kann festlegen, dass zwei Personen seine Pläne unterschreiben: jede mit einem Schlüssel, der in ihrem eigenen Browser entsteht. Dann unterschreibt dieser Browser allein für niemanden. Benannt werden sie, bevor die Liste der Krankenhäuser gemacht ist; die anderen Krankenhäuser sehen dort ihre Namen und Rollen.',
  'people.one': 'Eine Person ist benannt. Die Liste der Krankenhäuser wartet, bis die zweite benannt oder diese zurückgenommen ist.',
  'people.made': 'Die Liste der Krankenhäuser ist gemacht: andere Personen können ab der nächsten Fassung der Studie unterschreiben.',
  'people.sign':
    'Diese Personen unterschreiben außer Ihnen, jede in ihrem eigenen Browser. Mit Ihrem Druck sagen Sie, dass die Grenzen dieses Krankenhauses eingehalten sind und die Wörter der Liste verglichen wurden; die Runden warten auf alle drei.',
  'people.words': 'Jede von ihnen vergleicht vor der Unterschrift die zwölf Wörter der Liste mit diesem Tab. Lesen Sie vor, was fehlt:',
  'people.name': 'Name',
  'people.role': 'Rolle',
  'people.until': 'Schlüssel gilt bis',
  'people.state': 'Unterschrift',
  'people.state.signed': 'unterschrieben',
  'people.state.waiting': 'noch nicht',
  'people.state.refused': 'unterschreibt nicht: {reason}',
  'people.signed': '{signed} von {all} Personen haben unterschrieben.',
  'people.change': 'Ändern',
  'people.takeBack': '{name} zurücknehmen',
  'people.add': 'Eine Person benennen, die unterschreibt',
  'people.add.second': 'Die zweite Person benennen',
  'people.cancel': 'Nicht jetzt',
  'people.link': 'Link für den eigenen Browser der Person',
  'people.link.copy': 'Den Link kopieren',
  'people.link.lead':
    'Schicken Sie der Person diesen Link. Sie öffnet ihn in ihrem eigenen Browser, auf einem anderen Rechner oder Telefon; nichts darin ist geheim. Lassen Sie diese Seite offen.',
  'people.link.waiting': 'Wartet darauf, dass die Person einen Schlüssel macht…',
  'people.compare': '{name} ({role}) hat einen Schlüssel gemacht',
  'people.compare.lead':
    'Der Schlüssel kam durch die Koordination, die einen anderen an seine Stelle setzen könnte. Treffen Sie die Person, oder rufen Sie unter einer Nummer an, die Sie kennen. Lassen Sie sich die sechs Wörter vorlesen: die Sie sehen, müssen dieselben sein, und die fehlenden tippen Sie, wie Sie sie hören.',
  'people.heard': 'Wort {number}, wie {name} es vorliest',
  'people.recovery.add': '{name} mit der Wiederherstellungsdatei benennen',
  'people.recovery.take-back': '{name} mit der Wiederherstellungsdatei zurücknehmen',
  'people.recovery.lead':
    'Das kann nur der eigene Schlüssel des Krankenhauses. Datei und Wörter werden hier geöffnet und nicht gesendet; der Schlüssel wird gelöscht, sobald dies getan ist.',
  'people.do.add': '{name} für dieses Krankenhaus unterschreiben lassen',
  'people.do.take-back': '{name} endgültig zurücknehmen',
  'people.signs': '{name} ({role}) unterschreibt',
  'people.console': '{signed} von {all} Personen',
  'person.banner':
    'Testfassung, von niemandem außerhalb geprüft. Nur für die Forschung. Diese Seite liest keine Patienten und nimmt an keiner Runde teil.',
  'person.away': 'Die Koordination ist gerade nicht zu erreichen; diese Seite versucht es von selbst wieder.',
  'person.title': 'Für ein Krankenhaus unterschreiben',
  'person.blocked': 'Dieser Browser kann keinen Schlüssel aufbewahren',
  'person.lead': '{hospital} möchte, dass Sie zusammen mit einer zweiten Person seine Pläne in der Studie „{title}“ unterschreiben.',
  'person.key':
    'In diesem Browser entsteht ein Schlüssel und bleibt dort. Ihr Name, Ihre Rolle und die öffentliche Hälfte des Schlüssels gehen an die Koordination; die anderen Krankenhäuser sehen sie auf ihrer Liste.',
  'person.name.hint': 'So, wie die anderen Krankenhäuser Sie kennen. Wird gesendet.',
  'person.make': 'Meinen Schlüssel machen',
  'person.making': 'Der Schlüssel entsteht…',
  'person.private':
    'Nicht in einem privaten Fenster: es vergisst den Schlüssel, wenn es sich schließt, und dann können Sie nicht unterschreiben.',
  'person.known':
    'Dieser Browser hält den Schlüssel von {name} für diese Studie. Zwei Personen unterschreiben an zwei Geräten: Wenn Sie jemand anderes sind, öffnen Sie den Link in Ihrem eigenen Browser.',
  'person.known.same': 'Ich bin {name}: weiter',
  'person.compare': 'Lesen Sie Ihrem Krankenhaus diese sechs Wörter vor',
  'person.compare.lead':
    'Wer am Browser von {hospital} sitzt, sieht drei davon und tippt die anderen, wie Sie sie vorlesen. Persönlich oder unter einer Telefonnummer, die Sie beide kennen: nie über eine Nummer, einen Chat oder eine Mail, die durch die Koordination kam.',
  'person.compare.waiting': 'Wartet darauf, dass {hospital} Sie mit seiner Wiederherstellungsdatei benennt…',
  'person.compare.open': 'Diese Seite darf geschlossen und in diesem Browser wieder geöffnet werden; die Wörter bleiben dieselben.',
  'person.listed': 'Sie unterschreiben für dieses Krankenhaus',
  'person.listed.lead': '{hospital} hat Ihren Schlüssel angenommen. Er gilt bis {day}.',
  'person.listed.next':
    'Die Liste der Krankenhäuser ist noch nicht gemacht. Sobald sie es ist, vergleichen Sie ihre Wörter, lesen den Plan und unterschreiben. Kommen Sie in diesem Browser auf diese Seite zurück, oder lassen Sie sie offen.',
  'person.words.lead':
    'Die Liste kam durch die Koordination, die jedem Krankenhaus eine andere zeigen könnte. Zwölf Wörter stehen für sie. Vergleichen Sie sie mit dem Browser von {hospital}, der sie mit einem anderen Krankenhaus bestätigt hat, persönlich oder unter einer Telefonnummer, die Sie kennen.',
  'person.words.how':
    'Lesen Sie einander die Wörter vor, die Sie sehen, und tippen Sie die fehlenden, wie Sie sie hören. {hospital} sieht alle; andere auch: {names}.',
  'person.words.confirmed': 'Sie haben sie verglichen. Ihre zwölf Wörter:',
  'person.words.heard': 'Wort {number}, wie es Ihnen vorgelesen wird',
  'person.sign.lead':
    'Sie unterschreiben für {hospital}, mit einer zweiten Person und neben dem Browser des Krankenhauses. Keine Runde beginnt, bevor Sie beide unterschrieben haben. Wo der Plan „this browser“ sagt, ist der des Krankenhauses gemeint.',
  'person.program': 'Das Programm',
  'person.program.lead':
    'Sie unterschreiben auch für dieses Programm: den Hash des versiegelten Arbeiters, mit dem diese Seite gebaut ist. Der Browser des Krankenhauses muss denselben ausführen. Eine Seite kann sich nicht selbst prüfen; Ihre IT kann es, von außen.',
  'person.sign.action': 'Für {hospital} unterschreiben',
  'person.refuse': 'Ich unterschreibe nicht',
  'person.refuse.reason': 'Warum nicht',
  'person.refuse.hint': 'Wird gesendet: {hospital} und die Koordination lesen es. Hier keine Patientendaten.',
  'person.refuse.action': 'Sagen, dass ich nicht unterschreibe',
  'person.refused': 'Sie haben nicht unterschrieben',
  'person.refused.lead': 'Ihr Krankenhaus und die Koordination lesen diesen Grund. Ohne Sie beginnt keine Runde.',
  'person.refused.again': 'Den Plan noch einmal lesen',
  'person.signed': 'Sie haben unterschrieben',
  'person.signed.one':
    'Ihre Unterschrift für {hospital} ist gezählt. Keine Runde beginnt, bevor auch die andere Person unterschrieben hat.',
  'person.signed.both': 'Beide Personen haben für {hospital} unterschrieben.',
  'person.signed.finished': 'Die Studie ist fertig. Beide Personen hatten für {hospital} unterschrieben.',
  'person.signed.close':
    'Diese Seite darf geschlossen werden. Eine neue Liste der Krankenhäuser oder eine neue Fassung der Studie wird neu unterschrieben, in diesem Browser.',
  'person.ended': 'Hier wird nichts unterschrieben',
  'person.anew': 'Diesen Schlüssel vergessen und neu beginnen',
  'person.next': 'Die neue Fassung lesen und unterschreiben',
  'ledger.kind.person-add': 'Name, Rolle und öffentlicher Schlüssel einer Person, die unterschreibt',
  'ledger.kind.person-take-back': 'eine Person, die unterschreibt, zurückgenommen',
  'ledger.kind.person-ask': 'Ihr öffentlicher Schlüssel, Name und Rolle',
  'ledger.kind.person-signature': 'Ihre Unterschrift unter Plan, Liste und Programm',
  'ledger.kind.person-refusal': 'dass Sie nicht unterschreiben, und warum',
};
