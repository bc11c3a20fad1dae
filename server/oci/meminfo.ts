import { readFileSync } from 'node:fs';

/**
 * Returns a function that returns a figure of /proc/meminfo by its name: in bytes if it has a unit, otherwise a count;
 * 0 when it is missing.
 */
export function readMeminfo(text = readFileSync('/proc/meminfo', 'utf8')): (name: string) => number {
  const figures = new Map(
    [...text.matchAll(/^([\w()]+):\s+(\d+)( kB)?$/gm)].map(([, name = '', value, unit]) => [
      name,
      Number(value) * (unit ? 1024 : 1),
    ]),
  );
  return (name) => figures.get(name) ?? 0;
}
