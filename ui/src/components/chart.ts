/** Plotly, loaded with the first chart and dressed in the tokens of the window. */
import type { Plotly } from './plotly';

let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-cartesian-dist-min').then((module) => module.default);
  return loading;
}

/** The value that a token has now, in light or dark. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

type Values = Record<string, unknown>;

/** In one line above the chart, in the order in which bars are stacked or stand. */
const legend: Values = {
  orientation: 'h',
  xref: 'container',
  x: 0,
  yref: 'container',
  y: 1,
  yanchor: 'top',
  font: { size: 11 },
  traceorder: 'reversed',
};

/** A chart's layout over the defaults of all charts. */
export function themed(layout: Values): Values {
  const axis = { gridcolor: token('chart-grid'), linecolor: token('line'), zeroline: false, tickcolor: token('line'), fixedrange: true };
  const { xaxis, yaxis, ...rest } = layout;
  return {
    font: { family: token('font'), size: 11, color: token('text-faint') },
    paper_bgcolor: 'transparent',
    plot_bgcolor: 'transparent',
    margin: { l: 44, r: 8, t: 30, b: 28 },
    hoverlabel: {
      font: { family: token('font'), size: 12, color: token('text') },
      bgcolor: token('raised'),
      bordercolor: token('line-strong'),
      align: 'left',
    },
    legend,
    ...rest,
    xaxis: { ...axis, ...(xaxis as Values) },
    yaxis: { ...axis, ...(yaxis as Values) },
  };
}
