/**
 * One small table, spoilt in every way that exports of hospitals are, each with what must be read from it. The fault is made from the table
 * by text alone; nothing of the reader is used.
 */
import { SPOILED_CELLS } from './spoiled-cells.ts';
import type { Spoiled } from './spoiled-file.ts';
import { SPOILED_FRAMES } from './spoiled-frames.ts';
import { SPOILED_TEXTS } from './spoiled-texts.ts';

export const SPOILED: readonly Spoiled[] = [...SPOILED_TEXTS, ...SPOILED_FRAMES, ...SPOILED_CELLS];
