/** Returns a package's name as the index compares it: without extras, in small letters, with hyphens. */
export function plainName(requirement: string): string {
  return requirement
    .replace(/[\s[=<>;].*/s, '')
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
}

/** Returns the name of the package that a line of `requirements.in` requires; undefined for other lines. */
export function nameIn(line: string): string | undefined {
  return /^[A-Za-z0-9]/.test(line) ? plainName(line) : undefined;
}

/** Returns the text of `requirements.in` with that requirement, in place of those of the same name. */
export function withRequirement(list: string, requirement: string): string {
  const name = plainName(requirement);
  const lines = list
    .trimEnd()
    .split('\n')
    .filter((line) => nameIn(line) !== name);
  const next = lines.findIndex((line) => (nameIn(line) ?? '') > name);
  return `${lines.toSpliced(next < 0 ? lines.length : next, 0, requirement).join('\n')}\n`;
}

/** Returns the versions in `requirements.txt`, without the hashes, but with the conditions. */
export function pinsIn(lock: string): string {
  return lock
    .split('\n')
    .filter((line) => /^[A-Za-z0-9]/.test(line))
    .map((line) => `${line.replace(/ *\\$/, '')}\n`)
    .join('');
}
