import { describe, expect, it } from 'vitest';
import { readStartFlags } from '../../../server/standin/command/start-flags.ts';

describe('readStartFlags', () => {
  it('takes what CockroachDB takes', () => {
    const flags = readStartFlags(['--insecure', '--listen-addr=localhost:26300', '--http-addr=:8090', '--store=type=mem,size=640MiB', '--cache=.25', '--external-io-dir=disabled', '--background']);
    expect(flags).toMatchObject({ certificates: undefined, sql: { host: 'localhost', port: 26_300 }, http: { host: 'localhost', port: 8090 }, background: true });
  });

  it.each([
    [['--store=type=mem,size=64MiB'], 4, /must be larger than 640 MiB/],
    [['--store=type=mem'], 4, /size must be specified/],
    [['--cache=nonsense'], 4, /for "--cache" flag/],
    [['extra'], 1, /unknown command "extra"/],
    [['--nosuch'], 1, /unknown flag: --nosuch/],
    [['--external-io-dir=relative'], 1, /must be absolute/],
  ])('refuses %j with exit code %d', (argv, exitCode, message) => {
    expect(() => readStartFlags(argv)).toThrow(expect.objectContaining({ exitCode, message: expect.stringMatching(message) }));
  });
});
