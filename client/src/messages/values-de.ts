/** Words of one patient’s answer where the outcome is a class, a count or a quantity, and of what a change could do, in German. */
import type { valuesEn } from './values-en.ts';

export const valuesDe: { readonly [Key in keyof typeof valuesEn]: string } = {
  'value.interval':
    'Was solche Menschen im Mittel haben, liegt im Bereich {low} bis {high} (95‑%‑Intervall). Einzelne können weit davon entfernt sein.',
  'value.spread':
    'Streuung der Anpassung: {low} bis {high}. Es ist kein Intervall mit zugesagter Überdeckung, und Einzelne können weit davon entfernt sein.',
  'value.instability':
    'Schwankung über {fits} Anpassungen: {low} bis {high}. Andere Zufallsstarts des Trainings hätten etwas in diesem Bereich ergeben. Es ist kein Vertrauensbereich.',
  'quantity.axis': 'Bewegt die Schätzung um{unit}',
  'quantity.own':
    'An Ihrem Krankenhaus: Kalibrierungssteigung {slope}, mittlerer absoluter Fehler {error}, an Ihren eigenen Testpatienten.',
  'count.value': 'Die Studie erwartet für Menschen wie diesen im Mittel {value} von „{outcome}“: {hundred} auf 100 solche Menschen.',
  'count.reference': 'Zum Vergleich: Wer in allen Werten im Mittel liegt, hat im Mittel {value}.',
  'count.axis': 'Bewegt den Logarithmus der Anzahl um',
  'classes.value': 'Die Studie schätzt „{label}“ als das Wahrscheinlichste von „{outcome}“: {risk} Menschen wie dieser haben es.',
  'classes.table': 'Jede Klasse, von 100 Menschen wie diesem',
  'classes.class': 'Klasse',
  'classes.risk': 'Von 100',
  'classes.range': 'Bereich',
  'classes.reference': 'Durchschnitt',
  'classes.between': 'Logarithmierte Chance von „{first}“ gegen „{second}“, die beiden wahrscheinlichsten.',
  'classes.own': 'An Ihrem Krankenhaus: Kalibrierungssteigung {slope}, an Ihren eigenen Testpatienten.',
  'classes.note.interval': 'Bereich: Dort liegt der Anteil in einer solchen Gruppe (95‑%‑Intervall).',
  'classes.note.spread': 'Bereich: Streuung der Anpassung. Es ist kein Intervall mit zugesagter Überdeckung.',
  'classes.note.instability':
    'Bereich: niedrigster und höchster Wert aus {fits} Anpassungen mit anderen Zufallsstarts. Es ist kein Vertrauensbereich.',
  'patient.refused.class':
    'Das Modell ist an diesem Krankenhaus nicht geprüft: Von einer Klasse hat es {patients} Testpatienten; {needed} von jeder sind nötig.',
  'patient.refused.few': 'Das Modell ist an diesem Krankenhaus nicht geprüft: Es hat {patients} Testpatienten; {needed} sind nötig.',
  'sheet.classes': 'Von 100 Menschen wie Ihnen schätzt die Studie für „{outcome}“:',
  'sheet.class': '{label}: {risk}.',
  'sheet.class.range': '{label}: {risk}. Es könnten auch {range} sein.',
  'sheet.count': 'Die Studie schätzt, dass Menschen wie Sie im Mittel {value} von „{outcome}“ haben: {hundred} auf 100 Menschen.',
  'sheet.quantity': 'Die Studie schätzt „{outcome}“ bei Menschen wie Ihnen im Mittel auf {value}.',
  'sheet.value.range':
    'Das Mittel könnte auch {low} bis {high} sein: Genauer kann die Studie es nicht sagen. Einzelne können weit davon entfernt sein.',
  'sheet.conformal':
    'Von Menschen aus allen Krankenhäusern hatten {share} von 100 einen gemessenen Wert so nah an der Schätzung: hier {low} bis {high}. Für Sie ist das keine Zusage.',
  'sheet.not.value':
    'Niemand kann sagen, wie es bei Ihnen sein wird. Die Zahl beschreibt eine Gruppe von Menschen, die sich in den Werten unten gleichen.',
  'use.answer.count': 'Sagt vorher, wie viele von „{outcome}“ zu erwarten sind.',
  'use.range.interval': 'In Klammern: 95‑%‑Intervalle dessen, was solche Menschen im Mittel haben.',
  'use.range.spread': 'In Klammern: die Streuung einer Anpassung mit Strafterm. Es ist kein Intervall mit zugesagter Überdeckung.',
  'use.range.instability':
    'In Klammern: niedrigster und höchster Wert aus {fits} Anpassungen mit anderen Zufallsstarts. Kein Vertrauensbereich.',
  'whatIf.title': 'Was eine Änderung bewirken könnte, wie eine Studie mit Losverfahren es fand',
  'whatIf.told':
    'Mit {change} hätten nach dem Ergebnis jener Studie {after} statt {before} Menschen wie diesem{horizon} „{outcome}“. Ihr 95‑%‑Intervall: {range}.',
  'whatIf.told.you':
    'Mit {change} hätten nach dem Ergebnis jener Studie {after} statt {before} Menschen wie Sie{horizon} „{outcome}“. Es könnten auch {range} sein.',
  'whatIf.without': 'Wie jetzt: {risk}, {outcome}',
  'whatIf.with': 'Mit {change}: {risk}, {outcome}',
  'whatIf.harms': 'Schäden in jener Studie: {harms}',
  'whatIf.noHarms': 'Schäden dieser Änderung stehen nicht im Studienplan. Fragen Sie danach.',
  'whatIf.measure.risk-ratio': 'Risikoverhältnis {ratio} ({low} bis {high}), angewandt auf die Schätzung oben, die dabei als bekannt gilt.',
  'whatIf.measure.odds-ratio': 'Odds Ratio {ratio} ({low} bis {high}), angewandt auf die Schätzung oben, die dabei als bekannt gilt.',
  'whatIf.measure.hazard-ratio': 'Hazard Ratio {ratio} ({low} bis {high}), angewandt auf die Schätzung oben, die dabei als bekannt gilt.',
  'whatIf.source': 'Quelle der Wirkung: {trial}.',
  'whatIf.caution':
    'Die Wirkung stammt aus jener Studie, nicht aus dieser. Niemand kann zusagen, dass sie hier gilt. Keine Zusage und kein ärztlicher Rat.',
};
