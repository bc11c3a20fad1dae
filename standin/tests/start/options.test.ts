import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/command-line/flags.ts';
import { checkTogether, startOptions, USAGE } from '../../src/start/options.ts';

const options = (...argv: string[]) => startOptions(parseFlags(argv, USAGE.flags));

describe('startOptions', () => {
  it('serves on the addresses of the tutorials, with data on a path', () => {
    expect(options('--insecure')).toMatchObject({
      insecure: true,
      sql: { host: 'localhost', port: 26257 },
      http: { host: 'localhost', port: 8080 },
      store: { kind: 'path', path: 'cockroach-data' },
      banner: true,
    });
  });

  it('has no banner on stdout with a store in memory and no log asked for', () => {
    expect(options('--store=type=mem,size=1GiB').banner).toBe(false);
    expect(options('--store=type=mem,size=1GiB', '--log={}').banner).toBe(true);
  });

  it('refuses arguments, and a relative directory for files from outside', () => {
    expect(() => options('extra')).toThrow('unknown command "extra" for "cockroach start-single-node"');
    expect(() => checkTogether(options('--external-io-dir=x'))).toThrow('external-io-dir path must be absolute');
    expect(() => checkTogether(options('--external-io-dir=disabled'))).not.toThrow();
  });
});
