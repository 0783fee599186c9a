/** What a model is, in rows. */
import { bytes, count } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { ModelDetail } from '../../lib/types';

const words = texts.models;

/** The rows of a model: names and values. One that cannot be read has few of them. */
export function rows({ entry, profile }: ModelDetail): [name: string, value: string][] {
  const about: [string, string][] = [
    [words.size, bytes(entry.bytes)],
    [words.version, entry.problem === null ? String(entry.version) : words.unknown],
  ];
  if (profile === null) return about;
  const { config } = profile;
  return [
    [words.trained, entry.date || words.unknown],
    [words.on, entry.trainedOn],
    [words.folders, profile.folders.join(', ') || words.foldersUnknown],
    [words.events, count(entry.events)],
    [words.runs, count(profile.runs)],
    [words.templates, count(entry.templates)],
    [words.words, words.wordsOf(count(profile.words))],
    [words.sequence, words.sequenceOf(count(config.sequence_length))],
    [words.network, words.networkOf(count(config.embedding), count(config.units))],
    [words.windows, words.windowsOf(count(profile.windows), count(profile.heldOut))],
    [words.epochs, count(entry.epochs)],
    [words.loss, words.lossOf(entry.validationLoss.toFixed(3))],
    [words.ends, profile.knowsEnds ? words.yes : words.no],
    ...about,
  ];
}
