import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PageStep } from '../../shared/step.ts';
import { DIST } from '../client/dist.ts';

const STEPS = join(DIST, 'steps');

/** A page of the built site that has steps. */
export interface Tutorial {
  slug: string;
  /** The lowest CockroachDB version that its steps run on, for example `v23.2`. */
  needs?: string;
  steps: PageStep[];
}

/** Returns all pages of the built site that have steps. Throws when the site has not been built. */
export function readTutorials(): Tutorial[] {
  return readdirSync(STEPS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const built = JSON.parse(readFileSync(join(STEPS, file), 'utf8')) as Omit<Tutorial, 'slug'>;
      return { slug: basename(file, '.json'), ...built };
    })
    .filter(({ steps }) => steps.length > 0);
}
