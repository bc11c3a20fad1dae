import { MODES } from '../../../shared/modes.ts';
import type { Mode } from '../../../shared/protocol.ts';
import type { Block, StepFence } from '../block.ts';
import { formOf, kindOf } from './block-kind.ts';
import { dataSetOf, openShellStep, setUpStep } from './data-sets.ts';
import { expectedText } from './expected-text.ts';
import { whyNotInstalled, withNamedPackages } from './packages.ts';
import { clientCommand, commandText, onlyLeaves, withoutLeaving } from './client-command.ts';
import { sameText } from './mode-text.ts';
import type { PlacedBlock } from './placed-block.ts';
import type { Programs } from './programs.ts';
import { isAboutCluster, opensOtherShell, withClusterShell } from './other-shells.ts';
import { lasts, programOf, readShellBlock } from './shell-block.ts';
import { saysThatItWaits, SessionNames } from './session-names.ts';
import { openingOf, readSqlBlock } from './sql-block.ts';
import { whyNotInScope } from './unavailable.ts';

/** Words of a sentence that announces output. */
const ANNOUNCES = /\b(?:outputs?|results?|prints?|returns?|response|shows?|see|looks?|displays?|error|following)\b/i;

/** Decides for each block of a page, in page order, what becomes of it. */
export function decideBlocks(placed: readonly PlacedBlock[], programs: Programs): void {
  const decider = new Decider(programs, new SessionNames(placed), isAboutCluster(placed));
  for (const [index, each] of placed.entries()) decider.decide(each, placed[index + 1]?.between ?? '');
}

class Decider {
  readonly #programs: Programs;
  readonly #sessions: SessionNames;
  readonly #isAboutCluster: boolean;
  /** The command that opened the shell of another database, in which the page is. */
  #other: string | undefined;
  /** The database and user of the SQL shell that is open in each mode. */
  readonly #shells: Partial<Record<Mode, { user: string; database: string | undefined }>> = {};
  readonly #above: Partial<Record<Mode, PlacedBlock>> = {};
  readonly #folders: Record<Mode, string> = { secure: '', insecure: '' };
  #database: string | undefined;
  #lasting = false;

  constructor(programs: Programs, sessions: SessionNames, isAboutCluster: boolean) {
    this.#programs = programs;
    this.#sessions = sessions;
    this.#isAboutCluster = isAboutCluster;
  }

  /** Decides about a block; `below` is the text between it and the next one. */
  decide(placed: PlacedBlock, below: string): void {
    const { block, mode, dataSet } = placed;
    if (dataSet !== undefined) this.#setUp(block, dataSet, mode);
    else this.#decideByKind(placed, below);
    for (const each of modesOf(mode)) this.#above[each] = placed;
  }

