import { once } from 'node:events';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { boundBodies } from '../../../server/http/body-bounds.ts';
import { problemHandler } from '../../../server/http/problems.ts';
import { ended, head, listen, type Listening } from './listening.ts';

const app = new Hono();
app.onError(problemHandler());
app.use(boundBodies);
app.post('/read', async (context) => context.text(await context.req.text()));
app.all('*', (context) => context.text('not read'));

/** Returns everything that is answered to this until the connection ends. */
async function answerTo({ send }: Listening, request: string): Promise<string> {
  let answer = '';
  const client = send(request)
    .on('data', (bytes: Buffer) => (answer += bytes.toString()))
    .resume();
  await ended(client);
  return answer;
}

describe('a body', () => {
  it.each(['/read', '/elsewhere'])('in chunks is refused, and the connection ended: %s', async (path) => {
    const chunks = '1\r\nx\r\n'.repeat(20_000);
    const answer = await answerTo(await listen(app), head('POST', path, 'Transfer-Encoding: chunked') + chunks);
    // A client that is still sending may lose the answer with its connection.
    if (answer !== '') expect(answer).toMatch(/^HTTP\/1.1 411 [^]*"code":"length-required"/);
    expect(answer).not.toContain('200 OK');
  });

  it('in chunks is refused with a sentence when its client waits', async () => {
    expect(await answerTo(await listen(app), head('POST', '/read', 'Transfer-Encoding: chunked'))).toMatch(
      /^HTTP\/1.1 411 [^]*Content-Length\./,
    );
  });

  it('that is declared larger than a mebibyte is refused before it arrives', async () => {
    expect(await answerTo(await listen(app), head('POST', '/read', `Content-Length: ${(1 << 20) + 1}`))).toMatch(
      /^HTTP\/1.1 413 /,
    );
  });

  it('that nobody reads ends the connection', async () => {
    expect(
      await answerTo(await listen(app), `${head('POST', '/elsewhere', 'Content-Length: 1000000')}some of it`),
    ).toMatch(/^HTTP\/1.1 200 [^]*Connection: close[^]*not read/i);
  });

  it('that is read keeps the connection', async () => {
    const { send } = await listen(app);
    const client = send(`${head('POST', '/read', 'Content-Length: 3')}one`);
    expect(String(((await once(client.resume(), 'data')) as [Buffer])[0])).toMatch(/one$/);
    client.write(`${head('POST', '/read', 'Content-Length: 3')}two`);
    expect(String(((await once(client, 'data')) as [Buffer])[0])).toMatch(/two$/);
  });
});
