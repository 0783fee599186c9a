/** The counts of a report within what the screens are narrowed to, as far as the engine counts them again. */
import type { Patterns } from '../../lib/types';
import { holds } from '../../lib/asked';
import type { Scope } from '../../state/scope.svelte';

type Narrowing = Pick<Scope, 'terms' | 'values' | 'templates'>;

/** Times within the span that is asked for, services and templates as they are counted within everything that is asked for. */
export function narrowed(patterns: Patterns, scope: Narrowing): Patterns {
  const services = scope.values('service');
  const { templates } = scope;
  if (services === null || templates === null) return patterns;
  const span = scope.terms.filter((term) => term.field === 'time').map((term) => term.text).join(' ');
  return {
    ...patterns,
    times: patterns.times.filter((time) => holds(span, { timestamp: time.start })),
    services: services.map(({ value, count, errors }) => ({ service: value, events: count, errors, departing: 0 })),
    templates: patterns.templates.filter((one) => templates.has(one.number)).map((one) => ({ ...one, count: templates.get(one.number) ?? 0 })),
  };
}
