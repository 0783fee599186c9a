/** A subset of Markdown as plain values, which the window renders as text nodes: nothing in it can become markup. */

export type Span =
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string }
  | { kind: 'citation'; id: string };

export type Block =
  | { kind: 'heading'; spans: Span[] }
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; items: Span[][] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Span[][]; rows: Span[][][]; figures: boolean[] };

const marks = /\\(?<escaped>[\\`*_[\]<>|])|\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<ids>E\d+(?:,\s*E\d+)*)\]/g;

/** The parts of a line. */
export function spans(line: string): Span[] {
  const parts: Span[] = [];
  const say = (text: string) => text && parts.push({ kind: 'text', text });
  let from = 0;
  for (const match of line.matchAll(marks)) {
    say(line.slice(from, match.index));
    from = match.index + match[0].length;
    parts.push(...marked(match.groups ?? {}));
  }
  say(line.slice(from));
  return parts;
}

function marked(groups: Record<string, string | undefined>): Span[] {
  if (groups.ids) return groups.ids.split(/,\s*/).map((id) => ({ kind: 'citation', id }));
  if (groups.escaped) return [{ kind: 'text', text: groups.escaped }];
  for (const kind of ['strong', 'code', 'emphasis'] as const) {
    const text = groups[kind];
    if (text) return [{ kind, text }];
  }
  return [];
}

const item = /^\s*(?:[-*]|(\d+)[.)])\s+(.*)$/;

/** The blocks of a text. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    const block = fence(line, lines) ?? heading(line) ?? table(line, lines) ?? list(line, lines) ?? paragraph(line, lines);
    if (block) found.push(block);
  }
  return found;
}

function fence(line: string, rest: string[]): Block | null {
  if (!line.startsWith('```')) return null;
  const body: string[] = [];
  for (let next = rest.shift(); next !== undefined && !next.startsWith('```'); next = rest.shift()) body.push(next);
  return { kind: 'code', text: body.join('\n') };
}

function heading(line: string): Block | null {
  const match = /^#{1,6}\s+(.*)$/.exec(line);
  return match ? { kind: 'heading', spans: spans(match[1] ?? '') } : null;
}

const rule = /^\s*:?-+:?\s*$/;

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

/** A table: its head, the rule below it that says which columns hold figures, and rows as long as lines begin with a bar. */
function table(line: string, rest: string[]): Block | null {
  const rules = cells(rest[0] ?? '');
  if (!line.startsWith('|') || !rest[0]?.startsWith('|') || !rules.every((cell) => rule.test(cell))) return null;
  rest.shift();
  const rows: Span[][][] = [];
  while (rest[0]?.startsWith('|')) rows.push(cells(rest.shift() ?? '').map(spans));
  return { kind: 'table', head: cells(line).map(spans), rows, figures: rules.map((cell) => /-:$/.test(cell.trim())) };
}

function list(line: string, rest: string[]): Block | null {
  const first = item.exec(line);
  if (!first) return null;
  const items = [spans(first[2] ?? '')];
  for (let next = item.exec(rest[0] ?? ''); next; next = item.exec(rest[0] ?? '')) {
    items.push(spans(next[2] ?? ''));
    rest.shift();
  }
  return { kind: 'list', ordered: first[1] !== undefined, items };
}

function paragraph(line: string, rest: string[]): Block | null {
  if (!line.trim()) return null;
  const lines = [line.trim()];
  const goesOn = (next: string | undefined) => next?.trim() && !/^(#{1,6}\s|```)/.test(next) && !item.test(next);
  while (goesOn(rest[0])) lines.push((rest.shift() ?? '').trim());
  return { kind: 'paragraph', spans: spans(lines.join(' ')) };
}
