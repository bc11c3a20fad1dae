import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../server/sandbox/event-log.ts';
import { Output } from '../../../server/sandbox/output.ts';

async function textOf(log: EventLog): Promise<string> {
  log.end('finished');
  let text = '';
  for await (const { event } of log.follow(0, new AbortController().signal)) if (event.type === 'output') text += event.text;
  return text;
}

describe('Output', () => {
  it('puts a character together that came in two chunks', async () => {
    const log = new EventLog();
    const output = new Output(log, 100);
    const bytes = Buffer.from('é');
    output.write('stdout', bytes.subarray(0, 1));
    output.write('stdout', bytes.subarray(1));
    expect(await textOf(log)).toBe('é');
  });

  it('keeps the streams apart while it does', async () => {
    const log = new EventLog();
    const output = new Output(log, 100);
    const bytes = Buffer.from('é');
    output.write('stdout', bytes.subarray(0, 1));
    output.write('stderr', Buffer.from('x'));
    output.write('stdout', bytes.subarray(1));
    expect(await textOf(log)).toBe('xé');
  });

  it('shows broken bytes as replacement characters', async () => {
    const log = new EventLog();
    const output = new Output(log, 100);
    output.write('stdout', Buffer.from([0x61, 0xff, 0xc3]));
    output.flush();
    expect(await textOf(log)).toBe('a\ufffd\ufffd');
  });

  it('counts down what may still be printed', () => {
    const output = new Output(new EventLog(), 100);
    output.write('stdout', Buffer.from('x'.repeat(40)));
    expect(output.leftBytes).toBe(60);
    expect(output.spend(60)).toBe(true);
    expect(output.isOver).toBe(false);
    expect(output.spend(1)).toBe(false);
    expect(output.leftBytes).toBe(0);
  });

  it('counts no event for less than it costs', () => {
    const output = new Output(new EventLog(), 100);
    for (let count = 0; count < 7; count += 1) output.write('stdout', Buffer.from('x'));
    expect(output.isOver).toBe(true);
  });

  it('drops what is over the limit', async () => {
    const log = new EventLog();
    const output = new Output(log, 100);
    for (let count = 0; count < 3; count += 1) output.write('stdout', Buffer.from('x'.repeat(80)));
    expect(await textOf(log)).toBe('x'.repeat(100));
  });
});
