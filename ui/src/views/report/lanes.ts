/** A request's way as lanes on one clock. */
import type { ComponentProps } from 'svelte';

import type SwimLanes from '../../components/SwimLanes.svelte';
import { logged } from '../../lib/asked';
import { counted, percent, seconds } from '../../lib/format';
import { texts } from '../../lib/texts';
import type { Hop, MissingStep, RequestPath } from '../../lib/types';
import { levelTone } from './look';

type Lane = ComponentProps<typeof SwimLanes>['lanes'][number];
type Tick = { at: number; text: string };

const words = texts.scope;

/** The clock of a request: where it begins, and how long it is, in milliseconds. */
type Clock = { start: number; length: number };

function time(iso: string | null): number {
  return iso === null ? Number.NaN : logged(iso);
}

/** What is expected within a time belongs to the clock too, but does not squeeze the rest into a corner. */
function clockOf({ hops, missing }: RequestPath): Clock {
  const times = hops.flatMap((hop) => [time(hop.start), time(hop.end)]).filter(Number.isFinite);
  if (times.length === 0) return { start: 0, length: 1 };
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const dues = missing.map(due).filter(Number.isFinite);
  const late = Math.min(Math.max(end, ...dues), end + Math.max(1000, 0.5 * (end - start)));
  return { start, length: Math.max(1, (missing.length > 0 ? late : end) - start) };
}

/** When something that never came was due at the latest. */
function due({ since, within }: MissingStep): number {
  return time(since) + 1000 * (within ?? 0);
}

function inside(share: number): number {
  return Math.max(0, Math.min(1, share));
}

/** The lanes: each process of the request, and those of which something never came. */
export function lanesOf(request: RequestPath): Lane[] {
  const clock = clockOf(request);
  const lanes = request.hops.map((hop, index) => lane(hop, index, clock));
  request.missing.forEach((step, index) => {
    const name = step.service ?? step.after ?? '–';
    let own = lanes.find((one) => one.name === name);
    if (!own) {
      own = { key: `missing-${index}`, name, note: undefined, span: null, lasted: words.missing, title: name, marks: [], ghosts: [] };
      lanes.push(own);
    }
    (own.ghosts as Lane['ghosts'][number][]).push(ghost(step, index, clock));
  });
  return lanes;
}

function lane(hop: Hop, index: number, clock: Clock): Lane {
  const at = (iso: string | null) => inside((time(iso) - clock.start) / clock.length);
  const [from, to] = [at(hop.start), at(hop.end)];
  const lasted = (time(hop.end) - time(hop.start)) / 1000;
  return {
    key: String(index),
    name: hop.service,
    note: hop.host ?? undefined,
    span: Number.isFinite(from) && Number.isFinite(to) ? { from, to } : null,
    lasted: lasted > 0 ? seconds(lasted) : '',
    title: words.lane([hop.service, hop.host].filter(Boolean).join(', '), counted(hop.events, 'event'), counted(hop.errors, 'error')),
    marks: hop.steps
      .map((step, place) => ({
        key: String(place),
        at: at(step.timestamp),
        tone: tone(step.level),
        title: [step.timestamp?.slice(11, 23), step.level, step.label].filter(Boolean).join(' '),
        told: step.evidenceId !== null,
      }))
      .filter(({ at }) => Number.isFinite(at)),
    ghosts: [],
  };
}

function tone(level: string | null): 'red' | 'amber' | 'grey' {
  const all = levelTone(level);
  return all === 'red' || all === 'amber' ? all : 'grey';
}

function ghost(step: MissingStep, index: number, clock: Clock): Lane['ghosts'][number] {
  const from = inside((time(step.since) - clock.start) / clock.length);
  const to = inside((due(step) - clock.start) / clock.length);
  const why = words.missingWhy(step.label, step.after ?? '–', percent(step.probability));
  const within = step.within === null ? '' : ` (${words.withinSeconds(seconds(step.within))})`;
  // Where it would be too narrow to be read it begins earlier.
  const begin = Number.isFinite(from) ? Math.min(from, 0.85) : 0;
  return { key: String(index), from: begin, to: Math.max(to, begin + 0.15), name: `${words.missing}: ${step.label}`, title: `${why}${within}` };
}

/** Moments on the clock, counted from the request's first event. */
export function ticksOf(request: RequestPath): Tick[] {
  const { length } = clockOf(request);
  return [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: at === 0 ? '0' : `+${seconds((at * length) / 1000)}` }));
}
