/** The commands of a report, and of what it is made with. */
import { clip, firstLine, isoDay } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { App } from '../app.svelte';
import type { Command } from './command';

const words = texts.commands;

export function reportCommands(app: App): Command[] {
  return [...work(app), ...incidents(app), ...evidence(app), ...marks(), ...requests(app), ...models(app)];
}

function work(app: App): Command[] {
  const { incident, live, comparison, navigation } = app;
  const able = incident.report !== null;
  return [
    { id: 'report.again', group: 'report', text: words.again, able: able && !incident.job.running, act: () => void app.again() },
    { id: 'report.live', group: 'report', text: live.running ? words.unfollow : words.follow, keys: ['Mod+L'], able: navigation.allows('live'), act: () => app.toggleLive() },
    { id: 'report.good', group: 'report', text: words.goodPeriod, act: () => void app.chooseGoodPeriod() },
    { id: 'report.model', group: 'report', text: words.model, able: comparison.good.length > 0, act: () => comparison.undo() },
    { id: 'report.all', group: 'report', text: words.unnarrowed, able: app.scope.active, act: () => app.scope.clear() },
    { id: 'report.html', group: 'report', text: words.html, able, act: () => void incident.save('html') },
    { id: 'report.print', group: 'report', text: words.print, able, act: () => void incident.print() },
    { id: 'report.draft', group: 'report', text: words.draft, able, act: () => void app.draft.write(null) },
    { id: 'report.markdown', group: 'report', text: words.markdown, able, act: () => void incident.save('markdown') },
    { id: 'report.json', group: 'report', text: words.json, able, act: () => void incident.save('json') },
  ];
}

function incidents(app: App): Command[] {
  const { report } = app.incident;
  if (report === null || report.incidents.length < 2) return [];
  const show = (incident: number | null) => () => {
    app.navigation.go('overview');
    void app.chooseIncident(incident);
  };
  return [
    { id: 'incident.all', group: 'incident', text: words.all, chosen: report.incident === null, act: show(null) },
    ...report.incidents.map<Command>(({ number, title }) => ({
      id: `incident.${number}`,
      group: 'incident',
      text: words.incident(number),
      hint: firstLine(title),
      chosen: report.incident === number,
      act: show(number),
    })),
  ];
}

/** What causes and evidence follow themselves, where they stand. */
function marks(): Command[] {
  const own = { group: 'evidence', scope: 'own', kind: 'key', act: () => undefined } as const;
  return [
    { ...own, id: 'marks.move', text: texts.keep.moveKeys, keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
    { ...own, id: 'marks.undo', text: texts.keep.undoKeys, keys: ['Mod+Z'] },
  ];
}

function evidence(app: App): Command[] {
  const { report } = app.incident;
  const pieces = report?.evidence ?? [];
  return [
    { id: 'evidence.filter', group: 'evidence', text: words.filter, keys: ['Mod+F'], able: report !== null, act: () => app.filterEvidence() },
    ...pieces.map<Command>(({ id, service, message }) => ({
      id: `evidence.${id}`,
      group: 'evidence',
      text: words.evidence(id),
      hint: [service, clip(firstLine(message), 120)].filter(Boolean).join(' · '),
      kind: 'many',
      act: () => app.cite(id),
    })),
  ];
}

function requests(app: App): Command[] {
  const failing = app.incident.report?.requests ?? [];
  return failing.map<Command>(({ requestId, outcome }) => ({
    id: `request.${requestId}`,
    group: 'request',
    text: `${words.request} ${requestId}`,
    hint: outcome,
    kind: 'many',
    act: () => app.followRequest(requestId),
  }));
}

function models(app: App): Command[] {
  const { training, library, preferences } = app;
  return [
    {
      id: 'train.logs',
      group: 'train',
      text: words.logs,
      able: !training.job.running,
      act: () => {
        app.navigation.go('train');
        void app.chooseTraining();
      },
    },
    { id: 'train.start', group: 'train', text: words.start, able: training.ready, act: () => void app.train(isoDay(new Date())) },
    ...library.models.map<Command>(({ name, problem }) => ({
      id: `train.use:${name}`,
      group: 'train',
      text: `${words.use} ${name}`,
      chosen: preferences.settings?.model === name,
      able: problem === null,
      act: () => void app.chooseModel(name),
    })),
  ];
}
