import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/command-line/flags.ts';
import { checkUrl, connectOptions } from '../../src/shell/connect-options.ts';
import { connectError } from '../../src/shell/connect-error.ts';
import { checkDuration, parseDuration } from '../../src/command-line/duration.ts';
import { errorText } from '../../src/shell/error-text.ts';
import { Settings } from '../../src/shell/settings.ts';
import { completeness, countStatements } from '../../src/shell/completeness.ts';

const FLAGS = ['url', 'host', 'port', 'user', 'database', 'certs-dir'].map((name) => ({
  name,
  kind: 'text' as const,
  help: '',
}));
const options = (argv: string[], env: NodeJS.ProcessEnv = {}) =>
  connectOptions(parseFlags(argv, [...FLAGS, { name: 'insecure', kind: 'truth', help: '' }]), env);

describe('connectOptions', () => {
  it('is root on the local cluster, by certificates, when nothing is said', () => {
    expect(options(['--certs-dir=certs'])).toMatchObject({
      host: 'localhost',
      port: 26257,
      user: 'root',
      database: 'defaultdb',
      tls: { kind: 'directory', path: 'certs' },
      insecure: false,
    });
  });

  it.each([
    ['localhost:1', 'localhost', 1],
    ['[::1]:2', '::1', 2],
    ['::1', '::1', 26257],
    ['10.0.0.1', '10.0.0.1', 26257],
    [':3', 'localhost', 3],
  ])('reads the address %s', (address, host, port) => {
    expect(options([`--host=${address}`])).toMatchObject({ host, port });
  });

  it('takes flags before the URL, and the URL before the environment', () => {
    const url = 'postgresql://a:p%40w@h:5/d?sslmode=disable';
    expect(options([`--url=${url}`], { COCKROACH_URL: 'postgresql://x@y:1/z', COCKROACH_HOST: 'other' })).toMatchObject(
      { host: 'h', port: 5, user: 'a', password: 'p@w', database: 'd', tls: { kind: 'off' }, insecure: false },
    );
    expect(options([`--url=${url}`, '--user=b', '--port=6', '--database=e'])).toMatchObject({
      user: 'b',
      port: 6,
      database: 'e',
    });
    expect(options([], { COCKROACH_HOST: 'h:9', COCKROACH_INSECURE: 'true', COCKROACH_USER: 'u' })).toMatchObject({
      host: 'h',
      port: 9,
      user: 'u',
      tls: { kind: 'off' },
    });
  });

  it('reads what a URL says of TLS', () => {
    expect(
      options(['--url=postgresql://a@h/d?sslmode=verify-full&sslrootcert=ca.crt&sslcert=c.crt&sslkey=c.key']).tls,
    ).toEqual({ kind: 'files', verify: 'full', ca: 'ca.crt', cert: 'c.crt', key: 'c.key' });
    expect(options(['--url=postgresql://a@h/d?sslmode=require']).tls).toMatchObject({ kind: 'files', verify: 'none' });
    expect(options(['--url=postgresql://a@h/d', '--certs-dir=x']).tls).toEqual({ kind: 'directory', path: 'x' });
  });

  it('refuses what is no URL of a database', () => {
    expect(checkUrl('nonsense')).toBe('URL scheme must be "postgresql", not ""');
    expect(checkUrl('http://h')).toBe('URL scheme must be "postgresql", not "http"');
    expect(checkUrl('postgresql://root@localhost:1/x')).toBeUndefined();
  });
});

describe('connectError', () => {
  const where = options(['--host=localhost:7']);
  it('names the address that refused, of two the one over IPv4', () => {
    const refused = (address: string) => Object.assign(new Error('no'), { code: 'ECONNREFUSED', address, port: 7 });
    expect(connectError(new AggregateError([refused('::1'), refused('127.0.0.1')]), where, undefined)).toMatch(
      /dial tcp 127\.0\.0\.1:7: connect: connection refused$/,
    );
  });

  it('gives the words of the server as they are', () => {
    expect(
      connectError(
        Object.assign(new Error('server is not accepting clients'), { severity: 'ERROR', code: '57P01' }),
        where,
        undefined,
      ),
    ).toBe('server is not accepting clients');
  });
});

describe('errorText', () => {
  it('tells code, detail, constraint and hint', () => {
    expect(errorText({ severity: 'ERROR', message: 'm', code: '23505', detail: 'd', hint: 'h', constraint: 'c' })).toBe(
      'ERROR: m\nSQLSTATE: 23505\nDETAIL: d\nCONSTRAINT: c\nHINT: h',
    );
  });

  it('tells no code of a notice', () => {
    expect(errorText({ severity: 'NOTICE', message: 'm', code: '00000' })).toBe('NOTICE: m');
  });
});

describe('statements', () => {
  it.each([
    ['', 'nothing'],
    ['-- only this', 'nothing'],
    ['SELECT 1', 'begun'],
    ['SELECT 1;', 'complete'],
    [`SELECT ';`, 'begun'],
    ['SELECT 1; -- done', 'complete'],
    ['SELECT 1; SELECT', 'begun'],
    ['/* open', 'begun'],
  ])('%j is %s', (text, state) => {
    expect(completeness(text)).toBe(state);
  });

  it('counts statements', () => {
    expect([
      countStatements('SELECT 1'),
      countStatements(`SELECT ';'; SELECT 2;`),
      countStatements(`SELECT '`),
    ]).toEqual([1, 2, 1]);
  });
});

describe('parseDuration', () => {
  it.each([
    ['24h', 86_400_000],
    ['1h30m', 5_400_000],
    ['1ms', 1],
    ['1.5s', 1500],
    ['0', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', 'h', '1x', '1h 2m'])('refuses %j', (text) => {
    expect(checkDuration(text)).toBe(`time: invalid duration ${JSON.stringify(text)}`);
  });
});

describe('Settings', () => {
  const settings = () =>
    new Settings({ format: 'table', errexit: false, echo: false, showTimes: true, checkSyntax: true });

  it('changes what it knows, and refuses the rest', () => {
    const changed = settings();
    expect([
      changed.set('errexit', undefined),
      changed.set('display_format', 'csv'),
      changed.set('display_format', 'x'),
      changed.set('nosuch', '1'),
      changed.set('echo', 'perhaps'),
      changed.set('toString', '1'),
    ]).toEqual([true, true, false, false, false, false]);
    expect([changed.is('errexit'), changed.format]).toEqual([true, 'csv']);
  });

  it('goes back to how it started', () => {
    const changed = settings();
    changed.set('display_format', 'csv');
    changed.unset('display_format');
    changed.unset('show_times');
    expect([changed.format, changed.is('show_times')]).toEqual(['table', false]);
  });
});
