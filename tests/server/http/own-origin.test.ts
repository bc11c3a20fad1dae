import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from '../../../server/http/own-origin.ts';

const PUBLIC = 'https://docs.example.org';

describe('an Origin is ours', () => {
  it.each<[origin: string, host: string, publicOrigin?: string]>([
    ['http://localhost:4321', 'localhost:4321'],
    ['https://docs.example.org', 'docs.example.org'],
    [PUBLIC, 'docs.example.org', PUBLIC],
    // Behind a proxy that changes Host; and requested on its own machine.
    [PUBLIC, '127.0.0.1:4321', PUBLIC],
    ['http://127.0.0.1:4321', '127.0.0.1:4321', PUBLIC],
  ])('%s at %s', (origin, host, publicOrigin) => {
    expect(isOwnOrigin(origin, host, publicOrigin)).toBe(true);
  });
});

describe('an Origin is not ours', () => {
  it.each<[origin: string, host: string | undefined, publicOrigin?: string]>([
    ['http://docs.example.org', 'docs.example.org', PUBLIC],
    ['http://localhost:4321', 'localhost:4322'],
    ['http://localhost.:4321', 'localhost:4321'],
    ['http://reader@localhost:4321', 'localhost:4321'],
    ['http://localhost:4321/', 'localhost:4321'],
    ['http://localhost:4321#', 'localhost:4321'],
    ['http://LOCALHOST:4321', 'localhost:4321'],
    ['blob:http://localhost:4321', 'localhost:4321'],
    ['chrome-extension://localhost', 'localhost'],
    ['file://', ''],
    ['null', 'null'],
    ['', ''],
    ['http://localhost', undefined],
  ])('%s at %s', (origin, host, publicOrigin) => {
    expect(isOwnOrigin(origin, host, publicOrigin)).toBe(false);
  });
});
