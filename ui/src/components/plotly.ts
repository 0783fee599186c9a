/** The little of Plotly's interface that the window uses: the package has no types of its own. */
export type Plotly = {
  react(element: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  purge(element: HTMLElement): void;
};
