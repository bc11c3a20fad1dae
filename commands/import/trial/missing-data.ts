import { toString } from 'mdast-util-to-string';
import type { Added, Block } from '../block.ts';
import { dataSetWith, openShellStep, setUpStep } from '../blocks/data-sets.ts';
import type { PlacedBlock } from '../blocks/placed-block.ts';
import type { ImportedPage } from '../imported-page.ts';
import { addStatement, creates } from './added-statement.ts';

/**
 * Sets up the data set with that table or database above a block, where the page names the data set in its text, and
 * nothing above has set it up. Returns whether it did.
 */
export function setUpData(page: ImportedPage, block: Block, name: string): boolean {
  const { placed } = page;
  const data = dataSetWith(name);
  const at = placed.findIndex((each) => each.block === block);
  if (data === undefined || block.decision.is !== 'step' || block.decision.step.kind !== 'sql') return false;
  const above = placed.slice(0, at + 1);
  if (!names(page, data) || creates(above, '(?:TABLE|DATABASE)', name)) return false;
  if (above.some((each) => each.block.added.some((added) => setsUp(added, data)))) return false;
  const opening = block.added.findIndex((added) => sameStep(added, openShellStep(undefined)));
  if (name === data && /^(?:>\s*)?(?:USE|SET DATABASE)\b/i.test(block.text)) {
    // The block itself goes to the database.
  } else if (opening >= 0) {
    block.added[opening] = { is: 'step', step: openShellStep(data) };
    nameDatabase(placed.slice(at), data);
  } else if (!addStatement(block, `USE ${data}`, `the database \`${data}\` is`, 'chosen')) return false;
  block.added.unshift({ is: 'step', step: setUpStep(data) });
  block.notes.push(`the data of \`${data}\`, which the page names, is set up above it`);
  // What the page sets up further below is there already.
  for (const { block: later } of placed.slice(at + 1))
    later.added = later.added.filter((added) => !setsUp(added, data));
  return true;
}

/** Whether a page's text names a data set: by its own name, or as data where the name is a common word. */
function names({ tree, title, placed }: ImportedPage, data: string): boolean {
  if (placed.some((each) => each.block.added.some((added) => setsUp(added, data)))) return true;
  const text = `${title} ${toString(tree)}`;
  if (data === 'movr') return /\bmovr\b/i.test(text);
  return new RegExp(`\\b${data}\\b\\W*(?:demo )?(?:database|data ?set|schema|workload)`, 'i').test(text);
}

function setsUp(added: Added, data: string): boolean {
  return sameStep(added, setUpStep(data));
}

function sameStep(added: Added, { text }: ReturnType<typeof setUpStep>): boolean {
  if (added.is !== 'step') return false;
  return added.step.text.secure === text.secure || added.step.text.insecure === text.insecure;
}

/** Makes the steps of the SQL shell that the first block opens begin in a database. */
function nameDatabase(placed: readonly PlacedBlock[], data: string): void {
  for (const [index, { block }] of placed.entries()) {
    const opens = block.added.some(
      (added) => added.is === 'step' && added.step.text.insecure.startsWith('$ cockroach sql'),
    );
    const { decision } = block;
    if (index > 0 && (opens || (decision.is === 'step' && decision.step.text.insecure.startsWith('$ cockroach sql'))))
      return;
    for (const each of [...block.added, decision])
      if (each.is === 'step' && each.step.kind === 'sql')
        each.step.meta = each.step.meta.replace(/^run user=root(?! database)/, `$& database=${data}`);
  }
}
