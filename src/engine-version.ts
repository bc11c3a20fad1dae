import type { EngineInfo } from '../shared/protocol.ts';

/** The form in which a page names the CockroachDB version that it needs: `v23.2`. */
export const NEEDED_VERSION = /^v\d+\.\d+$/;

/** Returns an engine's name and version as readers see it: `CockroachDB v26.2.5` or `PostgreSQL stand-in v25.2.0`. */
export function engineName({ name, version, standIn }: EngineInfo): string {
  return `${standIn ? 'PostgreSQL stand-in' : name} ${version.replace(/ \(.*/, '')}`;
}

/**
 * Returns whether a version is older than the needed one, comparing only major and minor numbers. A version without
 * numbers counts as new enough.
 */
export function isOlder(version: string, needed: string): boolean {
  const [is, least] = [version, needed].map((text) => /^v?(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number));
  if (!is || !least) return false;
  return is[0] === least[0] ? is[1]! < least[1]! : is[0]! < least[0]!;
}

/**
 * Returns why a tutorial cannot be run on an engine, as a clause that names both versions; undefined when it can be
 * run.
 */
export function unmetNeed(needed: string | undefined, engine: EngineInfo): string | undefined {
  if (needed === undefined || !isOlder(engine.version, needed)) return undefined;
  return `needs CockroachDB ${needed} or newer, and ${engineName(engine)} runs here`;
}
