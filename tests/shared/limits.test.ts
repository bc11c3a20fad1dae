import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_STEP_LIMIT_MS } from '../../shared/limits.ts';
import { settingForPostgres } from '../../standin/src/sql/session/variables.ts';

const SETTINGS = readFileSync(join(import.meta.dirname, '../../standin/src/postgres/settings.conf'), 'utf8');

/** Returns one of the times in the settings of the stand-in's PostgreSQL. */
function settingMs(name: string): number {
  const [, minutes] = new RegExp(`^${name} = (\\d+)min$`, 'm').exec(SETTINGS) ?? [];
  return Number(minutes) * 60_000;
}

describe('the longest time that a step can ask for', () => {
  it.each(['statement_timeout', 'lock_timeout'])('is shorter than the stand-in’s own %s', (name) => {
    expect(settingMs(name)).toBeGreaterThan(MAX_STEP_LIMIT_MS);
  });

  it('is shorter than what a statement gets that has no limit of its own', () => {
    const [, setMs] = /^SET statement_timeout = (\d+)$/.exec(settingForPostgres('statement_timeout', '0') ?? '') ?? [];
    expect(Number(setMs)).toBe(settingMs('statement_timeout'));
  });
});
