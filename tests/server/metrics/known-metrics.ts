import { MODES } from '../../../shared/modes.ts';
import { Metrics } from '../../../server/metrics/metrics.ts';
import { NO_FIGURES } from '../../../server/sandbox/figures.ts';
import { EVERY_FAILURE, EVERY_USAGE } from './every-event.ts';
import { samplesIn } from './samples.ts';

/** Returns the server's metrics by the names of their samples, each with its labels and the values seen of them. */
export async function knownMetrics(): Promise<Map<string, Map<string, Set<string>>>> {
  const metrics = new Metrics();
  metrics.watch({
    health: () => ({ ready: true }),
    figures: () => NO_FIGURES,
    memoryBytes: async () => 0,
    inProgress: () => 0,
  });
  for (const mode of MODES)
    for (const event of [...Object.values(EVERY_USAGE), ...Object.values(EVERY_FAILURE)])
      metrics.report('mode' in event ? { ...event, mode } : event);
  const known = new Map<string, Map<string, Set<string>>>();
  for (const { name, labels } of samplesIn(await metrics.text())) {
    const ofName = known.get(name) ?? new Map<string, Set<string>>();
    known.set(name, ofName);
    for (const [label, value] of Object.entries(labels)) ofName.set(label, (ofName.get(label) ?? new Set()).add(value));
  }
  return known;
}
