/** A value in Prometheus's text format, with its name and labels. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Parses Prometheus's text format. Throws for a line that is not in it. */
export function samplesIn(text: string): Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, inBraces = '', value] = /^([a-z_\d]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const isNumber = /^nan$/i.test(value ?? '') || !Number.isNaN(Number(value));
    if (name === undefined || !isNumber) throw new Error(`not a sample: ${line}`);
    const labels = [...inBraces.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', is = '']) => [label, is]);
    return { name, labels: Object.fromEntries(labels) as Record<string, string>, value: Number(value) };
  });
}

/** Returns the sum of the samples with that name and these labels, or undefined when there are none. */
export function valueOf(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const found = samplesIn(text).filter(
    (sample) => sample.name === name && Object.entries(labels).every(([label, is]) => sample.labels[label] === is),
  );
  return found.length > 0 ? found.reduce((sum, { value }) => sum + value, 0) : undefined;
}
