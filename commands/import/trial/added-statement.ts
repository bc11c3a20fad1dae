import type { Block } from '../block.ts';
import { sameText } from '../blocks/mode-text.ts';
import type { PlacedBlock } from '../blocks/placed-block.ts';

/** Whether one of the blocks has the statement that makes a thing of that kind, such as `TABLE`, and that name. */
export function creates(placed: readonly PlacedBlock[], kind: string, name: string): boolean {
  const made = new RegExp(`\\bCREATE (?:\\w+ ){0,3}${kind} (?:IF NOT EXISTS )?"?(?:\\w+"?\\.)*"?${name}\\b`, 'i');
  return placed.some(({ block }) => made.test(block.text.replace(/\s+/g, ' ')));
}

/**
 * Adds statements above a SQL block, in its session, and notes that with `what`: a subject and its verb. Returns
 * whether it could: only root may do everything.
 */
export function addStatement(block: Block, statements: string, what: string, verb = 'made'): boolean {
  const { decision, notes } = block;
  if (decision.is !== 'step' || decision.step.kind !== 'sql') return false;
  const meta = /^run user=root(?: database=\w+)?/.exec(decision.step.meta)?.[0];
  if (meta === undefined) return false;
  block.added.push({ is: 'step', step: { kind: 'sql', prompts: true, meta, text: sameText(`> ${statements};`) } });
  notes.push(`${what} ${verb} above it`);
  return true;
}
