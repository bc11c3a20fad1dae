import type { Health } from '../../shared/protocol.ts';
import { unmetNeed } from '../../src/engine-version.ts';
import type { Reader } from '../client/reader.ts';
import type { Tutorial } from './tutorial.ts';

/**
 * Returns why a tutorial cannot be run on the server's engine, as a clause: `django needs …, and … runs here`.
 * Undefined when it can.
 */
export async function whyLeftOut(
  reader: Pick<Reader, 'ask'>,
  { slug, needs }: Pick<Tutorial, 'slug' | 'needs'>,
): Promise<string | undefined> {
  const { engine } = (await reader.ask<Health>('GET', '/api/health')).body;
  const unmet = engine && unmetNeed(needs, engine);
  return unmet === undefined ? undefined : `${slug} ${unmet}`;
}
