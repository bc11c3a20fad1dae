import { describe, expect, it } from 'vitest';
import { engineName, isOlder, unmetNeed } from '../../src/engine-version.ts';

const V21 = { name: 'CockroachDB', version: 'v21.1.0-alpha.3-12-gabc', standIn: false };
const STAND_IN = { name: 'stand-in', version: 'v25.2.0 (stand-in)', standIn: true };

describe('the version of an engine', () => {
  it.each<[string, string, boolean]>([
    ['v21.1.0-alpha.3-12-gabc', 'v21.1', false],
    ['v21.1.0-alpha.3-12-gabc', 'v21.2', true],
    ['v23.1.14', 'v23.2', true],
    ['v23.2.0', 'v23.2', false],
    ['v23.10.0', 'v23.2', false],
    ['v9.2.0', 'v23.2', true],
    ['v24.1.0', 'v23.2', false],
    ['v100.1.0', 'v23.2', false],
    ['25.2', 'v23.2', false],
    ['unknown version', 'v23.2', false],
  ])('%s, compared with %s by its two leading numbers: older is %s', (version, needed, older) => {
    expect(isOlder(version, needed)).toBe(older);
  });

  it('is named for people, and the stand-in as what it is', () => {
    expect([engineName(V21), engineName(STAND_IN)]).toEqual([
      'CockroachDB v21.1.0-alpha.3-12-gabc',
      'PostgreSQL stand-in v25.2.0',
    ]);
  });

  it('meets a requirement, or says what is required and what runs', () => {
    expect(unmetNeed('v23.2', V21)).toBe(
      'needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0-alpha.3-12-gabc runs here',
    );
    expect([unmetNeed('v21.1', V21), unmetNeed(undefined, V21), unmetNeed('v23.2', STAND_IN)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
