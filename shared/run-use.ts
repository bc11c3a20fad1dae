/** The header of a request that starts a run, in which a page says for what. It is no part of the steps. */
export const USE_HEADER = 'Bankrun-Use';

/** More edited steps than this are not named: a request's headers have a limit. */
const MAX_EDITED = 32;

/** What a run is for, so that authors see which steps are run and which fail. It never has a reader's code. */
export interface RunUse {
  /** The page's name, as in `/steps/NAME.json`. */
  page: string;
  /** The step whose Run was pressed; the page adds those that it needs. */
  pressed: string;
  /** The steps whose code the reader has edited. */
  edited: readonly string[];
  /** Whether a program uses the browser, as `npm run verify -- --against` does. */
  isRobot: boolean;
}

/** Returns a use as the header's value. */
export function writeUse({ page, pressed, edited, isRobot }: RunUse): string {
  const written = new URLSearchParams({ page, pressed });
  for (const step of edited.slice(0, MAX_EDITED)) written.append('edited', step);
  if (isRobot) written.set('robot', '');
  return written.toString();
}

/** Returns the use that a header's value says; a client may have written anything. Undefined without a page. */
export function readUse(header: string | undefined): RunUse | undefined {
  const read = new URLSearchParams(header);
  const page = read.get('page');
  if (page === null) return undefined;
  return { page, pressed: read.get('pressed') ?? '', edited: read.getAll('edited'), isRobot: read.has('robot') };
}
