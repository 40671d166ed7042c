/** Words about how sure a model's figures are, in English. */
export const medicineEn = {
  'patient.adapted': 'This is the model adapted to your hospital. The model shared by all hospitals says {risk}.',
  'quantity.value': 'The study estimates “{outcome}” of a patient like this one at {value}.',
  'quantity.conformal':
    'For patients pooled over hospitals: {share} of 100 measured values lay within as much of the estimated one, here {low} to {high}. It is not an interval for this patient, nor for your hospital.',
  'quantity.reference': 'For comparison: a patient at the average of every value has {value}.',
  'instability.title': 'Instability range of {fits}',
  'instability.five': 'five fits',
  'instability.several': '{fits} fits',
  'instability.note':
    'The network was trained several times from different random starts. This is how far apart the risks lie that the fits give to the same test patient: how much chance there is in the training. It does not say how far the risk is from the truth.',
  'instability.share': 'Your test patients',
  'instability.range': 'Highest less lowest risk, at most … out of 100',
  'instability.half': 'half of them',
  'instability.nineInTen': 'nine in ten',
  'instability.largest': 'all',
} as const;
