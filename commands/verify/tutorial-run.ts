import { compareOutput, explainDifference } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import type { RunEvent, Step } from '../../shared/protocol.ts';
import { sessionSentence } from '../../shared/sentences/session-sentence.ts';
import type { PageStep } from '../../shared/step.ts';
import { endOf, type Reader } from '../client/reader.ts';
import type { Query } from './effects.ts';
import { inSource } from './fault.ts';

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
    const { step, expected } = pageStep;
    const done = { pageStep, ...(await this.run(step)) };
    if (!expected) return done;
    const comparison = compareOutput(expected, done.printed, this.#captures);
    if (!comparison.fits) {
      const difference = explainDifference(comparison);
      this.#note(step.id, ` prints (+) something other than the page says (-):\n${difference}`);
    }
    return done;
  }

  /** Runs a step of the page, by its id, or one that is not on the page. A failure is a fault. */
  readonly run = async (step: string | Step): Promise<RunStep> => {
    const sent = typeof step === 'string' ? this.#named(step) : step;
    const { id } = sent;
    const { events } = await this.#reader.run(this.#sandbox, [sent]);
    const done = { id, events, printed: printedText(events) };
    for (const event of events) if (event.type === 'session') this.#note(id, `: ${sessionSentence(event)}`);
    const { reason, message } = endOf(events);
    if (reason !== 'finished') this.#note(id, ` ended with ${reason}: ${message ?? done.printed.slice(-2000)}`);
    // A finished run alone does not prove that the step was done.
    else if (!events.some((event) => event.type === 'done' && event.step === id && event.ok))
      this.#note(id, ' was not done, though its run finished');
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

  #note(id: string, what: string): void {
    const pageStep = this.#steps.find(({ step }) => step.id === id);
    this.faults.push(inSource(pageStep, `step ${id}${what}`));
  }

  #named(id: string): Step {
    const found = this.#steps.find(({ step }) => step.id === id);
    if (found) return found.step;
    throw new Error(`there is no step ${id}; there are: ${this.#steps.map(({ step }) => step.id).join(', ')}`);
  }
}
