/** A large table of made-up patients, as bytes of a CSV. */

/** The demo's columns and others that no plan asks for. */
export function largeFile(rows: number, columns: number): Buffer {
  const names = [
    'patient_id',
    'age',
    'sex',
    'systolic_bp',
    'creatinine',
    'hba1c',
    'prior_admissions',
    'smoker',
    'length_of_stay',
    'readmitted',
  ];
  const more = Array.from({ length: columns - names.length }, (_, at) => `lab_${at}`);
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const between = (low: number, high: number, digits: number) => (low + next() * (high - low)).toFixed(digits);
  const lines = [[...names, ...more].join(',')];
  for (let row = 0; row < rows; row++) {
    const known = [
      `p-${row}`,
      between(20, 95, 0),
      next() > 0.5 ? 1 : 0,
      between(90, 190, 0),
      between(0.5, 2, 2),
      between(4.5, 9, 1),
      between(0, 4, 0),
    ];
    lines.push([...known, between(0, 2, 0), between(1, 20, 0), next() > 0.6 ? 1 : 0, ...more.map(() => between(0, 100, 2))].join(','));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
