import { expect } from 'vitest';
import { request, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Problem } from '../../../../shared/protocol.ts';

/** What 503 may mean: there is no room, or no sandbox can be made. */
const UNAVAILABLE = ['full', 'unavailable'];

/** Sends a request, whatever its headers are. Returns the answer, whose body is not yet read. */
export async function send(url: string, options: RequestOptions, body = ''): Promise<IncomingMessage> {
  return await new Promise((settle, fail) => {
    const bytes = Buffer.from(body);
    const sent = request(url, {
      ...options,
      agent: false,
      headers: { ...(bytes.length > 0 ? { 'content-length': bytes.length } : {}), ...options.headers },
    });
    sent.once('response', settle);
    sent.once('upgrade', (answer, socket) => {
      socket.destroy();
      settle(answer);
    });
    sent.once('error', fail);
    sent.end(bytes);
  });
}

/** Reads an answer, and checks that it is one that this API may give. Returns its body. */
export async function goodBody(answer: IncomingMessage, what: string): Promise<string> {
  const body = await text(answer);
  checkAnswer(answer.statusCode ?? 0, answer.headers, answer.method === 'HEAD' ? undefined : body, what);
  return body;
}

/** Checks that an answer is no failure on our side, and that a refusal has a code and a sentence. */
function checkAnswer(status: number, headers: IncomingHttpHeaders, body: string | undefined, what: string): void {
  if (status < 400) return;
  expect(status < 500 || status === 503, `${what}: ${status} ${body ?? ''}`).toBe(true);
  if (body === undefined || body === '') return;
  const { error } = JSON.parse(body) as Problem;
  expect(error.message, what).toMatch(/\.$/);
  expect(body.length, what).toBeLessThan(2000);
  if (status !== 503) return;
  expect(UNAVAILABLE, what).toContain(error.code);
  expect(Number(headers['retry-after']), what).toBeGreaterThan(0);
}
