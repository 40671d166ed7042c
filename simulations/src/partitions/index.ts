/** Ways to divide patients among sites, one a file. */
export { chanceOf } from './chance.ts';
export { divide } from './divide.ts';
export { type Partition, partitionSchema, readPartition } from './spec.ts';
export { type SplitOverview, splitOverview } from './split-overview.ts';
