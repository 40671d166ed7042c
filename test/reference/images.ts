/** Made-up images in four hospitals: a bar somewhere, upright in patients with the outcome, lying in the others, under noise. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import type { SiteInput } from '@consilium/simulations';

export const SIDE = 8;

/** A pixel's name is its column: p0 is the first of the first row. The corner p0 is black in all images. */
export function imageHospitals(patients = 150): SiteInput[] {
  return ['north', 'south', 'east', 'west'].map((id) => {
    const { uniform } = randomStream(sha256(utf8Bytes(`images ${id}`)));
    const lines = Array.from({ length: patients }, (_, patient) => {
      const isUpright = uniform() < 0.5;
      const [line, from] = [Math.floor(SIDE * uniform()), Math.floor((SIDE - 4) * uniform())];
      const pixels = Array.from({ length: SIDE * SIDE }, (_unused, pixel) => {
        const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
        const [across, along] = isUpright ? [column, row] : [row, column];
        const isBar = across === line && along >= from && along < from + 5;
        return pixel === 0 ? 0 : Math.round(Math.min(255, 70 * uniform() + (isBar ? 130 : 0)));
      });
      return [`${id}-${patient}`, isUpright ? 1 : 0, ...pixels].join(',');
    });
    const columns = Array.from({ length: SIDE * SIDE }, (_, pixel) => `p${pixel}`);
    return { id, name: id, csv: utf8Bytes(`${['patient', 'upright', ...columns].join(',')}\n${lines.join('\n')}\n`) };
  });
}

export const imagePlan = (fitting: string): string => `study: images
title: Bars in images
purpose: To tell upright bars from lying ones.
population: Made-up images.
synthetic: true
outcomes: [{ name: upright, task: binary, column: upright, positive: "upright == 1" }]
features:
${Array.from({ length: SIDE * SIDE }, (_, pixel) => `  - { name: p${pixel}, type: number, range: [0, 255] }`).join('\n')}
split: { by: patient-id, patientId: patient, test: 0.3, validation: 0 }
${fitting}
`;
