/** Words about how sure a model's figures are, in German. */
import type { medicineEn } from './medicine-en.ts';

export const medicineDe: { readonly [Key in keyof typeof medicineEn]: string } = {
  'patient.adapted': 'Das ist das an Ihr Krankenhaus angepasste Modell. Das gemeinsame Modell aller Krankenhäuser sagt {risk}.',
  'quantity.value': 'Die Studie schätzt „{outcome}“ eines solchen Patienten auf {value}.',
  'quantity.conformal':
    'Für Patienten aller Krankenhäuser zusammen: {share} von 100 gemessenen Werten lagen höchstens so weit vom geschätzten, hier {low} bis {high}. Es ist kein Intervall für diesen Patienten und keines für Ihr Krankenhaus.',
  'quantity.reference': 'Zum Vergleich: Ein Patient mit dem Durchschnitt aller Werte hat {value}.',
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
};
