import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAME_KINDS, type FrameKind } from '../../server/agent/frame-protocol.ts';
import { AppError } from '../../server/errors.ts';
import type { AgentContainer } from '../../server/oci/agent-container.ts';
import { within } from '../../server/within.ts';
import { pretend } from '../server/oci/pretended-agent.ts';

const OUTPUT_BYTES = 1000;
const SETTLED_MS = 60_000;

/** What the server asks of the agent meanwhile. Each promise settles with the answer. */
const REQUESTS: Record<string, (container: AgentContainer, said: (bytes: number) => void) => Promise<unknown>> = {
  run: (container, said) =>
    container.run({ account: 'reader', argv: ['x'], timeoutMs: 1000, outputBytes: OUTPUT_BYTES }, (_, bytes) =>
      said(bytes.length),
    ).ended,
  write: (container) => container.writeFile('reader', 'x', 'x'),
  read: (container) => container.readFile('reader', 'x', 10),
  preload: (container) => container.preload(['x']),
  engine: (container) => container.startEngine(['x']),
  tunnel: (container) => {
    const stream = container.connect(1);
    stream.resume();
    stream.write('x');
    return new Promise((settle) => stream.once('close', settle));
  },
  terminal: (container) => {
    const { stream, ended } = container.openTerminal({ number: 1, argv: ['x'], columns: 80, rows: 24 });
    stream.on('error', () => undefined);
    stream.resume();
    return ended;
  },
};

/** Most often a stream that is open. */
const number = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constantFrom(0, 9, 2 ** 32 - 1));
const OWN: FrameKind[] = ['stdout', 'stderr', 'yes', 'no', 'opened', 'data', 'taken', 'end', 'close', 'file-bytes'];
const kind = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...OWN) },
  fc.constantFrom(...(Object.keys(FRAME_KINDS) as FrameKind[])),
);
const json = fc.oneof(
  fc.constantFrom('{"exitCode":0,"ms":1}', '{"exitCode":0,"log":"x"}', '{}', '[]', 'null', '{"exitCode":1e999}', '{'),
  fc.json({ maxDepth: 2 }),
);
/** Bytes, or a number of zeros. */
const payload = fc.oneof(
  fc.constantFrom(0, 900, 65_536),
  json.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.from([255, 255, 255, 255])),
);
const act = fc.oneof(
  { weight: 40, arbitrary: fc.record({ kind, stream: number, payload }) },
  { weight: 30, arbitrary: fc.record({ ask: fc.constantFrom(...Object.keys(REQUESTS)) }) },
  { weight: 1, arbitrary: fc.record({ raw: fc.uint8Array({ maxLength: 40 }) }) },
);

const unhandled: unknown[] = [];
const note = (failure: unknown): void => void unhandled.push(failure);
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note));
afterAll(() => void process.off('uncaughtException', note).off('unhandledRejection', note));

test('whatever an agent says, each request to it ends, and no more of it is passed on than was asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const { container, answer, say, removed } = pretend();
      const asked: Promise<unknown>[] = [];
      let most = 0;
      for (const each of acts) {
        if ('raw' in each) say(Buffer.from(each.raw));
        else if ('kind' in each) {
          const { payload: said } = each;
          answer(each.kind, each.stream, typeof said === 'number' ? Buffer.alloc(said) : said);
        } else {
          let bytes = 0;
          const said = (more: number): void => {
            bytes += more;
            most = Math.max(most, bytes);
          };
          const request = new Promise((settle) => settle(REQUESTS[each.ask]!(container, said)));
          asked.push(request.catch((failure: unknown) => failure));
        }
        await new Promise(setImmediate);
      }
      await container.dispose();
      const ends = await within(SETTLED_MS, Promise.all(asked));
      expect(ends, 'each request has ended').toBeDefined();
      expect(ends?.filter((end) => end instanceof Error && !(end instanceof AppError))).toEqual([]);
      expect(unhandled).toEqual([]);
      expect(most, 'bytes of output').toBeLessThanOrEqual(OUTPUT_BYTES);
      expect(removed()).toBe(1);
    }),
    { numRuns: 1000 },
  );
});
