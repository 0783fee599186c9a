/** What an incident is compared with: the model of the settings, or the logs of a good period in its place. */
export class Comparison {
  /** Folders of the good period; none where it is the model. */
  good = $state.raw<string[]>([]);

  readonly #model: () => string | null;

  constructor(model: () => string | null) {
    this.#model = model;
  }

  /** Tells one comparison from another. */
  get key(): string {
    return this.good.length > 0 ? JSON.stringify(this.good) : (this.#model() ?? '');
  }

  /** Compares with the logs in these folders; gives whether there are any. */
  choose(folders: string[]): boolean {
    if (folders.length > 0) this.good = folders;
    return folders.length > 0;
  }

  /** Compares with the model again. */
  undo(): void {
    this.good = [];
  }
}
