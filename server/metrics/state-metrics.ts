import { Gauge, type Registry } from 'prom-client';
import { MODES } from '../../shared/modes.ts';
import type { Health } from '../../shared/protocol.ts';
import type { LimitName } from '../errors.ts';
import type { Figures } from '../sandbox/figures.ts';

/** What is in progress at once, by the limit on it. */
const IN_PROGRESS = ['requests', 'followers', 'table-reads', 'bodies', 'terminals', 'files'] satisfies LimitName[];

/** What is read at each scrape. */
export interface State {
  health(): Health;
  figures(): Figures;
  /** Returns the memory of all containers, bytes. */
  memoryBytes(): Promise<number>;
  /** Returns how much of what that limit limits is in progress. */
  inProgress(what: LimitName): number;
}

/** Registers the metrics that show the state at the time of a scrape. `read` returns where to read it. */
export function stateMetrics(register: Registry, read: () => State | undefined): void {
  const registers = [register];
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    show: (state: State, set: (labels: Record<Label, string>, value: number) => void) => void | Promise<void>,
  ): void => {
    void new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const state = read();
        if (state) await show(state, (labels, value) => this.set(labels, value));
      },
    });
  };

  gauge('bankrun_ready', 'Whether readers can get a sandbox: 1 or 0.', [], (state, set) =>
    set({}, state.health().ready ? 1 : 0),
  );
  gauge(
    'bankrun_draining',
    'Whether it makes no more sandboxes because it is being stopped: 1 or 0.',
    [],
    (state, set) => set({}, state.health().draining ? 1 : 0),
  );
  gauge('bankrun_slots', 'Sandboxes that may be alive at once.', [], (state, set) =>
    set({}, state.figures().slots.total),
  );
  gauge('bankrun_slots_free', 'Slots that no sandbox and no cluster of the warm pool holds.', [], (state, set) =>
    set({}, state.figures().slots.free),
  );
  gauge(
    'bankrun_sandboxes',
    'Readers’ sandboxes; running: in the middle of a run.',
    ['mode', 'state'],
    (state, set) => {
      const { sandboxes } = state.figures();
      for (const mode of MODES)
        for (const [name, count] of Object.entries(sandboxes[mode])) set({ mode, state: name }, count);
    },
  );
  gauge('bankrun_readers_waiting', 'Readers who wait for a new sandbox.', ['mode'], (state, set) => {
    const { waiting } = state.figures();
    for (const mode of MODES) set({ mode }, waiting[mode]);
  });
  gauge('bankrun_warm_clusters', 'Clusters of the warm pool, which wait for readers.', ['mode'], (state, set) => {
    const { warm } = state.figures();
    for (const mode of MODES) set({ mode }, warm[mode]);
  });
  gauge('bankrun_certificates_ahead', 'Sets of certificates made ahead for secure clusters.', [], (state, set) =>
    set({}, state.figures().certificates),
  );
  gauge('bankrun_terminals', 'Open terminals, with or without a page that shows them.', [], (state, set) =>
    set({}, state.figures().terminals),
  );
  gauge(
    'bankrun_in_progress',
    'What is in progress, by the limit on it: requests, followers (streams of events), table-reads, bodies (uploads),' +
      ' terminals (their connections), files.',
    ['what'],
    (state, set) => {
      for (const what of IN_PROGRESS) set({ what }, state.inProgress(what));
    },
  );
  gauge(
    'bankrun_sandbox_memory_bytes',
    'Memory of all sandboxes and of the warm pool together, without cached files.',
    [],
    async (state, set) => set({}, await state.memoryBytes()),
  );
}
