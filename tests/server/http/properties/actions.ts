import fc from 'fast-check';
import { MODES } from '../../../../shared/modes.ts';
import type { Mode, Step } from '../../../../shared/protocol.ts';

/** How many readers take part. */
export const READERS = 3;

/** A reader's place: their sandbox of that mode, whether they have one or not. */
interface Place {
  reader: number;
  mode: Mode;
}

/** One thing that a client does. */
export type Action =
  | ({ do: 'claim' } & Place & { isDropped: boolean })
  /** A request of `reader` for the sandbox of `owner`; `rest` is the end of its path. */
  | ({ do: 'ask' } & Place & { owner: number; method: string; rest: string })
  /** The connection is dropped after each of these numbers of events, and the run followed again. */
  | ({ do: 'run' } & Place & { steps: Step[]; drops: number[] })
  | ({ do: 'follow' | 'stop' } & Place & { nth: number; after: number })
  | ({ do: 'terminal' } & Place & { number: number; opening: string; messages: string[]; leaves: boolean })
  | { do: 'odd'; reader: number; method: string; path: string; headers: Record<string, string>; body: string }
  | { do: 'raw'; text: string }
  | ({ do: 'lose' } & Place)
  | { do: 'wait'; turns: number };

const reader = fc.nat(READERS - 1);
const mode = fc.constantFrom(...MODES);
const place = { reader, mode };
const id = fc.constantFrom('a', 'b', 'c');
const session = fc.constantFrom('one', 'two');

/** Commands that the fake machine and a real one understand alike. */
const command = fc.constantFrom('true', 'false', 'echo a; echo b; echo c', 'echo $((', 'sleep 1000', 'yes', 'cat');
const statements = fc.constantFrom(
  'SELECT 1',
  'SELECT 1; SELECT 2',
  'BEGIN',
  'ROLLBACK',
  'COMMIT',
  'NONSENSE',
  'SELECT pg_sleep(1000)',
  "SELECT repeat('x', 100000)",
);

/** What a step may ask for, mostly nothing. */
const terms = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.constantFrom({ fails: true as const }, { limitMs: 1000 }, { fails: true as const, limitMs: 600_000 }),
);
const kept = fc.constantFrom({ shell: 'one' }, { shell: 'two', input: 'a\nb' }, { input: '' });

const plainStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ id, kind: fc.constant('file' as const), path: fc.constantFrom('a.py', 'b/c'), text: fc.string() }),
  fc.record({ id, kind: fc.constant('shell' as const), command }),
  fc.record({ id, kind: fc.constant('shell' as const), command, session }),
  fc.record({ id, kind: fc.constant('sql' as const), statements, user: fc.constantFrom('root', 'x', 'ROOT') }),
  fc.record({ id, kind: fc.constant('sql' as const), statements, user: fc.constant('root'), session }),
);

const step: fc.Arbitrary<Step> = fc.tuple(plainStep, terms, kept, fc.boolean()).map(([one, asked, how, waits]) => {
  if (one.kind === 'file') return one;
  if (one.kind === 'shell') return { ...one, ...asked, ...how };
  return { ...one, ...asked, ...(waits && one.session !== undefined && { waits: true as const }) };
});

const rest = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '/tables',
    '/table',
    '/table?database=bank&name=accounts',
    '/table?database=%00&name=a&limit=101',
    '/runs',
    '/runs/none',
    '/terminals/1',
    '/terminals/99',
    '/sessions/one',
    '/sessions/%ff',
  ),
  fc.webPath(),
  fc.webQueryParameters().map((query) => `/table?${query}`),
);
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');

/** Bodies that are nearly right. */
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.record({ mode: fc.oneof(mode, fc.jsonValue()), imports: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc.record({ steps: fc.array(fc.oneof(step, fc.jsonValue())) }).map((value) => JSON.stringify(value)),
);
const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const headers = fc.dictionary(
  fc.constantFrom(
    'accept-encoding',
    'authorization',
    'content-type',
    'cookie',
    'expect',
    'host',
    'last-event-id',
    'origin',
    'range',
    'sec-fetch-site',
    'upgrade',
    'x-forwarded-for',
    'x-forwarded-proto',
  ),
  fc.oneof(headerText, fc.constantFrom('', '0', '-1', '1e9', 'null', '127.0.0.1', 'localhost:1', 'websocket', ', ,')),
  { maxKeys: 3 },
);
const opening = fc.oneof(
  { weight: 3, arbitrary: fc.constant('{"columns":80,"rows":24}') },
  { weight: 2, arbitrary: fc.constant('{"columns":80,"rows":24,"command":"cat"}') },
  fc.record({ columns: fc.integer(), rows: fc.jsonValue() }).map((value) => JSON.stringify(value)),
  fc.json(),
);
const message = fc.oneof(
  fc.string().map((keys) => `I${keys}`),
  fc.constantFrom('S\0\x50\0\x18', 'S\0\0\0\0', 'T\0\0\0\x01', 'T\xff\xff\xff\xff', 'O{}', 'I', '', 'Ix\r', 'I\x04'),
  fc.string({ unit: 'binary' }),
);
const raw = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(method, fc.webPath(), fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }))
    .map(([verb, path, lines]) =>
      [`${verb} /api${path} HTTP/1.1`, 'Host: localhost', ...lines.map((line) => line.join(': ')), '', ''].join('\r\n'),
    ),
);

/** What one client does next; `'lose'` only where the container is a fake. */
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('claim' as const), ...place, isDropped: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim' as const), ...place, isDropped: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), ...place, owner: reader, method, rest }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      ...place,
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      drops: fc.array(fc.nat(3), { maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('follow' as const, 'stop' as const),
      ...place,
      nth: fc.nat(2),
      after: fc.oneof(fc.nat(5), fc.constant(999_999_999)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('terminal' as const),
      ...place,
      number: fc.integer({ min: 1, max: 2 }),
      opening,
      messages: fc.array(message, { maxLength: 5 }),
      leaves: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('odd' as const),
      reader,
      method,
      path: fc.oneof(
        fc.constantFrom('/api/sandboxes', '/api/sandboxes/', '/api/health', '/api/embeds', '/api'),
        fc.webPath().map((path) => `/api${path}`),
        fc.webPath().map((path) => `/api/sandboxes${path}`),
      ),
      headers,
      body,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raw' as const), text: raw }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), ...place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(30) }) },
);

/** What clients do, in that order; each goes on while the next begin. */
export const actions: fc.Arbitrary<Action[]> = fc.array(action, { minLength: 1, maxLength: 30, size: 'max' });
