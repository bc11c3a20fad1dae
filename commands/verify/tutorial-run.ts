import { printedText } from '../../shared/expectation/printed.ts';
import type { RunEvent, Step } from '../../shared/protocol.ts';
import { sessionSentence } from '../../shared/sentences/session-sentence.ts';
import type { PageStep } from '../../shared/step.ts';
import { endOf, type Reader } from '../client/reader.ts';
import type { Query } from './effects.ts';
import { describeFinding, inSource, type Finding } from './fault.ts';
import { endFault, judgeOutput } from './judgement.ts';

/** The events and output of one step. */
interface RunStep {
  id: string;
  events: RunEvent[];
  printed: string;
}

/** A step of a page, with its events and output. */
export interface VerifiedStep extends RunStep {
  pageStep: PageStep;
}

/** Runs a tutorial's steps in one sandbox, one after the other, and collects faults. */
export class TutorialRun {
  readonly faults: string[] = [];
  readonly #reader: Pick<Reader, 'run'>;
  readonly #sandbox: string;
  readonly #steps: readonly PageStep[];
  /** The values of labels in the output so far. */
  readonly #captures = new Map<string, string>();

  constructor(reader: Pick<Reader, 'run'>, sandbox: string, steps: readonly PageStep[]) {
    this.#reader = reader;
    this.#sandbox = sandbox;
    this.#steps = steps;
  }

  /** Runs a step of the page, as the page sends it, and compares its output with what the page says. */
  async verify(pageStep: PageStep): Promise<VerifiedStep> {
    const before = this.faults.length;
    const done = { pageStep, ...(await this.run(pageStep.step)) };
    // After a failure, another output is no news.
    const finding = this.faults.length === before && judgeOutput(pageStep, done.printed, this.#captures);
    if (finding) this.#note(pageStep.step.id, finding);
    return done;
  }

  /** Runs a step of the page, by its id, or one that is not on the page. A failure is a fault unless it is meant. */
  readonly run = async (step: string | Step): Promise<RunStep> => {
    const pageStep = typeof step === 'string' ? this.#named(step) : this.#onPage(step.id);
    const sent = typeof step === 'string' ? pageStep!.step : step;
    const { id } = sent;
    const { events } = await this.#reader.run(this.#sandbox, [sent]);
    const done = { id, events, printed: printedText(events) };
    for (const event of events)
      if (event.type === 'session' && !(event.cause === 'rolled-back' && pageStep?.expected))
        this.faults.push(inSource(pageStep, `step ${id}: ${sessionSentence(event)}`));
    const finding = endFault({ ...pageStep, step: sent }, events, done.printed);
    if (finding) this.#note(id, finding);
    return done;
  };

  /** See `Query`. */
  readonly query: Query = async (statement, database = 'bank') => {
    const { events } = await this.#reader.run(this.#sandbox, [
      { id: 'effects', kind: 'sql', statements: statement, user: 'root', database },
    ]);
    if (endOf(events).reason !== 'finished') throw new Error(`${statement}: ${printedText(events)}`);
    const answers = events.filter((event) => event.type === 'rows');
    const cut = answers.find(({ rows, count = rows.length }) => count > rows.length);
    if (cut) throw new Error(`${statement}: has ${cut.count} rows, more than the server sends (${cut.rows.length})`);
    return answers.flatMap(({ rows }) => rows);
  };

  #note(id: string, finding: Finding): void {
    this.faults.push(inSource(this.#onPage(id), `step ${id}: ${describeFinding(finding)}`));
  }

  #onPage(id: string): PageStep | undefined {
    return this.#steps.find(({ step }) => step.id === id);
  }

  #named(id: string): PageStep {
    const found = this.#onPage(id);
    if (found) return found;
    throw noSuchStep(id, this.#steps);
  }
}

/** Returns the error of effects that name a step which the page does not have. */
export function noSuchStep(id: string, steps: readonly PageStep[]): Error {
  return new Error(`there is no step ${id}; there are: ${steps.map(({ step }) => step.id).join(', ')}`);
}
