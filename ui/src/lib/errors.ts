import { texts } from './texts';
import type { Failure } from './types';

/** How loud a failure is: `silent` is not shown at all. */
export type Severity = 'silent' | 'warning' | 'error';

/** What a failure offers to do about itself, if it offers something. */
export type Remedy = 'choose' | 'settings' | 'models' | 'good' | null;

type Entry = { title: string; severity: Severity; remedy: Remedy };

const titles = texts.failures;

/** One table from a failure's code to how it is shown. */
const table: Record<string, Entry> = {
  cancelled: { title: titles.cancelled, severity: 'silent', remedy: null },
  not_found: { title: titles.notFound, severity: 'warning', remedy: 'choose' },
  empty: { title: titles.empty, severity: 'warning', remedy: 'choose' },
  no_logs: { title: titles.noLogs, severity: 'warning', remedy: 'choose' },
  packed: { title: titles.packed, severity: 'warning', remedy: 'choose' },
  too_few: { title: titles.tooFew, severity: 'warning', remedy: 'choose' },
  good_period: { title: titles.goodPeriod, severity: 'warning', remedy: 'good' },
  permission: { title: titles.permission, severity: 'error', remedy: 'choose' },
  disk_full: { title: titles.diskFull, severity: 'error', remedy: null },
  io: { title: titles.io, severity: 'error', remedy: null },
  model: { title: titles.model, severity: 'error', remedy: 'models' },
  model_name: { title: titles.modelName, severity: 'warning', remedy: null },
  model_exists: { title: titles.modelExists, severity: 'warning', remedy: null },
  model_shipped: { title: titles.modelShipped, severity: 'warning', remedy: null },
  model_file: { title: titles.modelFile, severity: 'error', remedy: null },
  model_mixed: { title: titles.modelMixed, severity: 'warning', remedy: null },
  no_model: { title: titles.noModel, severity: 'warning', remedy: null },
  no_file_manager: { title: titles.noFileManager, severity: 'warning', remedy: null },
  setting: { title: titles.setting, severity: 'warning', remedy: 'settings' },
  settings_file: { title: titles.settingsFile, severity: 'error', remedy: null },
  newer_file: { title: titles.newerFile, severity: 'error', remedy: null },
  no_home: { title: titles.noHome, severity: 'error', remedy: null },
};

const unknown: Entry = { title: titles.internal, severity: 'error', remedy: null };

/** How a failure is shown. */
export function present(failure: Failure): Entry {
  return table[failure.code] ?? unknown;
}

/** Whatever was thrown, as a failure: a command throws one, anything else is a fault of the window itself. */
export function asFailure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'hint' in thrown) return thrown as Failure;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, hint: titles.internalHint, detail: null };
}
