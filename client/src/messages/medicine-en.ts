/** Words about how a model is judged and how sure its figures are, in English. */
export const medicineEn = {
  'patient.adapted': 'This is the model adapted to your hospital. The model shared by all hospitals says {risk}.',
  'quantity.value': 'The study estimates “{outcome}” of a patient like this one at {value}.',
  'quantity.conformal':
    'For patients pooled over hospitals: {share} of 100 measured values lay within as much of the estimated one, here {low} to {high}. It is not an interval for this patient, nor for your hospital.',
  'quantity.reference': 'For comparison: a patient at the average of every value has {value}.',
  'results.groups': 'In groups of patients',
  'results.group': 'Group',
  'results.group.missing': 'not known',
  'results.groups.note':
    'Each hospital leaves out groups in which it has too few patients with or without the outcome. – means that too few hospitals could say. In brackets the 95 % interval.',
  'results.across': 'Across hospitals',
  'results.across.mean': 'Mean',
  'results.across.interval': '95 % interval of the mean',
  'results.across.prediction': 'A new hospital’s own figure, 95 %',
  'results.across.sites': 'Hospitals',
  'results.across.note': 'Of hospitals whose own figures are not shown; a figure that fewer than five hospitals have is left out.',
  'results.promotion': 'Network or exact model',
  'results.promotion.better':
    'The network is better on validation patients: difference of log-loss {difference} (upper limit {upper}), slope {slope}. It may take the place of the exact model.',
  'results.promotion.not-better':
    'The network is not better beyond chance on validation patients: difference of log-loss {difference}, upper limit {upper}. The exact model stays.',
  'results.promotion.slope-off':
    'The network has a lower log-loss on validation patients ({difference}), but its slope is {slope}, outside 0.8 to 1.25. The exact model stays.',
  'results.promotion.no-slope':
    'The network has a lower log-loss on validation patients ({difference}), but its slope could not be found. The exact model stays.',
  'results.promotion.no-rows': 'There were too few validation patients to compare the network. The exact model stays.',
  'results.promotion.no-loss':
    'The model trained by rounds puts patients in an order and gives no risks, so there is no log-loss to compare. The exact model stays.',
  'results.promotion.no-exact':
    'The exact model has no answer, so there is nothing that the network could be compared with. It is not promoted.',
  'results.sample.note.plain': 'Training had {rows} patients for {parameters} columns. Criteria of Riley et al. 2019.',
  'results.sample.note.classes':
    'Training had {rows} patients for {parameters} columns. Criteria of Pate et al. 2023; every two classes are taken to be told apart as well as all together.',
  'results.sample.note.time':
    'Training had {rows} patients, {events} with the event by the horizon, for {parameters} columns. Criteria of Riley et al. 2019.',
  'results.sample.refused.count': 'For models of counts no criteria are published, so none is given.',
  'participants.title': 'Who took part',
  'participants.step': 'Patient rows',
  'participants.rows': 'Number',
  'participants.read': 'read',
  'participants.exclusion-list': 'left out: opted out (exclusion list)',
  'participants.duplicate': 'left out: an exact duplicate',
  'participants.contradiction': 'left out: contradicts another row of the patient',
  'participants.no-patient-id': 'left out: no patient id',
  'participants.not-collected': 'left out: a needed column is not collected there',
  'participants.not-in-split': 'left out: in no part of the split',
  'participants.no-outcome': 'left out: outcome not known',
  'participants.required-missing': 'left out: a required value missing',
  'participants.value-missing': 'left out: a value missing',
  'participants.other': 'left out: another reason',
  'participants.train': 'used for training',
  'participants.validation': 'used for validation',
  'participants.test': 'used for the test',
  'participants.note': 'Over {hospitals} of {invited} hospitals; what each of them counted is not shown.',
  'participants.baseline': 'The two arms before treatment',
  'participants.feature': 'Feature',
  'participants.comparator': 'Comparator',
  'participants.treated': 'Treated',
  'participants.difference': 'Difference in standard deviations',
  'participants.baseline.note':
    'Training patients, values as observed: mean (standard deviation) or number (share). Hospitals with fewer than ten patients in an arm are not in it.',
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
  'results.own.intervals': 'In brackets: 95 % intervals over other patients like these.',
  'gains.title': 'What joining is worth here',
  'gains.better': '{model}, {measure}: {difference}. Better than your data alone.',
  'gains.worse': '{model}, {measure}: {difference}. Worse than your data alone.',
  'gains.unclear': '{model}, {measure}: {difference}. No difference that these patients can show.',
  'gains.note':
    'Difference from your data alone: your own test patients under both models, patient by patient; in brackets the 95 % interval. A lower log-loss is better.',
  'gains.note.auroc':
    'Differences from your data alone: your own test patients under both models, patient by patient; in brackets the 95 % interval. A lower log-loss and a higher AUROC are better.',
} as const;
