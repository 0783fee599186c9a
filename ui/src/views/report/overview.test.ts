import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import App from '../../App.svelte';
import { fakeApi } from '../../fixtures/api';
import { report } from '../../fixtures/report';
import { parse } from '../../lib/query';
import { barsOf, impact } from './activity';
import { lanesOf } from './lanes';
import { narrowed } from './narrowed';

async function opened() {
  const api = fakeApi();
  api.opening.mockResolvedValue('/logs');
  render(App, { api });
  await screen.findByRole('heading', { name: 'No compute host has enough free memory' });
  return api;
}

describe('the overview', () => {
  it('narrows every screen to a service, and shows everything again', async () => {
    await opened();
    const services = screen.getByRole('list', { name: 'Services' });
    await fireEvent.click(within(services).getByRole('button', { name: /nova-conductor/ }));
    expect(await screen.findByText('Service nova-conductor')).toBeTruthy();
    await fireEvent.click(screen.getByTitle(/^Evidence/));
    expect(document.querySelectorAll('[data-evidence]')).toHaveLength(1);
    await fireEvent.click(screen.getByTitle(/^Timeline/));
    expect(screen.queryByText('POST /v2.1/servers accepted')).toBeNull();
    expect(screen.getByText('Setting instance to ERROR state.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Show everything' }));
    expect(screen.getByText('POST /v2.1/servers accepted')).toBeTruthy();
  });

  it('says what speaks for a cause and against it', async () => {
    await opened();
    expect(screen.getByText('Normal work never says this.')).toBeTruthy();
    expect(screen.getByText(/^The model hardly knows this cloud/)).toBeTruthy();
  });

  it('narrows to a host by its row', async () => {
    await opened();
    await fireEvent.click(within(screen.getByRole('list', { name: 'Hosts' })).getByRole('button', { name: 'ctl-1' }));
    expect(await screen.findByText('Host ctl-1')).toBeTruthy();
  });
});

describe('the bars of the overview', () => {
  it('have no gaps, and begin where the logs do', () => {
    const [first, ...rest] = report.patterns.times;
    const gap = { ...report, patterns: { ...report.patterns, times: [first as never, ...rest.slice(2)] } };
    const { start, bars, departing } = barsOf(gap);
    expect(start).toBe(Date.UTC(2026, 2, 2, 9, 36));
    expect(bars).toHaveLength(12);
    expect([bars[1], bars[2], departing?.[1]]).toEqual([[0, 0, 0, 0], [0, 0, 0, 0], 0]);
    expect(bars[5]?.[0]).toBe(10);
  });

  it('mark the incident and its first sign', () => {
    expect(impact(report)).toEqual({ from: Date.UTC(2026, 2, 2, 9, 41, 1, 120), to: Date.UTC(2026, 2, 2, 9, 46, 10, 500), first: Date.UTC(2026, 2, 2, 9, 41, 1, 120) });
    expect(impact({ ...report, incidents: [] })).toBeNull();
  });
});

describe('the way of a request', () => {
  it('has a lane for each process, on one clock', () => {
    const lanes = lanesOf(report.requests[0] as never);
    expect(lanes.map((lane) => lane.name)).toEqual(['nova-api', 'nova-scheduler', 'nova-conductor', 'nova-compute']);
    const [api, , conductor] = lanes;
    expect(api?.span?.from).toBe(0);
    expect(conductor?.marks[0]).toMatchObject({ tone: 'red', told: true });
    expect(conductor?.lasted).toBe('1.1 s');
  });

  it('shows what never came where it was expected', () => {
    const compute = lanesOf(report.requests[0] as never).at(-1);
    expect(compute?.ghosts[0]?.title).toBe('Expected with 97 % after nova-scheduler: Claim successful on node <*> (within 3 s in normal work)');
    expect(compute?.span).toBeNull();
  });
});

describe('the counts of a report that is narrowed', () => {
  it('are counted anew for services, templates and times anew', () => {
    const terms = parse('time:2026-03-02T09:41:00..2026-03-02T09:43:00');
    const counts = { terms, values: () => [{ value: 'nova-api', label: 'nova-api', count: 7, errors: 2, muted: false }], templates: new Map([[1, 4]]) };
    const within = narrowed(report.patterns, counts);
    expect(within.times.map((one) => one.start.slice(11, 16))).toEqual(['09:41', '09:42', '09:43']);
    expect(within.services).toEqual([{ service: 'nova-api', events: 7, errors: 2, departing: 0 }]);
    expect(within.templates.map((one) => [one.number, one.count])).toEqual([[1, 4]]);
    expect(narrowed(report.patterns, { ...counts, templates: null })).toBe(report.patterns);
  });
});