  #decideByKind(placed: PlacedBlock, below: string): void {
    const { block, scopes } = placed;
    const file = this.#programs.fileOf(placed);
    if (file) {
      // The page has it written where its shell is.
      block.decision = { is: 'file', ...file, path: joined(this.#folders[modesOf(placed.mode)[0]!], file.path) };
      return;
    }
    const { kind, guessed } = kindOf(block.language, block.text);
    const session = kind === 'printed' ? undefined : this.#sessions.of(placed);
    const scope = whyNotInScope(scopes);
    if (scope !== undefined) show(block, scope);
    else if (kind === 'shell') this.#shell(placed);
    else if (kind === 'sql') this.#sql(placed, session, below);
    else if (kind === 'printed') this.#output(placed);
    else show(block, `nothing on the page runs it (\`${block.language}\`)`);
    if (guessed !== undefined) block.notes.push(`it counts as ${WORDS[kind]} because of ${guessed}`);
  }

  #shell({ block, mode }: PlacedBlock): void {
    const own = this.#isAboutCluster ? block.text : withClusterShell(block.text);
    if (own !== block.text) block.notes.push('the SQL shell of the cluster takes the place of that of PostgreSQL');
    const folder = this.#folders[modesOf(mode)[0]!];
    const source = withNamedPackages(own, (file) => this.#programs.textOf(folder === '' ? file : `${folder}/${file}`));
    if (source !== own) block.notes.push('the packages that it installs are those that its file names');
    const { text, commands, prompts, printed, notes, unfit } = readShellBlock(source, mode);
    this.#other = commands.find(opensOtherShell) ?? (commands.some(isForCluster) ? undefined : this.#other);
    const demo = commands.find((command) => /^cockroach demo\b/.test(command));
    if (demo !== undefined) {
      const name = dataSetOf(demo);
      if (name === undefined) return show(block, `a cluster already runs, and its data set is not there (\`${demo}\`)`);
      return this.#setUp(block, name, mode);
    }
    if (unfit !== undefined) return show(block, unfit);
    const isElsewhere = this.#folders.secure !== '';
    const missing = whyNotInstalled(commands);
    if (missing !== undefined) return show(block, missing);
    for (const command of commands) {
      const folder = /^cd ([\w./-]+)$/.exec(command)?.[1];
      if (folder !== undefined) block.added.push(...this.#programs.givenFolder(folder));
    }
    for (const command of commands) {
      const program = programOf(command);
      if (program === undefined) continue;
      const folders = modesOf(mode).map((each) => this.#folders[each]);
      const added = this.#programs.given(program, folders[0] ?? '', mode);
      if (added) block.added.push(...added);
      else if (!this.#programs.has(program, mode) && !makesFile(block.text, program))
        return show(block, `the program \`${program}\` is not on the page: give its folder with --samples`);
    }
    for (const command of commands) {
      const folder = /^cd ([\w./-]+)$/.exec(command)?.[1];
      for (const each of modesOf(mode))
        if (folder !== undefined) this.#folders[each] = joined(this.#folders[each], folder);
    }
    const data = commands.map((command) => /^cockroach workload init (\w+)/.exec(command)?.[1]).find(Boolean);
    if (data !== undefined) this.#database ??= data;
    const opening = commands.length === 1 ? openingOf(commands[0]!) : undefined;
    if (opening) for (const each of modesOf(mode)) this.#shells[each] = opening;
    this.#lasting ||= commands.some(lasts);
    block.notes.push(...notes);
    const meta = this.#lasting && !opening ? 'run session=shell' : 'run';
    if (isElsewhere) text.secure = text.secure.replaceAll('--certs-dir=certs', '--certs-dir=$HOME/certs');
    this.#step(block, { kind: 'shell', text, prompts, meta }, printed);
  }

  #sql({ block, mode, between }: PlacedBlock, session: string | undefined, below: string): void {
    const source = withoutLeaving(block.text);
    const client = clientCommand(source);
    const { text, prompts, printed, notes, unfit } = readSqlBlock(source);
    if (onlyLeaves(block.text)) {
      for (const each of modesOf(mode)) delete this.#shells[each];
      return show(block, 'it only leaves the SQL shell');
    }
    if (unfit !== undefined && client === undefined) return show(block, unfit);
    if (this.#other !== undefined) return show(block, `it is for another database (\`${this.#other.split(' ')[0]}\`)`);
    block.notes.push(...notes);
    const open = modesOf(mode).map((each) => this.#shells[each]);
    if (open.includes(undefined)) {
      this.#open(block, mode, this.#database);
      block.notes.push('the command that opens the SQL shell was added above it: the statements need a session');
    }
    const shell = this.#shells[modesOf(mode)[0]!]!;
    if (source !== block.text) {
      block.notes.push('the line that leaves the SQL shell was left out');
      for (const each of modesOf(mode)) delete this.#shells[each];
    }
    if (client !== undefined) {
      block.notes.push(`\`${client}\` became a command of the Unix shell, since it is no statement`);
      const step = { kind: 'shell', text: commandText(client, shell), prompts: true, meta: 'run' } as const;
      return this.#step(block, step, undefined);
    }
    const { user, database } = shell;
    const named = session === undefined ? '' : ` session=${session}`;
    const waits = session !== undefined && saysThatItWaits(between, below) ? ' waits' : '';
    const meta = `run user=${user}${database === undefined ? '' : ` database=${database}`}${named}${waits}`;
    this.#step(block, { kind: 'sql', text: sameText(text), prompts, meta }, printed);
  }

  #open(block: Block, mode: Mode | null, database: string | undefined): void {
    const step = openShellStep(database);
    if (mode !== null) for (const each of MODES) step.text[each] = step.text[mode];
    block.added.push({ is: 'step', step });
    for (const each of modesOf(mode)) this.#shells[each] = { user: 'root', database };
  }

  /** Makes a block the set-up of a data set, and opens the SQL shell below it, as `cockroach demo` does. */
  #setUp(block: Block, name: string | null, mode: Mode | null): void {
    this.#database = name ?? undefined;
    const steps = [...(name === null ? [] : [setUpStep(name)]), openShellStep(name ?? undefined)];
    if (mode !== null) for (const step of steps) for (const each of MODES) step.text[each] = step.text[mode];
    for (const step of steps.slice(0, -1)) block.added.push({ is: 'step', step });
    for (const each of modesOf(mode)) this.#shells[each] = { user: 'root', database: name ?? undefined };
    block.decision = { is: 'step', step: steps.at(-1)! };
    if (block.text !== '')
      block.notes.push(
        `\`cockroach demo\` became the SQL shell of the cluster${name === null ? '' : ` with the data of \`${name}\``}`,
      );
  }

  #output(placed: PlacedBlock): void {
    const { block, mode, between, apart } = placed;
    const above = modesOf(mode).map((each) => this.#above[each]);
    const step = above[0];
    const sentences = between.trim();
    const form = formOf(block.text);
    if (form !== undefined) return show(block, form);
    if (!step || apart) return show(block, 'no step is directly above it');
    if (step.block.decision.is !== 'step')
      return show(
        block,
        step.block.decision.is === 'shown' ? 'the block above it is only shown' : 'the block above it prints nothing',
      );
    if (step.mode !== mode || above.some((each) => each !== step))
      return show(block, 'the step above it is for another choice');
    const session = this.#sessions.namedIn(sentences);
    if (session !== undefined && !step.block.decision.step.meta.includes(`session=${session}`))
      return show(block, 'the text above it is about another session than that of the step above it');
    const isAnnounced = sentences === '' || (ANNOUNCES.test(sentences) && sentences.split('\n').length <= 2);
    const unsure = isAnnounced ? {} : { unsure: 'the text above it does not say that it is what the step prints' };
    const { text, notes } = expectedText(block.text);
    if (text === '') return show(block, 'nothing is left of it');
    block.notes.push(...notes);
    block.decision = { is: 'output', of: step.block, text, ...unsure };
  }

  #step(block: Block, step: StepFence, printed: string | undefined): void {
    block.decision = { is: 'step', step };
    if (printed !== undefined) block.printed = expectedText(printed).text;
  }
}

const WORDS = { shell: 'commands', sql: 'statements', printed: 'output', program: 'a program' } as const;

function isForCluster(command: string): boolean {
  return /^cockroach\b/.test(command);
}

function show(block: Block, reason: string): void {
  block.decision = { is: 'shown', reason };
}

function modesOf(mode: Mode | null): readonly Mode[] {
  return mode === null ? MODES : [mode];
}

/** Whether a block's commands write a file themselves, such as with a here-document. */
function makesFile(text: string, path: string): boolean {
  return text.includes(`> ${path}`) || text.includes(`>${path}`) || text.includes(`tee ${path}`);
}

function joined(folder: string, next: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of next.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
