import { parseArgs } from 'node:util';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { Tutorial } from './tutorial.ts';

/** What is to be verified. */
export interface Wanted {
  tutorials: Tutorial[];
  modes: readonly Mode[];
  /** Stores the output of what is right as the recording that the page shows. */
  update: boolean;
}

/** Something on the command line that makes no sense; its message is a sentence. */
export class UsageError extends Error {}

/**
 * Reads `[TUTORIAL…] [--mode secure|insecure] [--update]`; without names, all tutorials are meant, and without a mode
 * both. A name may be the end of a tutorial's, after a hyphen. Throws UsageError, also when a name is no tutorial's.
 */
export function readArguments(args: string[], all: Tutorial[]): Wanted {
  const { values, positionals } = parsed(args);
  const modes = MODES.filter((mode) => values.mode === undefined || values.mode === mode);
  if (modes.length === 0) throw new UsageError(`There is no mode ${values.mode}: choose secure or insecure.`);
  if (all.length === 0) throw new UsageError('The built site has no tutorial: type "npm run build".');
  const isNamed = ({ slug }: Tutorial, name: string): boolean => slug === name || slug.endsWith(`-${name}`);
  const unknown = positionals.filter((name) => !all.some((tutorial) => isNamed(tutorial, name)));
  if (unknown.length > 0) {
    const names = all.map(({ slug }) => slug).join(', ');
    throw new UsageError(`There is no tutorial ${unknown.join(', ')}. There are: ${names}.`);
  }
  const tutorials = all.filter(
    (tutorial) => positionals.length === 0 || positionals.some((name) => isNamed(tutorial, name)),
  );
  return { tutorials, modes, update: values.update === true };
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
