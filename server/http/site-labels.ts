import { readUse } from '../../shared/run-use.ts';
import type { LabelOf, PageLabel, Report } from '../report.ts';
import type { SiteFile } from './site-files.ts';

/** What routes need to count what readers use. */
export interface Counting {
  labels: SiteLabels;
  report: Report;
}

/** For whatever is not on the site: a page of another site, a client that is no page, nonsense. */
const OTHER = 'other';
/** For a terminal that was opened for no step. */
const NONE = 'none';

/**
 * The names of the built site's pages and steps. What a client says that a run is for is counted only under one of
 * these names, so that nothing of a reader's gets into the counts and their number is bounded.
 */
export class SiteLabels {
  readonly #steps: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #pages: ReadonlyMap<string, string>;

  constructor(files: ReadonlyMap<string, SiteFile>) {
    this.#steps = new Map(
      [...files].flatMap(([path, { plain }]) => {
        const [, name] = /^\/steps\/([^/]+)\.json$/.exec(path) ?? [];
        return name === undefined ? [] : [[name, new Set(stepsIn(plain.bytes.toString()))]];
      }),
    );
    this.#pages = new Map(
      [...files].flatMap(([path, { plain }]) => {
        const [, name] = /^\/([^/]+)\.html$/.exec(path) ?? [];
        const [, tutorial] = /<main\b[^>]*\sdata-tutorial="([^"]+)"/.exec(plain.bytes.toString()) ?? [];
        return name === undefined || name === '404' ? [] : [[path, tutorial ?? name]];
      }),
    );
  }

  /** All pages, with the steps of each; those without steps, too. */
  get pages(): PageLabel[] {
    return [...new Set([...this.#pages.values(), ...this.#steps.keys()])].map((page) => ({
      page,
      steps: [...(this.#steps.get(page) ?? [])],
    }));
  }

  /** Returns the name of the page in that file of the site; undefined when it is something else. */
  pageIn(path: string): string | undefined {
    return this.#pages.get(path);
  }

  /** Returns the labels of a run's steps. `header` is what the client says that the run is for. */
  ofRun(header: string | undefined): LabelOf {
    const use = readUse(header);
    return (step) => {
      const known = this.#known(use?.page, step);
      const own = use?.pressed === step ? 'pressed' : 'page';
      const by = use === undefined ? 'unknown' : use.isRobot ? 'robot' : own;
      return { ...known, by, isEdited: use?.edited.includes(step) ?? false };
    };
  }

  /** Returns the labels of a terminal that was opened on that page, perhaps for that step. */
  ofTerminal(use: { page: string; step?: string | undefined } | undefined): { page: string; step: string } {
    const { page } = this.#known(use?.page, '');
    return use?.step === undefined ? { page, step: NONE } : this.#known(use.page, use.step);
  }

  #known(page = '', step: string): { page: string; step: string } {
    const steps = this.#steps.get(page);
    return steps ? { page, step: steps.has(step) ? step : OTHER } : { page: OTHER, step: OTHER };
  }
}

function stepsIn(json: string): string[] {
  const { steps } = JSON.parse(json) as { steps: { step: { id: string } }[] };
  return steps.map(({ step }) => step.id);
}
