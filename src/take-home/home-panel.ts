import { copiedSentence } from '../sentences/copy-sentences.ts';
import { MODE_NAMES } from '../../shared/modes.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';
import type { Workspace } from '../runner/cluster/workspace.ts';
import type { Block } from '../runner/step/block.ts';
import { openPanel } from '../ui/open-panel.ts';
import { button, element } from '../ui/element.ts';
import { announce } from '../ui/status.ts';
import { readJournal } from '../runner/cluster/journal.ts';
import { writeScript } from './home-script.ts';
import { nothingRanSentence, scriptSentence } from '../sentences/take-home-sentences.ts';

const TITLE = 'Take it home';
/** How long the browser may take to start the download, in milliseconds. */
/** How long the browser may take to start the download, in milliseconds. */
const REVOKE_MS = 10_000;

/** What the panel needs from its page. */
interface TakeHomePage {
  /** The workspace of the current mode. */
  workspace: Workspace;
  blocks: Block[];
  /** The element that was pressed. */
  opener: HTMLElement | undefined;
}

/** Opens a panel with everything that was run on this page in the current mode, as a script to copy or download. */
export function openTakeHome({ workspace, blocks, opener }: TakeHomePage): void {
  const { tutorial, mode } = workspace;
  const journal = readJournal(tutorial, mode);
  if (!journal || journal.entries.length === 0) {
    openPanel(TITLE, opener, element('p', {}, nothingRanSentence(mode)));
    return;
  }
  const address = new URL(location.pathname, location.origin);
  if (document.querySelector('.mode-filter')) address.searchParams.set('filters', mode);
  const headingOf = (id: string): string | undefined => headingAbove(blocks.find((block) => block.id === id)?.figure);
  const script = writeScript(journal, {
    title: `${document.querySelector('h1')?.textContent ?? ''} (${MODE_NAMES[mode]})`,
    address: address.href,
    mode,
    headingOf,
  });
  const said = element('p', { class: 'told' });
  const copy = async (): Promise<void> => {
    said.textContent = copiedSentence(await writeClipboard(script), 'download it instead');
    announce(said.textContent);
  };
  const typed = journal.entries.filter(({ kind }) => kind === 'terminal').length;
  const lines = element(
    'pre',
    { class: 'out script', tabindex: '0', role: 'group', 'aria-label': 'The lines' },
    script,
  );
  const choices = element(
    'p',
    { class: 'choices' },
    button('Copy', () => void copy(), { 'data-home': 'copy' }),
    button('Download', () => download(script, `${tutorial}-${mode}.sh`), { 'data-home': 'download' }),
  );
  openPanel(
    TITLE,
    opener,
    element('p', {}, scriptSentence(mode, journal.entries.length - typed, typed)),
    lines,
    choices,
    said,
  );
}

function download(text: string, name: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/x-shellscript' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), REVOKE_MS);
}

/** Returns the text of the last visible heading above a figure. */
function headingAbove(figure: HTMLElement | undefined): string | undefined {
  if (!figure) return undefined;
  const headings = [...document.querySelectorAll('article :is(h2, h3)')].filter((heading) => heading.checkVisibility());
  const above = headings.findLast(
    (heading) => heading.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  // Leaves out the sign that says that the section's steps are done.
  return (
    above &&
    [...above.childNodes]
      .map((node) => (node instanceof Element && node.matches('.section-done') ? '' : node.textContent))
      .join('')
  );
}
