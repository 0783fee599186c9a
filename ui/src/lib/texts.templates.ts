/** The texts of the table of templates. */
import type { Edit, Template } from './types';

const said = ({ text }: Template) => `“${text}”`;

function told(edit: Edit): string {
  if (edit.kind === 'merge') return `Merged ${edit.from.length} into ${said(edit.into)}`;
  if (edit.kind === 'split') return `Split by its word ${edit.place + 1}: ${said(edit.template)}`;
  if (edit.kind === 'name') return edit.name === '' ? `Took the name of ${said(edit.template)} away` : `Named ${edit.name}: ${said(edit.template)}`;
  return `${edit.muted ? 'Muted' : 'Unmuted'} ${said(edit.template)}`;
}

export const templates = {
  title: 'Templates of these logs',
  hint: 'What messages have in common. Choose one to name, mute or split it, several to merge them; it is kept for all logs.',
  filter: 'Filter templates',
  placeholder: 'Filter by text, logger or name…',
  of: (shown: string, all: string) => (shown === all ? `${all}` : `${shown} of ${all}`),
  none: 'No template is like this',
  choose: (text: string) => `Choose ${text}`,
  chosen: (n: number) => `${n} chosen`,
  nothing: 'Choose none',
  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'Muted',
  mutedHint: 'Muted: it is counted, and left out of what stands out',
  merge: 'Merge',
  apart: 'Only templates of one logger can be merged.',
  name: 'Name',
  namePlaceholder: 'A name of your own',
  keep: 'Keep name',
  split: 'Split at',
  splitLead: 'Click a word with <*> to make one template of each word that stands there.',
  splitHint: (word: string) => `One template for each word that stands here: ${word}`,
  show: 'Show its events',
  edit: 'Edit this template…',
  changes: 'Changes',
  undo: 'Undo',
  undoLast: 'Undo the last change',
  again: 'Analyze again',
  againHint: 'The events show it already; the report takes it when the logs are analyzed again.',
  told,
};
