/** What the charts of a report show, as Plotly takes it. */
import { token } from '../../components/chart';
import { clip, count } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { Change, Epoch, Patterns, ServiceCount, TemplateCount } from '../../lib/types';

type Values = Record<string, unknown>;
type Drawing = { data: Values[]; layout: Values };

const words = texts.patterns;

/** Levels from the harmless at the bottom of a bar to the grave at its top. */
const kinds = [
  { name: 'Debug', token: 'chart-debug', matches: /^(DEBUG|TRACE$|AUDIT)/ },
  { name: 'Info', token: 'chart-info', matches: /^(INFO|NOTICE|NOTE)/ },
  { name: 'Warning', token: 'chart-warning', matches: /^WARN/ },
  { name: 'Error', token: 'chart-error', matches: /^(ERR|CRIT|FATAL|EMERG|ALERT)/ },
];

const other = { name: 'Other', token: 'chart-debug' };

/** The counts of each kind of level, summed over its names. */
export function byKind(levels: Record<string, number | undefined>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [level, n] of Object.entries(levels)) {
    const kind = kinds.find((k) => k.matches.test(level.toUpperCase())) ?? other;
    sums[kind.name] = (sums[kind.name] ?? 0) + (n ?? 0);
  }
  return sums;
}

/** Events by time and level, with the line of those that depart from normal. */
export function timesChart(patterns: Patterns): Drawing {
  const { times } = patterns;
  const x = times.map((t) => t.start);
  const sums = times.map((t) => byKind(t.levels));
  // A little less than a bucket, so that bars stand apart.
  const width = patterns.bucketSeconds * 920;
  const bars = [other, ...kinds].map((kind) => ({
    type: 'bar',
    name: kind.name,
    x,
    y: sums.map((s) => s[kind.name] ?? 0),
    width,
    offset: 0,
    marker: { color: token(kind.token), line: { width: 0 } },
    hovertemplate: '%{y:,}',
  }));
  const line = {
    type: 'scatter',
    mode: 'lines',
    name: words.departing,
    x,
    y: times.map((t) => t.departing),
    yaxis: 'y2',
    line: { color: token('chart-departing'), width: 2, shape: 'linear' },
    hovertemplate: '%{y:,}',
  };
  const data: Values[] = [...bars.filter((bar) => bar.y.some((n) => n > 0)), line];
  const side = { overlaying: 'y', side: 'right', showgrid: false, zeroline: false, rangemode: 'tozero', tickmode: 'auto', nticks: 4, fixedrange: true };
  const layout = {
    barmode: 'stack',
    hovermode: 'x unified',
    margin: { l: 44, r: 36, t: 30, b: 38 },
    xaxis: { type: 'date' },
    yaxis: { rangemode: 'tozero', nticks: 5 },
    yaxis2: { ...side, tickfont: { color: token('chart-departing') } },
  };
  return { data, layout };
}

/** Services, the one with most errors at the top. */
export function servicesChart(services: ServiceCount[]): Drawing {
  const rows = services.slice(0, 14).reverse();
  const bar = (name: string, colour: string, pick: (s: ServiceCount) => number) => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: rows.map((s) => s.service),
    x: rows.map(pick),
    marker: { color: token(colour) },
    hovertemplate: `%{x:,}`,
  });
  const data = [
    bar(words.departing, 'chart-departing', (s) => s.departing),
    bar(words.errors, 'chart-error', (s) => s.errors),
    bar(words.events, 'chart-info', (s) => s.events),
  ];
  const layout = {
    barmode: 'group',
    bargap: 0.3,
    hovermode: 'y unified',
    margin: { l: 10, r: 12, t: 30, b: 28 },
    xaxis: { type: 'log', rangemode: 'tozero', dtick: 1, tickformat: ',d', range: [-0.15, Math.log10(most(rows)) + 0.1] },
    yaxis: { automargin: true, ticklabelstandoff: 6 },
  };
  return { data, layout };
}

