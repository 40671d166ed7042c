/** Words for hospitals that leave and for the list that follows, in German. */
import type { leavingEn } from './leaving-en.ts';

export const leavingDe: { readonly [Key in keyof typeof leavingEn]: string } = {
  'leaving.title': 'Die Studie verlassen',
  'leaving.lead': 'Hier ist alles gestoppt. Eine unterschriebene Nachricht sagt es der Koordination.',
  'successor.title': 'Eine neue Liste der Krankenhäuser zu unterschreiben',
  'successor.lead':
    'Die Liste der Krankenhäuser ändert sich; Fassung {version} wartet auf Ihre Unterschrift. Es wird um keine Summe gebeten, bis sie gilt und alle auf ihr unterschrieben haben.',
  'successor.left': 'Hat die Studie verlassen: {names}.',
  'successor.left.proof': 'Die eigene Unterschrift sagt es; dieser Browser hat sie geprüft.',
  'successor.putOff': 'Von der Koordination gestrichen: {names}.',
  'successor.putOff.call': 'Nur die Koordination sagt, dass sie fort sind. Rufen Sie dort an, bevor Sie unterschreiben.',
  'successor.stay': 'Wer bleibt: {count} Krankenhäuser',
  'successor.plan':
    'Mit derselben Unterschrift unterschreiben Sie den Plan „{title}“ erneut, unter der neuen Liste. Der Plan selbst ist unverändert.',
  'successor.limits':
    'Sie können eine Liste nach der geltenden unterschreiben, nicht zwei. Niemand Neues kommt auf diesem Weg auf eine Liste.',
  'sign.version':
    'Das ist Fassung {version} der Liste. Genug Krankenhäuser der vorigen haben sie unterschrieben: Wer nicht mehr darauf steht, ist gegangen oder wurde gestrichen.',
  'successor.action': 'Neue Liste unterschreiben',
  'console.successor':
    'Fassung {version} der Liste, ohne {names}, wird unterschrieben. {signed} von {all} Krankenhäusern haben unterschrieben; {lacking} weitere Unterschriften setzen sie in Kraft.',
  'console.successor.inForce':
    'Die neue Liste gilt, sobald genug unterschrieben haben; Summen gehen weiter, wenn alle auf ihr unterschrieben haben.',
  'console.putOff.action': 'Ohne es weiter…',
  'console.putOff.sure':
    'Ohne {name} weitermachen? Die anderen Krankenhäuser werden gebeten, eine Liste ohne es zu unterschreiben, und erfahren, dass nur Sie sagen, es sei fort. In diese Studie kann es nicht zurückkommen.',
  'console.putOff.yes': 'Die anderen bitten',
  'console.putOff.no': 'Warten',
  'console.site.change': 'Liste',
  'status.left': 'hat die Studie verlassen',
  'status.put-off': 'gestrichen',
};
