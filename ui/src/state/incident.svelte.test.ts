import { describe, expect, it } from 'vitest';

import { cancelled, failure, fakeApi } from '../fixtures/api';
import { report } from '../fixtures/report';
import { Comparison } from './comparison.svelte';
import { Incident } from './incident.svelte';

const incidentOf = (api: ReturnType<typeof fakeApi>, comparison = new Comparison(() => 'default')) => new Incident(api, comparison);

describe('an incident', () => {
  it('is opened, looked at and analyzed', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    expect(await incident.open('/logs')).toBe(true);
    expect(incident.folder).toEqual({ path: '/logs', files: 2, bytes: 10 });
    expect(incident.report?.verdict).toBe('incident');
    expect(api.analyze).toHaveBeenCalledWith(expect.any(String), '/logs', null, [], expect.any(Function));
  });

  it('comes from a sample too', async () => {
    const incident = incidentOf(fakeApi());
    await incident.openSample('disk_full');
    expect(incident.folder?.path).toBe('/samples/disk_full/logs');
  });

  it('is analyzed again with the issue, and keeps it', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    await incident.open('/logs');
    incident.issue = '  boots fail ';
    expect(await incident.again()).toBe(true);
    expect(api.ingest).toHaveBeenCalledOnce();
    expect(incident.report?.issue).toBe('boots fail');
    expect(incident.issue).toBe('boots fail');
  });

  it('keeps the report before where the next folder fails', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    await incident.open('/logs');
    api.ingest.mockRejectedValueOnce(failure);
    expect(await incident.open('/empty')).toBe(false);
    expect(incident.folder?.path).toBe('/logs');
    expect(incident.report).not.toBeNull();
    expect(incident.job.failure).toEqual(failure);
  });

  it('tells nothing where it was cancelled', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    api.analyze.mockRejectedValueOnce(cancelled);
    expect(await incident.open('/logs')).toBe(false);
    expect(incident.job.phase).toEqual({ is: 'idle' });
  });

  it('is compared with a good period, which is learned first', async () => {
    const api = fakeApi();
    const comparison = new Comparison(() => 'default');
    const incident = incidentOf(api, comparison);
    comparison.choose(['/good']);
    const seen: [boolean, string[]][] = [];
    const told = () => seen.push([incident.learning, incident.job.steps.map((step) => step.stage)]);
    api.analyze.mockImplementationOnce((_job, _logs, _issue, _good, listen) => {
      listen([{ kind: 'step', stage: 'read', done: 1, total: 1 }, { kind: 'step', stage: 'train', done: 1, total: 9 }]);
      told();
      listen([{ kind: 'learned', kept: false }, { kind: 'step', stage: 'read', done: 0, total: 5 }]);
      told();
      return Promise.resolve(report);
    });
    expect(await incident.open('/logs')).toBe(true);
    expect(api.analyze.mock.lastCall?.[3]).toEqual(['/good']);
    expect(seen).toEqual([
      [true, ['read', 'train']],
      [false, ['read']],
    ]);
    expect(incident.compared).toBe(comparison.key);
    comparison.undo();
    expect(incident.compared).not.toBe(comparison.key);
  });

  it('is tried again with what is chosen now: the same logs with the issue, others from the beginning', async () => {
    const api = fakeApi();
    const comparison = new Comparison(() => 'default');
    const incident = incidentOf(api, comparison);
    comparison.choose(['/few']);
    api.analyze.mockRejectedValueOnce(failure);
    expect(await incident.open('/logs')).toBe(false);
    comparison.choose(['/good']);
    expect(await incident.retry()).toBe(true);
    expect(api.ingest).toHaveBeenCalledTimes(2);
    incident.issue = 'boots fail';
    comparison.undo();
    expect(await incident.retry()).toBe(true);
    expect(api.ingest).toHaveBeenCalledTimes(2);
    expect(api.analyze.mock.calls.map(([, logs, issue, good]) => [logs, issue, good])).toEqual([
      ['/logs', null, ['/few']],
      ['/logs', null, ['/good']],
      ['/logs', 'boots fail', []],
    ]);
  });

  it('is saved under the name of its folder, and says where', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    await incident.open('/cases/4711/logs');
    await incident.save('json');
    expect(incident.saved).toEqual({ path: '/home/op/rca-4711-logs.json' });
    api.exportReport.mockResolvedValueOnce(null);
    await incident.save('json');
    expect(incident.saved).toBeNull();
    api.exportReport.mockRejectedValueOnce(failure);
    await incident.save('markdown');
    expect(incident.saved).toEqual({ failure });
  });

  it('is shown alone, saved under its number, and stays as it was where that fails', async () => {
    const api = fakeApi();
    const incident = incidentOf(api);
    expect(await incident.choose(2)).toBe(false);
    await incident.open('/logs');
    expect(await incident.choose(2)).toBe(true);
    expect(incident.report?.incident).toBe(2);
    expect(await incident.choose(2)).toBe(false);
    await incident.save('json');
    expect(api.exportReport).toHaveBeenLastCalledWith('json', 'rca-logs-incident-2');
    api.chooseIncident.mockRejectedValueOnce(failure);
    expect(await incident.choose(null)).toBe(false);
    expect(incident.report?.incident).toBe(2);
    expect(incident.saved).toEqual({ failure });
  });
});
