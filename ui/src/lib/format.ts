/** Numbers, sizes, times and paths in human form. */

const grouped = new Intl.NumberFormat('en-US');
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const milliseconds = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

export function count(value: number): string {
  return grouped.format(Math.round(value));
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count where there is little room: `812`, `31,230`, `7.3M`. */
export function shortCount(value: number): string {
  return value < 100_000 ? count(value) : compact.format(value);
}

/** A count with its noun: `1 file`, `12 files`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : oneDigit.format(value)} ${units[unit]}`;
}

/** A size to the byte: `3,412,000 bytes`. */
export function exactBytes(value: number): string {
  return counted(value, 'byte');
}

/** A share from 0 to 1 as whole percent. Certainty is left to what is certain. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

export function seconds(value: number): string {
  if (value < 1) return `${Math.max(1, Math.round(value * 1000))} ms`;
  if (value < 60) return `${oneDigit.format(value)} s`;
  const minutes = Math.floor(value / 60);
  const rest = Math.floor(value % 60);
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${String(rest).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A time that passed, to the millisecond: `3,700.25 s`. */
export function exactSeconds(value: number): string {
  return `${milliseconds.format(value)} s`;
}

/** The day of an ISO time as logged: no zone is applied, as operators compare with the files. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** The time of day of an ISO time as logged, with milliseconds where there are some. */
export function clock(iso: string): string {
  const time = /[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,3})?)/.exec(iso);
  return time?.[1]?.replace(',', '.') ?? iso;
}

/** From one ISO time to another, the day said once where it is the same. */
export function span(start: string, end: string): string {
  const short = (iso: string) => clock(iso).slice(0, 8);
  if (day(start) === day(end)) return `${day(start)} ${short(start)} – ${short(end)}`;
  return `${day(start)} ${short(start)} – ${day(end)} ${short(end)}`;
}

/** Seconds between two ISO times; not a number where one cannot be read. */
export function between(start: string, end: string): number {
  return (Date.parse(end.replace(',', '.')) - Date.parse(start.replace(',', '.'))) / 1000;
}

/** A path's last parts, as long as they fit: its end says more than its beginning. */
export function shortPath(path: string, most = 48): string {
  if (path.length <= most) return path;
  const parts = path.split('/');
  let short = parts.pop() ?? path;
  while (parts.length > 0 && short.length + (parts.at(-1)?.length ?? 0) + 3 <= most) short = `${parts.pop()}/${short}`;
  const whole = `…/${short}`;
  // One part alone says too little where there is room for the end of the part before it.
  return short.includes('/') || whole.length > most ? whole : `…${path.slice(1 - most)}`;
}

/** A folder's own name; one that every host has, such as `log`, with the name before it. */
export function folderName(path: string): string {
  const parts = path.split(/[\\/]/).filter(Boolean);
  const most = /^(logs?|kolla)$/.test(parts.at(-1) ?? '') ? 2 : 1;
  return parts.slice(-most).join('/') || path;
}

/** What a good period is called: the names of its folders. */
export function periodName(folders: string[]): string {
  return folders.map(folderName).join(', ');
}

/** A sentence that begins as one. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A text's first line. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** `nova/compute/manager.py:2417 in _build`. */
export function place(source: { file: string; line: number | null; function: string | null }): string {
  const at = source.line === null ? source.file : `${source.file}:${source.line}`;
  return source.function === null ? at : `${at} in ${source.function}`;
}

/** A day where the user is, as `2026-01-31`. */
export function isoDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A moment where the user is, from milliseconds since 1970: `2026-01-31 09:41`. */
export function localTime(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${isoDay(date)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A time on the incident's clock, in milliseconds: `09:41:02.120`, with the day before it where it matters. */
export function moment(time: number, withDay = false): string {
  const iso = new Date(time).toISOString();
  return `${withDay ? `${iso.slice(5, 10)} ` : ''}${iso.slice(11, 23)}`;
}
