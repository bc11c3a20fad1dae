import { Counter, type Registry } from 'prom-client';
import type { PageLabel, Report } from '../report.ts';

/** What counts the use of the site's pages and steps. */
export interface UseMetrics {
  report: Report;
  /** Lets the counters of these pages and steps begin at 0, see `label-values.ts`. */
  expect: (pages: readonly PageLabel[]) => void;
}

/** Registers the metrics from which authors see what is read, what is run and what fails. */
export function useMetrics(register: Registry): UseMetrics {
  const registers = [register];
  const steps = new Counter({
    name: 'bankrun_steps_total',
    help:
      'Steps that were run, by page and step. by: pressed (its own Run), page (another step needed it), robot,' +
      ' unknown. edited: whether the reader had changed its code.',
    labelNames: ['page', 'step', 'by', 'edited', 'outcome'],
    registers,
  });
  const terminals = new Counter({
    name: 'bankrun_terminals_opened_total',
    help: 'Terminals that were opened, by the page, and by the step for whose command, or none.',
    labelNames: ['page', 'step'],
    registers,
  });
  const pageViews = new Counter({
    name: 'bankrun_page_views_total',
    help: 'Requests of pages, those of robots among them.',
    labelNames: ['page'],
    registers,
  });

  return {
    report: (event) => {
      if (event.type === 'step-ended') {
        const { page, step, by, isEdited, outcome } = event;
        steps.inc({ page, step, by, edited: String(isEdited), outcome });
      } else if (event.type === 'terminal-opened') terminals.inc({ page: event.page, step: event.step });
      else if (event.type === 'page-served') pageViews.inc({ page: event.page });
    },
    expect: (pages) => {
      for (const { page, steps: ids } of pages) {
        pageViews.inc({ page }, 0);
        for (const step of ids)
          for (const outcome of ['done', 'failed-step'])
            steps.inc({ page, step, by: 'pressed', edited: 'false', outcome }, 0);
      }
    },
  };
}
