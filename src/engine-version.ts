import type { EngineInfo } from '../shared/protocol.ts';

/** How a page names the CockroachDB version that it needs. */
export const NEEDED_VERSION = /^v\d+\.\d+$/;

/** An engine and its version, for people: `CockroachDB v26.2.5`, `PostgreSQL stand-in v25.2.0`. */
export function engineName({ name, version, standIn }: EngineInfo): string {
  return `${standIn ? 'PostgreSQL stand-in' : name} ${version.replace(/ \(.*/, '')}`;
}

/**
 * Whether a version is older than the needed one, by their two leading numbers. One that has none is taken for new
 * enough.
 */
export function isOlder(version: string, needed: string): boolean {
  const [is, least] = [version, needed].map((text) => /^v?(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number));
  if (!is || !least) return false;
  return is[0] === least[0] ? is[1]! < least[1]! : is[0]! < least[0]!;
}

/** Why a tutorial cannot be run on an engine, as a clause: what it needs, and what runs. Undefined when it can. */
export function unmetNeed(needed: string | undefined, engine: EngineInfo): string | undefined {
  if (needed === undefined || !isOlder(engine.version, needed)) return undefined;
  return `needs CockroachDB ${needed} or newer, and ${engineName(engine)} runs here`;
}
