import { collectDefaultMetrics, Registry } from 'prom-client';
import { reportTo, type Report } from '../report.ts';
import { eventMetrics } from './event-metrics.ts';
import { stateMetrics, type State } from './state-metrics.ts';
import { useMetrics, type UseMetrics } from './use-metrics.ts';

/** The server's metrics for Prometheus, those of its process among them. */
export class Metrics {
  readonly #register = new Registry();
  #state: State | undefined;
  /** Counts an event. */
  readonly report: Report;
  /** See `UseMetrics`. */
  readonly expect: UseMetrics['expect'];

  constructor() {
    collectDefaultMetrics({ register: this.#register });
    const use = useMetrics(this.#register);
    this.expect = use.expect;
    this.report = reportTo(eventMetrics(this.#register), use.report);
    stateMetrics(this.#register, () => this.#state);
  }

  /** Sets where the state is read at each scrape. */
  watch(state: State): void {
    this.#state = state;
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#register.contentType;
  }

  /** Returns all metrics in Prometheus's text format. */
  async text(): Promise<string> {
    return await this.#register.metrics();
  }
}
