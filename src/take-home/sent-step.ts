import type { StepBody } from '../../shared/protocol.ts';

/**
 * Parses a step from its stored identity (`identityOf`). Returns undefined when it is not one: browser storage may hold
 * anything.
 */
export function readSent(identity: string): StepBody | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(identity);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [kind, text, path, user, database, more] = parts as unknown[];
  if (typeof text !== 'string') return undefined;
  const { input, shell, fails, waits } = (more ?? {}) as Record<string, unknown>;
  switch (kind) {
    case 'file':
      return { kind, path: typeof path === 'string' ? path : '', text };
    case 'shell':
      return {
        kind,
        command: text,
        ...(typeof input === 'string' && { input }),
        ...(typeof shell === 'string' && { shell }),
        ...(fails === true && { fails }),
      };
    case 'sql':
      return {
        kind,
        statements: text,
        user: typeof user === 'string' ? user : 'root',
        ...(typeof database === 'string' && { database }),
        ...(fails === true && { fails }),
        ...(waits === true && { waits }),
      };
    default:
      return undefined;
  }
}
