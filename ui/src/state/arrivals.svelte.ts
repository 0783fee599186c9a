import type { Api } from '../lib/api';
import type { Incident } from './incident.svelte';

/** What the program is asked to open from outside: by its command line, by a second launch, by a file manager. */
export class Arrivals {
  /** The logs whose analysis was stopped for others that arrived, until the user has seen that. */
  stopped = $state.raw<string | null>(null);

  readonly #api: Api;
  readonly #incident: Incident;
  readonly #open: (path: string) => Promise<void>;

  constructor(api: Api, incident: Incident, open: (path: string) => Promise<void>) {
    this.#api = api;
    this.#incident = incident;
    this.#open = open;
  }

  /** Opens what arrived, if something did. Logs that are at work already go on. */
  async look(): Promise<void> {
    const path = await this.#api.opening();
    const { job, pending } = this.#incident;
    const atWork = job.running ? (pending?.path ?? null) : null;
    if (path === null || path === atWork) return;
    this.stopped = atWork;
    await this.#open(path);
  }

  /** Opens once more what was stopped. */
  async openStopped(): Promise<void> {
    const { stopped } = this;
    this.stopped = null;
    if (stopped !== null) await this.#open(stopped);
  }
}
