import { watch } from 'node:fs';
import { sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../client/command-line.ts';
import { readArguments } from './arguments.ts';
import { loadAnew } from './fresh-effects.ts';
import { outcomeLines } from './outcome.ts';
import { readAll, type SourceTutorial } from './tutorial.ts';
import { verifyAll, type Place } from './verify-all.ts';

/** Editors save a file in several events, and several files at once. */
const SETTLE_MS = 200;

/** What is watched, and where it is verified. */
export interface Watched {
  args: string[];
  content: string;
  place: Place;
  /** Aborts when the author wants an end. */
  signal: AbortSignal;
}

/** Verifies again the wanted pages that change, with their partials, samples and effects, until `signal` aborts. */
export async function watchPages({ args, content, place, signal }: Watched): Promise<void> {
  const versionOf = loadAnew(content);
  const before = new Map<string, ReadonlySet<string>>();
  const readWanted = (): ReturnType<typeof readArguments> => {
    const wanted = readArguments(args, readAll(content).tutorials);
    for (const { file, uses } of wanted.tutorials) before.set(file, new Set([...uses, ...(before.get(file) ?? [])]));
    return wanted;
  };
  readWanted();
  const changes = watchChanges(content, signal);
  place.print('Waiting for changes in content/; Ctrl-C ends.');
  for await (const changed of changes) {
    try {
      const wanted = readWanted();
      const tutorials = wanted.tutorials.filter((each) =>
        isAffected(each, before.get(each.file) ?? new Set(), changed),
      );
      if (tutorials.length === 0) continue;
      const outcome = await verifyAll({ ...wanted, tutorials }, { ...place, version: versionOf() });
      for (const line of outcomeLines(outcome)) place.print(line);
    } catch (cause) {
      if (!(cause instanceof UsageError)) throw cause;
      place.print(cause.message);
    }
  }
}

/** Whether a page may be another after changes of these files, which are paths below `content/`. */
export function isAffected(
  { file, slug }: Pick<SourceTutorial, 'file' | 'slug'>,
  uses: ReadonlySet<string>,
  changed: ReadonlySet<string>,
): boolean {
  const page = file.replace(/^content\//, '');
  const folder = page.replace(/[^/]*$/, '');
  return [...changed].some(
    (path) =>
      path === page ||
      uses.has(path) ||
      // Any effects may use a module next to them, but not the effects of another page.
      (path.startsWith(folder) &&
        !path.endsWith('.mdx') &&
        (!isEffects(path) || path === `${folder}${slug}.effects.ts`)),
  );
}

function isEffects(path: string): boolean {
  return path.endsWith('.effects.ts');
}

/**
 * Watches from now on. Yields the files that changed, as paths below the folder, each time that no more changed for a
 * moment; must be iterated, because its end closes the watch.
 */
function watchChanges(folder: string, signal: AbortSignal): AsyncGenerator<ReadonlySet<string>> {
  let changed = new Set<string>();
  let notice = Promise.withResolvers<void>();
  const watcher = watch(folder, { recursive: true, signal }, (_, name) => {
    if (name === null || name.startsWith('recordings')) return;
    changed.add(name.split(sep).join('/'));
    notice.resolve();
  });
  signal.addEventListener('abort', () => notice.resolve(), { once: true });
  return (async function* () {
    try {
      while (!signal.aborted) {
        await notice.promise;
        await sleep(SETTLE_MS);
        const now = changed;
        changed = new Set();
        notice = Promise.withResolvers();
        if (!signal.aborted && now.size > 0) yield now;
      }
    } finally {
      watcher.close();
    }
  })();
}
