import { onlyReads } from '../../../shared/only-reads.ts';
import {
  EDITED_CODE,
  EDITED_RAN,
  editedFile,
  hadRunSentence,
  notRunSentence,
  repeatedSentence,
} from '../../sentences/verdict-sentences.ts';
import type { Holdings } from '../../../shared/protocol.ts';
import { counted } from '../../sentences/counted.ts';
import { tableTitle } from '../../sentences/table-words.ts';
import type { Block } from '../step/block.ts';
import type { Kept } from '../cluster/remembered.ts';
import { OTHERS_WORK } from '../../sentences/cluster-sentences.ts';

/** The circumstances in which a step was run, recorded because they may change soon. */
export interface Conditions {
  /** What the databases held when it began, if that is known for certain. */
  heldBefore: Holdings | undefined;
  hasOthersWork: boolean;
  ran: Kept['ran'];
  /** The last step before it that has not been run in this cluster. */
  notDone: Block | undefined;
}

/** The most tables that a reason names; when there are more, it names none. */
const MAX_TABLES = 2;

/**
 * Returns why a step's output is not compared, as the end of a sentence: what ran was not what the author wrote.
 * Undefined when it is compared.
 */
export function whyNotCompared(block: Block, earlier: readonly Block[], done: Kept['done']): string | undefined {
  const record = done[block.id]!;
  if (record.text !== block.authored) return EDITED_CODE;
  const file = earlier.findLast(
    (each) =>
      each.kind === 'file' && done[each.id]?.sandbox === record.sandbox && done[each.id]?.text !== each.authored,
  );
  return file && editedFile(file.title);
}

/**
 * Returns the known facts that can explain why a step printed something else than on a new cluster, as sentences. None
 * is a guess; there may be none.
 */
export function reasonsFor(
  block: Block,
  earlier: readonly Block[],
  { heldBefore, hasOthersWork, ran, notDone }: Conditions,
): string[] {
  const times = (each: Block): number => ran?.times[each.id] ?? 0;
  const repeated = earlier.findLast((each) => each.kind !== 'file' && times(each) > 1 && !isRepeatable(each));
  return [
    ...(times(block) > 1 && !isRepeatable(block) ? [hadRunSentence(heldWords(heldBefore))] : []),
    ...(repeated ? [repeatedSentence(quoted(repeated), times(repeated))] : []),
    ...(ran?.edited ? [EDITED_RAN] : []),
    ...(hasOthersWork ? [OTHERS_WORK] : []),
    ...(notDone ? [notRunSentence(quoted(notDone))] : []),
  ];
}

function heldWords(held: Holdings | undefined): string {
  const tables = held?.tables.filter(({ count }) => count > 0) ?? [];
  if (tables.length === 0 || tables.length > MAX_TABLES) return '';
  return `: ${tables.map((table) => `${tableTitle(table)} held ${counted(table.count, 'row')}`).join(', ')}`;
}

function isRepeatable({ kind, original }: Block): boolean {
  return kind === 'sql' && onlyReads(original);
}

function quoted({ title }: Block): string {
  return `“${title.replace(/;$/, '')}”`;
}
