import { expect, test } from 'vitest';

import { holds, logged } from './asked';

const one = { timestamp: '2026-03-02T09:41:02.120', level: 'WARN', service: 'nova-api', host: 'ctl-1', instanceId: null };

test('nothing asked holds for everything', () => {
  expect(holds('', one)).toBe(true);
  expect(holds('', {})).toBe(true);
});

test('values of one field are alternatives, fields come together', () => {
  expect(holds('service:nova-api,glance-api', one)).toBe(true);
  expect(holds('service:glance-api', one)).toBe(false);
  expect(holds('service:nova-api host:ctl-2', one)).toBe(false);
  expect(holds('-service:nova-api', one)).toBe(false);
});

test('levels are the same whatever a log calls them', () => {
  expect(holds('level:warning', one)).toBe(true);
  expect(holds('level:error', { ...one, level: 'ERR' })).toBe(true);
  expect(holds('level:error', one)).toBe(false);
});

test('times are those of the log, whatever the zone', () => {
  const span = 'time:2026-03-02T09:41:00..2026-03-02T09:42:00';
  expect(holds(span, one)).toBe(true);
  expect(holds(span, { ...one, timestamp: '2026-03-02T09:41:59.999+05:30' })).toBe(true);
  expect(holds(span, { ...one, timestamp: '2026-03-02 09:42:00,001' })).toBe(false);
  expect(holds(span, { ...one, timestamp: null })).toBe(false);
  expect(logged('2026-03-02T09:41:02.120-07:00')).toBe(Date.UTC(2026, 2, 2, 9, 41, 2, 120));
});

test('what is not known is not among what is asked for', () => {
  expect(holds('instance:0d4c2f0e-7f5a-4c9b-8a55-0f3d5f6e2b77', one)).toBe(false);
  expect(holds('host:ctl-1', { service: 'nova-api' })).toBe(false);
});
