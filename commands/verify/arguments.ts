import { parseArgs } from 'node:util';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { Tutorial } from './tutorial.ts';

/** What to verify. */
export interface Wanted {
  tutorials: Tutorial[];
  modes: readonly Mode[];
  /** Whether to store the output of tutorials without faults as the recordings that pages show. */
  update: boolean;
}

/** The command line is invalid. The message is a sentence. */
export class UsageError extends Error {}

/**
 * Parses `[TUTORIAL…] [--mode secure|insecure] [--update]`. Without names, all tutorials are meant, and without a mode
 * both. A name may be the last part of a tutorial's name, after a hyphen. Throws UsageError, also for unknown names.
 */
export function readArguments(args: string[], all: Tutorial[]): Wanted {
  const { values, positionals } = parsed(args);
  const modes = modesNamed(values.mode);
  if (all.length === 0) throw new UsageError('The built site has no tutorial: type "npm run build".');
  const unknown = positionals.filter((name) => !all.some(({ slug }) => isNamed(slug, name)));
  if (unknown.length > 0) {
    const names = all.map(({ slug }) => slug).join(', ');
    throw new UsageError(`There is no tutorial ${unknown.join(', ')}. The tutorials are: ${names}.`);
  }
  const tutorials = all.filter(
    ({ slug }) => positionals.length === 0 || positionals.some((name) => isNamed(slug, name)),
  );
  return { tutorials, modes, update: values.update === true };
}

/** Returns the mode of that name, or both without a name. Throws UsageError when there is none of that name. */
export function modesNamed(name: string | undefined): readonly Mode[] {
  const modes = MODES.filter((mode) => name === undefined || name === mode);
  if (modes.length === 0) throw new UsageError(`There is no mode ${name}: choose secure or insecure.`);
  return modes;
}

/** Whether a page's name is `name`, or ends with it after a hyphen. */
export function isNamed(page: string, name: string): boolean {
  return page === name || page.endsWith(`-${name}`);
}

function parsed(args: string[]): { values: { mode?: string; update?: boolean }; positionals: string[] } {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { mode: { type: 'string' }, update: { type: 'boolean' } },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}
