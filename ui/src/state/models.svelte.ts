import type { Api } from '../lib/api';
import { asFailure } from '../lib/errors';
import { texts } from '../lib/texts';
import type { Apart, Coverage, Failure, ModelDetail } from '../lib/types';
import { Job } from './job.svelte';
import type { Library } from './library.svelte';
import type { Preferences } from './preferences.svelte';

/** The files that a model is handed on in. */
const packed = /\.(tar\.gz|tgz|tar)$/i;

/** The library of models: which one is looked at, what it is compared with, and what is done with it. */
export class Models {
  part = $state<'library' | 'train'>('library');
  /** The name of the model that is looked at. */
  chosen = $state<string | null>(null);
  detail = $state.raw<ModelDetail | null>(null);
  /** The model that it is compared with. */
  other = $state.raw<ModelDetail | null>(null);
  apart = $state.raw<Apart | null>(null);
  /** How well models know the open logs, by their names. */
  coverage = $state.raw<Record<string, Coverage>>({});
  /** The model that is being measured. */
  measuring = $state<string | null>(null);
  busy = $state(false);
  /** What was done last. */
  said = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly job: Job<Coverage>;

  readonly #api: Api;
  readonly #library: Library;
  readonly #preferences: Preferences;

  constructor(api: Api, library: Library, preferences: Preferences) {
    this.#api = api;
    this.#library = library;
    this.#preferences = preferences;
    this.job = new Job((id) => api.cancel(id));
  }

  /** The name of the model that analyses use. */
  get used(): string | null {
    return this.#preferences.settings?.model ?? null;
  }

  /** The names that are compared: one, or two. */
  get names(): string[] {
    return [this.detail, this.other].flatMap((detail) => detail?.entry.name ?? []);
  }

  /** Reads the list anew, as others may have changed it, and looks at the same model as before where it is still there. */
  async load(): Promise<void> {
    await this.#attempt(() => this.#library.loadModels());
    const names = this.#library.models.map((model) => model.name);
    const next = [this.chosen, this.used].find((name) => name !== null && names.includes(name)) ?? names[0] ?? null;
    await this.#look(next);
  }

  /** Looks at a model. */
  async choose(name: string): Promise<void> {
    this.said = null;
    this.failure = null;
    await this.#look(name);
  }

  /** Compares the model with another, or ends that. */
  async compare(name: string | null): Promise<void> {
    const first = this.chosen;
    this.apart = null;
    this.other = null;
    if (name === null || first === null) return;
    await this.#attempt(async () => {
      const [other, apart] = await Promise.all([this.#api.models.detail(name), this.#api.models.compare(first, name)]);
      if (this.chosen === first) [this.other, this.apart] = [other, apart];
    });
  }

  /** Measures how well the models that are shown know the open logs. */
  async measure(): Promise<void> {
    for (const name of this.names) {
      this.measuring = name;
      const found = await this.job.run((id, listen) => this.#api.models.coverage(id, name, listen));
      if (found === null) break;
      this.coverage = { ...this.coverage, [name]: found };
    }
    this.measuring = null;
  }

  /** What was measured was about logs that were open before. */
  forget(): void {
    this.job.cancel();
    this.coverage = {};
  }

  async rename(to: string): Promise<boolean> {
    const from = this.chosen;
    if (from === null || from === to) return from === to;
    return this.#do(async () => {
      await this.#api.models.rename(from, to);
      await this.#changed(to);
      return texts.models.renamed(to);
    });
  }

  async remove(): Promise<boolean> {
    const name = this.chosen;
    if (name === null) return false;
    return this.#do(async () => {
      const removed = await this.#api.models.remove(name);
      await this.#changed(null);
      return removed.wasInUse ? texts.models.fellBack(name) : texts.models.removed(name);
    });
  }

  /** Takes in a model from a file or folder. */
  async import(path: string): Promise<boolean> {
    return this.#do(async () => {
      const { name, insteadOf } = await this.#api.models.import(path);
      await this.#changed(name);
      return insteadOf === null ? texts.models.imported(name) : texts.models.importedAs(name, insteadOf);
    });
  }

  /** Asks for a file or folder, and takes in the model in it. */
  async chooseImport(kind: 'file' | 'folder'): Promise<void> {
    const { importFileTitle, importFolderTitle } = texts.models;
    const path = kind === 'file' ? await this.#api.models.chooseFile(importFileTitle) : await this.#api.chooseFolder(importFolderTitle, null);
    if (path !== null) await this.import(path);
  }

  async export(): Promise<void> {
    const name = this.chosen;
    if (name === null) return;
    await this.#do(async () => {
      const path = await this.#api.models.export(name);
      return path === null ? null : texts.models.exported(path);
    });
  }

  async show(): Promise<void> {
    const name = this.chosen;
    if (name !== null) await this.#attempt(() => this.#api.models.show(name));
  }

  /** Takes what was dropped where models are shown: a packed model. Gives whether it was one. */
  drop(path: string): boolean {
    if (this.part !== 'library' || !packed.test(path)) return false;
    void this.import(path);
    return true;
  }

  async #look(name: string | null): Promise<void> {
    if (name !== this.chosen) void this.compare(null);
    this.chosen = name;
    if (name === null) {
      this.detail = null;
      return;
    }
    await this.#attempt(async () => {
      const detail = await this.#api.models.detail(name);
      if (this.chosen === name) this.detail = detail;
    });
  }

  /** The list has changed, and with it perhaps the model in use. */
  async #changed(name: string | null): Promise<void> {
    await Promise.all([this.#library.loadModels(), this.#preferences.load()]);
    this.coverage = {};
    await this.#look(name ?? this.used);
  }

  /** Does something and says what came of it; one thing at a time. */
  async #do(work: () => Promise<string | null>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.said = null;
    const done = await this.#attempt(async () => {
      this.said = await work();
    });
    this.busy = false;
    return done;
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.failure = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    }
  }
}
