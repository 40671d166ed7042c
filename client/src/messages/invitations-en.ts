/** Words about invitations, as the console shows them, in English. */
export const invitationsEn = {
  'invitations.title': 'Invitations',
  'invitations.state': 'Invitation',
  'invitations.act': 'What you can do',
  'invitations.open': 'not used yet, good until {until}',
  'invitations.used': 'used: the hospital has joined',
  'invitations.expired': 'expired on {until}',
  'invitations.revoked': 'taken back',
  'invitations.revoke.short': 'Take back',
  'invitations.revoke.sure': 'Yes, take it back',
  'invitations.revoke.open': 'The secret will seat nobody. You can invite {name} again.',
  'invitations.revoke.used': '{name} leaves the study at once, and its tab is told. You can invite it again.',
} as const;
