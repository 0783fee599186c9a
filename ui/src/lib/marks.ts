/** Where in a text the words of a query stand. */
import { parse, type Term } from './query';

/** A part of a text. */
export type Part = { text: string; hit: boolean };

/** As much of a text as is searched for words to mark: a record may be of megabytes. */
const most = 20_000;

/** What marks the words of a query; null where it asks for none. */
export function marker(query: string): RegExp | null {
  const asked = parse(query).filter((term) => !term.negated && term.field === null);
  const patterns = asked.map(pattern).filter((source) => source !== null);
  return patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'giu');
}

/** A text in parts, those apart that are marked. */
export function marked(text: string, mark: RegExp | null): Part[] {
  if (mark === null) return [{ text, hit: false }];
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.slice(0, most).matchAll(mark)) {
    if (match[0] === '') continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), hit: false });
    parts.push({ text: match[0], hit: true });
    from = match.index + match[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

/** A term as a regular expression; null where it is none that a browser understands. */
function pattern({ form, values: [text = ''] }: Term): string | null {
  const source = form === 'regex' ? `(?:${text})` : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  try {
    new RegExp(source, 'giu');
    return source || null;
  } catch {
    return null;
  }
}
