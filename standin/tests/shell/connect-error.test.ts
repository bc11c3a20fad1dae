import { describe, expect, it } from 'vitest';
import { connectError } from '../../src/shell/connect-error.ts';
import type { ConnectOptions } from '../../src/shell/connect-options.ts';

const where: ConnectOptions = {
  host: 'localhost',
  port: 7,
  user: 'root',
  database: 'defaultdb',
  password: undefined,
  tls: { kind: 'off' },
  insecure: false,
};

describe('connectError', () => {
  it('names the address that refused, and of two addresses the IPv4 one', () => {
    const refused = (address: string) => Object.assign(new Error('no'), { code: 'ECONNREFUSED', address, port: 7 });
    expect(connectError(new AggregateError([refused('::1'), refused('127.0.0.1')]), where, undefined)).toMatch(
      /dial tcp 127\.0\.0\.1:7: connect: connection refused$/,
    );
  });

  it('repeats the server’s message unchanged', () => {
    expect(
      connectError(
        Object.assign(new Error('server is not accepting clients'), { severity: 'ERROR', code: '57P01' }),
        where,
        undefined,
      ),
    ).toBe('server is not accepting clients');
  });
});
