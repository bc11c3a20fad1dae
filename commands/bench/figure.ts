/** Prints a figure and, with a reference, how many times less it is than that. */
export function printFigure(
  what: string,
  value: number,
  unit: string,
  reference?: [what: string, value: number],
): void {
  const ratio = reference
    ? `  ${(reference[1] / value).toFixed(1)} times less than ${reference[0]} (${reference[1].toFixed(0)} ${unit})`
    : '';
  console.log(`${what.padEnd(58)} ${value.toFixed(value < 10 ? 1 : 0).padStart(6)} ${unit}${ratio}`);
}
