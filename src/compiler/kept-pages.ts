import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MODES } from '../../shared/modes.ts';
import { recordingFile } from '../../shared/recording.ts';
import type { SourcePage } from './source-page.ts';

/** Compiled pages that are used again until a file that they are made of changes, so that one change costs one page. */
export class KeptPages {
  readonly #pages = new Map<string, { page: SourcePage; stamp: string }>();

  /** Returns the page of a file (`tutorials/x.mdx`), which `compile` makes if it has changed. */
  get(content: string, file: string, compile: () => SourcePage): SourcePage {
    const kept = this.#pages.get(file);
    if (kept && kept.stamp === stampOf(content, file, kept.page)) return kept.page;
    const page = compile();
    // A page with mistakes may lack a file that does not exist yet.
    if (page.mistakes.length > 0) this.#pages.delete(file);
    else this.#pages.set(file, { page, stamp: stampOf(content, file, page) });
    return page;
  }
}

function stampOf(content: string, file: string, { uses, name }: SourcePage): string {
  const recordings = MODES.map((mode) => `recordings/${recordingFile(name, mode)}`);
  return [file, ...uses, ...recordings]
    .map((path) => {
      const stat = statSync(join(content, path), { throwIfNoEntry: false });
      return stat ? `${stat.mtimeMs} ${stat.size}` : '';
    })
    .join();
}
