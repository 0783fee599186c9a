declare module 'plotly.js-cartesian-dist-min' {
  const plotly: import('./components/plotly').Plotly;
  export default plotly;
}
