import type { Container } from '../../../server/oci/container.ts';
import { runIn } from './test-runtime.ts';

/** The group of runs, and of each terminal by its number. */
export const RUNS = 1000;
export const TERMINALS = { 1: 1003, 2: 1004 } as const;

const COUNT = `
import collections, glob, json
def gid(path):
    try: lines = open(path).read()
    except OSError: return None
    return lines.partition('Gid:\\t')[2].split()[0] if 'Uid:\\t1000' in lines else None
print(json.dumps(collections.Counter(filter(None, map(gid, glob.glob('/proc/[0-9]*/status'))))))`;

/** Returns how many processes each of the reader's groups has. The group of runs includes the process that counts. */
export async function readerGroups(container: Container): Promise<Record<string, number>> {
  const { stdout } = await runIn(container, ['python', '-c', COUNT]);
  return JSON.parse(stdout) as Record<string, number>;
}
