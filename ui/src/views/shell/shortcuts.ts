import type { App } from '../../state/app.svelte';

/** Follows the keys that work on every screen. */
export function follow(app: App, event: KeyboardEvent): void {
  // A key that is held must not open and close in turn.
  if (event.repeat) return;
  if (event.key === 'Escape') escape(app);
  else if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && control(app, event.key.toLowerCase())) {
    event.preventDefault();
  }
}

function control(app: App, key: string): boolean {
  if (key === 'o') void app.chooseFolder();
  else if (key === 'l') app.toggleLive();
  else if (key === 'j') app.navigation.asking = !app.navigation.asking;
  else if (key === 'f' && app.navigation.screen === 'explorer') app.explorer.searching += 1;
  else if (key === 'f' && app.incident.report) app.filterEvidence();
  else if (/^[1-9]$/.test(key)) app.navigation.goNumber(Number(key));
  else return false;
  return true;
}

function escape(app: App): void {
  const { incident, training, navigation } = app;
  if (incident.job.running && navigation.ofIncident) incident.job.cancel();
  else if (training.job.running && navigation.screen === 'train' && app.models.part === 'train') training.job.cancel();
  else if (navigation.screen !== 'explorer' || !app.explorer.close()) navigation.asking = false;
}
