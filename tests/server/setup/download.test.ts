import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download } from '../../../server/setup/download.mjs';

const TEXT = 'a release';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');

let folder: string;
let file: string;
const servers: Server[] = [];
const note = (): void => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bankrun-download-'));
  file = join(folder, 'release.tgz');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true });
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/release.tgz`;
}
const answerWith = (listener: RequestListener): Promise<string> => listen(createServer(listener));

test('a file with the expected hash arrives, with reports of progress', async () => {
  const notes: string[] = [];
  await download(await answerWith((_, answer) => answer.end(TEXT)), file, SHA256, (text) => void notes.push(text));
  expect(readFileSync(file, 'utf8')).toBe(TEXT);
  expect(notes).not.toHaveLength(0);
});

test('a file with another hash is removed, and both hashes are reported', async () => {
  const url = await answerWith((_, answer) => answer.end('something else'));
  await expect(download(url, file, SHA256, note)).rejects.toThrow(
    new RegExp(`instead of ${SHA256}, so it was removed`),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a host that accepts and never answers is given up', async () => {
  const url = await listen(createTcpServer(() => undefined).unref());
  await expect(download(url, file, SHA256, note, { connectMs: 200 })).rejects.toThrow(
    /127\.0\.0\.1:\d+ did not answer within 0\.2 s/,
  );
  expect(existsSync(file)).toBe(false);
});

test('a host that refuses is given up at once, with its name', async () => {
  const url = await listen(createTcpServer());
  await new Promise((closed) => servers.pop()?.close(closed));
  await expect(download(url, file, SHA256, note)).rejects.toThrow(
    /127\.0\.0\.1:\d+ could not be reached: .*ECONNREFUSED/,
  );
});

test('an answer other than the file is reported with its status', async () => {
  const url = await answerWith((_, answer) => answer.writeHead(403).end('no'));
  await expect(download(url, file, SHA256, note)).rejects.toThrow(/answered 403/);
});

test('a download that stalls leaves nothing behind', async () => {
  const url = await answerWith((_, answer) => void answer.writeHead(200, { 'content-length': '1000' }).write('a'));
  await expect(download(url, file, SHA256, note, { stallMs: 200 })).rejects.toThrow(/made no progress/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a connection that breaks in the middle leaves nothing behind', async () => {
  const url = await answerWith((_, answer) => {
    answer.writeHead(200, { 'content-length': '1000' });
    answer.write('a', () => setTimeout(() => answer.destroy(), 50));
  });
  await expect(download(url, file, SHA256, note)).rejects.toThrow(/could not be reached/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a download that trickles endlessly is given up', async () => {
  const url = await answerWith((_, answer) => {
    answer.writeHead(200, { 'content-length': '1000000' });
    const drip = setInterval(() => answer.write('a'), 20);
    answer.once('close', () => clearInterval(drip));
  });
  await expect(download(url, file, SHA256, note, { wholeMs: 600 })).rejects.toThrow(
    /the download had not ended after 0\.01 minutes/,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that cannot be written is not reported as a network that cannot be reached', async () => {
  file = join(folder, 'gone/release.tgz');
  const url = await answerWith((_, answer) => {
    rmSync(join(folder, 'gone'), { recursive: true });
    answer.end(TEXT);
  });
  await expect(download(url, file, SHA256, note)).rejects.toThrow(`${file} could not be written: ENOENT`);
});
