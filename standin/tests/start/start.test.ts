import { describe, expect, it } from 'vitest';
import { insecureWarning, shouted } from '../../src/start/announce.ts';
import { banner } from '../../src/start/banner.ts';
import { logLines } from '../../src/start/log-lines.ts';
import { checkTogether, startOptions, USAGE } from '../../src/start/options.ts';
import { readSize, showSize } from '../../src/start/sizes.ts';
import { readStore, showStore } from '../../src/start/store.ts';
import { parseFlags } from '../../src/command-line/flags.ts';

const options = (...argv: string[]) => startOptions(parseFlags(argv, USAGE.flags));

describe('readStore', () => {
  it.each([
    ['type=mem,size=64MiB', 'store size (64MiB) must be larger than 640 MiB'],
    ['type=mem', 'size must be specified for an in memory store'],
    ['type=nosuch', 'nosuch is not a valid store type'],
    ['type=mem,size=640MiB,path=x', 'path specified for in memory store'],
    ['color=blue', 'color is not a valid store field'],
  ])('refuses %s', (value, why) => {
    expect(readStore(value)).toBe(why);
  });

  it.each([
    ['type=mem,size=640MiB', 'type=mem,size=640 MiB'],
    ['path=/data/a', 'path=/data/a'],
    ['/data/b', 'path=/data/b'],
  ])('names %s as the banner does', (value, shown) => {
    const store = readStore(value);
    expect(typeof store === 'object' && showStore(store)).toBe(shown);
  });
});

describe('readSize', () => {
  it.each([
    ['64MiB', '64 MiB'],
    ['1.5GiB', '1.5 GiB'],
    ['1024', '1 KiB'],
    ['25%', '25%'],
    ['.25', '25%'],
  ])('reads %s', (text, shown) => {
    const size = readSize(text);
    expect(typeof size === 'object' && showSize(size)).toBe(shown);
  });

  it.each([
    ['nonsense', 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['5 apples', 'unhandled size name: apples'],
  ])('refuses %s', (text, why) => {
    expect(readSize(text)).toBe(why);
  });
});

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

describe('what a starting node says', () => {
  const node = { clusterId: '00000000-0000-0000-0000-000000000001', tookMs: 340 };

  it('tells how to reach it, and that it is a stand-in', () => {
    const text = banner(
      options('--certs-dir=certs', '--store=type=mem,size=640MiB', '--listen-addr=localhost:7'),
      node,
    );
    expect(text).toContain(
      'sql:                 postgresql://root@localhost:7?sslcert=certs%2Fclient.root.crt&sslkey=certs%2Fclient.root.key&sslmode=verify-full&sslrootcert=certs%2Fca.crt\n',
    );
    expect(text).toContain('stand-in over PostgreSQL');
    expect(text).toContain(`clusterID:           ${node.clusterId}\nnodeID:              1\n`);
  });

  it('warns of insecurity, and shouts errors', () => {
    expect(insecureWarning('localhost')).toMatch(
      /^\*\n\* WARNING: ALL SECURITY CONTROLS HAVE BEEN DISABLED!\n[^]*any client that can access localhost\.\n[^]*\*\n$/,
    );
    expect(shouted('one\nHINT: two')).toBe('*\n* ERROR: ERROR: one\n* HINT: two\n*\n');
  });

  it('writes one line of the log for each line of a text', () => {
    expect(logLines('W', 'a\nb\n')).toMatch(/^W\d{6} \d\d:\d\d:\d\d\.\d{6} 1 \S+ +\[-\] 1 {2}a\nW.* b\n$/);
  });
});
