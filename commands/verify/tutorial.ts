import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Mode, Step } from '../../shared/protocol.ts';
import { stepsIn } from '../../src/compiler/step.ts';

const STEPS = resolve(import.meta.dirname, '../../dist/steps');

/** A runnable block of a built page, as the page itself carries it. */
export interface TutorialStep {
  id: string;
  /** Null in both modes. */
  mode: Mode | null;
  kind: Step['kind'];
  text: string;
  path?: string;
  user?: string;
  database?: string;
  background?: boolean;
  session?: string;
  expected?: string | null;
  /** The expected lines may come in any order. */
  unordered?: boolean;
  /** Where the author wrote it. */
  source?: { file: string; line: number };
}

/** A tutorial of the built site. */
export interface Tutorial {
  slug: string;
  /** The lowest CockroachDB version that its steps run on, as `v23.2`. */
  needs?: string;
  steps: TutorialStep[];
}

/** All tutorials of the built site that have steps. Throws when the site has not been built. */
export function readTutorials(): Tutorial[] {
  return readdirSync(STEPS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const built = JSON.parse(readFileSync(join(STEPS, file), 'utf8')) as Omit<Tutorial, 'slug'>;
      return { slug: basename(file, '.json'), ...built };
    })
    .filter(({ steps }) => steps.length > 0);
}

/** The steps of a tutorial that a reader in that mode sees, in page order. */
export function stepsOf(tutorial: Tutorial, mode: Mode): TutorialStep[] {
  return stepsIn(tutorial.steps, mode);
}

/** The step as the page sends it. */
export function toStep(step: TutorialStep): Step {
  const { id, text } = step;
  const session = step.session === undefined ? {} : { session: step.session };
  switch (step.kind) {
    case 'file':
      return { id, kind: 'file', path: step.path ?? '', text };
    case 'shell':
      return { id, kind: 'shell', command: text, ...(step.background ? { background: true } : {}), ...session };
    case 'sql':
      return {
        id,
        kind: 'sql',
        statements: text,
        user: step.user ?? 'root',
        ...(step.database ? { database: step.database } : {}),
        ...session,
      };
  }
}
