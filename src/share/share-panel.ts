import { copiedSentence } from '../sentences/copy-sentences.ts';
import type { Mode } from '../../shared/protocol.ts';
import { writeClipboard } from '../ui/write-clipboard.ts';
import type { SharePage } from './share-page.ts';
import { openPanel } from '../ui/open-panel.ts';
import { button, element } from '../ui/element.ts';
import { hash } from '../runner/step/plan.ts';
import { announce } from '../ui/status.ts';
import { LinkError, writeFragment } from './code-link.ts';
import { shareSentence } from '../sentences/share-sentences.ts';

/** Opens a panel with links to this page, as the author wrote it and with the reader's edits. */
export async function openShare(page: SharePage): Promise<void> {
  const { workspace } = page;
  const edits = page.blocks.flatMap(({ id, original, edited }) =>
    edited === undefined ? [] : [{ id, originalHash: hash(original), text: edited }],
  );
  const address = addressOf(workspace.mode);
  const fragment = await writeFragment({ page: workspace.tutorial, edits }).catch((cause: unknown) => {
    if (cause instanceof LinkError) return cause;
    throw cause;
  });
  const withEdits = edits.length > 0 && typeof fragment === 'string' ? address + fragment : undefined;
  const field = element('input', {
    class: 'link',
    readonly: '',
    'aria-label': 'The link',
    value: withEdits ?? address,
  });
  const said = element('p', { class: 'told' });
  const copy = async (link: string): Promise<void> => {
    field.value = link;
    const copied = await writeClipboard(link);
    said.textContent = copiedSentence(copied, 'copy it from the field');
    announce(said.textContent);
    if (!copied) field.select();
  };
  const choices = [
    ...(withEdits === undefined
      ? []
      : [button('Copy a link with your edits', () => void copy(withEdits), { 'data-link': 'edits' })]),
    button(edits.length > 0 ? 'Copy a link without them' : 'Copy a link to this page', () => void copy(address), {
      'data-link': 'page',
    }),
    // The types wrongly say that it always exists.
    ...((navigator.share as typeof navigator.share | undefined)
      ? [button('Send it…', () => void send(field.value))]
      : []),
  ];
  const problem = fragment instanceof LinkError ? fragment.message : undefined;
  openPanel(
    'Share',
    page.opener,
    element('p', {}, problem ?? shareSentence(edits.length, hasModes() ? workspace.mode : undefined)),
    field,
    element('p', { class: 'choices' }, ...choices),
    said,
  );
}

/** Returns the page's address, with the mode when the page has two. */
function addressOf(mode: Mode): string {
  const address = new URL(location.pathname, location.origin);
  if (hasModes()) address.searchParams.set('filters', mode);
  return address.href;
}

const hasModes = (): boolean => document.querySelector('.mode-filter') !== null;

async function send(url: string): Promise<void> {
  // The reader may cancel.
  await navigator.share({ title: document.title, url }).catch(() => undefined);
}