function most(rows: ServiceCount[]): number {
  return Math.max(10, ...rows.map((row) => row.events));
}

const changeColour: Record<Change, string> = {
  new: 'chart-departing',
  surging: 'chart-error',
  vanished: 'chart-warning',
  usual: 'chart-info',
};

/** The templates that changed, in the order of the report: what the model expects beside what was found. */
export function templatesChart(templates: TemplateCount[]): Drawing {
  const rows = templates.slice(0, 12).reverse();
  // A zero-width mark keeps labels apart that are the same once they are clipped.
  const y = rows.map((t, at) => clip(t.template, 32) + '\u200b'.repeat(at));
  const text = rows.map((t) => `${clip(t.template, 120)}<br>${t.service ?? ''}`);
  const marks = (name: string, pick: (t: TemplateCount) => number | null, colour: string | string[], symbol: string) => ({
    type: 'scatter',
    mode: 'markers',
    name,
    showlegend: false,
    y,
    x: rows.map((t) => shift(pick(t))),
    text,
    customdata: rows.map((t) => [count(pick(t) ?? 0), texts.changes[t.change]]),
    marker: { color: colour, size: 9, symbol },
    hovertemplate: `%{text}<br>${name}: %{customdata[0]}<extra>%{customdata[1]}</extra>`,
  });
  const lines = rows.map((t, at) => ({
    type: 'line',
    layer: 'below',
    x0: shift(t.expected ?? 0),
    x1: shift(t.count),
    y0: y[at],
    y1: y[at],
    line: { color: token(changeColour[t.change]), width: 2 },
  }));
  const found = marks(words.count, (t) => t.count, rows.map((t) => token(changeColour[t.change])), 'circle');
  const expected = marks(words.expected, (t) => t.expected, token('text-faint'), 'line-ns-open');
  const layout = {
    shapes: lines,
    hovermode: 'closest',
    margin: { l: 10, r: 16, t: 6, b: 28 },
    xaxis: { type: 'log', tickvals: ticks.map((n) => shift(n)), ticktext: ticks.map(count) },
    yaxis: { automargin: true, tickfont: { family: token('mono'), size: 11 }, ticklabelstandoff: 6 },
  };
  return { data: [expected, found], layout };
}

const ticks = [0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/** A logarithmic axis that has room for none: one more than it is. */
function shift(value: number | null): number | null {
  return value === null ? null : value + 1;
}

/** The loss of a training, epoch by epoch. */
export function lossChart(epochs: Epoch[], names: { loss: string; validation: string; epoch: string; best: string }): Drawing {
  const x = epochs.map((e) => e.epoch);
  const curve = (name: string, colour: string, y: number[], dash: string) => ({
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x,
    y,
    line: { color: token(colour), width: 2, dash },
    marker: { size: 5 },
    hovertemplate: '%{y:.3f}',
  });
  const best = epochs.findLast((e) => e.best);
  const star = {
    type: 'scatter',
    mode: 'markers',
    name: names.best,
    x: best ? [best.epoch] : [],
    y: best ? [best.validationLoss] : [],
    marker: { size: 11, symbol: 'circle-open', color: token('brand'), line: { width: 2 } },
    hoverinfo: 'skip',
  };
  const data = [
    curve(names.loss, 'chart-info', epochs.map((e) => e.loss), 'solid'),
    curve(names.validation, 'accent', epochs.map((e) => e.validationLoss), 'solid'),
    star,
  ];
  const last = Math.max(5, x.at(-1) ?? 0);
  const layout = {
    hovermode: 'x unified',
    xaxis: { title: { text: names.epoch, standoff: 6 }, range: [0.5, last + 0.5], dtick: Math.ceil(last / 12) },
    yaxis: { nticks: 6 },
    margin: { l: 44, r: 8, t: 30, b: 40 },
  };
  return { data, layout };
}
