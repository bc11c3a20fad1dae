import { MODES } from '../../shared/modes.ts';
import { Reader } from '../client/reader.ts';
import { printFigure } from './figure.ts';
import { measureStartCosts } from './measure-start-costs.ts';
import { onServer } from './on-server.ts';
import { median, timed } from './timing.ts';

const NEW = 5;
const AGAIN = 9;

/**
 * Measures how long readers wait for a cluster, for a new one in each mode and for one that they have, and what the
 * phases of a start cost.
 */
export async function measureStarts(): Promise<void> {
  await onServer({}, async ({ url }) => {
    const cold: Record<string, number[]> = { secure: [], insecure: [] };
    for (let round = 0; round < NEW; round += 1) {
      for (const mode of MODES) {
        const reader = new Reader(url);
        cold[mode]!.push(await timed(async () => reader.reset((await reader.claim(mode)).id)));
      }
    }
    const me = new Reader(url);
    await me.claim('insecure');
    const again = median(await Promise.all(Array.from({ length: AGAIN }, () => timed(() => me.claim('insecure')))));
    const insecure = median(cold['insecure']!);
    printFigure('a cluster that already exists', again, 'ms', ['a new one, insecure', insecure]);
    printFigure('a new cluster, insecure, and its removal', insecure, 'ms', ['secure', median(cold['secure']!)]);
  });
  await measureStartCosts();
}
