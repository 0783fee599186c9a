/** How levels and roles look. */
import type { Change, Role } from '../../lib/types';

export type Tone = 'grey' | 'red' | 'amber' | 'green' | 'violet' | 'accent';

/** Levels as logged by Python, by MariaDB, by RabbitMQ …, told by how they begin. */
export function levelTone(level: string | null): Tone {
  const name = (level ?? '').toUpperCase();
  if (/^(ERR|CRIT|FATAL|TRACE|EMER|ALERT)/.test(name)) return 'red';
  if (name.startsWith('WARN')) return 'amber';
  return 'grey';
}

export const roleTone: Record<Role, Tone> = { cause: 'red', symptom: 'amber', context: 'grey', absence: 'violet' };

export const changeTone: Record<Change, Tone> = { new: 'violet', surging: 'red', vanished: 'amber', usual: 'grey' };
