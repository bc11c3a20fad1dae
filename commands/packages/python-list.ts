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
