/** The texts of the table of sources. */
import type { Basis, Known } from './types';

const known: Record<Known, string> = {
  content: 'From its lines',
  path: 'From its path, or from what its machine tells',
  given: 'As you said',
  unknown: 'Not known',
};

const basis: Record<Basis, string> = { logged: 'in the log', inferred: 'inferred', assumed: 'assumed', given: 'as you said' };

export const sources = {
  title: 'Sources and their clocks',
  hint: 'Whose each log is, and what is added to its times to bring all logs onto one clock.',
  file: 'File',
  host: 'Host',
  events: 'Events',
  errors: 'Errors',
  first: 'First, as logged',
  last: 'Last, as logged',
  clock: 'Clock',
  shift: 'Add to its times',
  correct: 'Correct…',
  save: 'Save',
  reset: 'Take back',
  resetAll: 'Take all corrections back',
  again: 'Read again',
  wrong: 'Write it as +02:00, or as -00:00:07',
  sure: (confidence: number) => `${Math.round(confidence * 100)} % sure`,
  known,
  basis,
};
