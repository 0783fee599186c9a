/** The query language of the explorer, as far as the window has to take queries apart: the engine decides what they mean. */

/** One condition of a query. */
export type Term = {
  /** As it is written. */
  text: string;
  negated: boolean;
  /** The field that it asks for; null where it asks for text. */
  field: string | null;
  /** The values that it asks for, one of which must hold, as they are written; of a text the one text, without quotes. */
  values: string[];
  form: 'words' | 'regex';
};

/** What can be asked for by name. */
export const fields = ['level', 'service', 'host', 'logger', 'file', 'request', 'instance', 'template', 'pid', 'time', 'importance'];

const quote = '"(?:[^"\\\\]|\\\\.)*(?:"|$)';
const value = `(?:${quote}|[^\\s,"][^\\s,]*)`;
const source = [
  `(?<not>-?)(?:(?<field>${fields.join('|')}):(?<values>${value}(?:,${value})*)`,
  `(?<phrase>${quote})`,
  '\\/(?<regex>(?:[^\\\\]|\\\\.)+?)\\/c?(?=\\s|$)',
  '(?<word>\\S+))',
].join('|');

/** The conditions of a query, in their order. */
export function parse(query: string): Term[] {
  return [...query.matchAll(new RegExp(source, 'g'))].map((match) => {
    const { not, field, values, phrase, regex, word } = match.groups ?? {};
    const [text, negated] = [match[0], not === '-'];
    if (field && values) return { text, negated, field, values: values.match(new RegExp(value, 'g')) ?? [], form: 'words' };
    return { text, negated, field: null, values: [phrase ? bare(phrase) : (regex ?? word ?? '')], form: regex ? 'regex' : 'words' };
  });
}

/** A text as a query has to write it to mean just this text. */
export function quoted(text: string): string {
  return /^[^\s,"*\\<>=][^\s,"*\\]*$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** How a query stands to a value of a field. */
export function stance(query: string, field: string, text: string): 'included' | 'excluded' | null {
  const found = parse(query).find((term) => term.field === field && term.values.some((one) => same(one, text)));
  return found ? (found.negated ? 'excluded' : 'included') : null;
}

/** The query with a value of a field asked for, or ruled out. Several values of a field are alternatives. */
export function narrowed(query: string, field: string, text: string, negated = false): string {
  const rest = parse(widened(query, field, text));
  const at = rest.findIndex((term) => term.field === field && term.negated === negated);
  const parts = rest.map((term, index) => (index === at ? `${term.text},${quoted(text)}` : term.text));
  return (at < 0 ? [...parts, `${negated ? '-' : ''}${field}:${quoted(text)}`] : parts).join(' ');
}

/** The query without a value of a field. */
export function widened(query: string, field: string, text: string): string {
  const parts = parse(query).map((term) => {
    if (term.field !== field) return term.text;
    const left = term.values.filter((one) => !same(one, text));
    return left.length === 0 ? '' : `${term.negated ? '-' : ''}${field}:${left.join(',')}`;
  });
  return parts.filter(Boolean).join(' ');
}

/** The query without its condition at an index. */
export function without(query: string, index: number): string {
  return joined(parse(query).filter((_, at) => at !== index));
}

/** The query with the condition at an index turned into its opposite. */
export function inverted(query: string, index: number): string {
  const turned = (term: Term) => ({ ...term, text: term.negated ? term.text.slice(1) : `-${term.text}` });
  return joined(parse(query).map((term, at) => (at === index ? turned(term) : term)));
}

/** The query for a span of time, in milliseconds since 1970; null: for all times. */
export function within(query: string, span: [number, number] | null): string {
  const rest = joined(parse(query).filter((term) => term.field !== 'time'));
  return span === null ? rest : `${rest} time:${iso(span[0])}..${iso(span[1])}`.trim();
}

/** Whether the query asks for a span of time. */
export function isWithin(query: string): boolean {
  return parse(query).some((term) => term.field === 'time');
}

/** A time on the incident's clock, without what is zero at its end. */
export function iso(time: number): string {
  return new Date(time).toISOString().replace('Z', '').replace(/\.000$/, '');
}

function bare(written: string): string {
  return written.startsWith('"') ? written.replace(/^"|"$/g, '').replace(/\\(["\\])/g, '$1') : written;
}

function same(written: string, text: string): boolean {
  return bare(written).toLowerCase() === text.toLowerCase();
}

function joined(terms: Term[]): string {
  return terms.map((term) => term.text).join(' ');
}
