/** What the charts of models show, as Plotly takes it. */
import { token } from '../../components/chart';
import { texts } from '../../lib/texts';
import type { ModelDetail, ModelProfile, Reliability } from '../../lib/types';

type Values = Record<string, unknown>;
type Drawing = { data: Values[]; layout: Values };

const words = texts.models;
/** The importance from which an event counts as surprising. */
const surprising = 0.95;

/** The colours of the models that are compared, in their order. */
const colours = ['accent', 'brand'];

type Known = { name: string; profile: ModelProfile };

/** The models that can be read. */
export function known(details: (ModelDetail | null)[]): Known[] {
  return details.flatMap((detail) => (detail?.profile ? [{ name: detail.entry.name, profile: detail.profile }] : []));
}

/** The share of normal events below each surprise; of one model with the place from which events count as surprising. */
export function surpriseChart(models: Known[]): Drawing {
  const alone = models.length === 1;
  const curves = models.map(({ name, profile }, at) => ({
    type: 'scatter',
    mode: 'lines',
    name,
    showlegend: !alone,
    x: profile.surprise,
    y: profile.surprise.map((_, n) => n / Math.max(1, profile.surprise.length - 1)),
    line: { color: token(colours[at] ?? 'accent'), width: 2 },
    fill: alone ? 'tozeroy' : 'none',
    fillcolor: token('accent-soft'),
    hovertemplate: `%{y:.0%} ${words.share.toLowerCase()} · %{x:.2f} nats<extra>${alone ? '' : name}</extra>`,
  }));
  const mark = models[0]?.profile.surprise[Math.round(surprising * 100)];
  const shapes = alone && mark !== undefined ? [{ type: 'line', x0: mark, x1: mark, y0: 0, y1: 1, line: { color: token('text-faint'), width: 1, dash: 'dot' } }] : [];
  const annotations = shapes.map(() => ({ x: mark, y: 0.5, xanchor: 'left', xshift: 6, showarrow: false, text: words.mark((mark ?? 0).toFixed(1)) }));
  const layout = {
    shapes,
    annotations,
    showlegend: !alone,
    hovermode: 'closest',
    margin: { l: 44, r: 12, t: alone ? 10 : 30, b: 40 },
    xaxis: { title: { text: words.nats, standoff: 6 }, rangemode: 'tozero' },
    yaxis: { range: [0, 1.02], tickformat: '.0%', nticks: 6 },
  };
  return { data: curves, layout };
}

/** Stated confidence against the share that was right: a mark for each bin, the larger the more answers are in it. */
export function reliabilityChart(tables: Reliability[]): Drawing {
  const looks = [
    { colour: 'accent', symbol: 'circle' },
    { colour: 'brand', symbol: 'diamond' },
  ];
  const marks = tables.map(({ title, bins }, at) => {
    const { colour, symbol } = looks[at % looks.length] ?? { colour: 'accent', symbol: 'circle' };
    return {
      type: 'scatter',
      mode: 'markers',
      name: short(title),
      x: bins.map((bin) => bin.stated),
      y: bins.map((bin) => bin.right),
      text: bins.map((bin) => `${bin.number} ${words.answers}`),
      marker: { color: token(colour), symbol, size: bins.map((bin) => 6 + 2.2 * Math.sqrt(bin.number)), opacity: 0.85 },
      hovertemplate: `${words.stated} %{x:.0%}<br>${words.right} %{y:.0%}<br>%{text}<extra></extra>`,
    };
  });
  const line = {
    type: 'scatter',
    mode: 'lines',
    name: words.exact,
    x: [0, 1],
    y: [0, 1],
    line: { color: token('text-faint'), width: 1 },
    hoverinfo: 'skip',
  };
  const axis = { range: [-0.03, 1.03], tickformat: '.0%', nticks: 6 };
  const layout = {
    hovermode: 'closest',
    margin: { l: 44, r: 12, t: 30, b: 40 },
    xaxis: { ...axis, title: { text: words.stated, standoff: 6 } },
    yaxis: axis,
  };
  return { data: [line, ...marks], layout };
}

/** A heading such as “How sure the first cause was said to be, and how often it was right”, as a name in a legend. */
function short(title: string): string {
  const subject = /^How sure (?:the )?(.+?) was said/.exec(title)?.[1] ?? title;
  return subject.slice(0, 1).toUpperCase() + subject.slice(1);
}

/** The held-out loss of several models over each other. */
export function curvesChart(models: Known[]): Drawing {
  const data = models.map(({ name, profile }, at) => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: profile.curve.map((epoch) => epoch.epoch),
    y: profile.curve.map((epoch) => epoch.validationLoss),
    line: { color: token(colours[at] ?? 'accent'), width: 2 },
    hovertemplate: '%{y:.3f}',
  }));
  const layout = {
    hovermode: 'x unified',
    margin: { l: 44, r: 12, t: 30, b: 40 },
    xaxis: { title: { text: words.epoch, standoff: 6 } },
    yaxis: { nticks: 6 },
  };
  return { data, layout };
}
