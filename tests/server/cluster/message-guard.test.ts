import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { MessageGuard } from '../../../server/cluster/message-guard.ts';
import { PgSession } from '../../../server/cluster/pg-session.ts';
import type { QueryResult } from '../../../server/cluster/sql-session.ts';

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number): Buffer =>
  Buffer.from([(value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
const message = (kind: string, ...body: (Buffer | string)[]): Buffer => {
  const bytes = Buffer.concat(body.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from(kind), int32(bytes.length + 4), bytes]);
};
const READY = message('Z', 'I');
const HELLO = Buffer.concat([
  message('R', int32(0)),
  message('S', 'server_version\x0013.0\0'),
  message('K', int32(1), int32(1)),
  READY,
]);
const column = Buffer.concat([Buffer.from('a\0'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
const describe1 = message('T', int16(1), column);
const describeMany = (columns: number): Buffer =>
  message('T', int16(columns), Buffer.concat(Array<Buffer>(columns).fill(column)));
const row = (value: string): Buffer => message('D', int16(1), int32(value.length), value);
const done = (tag: string): Buffer => message('C', `${tag}\0`);

/**
 * Returns a server that sends `hello` after the first bytes of a client, and `answer` after each later message, in
 * chunks of `partBytes`.
 */
function serverThatSays(hello: Buffer, answer: Buffer = Buffer.alloc(0), partBytes = 1 << 20): Duplex {
  let greeted = false;
  const stream: Duplex = Object.assign(
    new Duplex({
      read: () => undefined,
      write: (_, __, next) => {
        const says = greeted ? answer : hello;
        greeted = true;
        for (let at = 0; at < says.length; at += partBytes) stream.push(says.subarray(at, at + partBytes));
        next();
      },
    }),
    {
      setNoDelay: () => undefined,
      connect: () => void setImmediate(() => stream.emit('connect')),
      ref: () => undefined,
      unref: () => undefined,
    },
  );
  return stream;
}

const open = (stream: Duplex): Promise<PgSession> =>
  PgSession.open(() => stream, { user: 'root', database: 'defaultdb' });

describe('A session with a hostile server', () => {
  it('returns an answer with thousands of columns', async () => {
    const session = await open(serverThatSays(HELLO, Buffer.concat([describeMany(4000), done('SELECT 0'), READY])));
    expect((await session.query('SELECT 1')).columns).toHaveLength(4000);
  });

  it.each([1, 3, 1 << 20])(
    'works as with a friendly one when all is well, in chunks of %i bytes',
    async (partBytes) => {
      const session = await open(
        serverThatSays(
          HELLO,
          Buffer.concat([describe1, row('x'), message('N', 'Mhm\0', '\0'), done('SELECT 1'), READY]),
          partBytes,
        ),
      );
      expect(await session.query('SELECT 1')).toEqual({ columns: ['a'], rows: [['x']], tag: 'SELECT 1', count: 1 });
    },
  );

  it('returns the last answer when the server answers more statements than we sent', async () => {
    const session = await open(
      serverThatSays(
        HELLO,
        Buffer.concat([describe1, row('x'), done('SELECT 1'), describe1, row('y'), done('SELECT 1'), READY]),
      ),
    );
    expect(await session.query('SELECT 1')).toEqual({ columns: ['a'], rows: [['y']], tag: 'SELECT 1', count: 1 });
  });

  it.each([
    ['an error without an end', message('E', 'Mfoo')],
    ['an error of one byte', message('E', 'M')],
    ['a length below its own size', Buffer.concat([Buffer.from('R'), int32(-5), Buffer.alloc(100)])],
    ['a length of zero', Buffer.concat([Buffer.from('R'), int32(0)])],
    ['a gibibyte announced', Buffer.concat([Buffer.from('N'), int32(1 << 30)])],
    [
      'an endless greeting',
      Buffer.concat(Array.from({ length: 5000 }, () => message('S', 'a\0b\0')).concat(Buffer.alloc(1 << 17))),
    ],
    ['an unknown kind', message('?', 'abc')],
    ['rows before the greeting', Buffer.concat([row('x'), done('SELECT 1'), HELLO])],
    ['another way to log in', message('R', int32(10), 'SCRAM-SHA-256\0\0')],
  ])('reports a broken greeting: %s', async (_, hello) => {
    await expect(open(serverThatSays(hello))).rejects.toThrow(/database|Connection/);
  });

  it.each([
    ['a description that is too short', message('T', int16(32_767), 'a')],
    ['a description of minus one columns', message('T', int16(-1))],
    [
      'descriptions of many columns',
      Buffer.concat([describeMany(4000), done('SELECT 0'), describeMany(4000), done('SELECT 0'), READY]),
    ],
    ['a row without a description', Buffer.concat([row('x'), done('SELECT 1'), READY])],
    [
      'a row of other columns',
      Buffer.concat([describe1, message('D', int16(2), int32(-1), int32(-1)), done('SELECT 1'), READY]),
    ],
    ['a row that is too short', Buffer.concat([describe1, message('D', int16(1), int32(5)), READY])],
    ['a row of minus one columns', Buffer.concat([describe1, message('D', int16(-1)), READY])],
    ['messages of another protocol', Buffer.concat([message('s'), message('1'), message('n'), message('t', int16(0))])],
    ['a long story of what was done', Buffer.concat([done('x'.repeat(300)), READY])],
    ['answers without an end', Buffer.concat(Array.from({ length: 2000 }, () => done('SELECT 0')))],
    [
      'an announced gibibyte among notices that nobody hears',
      Buffer.concat([message('N', '\0'), Buffer.from('N'), int32(1 << 30)]),
    ],
  ])('reports a broken answer: %s', async (_, answer) => {
    const session = await open(serverThatSays(HELLO, answer));
    await expect(session.query('SELECT 1')).rejects.toThrow(/database/);
  });
});

/** Counts the messages that reach `pg` while a session reads this answer. */
async function heardIn(answer: Buffer, partBytes?: number): Promise<{ heard: number; answered: QueryResult }> {
  const session = await open(serverThatSays(HELLO, answer, partBytes));
  let heard = 0;
  const emit = vi.spyOn(MessageGuard.prototype, 'emit').mockImplementation(function (
    this: MessageGuard,
    name: string | symbol,
    ...args: unknown[]
  ) {
    if (name === 'data') heard += 1;
    return EventEmitter.prototype.emit.call(this, name, ...args);
  });
  const answered = await session.query('SELECT 1').finally(() => emit.mockRestore());
  return { heard, answered };
}

const times = (count: number, one: Buffer): Buffer => Buffer.alloc(count * one.length, one);
const describe0 = message('T', int16(0));
const FEW = 12_000;

describe('no more is read of an answer than is kept', () => {
  it.each<[string, Buffer, Partial<QueryResult>]>([
    [
      'rows without columns',
      Buffer.concat([describe0, times(500_000, message('D', int16(0))), done('SELECT 500000')]),
      { rows: [], count: 500_000 },
    ],
    [
      'rows beyond ten thousand',
      Buffer.concat([describe1, times(300_000, row('x')), done('SELECT 300000')]),
      { rows: Array.from({ length: 10_000 }, () => ['x']), count: 300_000 },
    ],
    [
      'rows beyond a mebibyte',
      Buffer.concat([describe1, times(30, row('x'.repeat(100_000))), done('SELECT 30')]),
      { count: 30 },
    ],
    ['notices', Buffer.concat([times(100_000, message('N', 'SNOTICE\0', 'Mx\0', '\0')), done('DO')]), { tag: 'DO' }],
    [
      'notifications',
      Buffer.concat([times(100_000, message('A', int32(1), 'a\0', 'b\0')), done('NOTIFY')]),
      { tag: 'NOTIFY' },
    ],
    ['settings', Buffer.concat([times(100_000, message('S', 'a\0b\0')), done('SET')]), { tag: 'SET' }],
    [
      'what COPY gives',
      Buffer.concat([
        message('H', Buffer.of(0), int16(0)),
        times(100_000, message('d', 'x\n')),
        message('c'),
        done('COPY 100000'),
      ]),
      { tag: 'COPY 100000' },
    ],
  ])('of %s', { timeout: 60_000 }, async (_, answer, expected) => {
    const { heard, answered } = await heardIn(Buffer.concat([answer, READY]), 10_007);
    expect(answered).toMatchObject(expected);
    expect(heard).toBeLessThan(FEW);
    expect(answered.rows.flat().join('').length).toBeLessThanOrEqual((1 << 20) + 100_000);
  });

  it('but a further answer is counted, and read, from its own beginning', async () => {
    const long = Buffer.concat([describe1, times(50_000, row('x')), done('SELECT 50000')]);
    const { answered } = await heardIn(
      Buffer.concat([long, describe1, times(15_000, row('y')), done('SELECT 15000'), READY]),
      997,
    );
    expect(answered).toEqual({
      columns: ['a'],
      rows: Array.from({ length: 10_000 }, () => ['y']),
      tag: 'SELECT 15000',
      count: 15_000,
    });
    const { answered: none } = await heardIn(Buffer.concat([long, done('CREATE TABLE'), READY]));
    expect(none).toEqual({ columns: [], rows: [], tag: 'CREATE TABLE', count: 0 });
  });

  it('but an error after any number of rows is read', async () => {
    const session = await open(
      serverThatSays(
        HELLO,
        Buffer.concat([
          describe1,
          times(5000, row('x')),
          message('E', 'SERROR\0', 'C22012\0', 'Mdivision by zero\0', '\0'),
          READY,
        ]),
      ),
    );
    await expect(session.query('SELECT 1')).rejects.toMatchObject({ sqlState: '22012', message: 'division by zero' });
  });

  it('and of an error, what is no SQLSTATE is none', async () => {
    for (const code of ['x'.repeat(1 << 20), '', '4260', '426o1', '42601\n']) {
      const answer = message('E', 'SERROR\0', `C${code}\0`, 'Mno\0', '\0');
      const session = await open(serverThatSays(HELLO, Buffer.concat([answer, READY])));
      await expect(session.query('SELECT 1')).rejects.toMatchObject({ sqlState: undefined, message: 'no' });
    }
  });
});
