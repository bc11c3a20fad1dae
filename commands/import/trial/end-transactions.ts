import { MODES } from '../../../shared/modes.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { opensSqlShell } from '../../../src/compiler/sql-shells.ts';
import type { Added, Block, StepFence } from '../block.ts';
import { sameText } from '../blocks/mode-text.ts';
import type { PlacedBlock } from '../blocks/placed-block.ts';

const BEGINS = /^(?:BEGIN|START TRANSACTION)\b/i;
const ENDS = /^(?:COMMIT|END|ABORT|ROLLBACK)\b(?! +(?:TRANSACTION +)?TO\b)/i;

/** A transaction that a block leaves open, and the place where it can be ended. */
interface Open {
  by: Block;
  meta: string;
  /** The first block below that is under another heading. */
  next?: PlacedBlock;
}

/**
 * Ends the transactions that examples of a page leave open as it is decided now: below the example, so that the next
 * one has a session of its own again. Can be repeated when decisions have changed.
 */
export function endTransactions(placed: readonly PlacedBlock[]): void {
  for (const { block } of placed) {
    block.added = block.added.filter(({ ends }) => ends === undefined);
    block.below = [];
  }
  for (const mode of MODES)
    endIn(
      placed.filter((each) => each.mode === null || each.mode === mode),
      mode,
    );
}

function endIn(placed: readonly PlacedBlock[], mode: Mode): void {
  const open = new Map<string, Open>();
  const end = (session: string, at: PlacedBlock): void => {
    const { by, meta, next = at } = open.get(session)!;
    open.delete(session);
    add(next.block.added, by, meta);
  };
  for (const each of placed) {
    const { block, heading } = each;
    if (heading !== '') for (const one of open.values()) one.next ??= each;
    for (const step of stepsOf(block)) {
      if (step.kind === 'shell') {
        if (opensSqlShell(step.text[mode].replace(/^\$ /, '')) && open.has('')) end('', each);
        continue;
      }
      const session = /session=\S+/.exec(step.meta)?.[0] ?? '';
      for (const statement of statementsOf(step.text[mode])) {
        if (ENDS.test(statement)) open.delete(session);
        if (!BEGINS.test(statement)) continue;
        if (open.has(session)) end(session, each);
        open.set(session, { by: block, meta: step.meta.replace(/ (?:waits|fails(?:=\S+)?|limit=\S+)/g, '') });
      }
    }
  }
  const last = placed.at(-1)?.block;
  for (const { by, meta, next } of open.values()) if (last) add(next?.block.added ?? last.below, by, meta);
}

function add(list: Added[], by: Block, meta: string): void {
  if (list.some(({ ends }) => ends === by)) return;
  list.unshift({ is: 'step', step: { kind: 'sql', text: sameText('> ROLLBACK;'), meta, prompts: true }, ends: by });
  const note = 'the transaction that it leaves open is ended further below, by a `ROLLBACK` that was added';
  if (!by.notes.includes(note)) by.notes.push(note);
}

function stepsOf({ added, decision }: Block): StepFence[] {
  return [...added, decision].flatMap((each) => (each.is === 'step' ? [each.step] : []));
}

function statementsOf(text: string): string[] {
  return text
    .replace(/^> /gm, '')
    .replace(/--[^\n]*/g, '')
    .split(';')
    .map((statement) => statement.trim());
}
