import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/command-line/flags.ts';
import { checkTogether, startOptions, USAGE } from '../../src/start/options.ts';

const options = (...argv: string[]) => startOptions(parseFlags(argv, USAGE.flags));

describe('startOptions', () => {
  it('defaults to the addresses that the tutorials use, with data at a path', () => {
    expect(options('--insecure')).toMatchObject({
      insecure: true,
      sql: { host: 'localhost', port: 26257 },
      http: { host: 'localhost', port: 8080 },
      store: { kind: 'path', path: 'cockroach-data' },
      banner: true,
    });
  });

  it('prints no banner on stdout with a store in memory and without log files', () => {
    expect(options('--store=type=mem,size=1GiB').banner).toBe(false);
    expect(options('--store=type=mem,size=1GiB', '--log={}').banner).toBe(true);
  });

  it('refuses arguments, and a relative directory for external files', () => {
    expect(() => options('extra')).toThrow('unknown command "extra" for "cockroach start-single-node"');
    expect(() => checkTogether(options('--external-io-dir=x'))).toThrow('external-io-dir path must be absolute');
    expect(() => checkTogether(options('--external-io-dir=disabled'))).not.toThrow();
  });
});
