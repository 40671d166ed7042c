/** Words about invitations, as the console shows them, in German. */
import type { invitationsEn } from './invitations-en.ts';

export const invitationsDe: { readonly [Key in keyof typeof invitationsEn]: string } = {
  'invitations.title': 'Einladungen',
  'invitations.state': 'Einladung',
  'invitations.act': 'Was Sie tun können',
  'invitations.open': 'noch nicht verwendet, gültig bis {until}',
  'invitations.used': 'verwendet: Das Krankenhaus ist beigetreten',
  'invitations.expired': 'abgelaufen am {until}',
  'invitations.revoked': 'zurückgezogen',
  'invitations.revoke.short': 'Zurückziehen',
  'invitations.revoke.sure': 'Ja, zurückziehen',
  'invitations.revoke.open': 'Das Geheimnis gilt dann nicht mehr. Sie können {name} wieder einladen.',
  'invitations.revoke.used': '{name} verlässt die Studie sofort, und sein Tab erfährt es. Sie können es wieder einladen.',
};
