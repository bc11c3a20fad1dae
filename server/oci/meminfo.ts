import { readFileSync } from 'node:fs';

/**
 * Tells a figure of /proc/meminfo by its name: bytes, or a number of pages where the kernel writes that; 0 for what is
 * not there.
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
