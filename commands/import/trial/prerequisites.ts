import type { Block } from '../block.ts';
import { MISSING_DATA_SETS } from '../blocks/data-sets.ts';
import type { ImportedPage } from '../imported-page.ts';
import { addStatement, creates } from './added-statement.ts';
import { setUpData } from './missing-data.ts';
import { makeTable } from './missing-table.ts';

/** A step that failed, and the block that it is of. */
export interface Failure {
  block: Block;
  /** Why it failed, as a clause. */
  fault: string;
}

/** Adds what a failure is about above the block. Returns whether it could. */
type Remedy = (page: ImportedPage, block: Block, name: string) => boolean;

const REMEDIES: readonly [RegExp, Remedy][] = [
  [/(?:relation|database) "(?:\w+\.)*(\w+)" does not exist/, setUpData],
  [/relation "(?:\w+\.)*(\w+)" does not exist/, makeTable],
  [/database "(\w+)" does not exist/, makeDatabase],
  [/(?:user|role) "?(\w+)"? does not exist/, makeUser],
  [/(?:relation|type) "(?:\w+\.)*(\w+)" already exists/, dropEarlier],
];

/**
 * Adds what a page takes for granted above the blocks that fail without it: data sets that it names, tables that it
 * shows, users and databases, and room for a table that an earlier section has made in another form. `tried` has what
 * was added before. Returns whether anything was added.
 */
export function addPrerequisites(page: ImportedPage, failures: readonly Failure[], tried: Set<string>): boolean {
  let added = false;
  for (const { block, fault } of failures)
    for (const [pattern, remedy] of REMEDIES) {
      const name = pattern.exec(fault)?.[1];
      const key = `${remedy.name} ${name} ${remedy === dropEarlier ? `${block.place.file}:${block.place.line}` : ''}`;
      if (name === undefined || tried.has(key) || !remedy(page, block, name)) continue;
      tried.add(key);
      added = true;
      // The other failures may be of the same data.
      if (remedy === setUpData) return true;
      break;
    }
  return added;
}

function makeDatabase(page: ImportedPage, block: Block, name: string): boolean {
  if (MISSING_DATA_SETS.includes(name) || creates(page.placed, 'DATABASE', name)) return false;
  return addStatement(
    block,
    `CREATE DATABASE ${name}`,
    `the database \`${name}\`, which nothing on the page makes, is`,
  );
}

function makeUser(page: ImportedPage, block: Block, name: string): boolean {
  if (creates(page.placed, '(?:USER|ROLE)', name)) return false;
  return addStatement(block, `CREATE USER ${name}`, `the user \`${name}\`, whom nothing on the page makes, is`);
}

/** Drops what a block of an earlier section has made, where the page makes another thing of that name. */
function dropEarlier({ placed }: ImportedPage, block: Block, name: string): boolean {
  const at = placed.findIndex((each) => each.block === block);
  const kind = ['TABLE', 'VIEW', 'SEQUENCE', 'TYPE'].find((each) => creates([placed[at]!], each, name));
  const earlier = placed.slice(0, at).findLastIndex((each) => kind !== undefined && creates([each], kind, name));
  if (earlier < 0 || !placed.slice(earlier + 1, at + 1).some(({ apart }) => apart)) return false;
  const thing = `the ${kind!.toLowerCase()} \`${name}\` of an earlier section`;
  return addStatement(block, `DROP ${kind} ${name}${kind === 'TABLE' ? ' CASCADE' : ''}`, `${thing} is`, 'dropped');
}
