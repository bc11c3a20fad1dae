import { nearest } from '../../shared/command-line/nearest.mjs';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import { readCommandLine, UsageError } from '../client/command-line.ts';
import { tutorialsNamed } from './tutorial-names.ts';
import type { SourceTutorial } from './tutorial.ts';

/** What to verify. */
export interface Wanted {
  tutorials: SourceTutorial[];
  modes: readonly Mode[];
  /** Whether to store the output of tutorials without faults as the recordings that pages show. */
  update: boolean;
  /** The only step that is wanted, by its id, after those above it. */
  only?: string | undefined;
  /** Whether to go on with what changes, until Ctrl-C. */
  watch?: boolean;
}

/** Parses the arguments of `npm run verify`. Without names, all tutorials are meant. Throws UsageError. */
export function readArguments(
  args: string[],
  all: readonly SourceTutorial[],
  withoutSteps: readonly SourceTutorial[] = [],
): Wanted {
  const { values, words } = readCommandLine('verify', args);
  const { only, update = false, watch = false } = values;
  if (all.length === 0) throw new UsageError('No page in content/ has a step.');
  const modes = modesNamed(values.mode);
  const named = tutorialsNamed(all, words, withoutSteps);
  if (only === undefined) return { tutorials: named, modes, update, watch };
  if (update) throw new UsageError('--update stores the output of whole pages: leave out --only.');
  return { tutorials: tutorialsWith(only, named, modes), modes, update, watch, only };
}

/** Returns those of the tutorials that have a step of that id. Throws UsageError when none has. */
function tutorialsWith(only: string, all: readonly SourceTutorial[], modes: readonly Mode[]): SourceTutorial[] {
  const idsOf = ({ steps }: SourceTutorial): string[] =>
    modes.flatMap((mode) => stepsIn(steps, mode).map(({ step }) => step.id));
  const found = all.filter((tutorial) => idsOf(tutorial).includes(only));
  if (found.length > 0) return found;
  const ids = [...new Set(all.flatMap(idsOf))];
  const meant = nearest(only, ids);
  throw new UsageError(
    `No step has the id ${only}.${meant === undefined ? '' : ` Did you mean ${meant}?`}` +
      (all.length === 1 ? ` The ids are: ${ids.join(', ')}.` : ''),
  );
}

/** Returns the mode of that name, or both without a name. Throws UsageError when there is none of that name. */
export function modesNamed(name: string | undefined): readonly Mode[] {
  const modes = MODES.filter((mode) => name === undefined || name === mode);
  if (modes.length > 0) return modes;
  const meant = nearest(name ?? '', MODES);
  throw new UsageError(
    `There is no mode ${name}: choose secure or insecure.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
  );
}
