import type { LstmConfig } from '../../lib/types';

type Field = { name: keyof LstmConfig; min: number; max: number; step: number | 'any' };

/** The parameters of training with their ranges, as the engine checks them too. */
export const fields: Field[] = [
  { name: 'sequence_length', min: 2, max: 1000, step: 1 },
  { name: 'embedding', min: 1, max: 1024, step: 1 },
  { name: 'units', min: 1, max: 1024, step: 1 },
  { name: 'dropout', min: 0, max: 0.9, step: 'any' },
  { name: 'batch', min: 1, max: 4096, step: 1 },
  { name: 'epochs', min: 1, max: 1000, step: 1 },
  { name: 'patience', min: 1, max: 1000, step: 1 },
  { name: 'validation_split', min: 0.05, max: 0.5, step: 'any' },
  { name: 'learning_rate', min: 0.00001, max: 1, step: 'any' },
  { name: 'max_windows', min: 0, max: 1_000_000_000, step: 1 },
  { name: 'seed', min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 },
];
