// The only file that talks to Tauri: one typed line per command.
import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';

import type {
  Answer,
  Apart,
  Correction,
  Coverage,
  Around,
  Detail,
  Draft,
  Edit,
  Evidence,
  Facet,
  Facts,
  Folder,
  Format,
  Found,
  Histogram,
  Imported,
  Interrupted,
  Keeping,
  Kept,
  Kind,
  KnownFailures,
  Limits,
  Listing,
  LstmSummary,
  ModelDetail,
  Marked,
  Marking,
  Marks,
  ModelEntry,
  Plan,
  Progress,
  Pulse,
  Recent,
  Removed,
  Report,
  Row,
  Sample,
  Settings,
  SourceRow,
} from './types';

export type Listener = (progress: Progress[]) => void;

/** Where something is dragged over the window, or dropped. */
export type Drag = { kind: 'over' } | { kind: 'leave' } | { kind: 'drop'; paths: string[] };

function listening(listener: Listener): Channel<Progress[]> {
  const channel = new Channel<Progress[]>();
  channel.onmessage = listener;
  return channel;
}

/** Tells how far a search is as soon as it gets further. */
function counting(listener: (found: Found) => void): Channel<Found> {
  const channel = new Channel<Found>();
  channel.onmessage = listener;
  return channel;
}

/** Tells what came as soon as it came. */
function hearing(listener: (pulse: Pulse) => void): Channel<Pulse> {
  const channel = new Channel<Pulse>();
  channel.onmessage = listener;
  return channel;
}

async function onDrag(handle: (drag: Drag) => void): Promise<() => void> {
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === 'drop') handle({ kind: 'drop', paths: payload.paths });
    else handle({ kind: payload.type === 'leave' ? 'leave' : 'over' });
  });
}

export const api = {
  about: () => invoke<Facts>('about'),
  desktop: {
    drawn: () => invoke<null>('drawn'),
    notify: (title: string, text: string) => invoke<null>('notify', { title, text }),
    reveal: (path: string) => invoke<null>('reveal', { path }),
    drag: (path: string) => invoke<null>('drag_out', { path }),
    onArrival: (handle: () => void) => listen('arrived', handle),
  },
  opening: () => invoke<string | null>('opening'),
  ingest: (path: string) => invoke<Folder>('ingest', { path }),
  analyze: (job: string, logs: string, issue: string | null, good: string[], listener: Listener) =>
    invoke<Report>('analyze', { job, logs, issue, good, progress: listening(listener) }),
  chooseIncident: (incident: number | null) => invoke<Report>('choose_incident', { incident }),
  train: (job: string, plan: Plan, listener: Listener) =>
    invoke<LstmSummary>('train', { job, plan, progress: listening(listener) }),
  interrupted: (name: string) => invoke<Interrupted | null>('interrupted', { name }),
  cancel: (job: string) => invoke<null>('cancel', { job }),
  chat: {
    ask: (question: string) => invoke<Answer>('chat', { question }),
    suggestions: () => invoke<string[]>('suggestions'),
  },
  exportReport: (format: Format, name: string) => invoke<string | null>('export_report', { format, name }),
  marks: {
    load: () => invoke<Marking>('marks_load'),
    save: (marks: Marks) => invoke<Marked>('marks_save', { marks }),
    piece: (event: number) => invoke<Evidence>('marks_piece', { event }),
  },
  draft: (cause: number | null) => invoke<Draft>('bug_draft', { cause }),
  saveText: (title: string, name: string, text: string) => invoke<string | null>('text_save', { title, name, text }),
  print: () => invoke<null>('print_report'),
  explore: {
    preview: (path: string) => invoke<Row[]>('explore_preview', { path }),
    search: (view: string, job: string, query: string, listener: (found: Found) => void) =>
      invoke<Found>('explore_search', { view, job, query, progress: counting(listener) }),
    rows: (view: string, start: number, count: number) => invoke<Row[]>('explore_rows', { view, start, count }),
    facets: (view: string) => invoke<Facet[]>('explore_facets', { view }),
    histogram: (view: string, buckets: number) => invoke<Histogram>('explore_histogram', { view, buckets }),
    detail: (event: number) => invoke<Detail>('explore_detail', { event }),
    around: (file: string, line: number, before: number, after: number) =>
      invoke<Around>('explore_around', { file, line, before, after }),
    now: (file: string, line: number, before: number, after: number) => invoke<Around>('explore_now', { file, line, before, after }),
    place: (view: string, event: number) => invoke<number | null>('explore_place', { view, event }),
    export: (view: string, job: string, format: Listing, name: string, listener: (found: Found) => void) =>
      invoke<string | null>('explore_export', { view, job, format, name, progress: counting(listener) }),
  },
  live: {
    follow: (job: string, listener: (pulse: Pulse) => void) => invoke<null>('follow', { job, pulses: hearing(listener) }),
    pause: (job: string, paused: boolean) => invoke<null>('follow_pause', { job, paused }),
  },
  templates: {
    list: () => invoke<Kind[]>('template_list'),
    edits: () => invoke<Edit[]>('template_edits'),
    edit: (edit: Edit) => invoke<Edit[]>('template_edit', { edit }),
    undo: (place: number) => invoke<Edit[]>('template_undo', { place }),
  },
  samples: {
    list: () => invoke<Sample[]>('sample_list'),
    open: (id: string) => invoke<string>('sample_open', { id }),
  },
  sources: {
    list: () => invoke<SourceRow[]>('source_list'),
    correct: (correction: Correction) => invoke<null>('source_correct', { correction }),
    reset: (path: string | null) => invoke<null>('source_reset', { path }),
  },
  models: {
    list: () => invoke<ModelEntry[]>('model_list'),
    detail: (name: string) => invoke<ModelDetail>('model_detail', { name }),
    compare: (first: string, second: string) => invoke<Apart>('model_compare', { first, second }),
    coverage: (job: string, name: string, listener: Listener) => invoke<Coverage>('model_coverage', { job, name, progress: listening(listener) }),
    rename: (from: string, to: string) => invoke<null>('model_rename', { from, to }),
    remove: (name: string) => invoke<Removed>('model_remove', { name }),
    import: (path: string) => invoke<Imported>('model_import', { path }),
    export: (name: string) => invoke<string | null>('model_export', { name }),
    chooseFile: (title: string) => invoke<string | null>('choose_model', { title }),
    show: (name: string) => invoke<null>('model_show', { name }),
  },
  storage: {
    list: () => invoke<Kept[]>('storage_list'),
    clear: (what: Keeping) => invoke<number>('storage_clear', { what }),
    show: (what: Keeping) => invoke<null>('storage_show', { what }),
  },
  knownFailures: () => invoke<KnownFailures>('known_failures'),
  recent: {
    list: () => invoke<Recent[]>('recent_list'),
    remove: (path: string) => invoke<null>('recent_remove', { path }),
  },
  settings: {
    load: () => invoke<Settings>('settings_load'),
    save: (settings: Settings) => invoke<null>('settings_save', { settings }),
    limits: () => invoke<Limits>('settings_limits'),
  },
  chooseFolder: (title: string, start: string | null) => invoke<string | null>('choose_folder', { title, start }),
  chooseFolders: (title: string, start: string | null) => invoke<string[]>('choose_folders', { title, start }),
  onDrag,
};

export type Api = typeof api;
