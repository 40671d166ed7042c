/** How many sites a plan asks for, and how long they are waited for. */
import { z } from 'zod';

export const roundsSchema = z.strictObject({
  count: z.int().min(1).max(10_000).default(10).describe('update rounds; an exact fit stops by itself'),
  stop: z
    .strictObject({
      updateSize: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe('training ends when the root mean square of the mean update is below; 0 trains all rounds'),
      patience: z
        .int()
        .min(0)
        .max(1000)
        .default(0)
        .describe(
          'training ends after so many looks at the validation rows without a lower loss, and keeps the model of the lowest; 0: no looks',
        ),
      every: z.int().min(1).max(1000).default(1).describe('rounds from one look at the validation rows to the next'),
    })
    .prefault({})
    .describe('when training ends before its last round'),
  quorum: z.int().min(1).max(1000).default(3).describe('sites that must be there before a round opens'),
  colluders: z.int().min(1).max(500).default(1).describe('dishonest sites tolerated'),
  minContributors: z.int().min(3).max(1000).default(3).describe('fewest sites in any sum that is revealed'),
  joinSeconds: z.int().min(1).max(86_400).default(30).describe('time to join a round'),
  trainSeconds: z.int().min(1).max(604_800).default(600).describe('time to train and send'),
  answerSeconds: z.int().min(1).max(86_400).default(60).describe('time for each short answer'),
});
