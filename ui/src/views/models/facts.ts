/** What a model is, in rows. */
import { bytes, count } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { ModelDetail } from '../../lib/types';

const words = texts.models;

type Row = [name: string, value: string];

/** What a model learned from; nothing where it cannot be read. */
export function learned({ entry, profile }: ModelDetail): Row[] {
  if (profile === null) return [];
  return [
    [words.trained, entry.date || words.unknown],
    [words.on, entry.trainedOn],
    [words.folders, profile.folders.join(', ') || words.foldersUnknown],
    [words.events, count(entry.events)],
    [words.runs, count(profile.runs)],
    [words.windows, words.windowsOf(count(profile.windows), count(profile.heldOut))],
    [words.templates, count(entry.templates)],
    [words.words, words.wordsOf(count(profile.words))],
  ];
}

/** How a model is built; little where it cannot be read. */
export function built({ entry, profile }: ModelDetail): Row[] {
  const about: Row[] = [
    [words.size, bytes(entry.bytes)],
    [words.version, entry.problem === null ? String(entry.version) : words.unknown],
  ];
  if (profile === null) return about;
  return [
    [words.sequence, words.sequenceOf(count(profile.config.sequence_length))],
    [words.network, words.networkOf(count(profile.config.embedding), count(profile.config.units))],
    [words.epochs, count(entry.epochs)],
    [words.loss, words.lossOf(entry.validationLoss.toFixed(3))],
    [words.ends, profile.knowsEnds ? words.yes : words.no],
    ...about,
  ];
}

/** All that is told of a model in rows. */
export function rows(detail: ModelDetail): Row[] {
  return [...learned(detail), ...built(detail)];
}
