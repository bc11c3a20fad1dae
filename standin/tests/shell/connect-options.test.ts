import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/command-line/flags.ts';
import { checkUrl, connectOptions } from '../../src/shell/connect-options.ts';

const FLAGS = ['url', 'host', 'port', 'user', 'database', 'certs-dir'].map((name) => ({
  name,
  kind: 'text' as const,
  help: '',
}));
const options = (argv: string[], env: NodeJS.ProcessEnv = {}) =>
  connectOptions(parseFlags(argv, [...FLAGS, { name: 'insecure', kind: 'truth', help: '' }]), env);

describe('connectOptions', () => {
  it('defaults to root on the local cluster, with certificates', () => {
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

  it('prefers flags to the URL, and the URL to the environment', () => {
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

  it('reads the TLS options of a URL', () => {
    expect(
      options(['--url=postgresql://a@h/d?sslmode=verify-full&sslrootcert=ca.crt&sslcert=c.crt&sslkey=c.key']).tls,
    ).toEqual({ kind: 'files', verify: 'full', ca: 'ca.crt', cert: 'c.crt', key: 'c.key' });
    expect(options(['--url=postgresql://a@h/d?sslmode=require']).tls).toMatchObject({ kind: 'files', verify: 'none' });
    expect(options(['--url=postgresql://a@h/d', '--certs-dir=x']).tls).toEqual({ kind: 'directory', path: 'x' });
  });

  it('refuses anything but the URL of a database', () => {
    expect(checkUrl('nonsense')).toBe('URL scheme must be "postgresql", not ""');
    expect(checkUrl('http://h')).toBe('URL scheme must be "postgresql", not "http"');
    expect(checkUrl('postgresql://root@localhost:1/x')).toBeUndefined();
  });
});
