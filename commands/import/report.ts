import type { Block } from './block.ts';
import { onlyLeaves } from './blocks/client-command.ts';
import type { ImportedPage } from './imported-page.ts';

/** What became of a block, as it is reported. */
interface ReportedBlock {
  file: string;
  line: number;
  /** Steps and files are run, output is compared. */
  is: 'step' | 'file' | 'output' | 'shown';
  language: string;
  /** The block's first line. */
  begins: string;
  reason?: string;
  notes: string[];
}

/** What became of a page. */
export interface PageReport {
  page: string;
  source: string;
  /** The files that were written, as paths in the content folder; the page's is the first. */
  files: string[];
  blocks: ReportedBlock[];
  /** How many of the page's own blocks are run or compared; those that were split count once. */
  run: number;
  shown: number;
  notes: string[];
  /** Why the page was not imported. */
  failure?: string;
}

/** Returns the report of a page that could not be imported. */
export function failureOf(source: string, page: string, failure: string): PageReport {
  return { page, source, files: [], blocks: [], run: 0, shown: 0, notes: [], failure };
}

/** Returns what became of a page. `files` are the paths of its files. */
export function reportOf({ name, source, placed, notes }: ImportedPage, files: string[]): PageReport {
  const own = placed.filter(({ dataSet }) => dataSet === undefined).map(({ block }) => block);
  const whole = own.filter(({ goesOn }) => !goesOn);
  const shown = whole.filter((block) => isShown(partsOf(block, own))).length;
  return { page: name, source, files, blocks: own.map(reportedBlock), run: whole.length - shown, shown, notes };
}

/** Returns a block and the parts that were split off it. */
function partsOf(block: Block, all: readonly Block[]): Block[] {
  const rest = all.slice(all.indexOf(block) + 1);
  const next = rest.findIndex(({ goesOn }) => !goesOn);
  return [block, ...rest.slice(0, next < 0 ? undefined : next)];
}

/** Whether what somebody would type of a block's parts is only shown. */
function isShown(parts: readonly Block[]): boolean {
  const typed = parts.length === 1 ? parts : parts.filter(({ language, text }) => language !== '' && !onlyLeaves(text));
  return typed.some(({ decision }) => decision.is === 'shown');
}

/** Returns the lines of a page's report. */
export function reportLines({ source, files, blocks, run, shown, notes, failure }: PageReport): string[] {
  if (failure !== undefined) return [`${source}: not imported: ${failure.replace(`${source}: `, '')}`];
  return [
    `${source} -> content/${files[0]}: ${share(run, run + shown)} run, ${shown} shown`,
    ...blocks.flatMap((block) => [
      `  ${block.file}:${block.line}: ${WORDS[block.is]}${reasonOf(block)}  ${block.begins}`,
      ...block.notes.map((note) => `      ${note}`),
    ]),
    ...notes.map((note) => `  ${note}`),
  ];
}

/** Returns the last line of a report. */
export function summaryLine(reports: readonly PageReport[]): string {
  const sum = (of: (report: PageReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const shown = sum((report) => report.shown);
  const all = shown + sum(({ run }) => run);
  const failed = reports.filter(({ failure }) => failure !== undefined).length;
  const others = failed === 0 ? '' : ` ${failed} not imported.`;
  const pages = reports.length - failed;
  const counted = `${pages} ${pages === 1 ? 'page' : 'pages'}`;
  return `${counted}: ${share(all - shown, all)} run, ${shown} shown with a reason.${others}`;
}

const WORDS = { step: 'run', file: 'run (file)', output: 'compared', shown: 'shown' } as const;

function reportedBlock({ place, language, text, decision, notes }: Block): ReportedBlock {
  const begins = text.trimStart().split('\n')[0]!.slice(0, 60);
  const reason = decision.is === 'shown' ? { reason: decision.reason } : {};
  return { ...place, is: decision.is, language, begins, ...reason, notes };
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} %)`;
  return `${part} of ${whole} blocks${percent}`;
}

function reasonOf({ reason }: ReportedBlock): string {
  return reason === undefined ? '' : `: ${reason}`;
}
