import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { obstacle } from '../../../commands/dev/obstacle.ts';

let root: string;
let taken: Server;
let port: number;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'checkout-'));
  mkdirSync(join(root, '.astro'));
  taken = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  ({ port } = taken.address() as AddressInfo);
});

afterEach(() => {
  taken.close();
  rmSync(root, { recursive: true });
});

/** Writes what a development server says about itself. */
const left = (text: string): void => writeFileSync(join(root, '.astro/dev.json'), text);
const running = (pid: number): string => JSON.stringify({ pid, port, url: `http://localhost:${port}` });

describe('a development server does not start', () => {
  test('while another one of the same folder runs, which is told with its address', async () => {
    left(running(process.pid));
    expect(await obstacle(root, port + 1)).toBe(
      `The development server of this folder is already at http://localhost:${port}: use that, or stop it first ` +
        `(process ${process.pid}).`,
    );
  });

  test('on a port that is in use', async () => {
    expect(await obstacle(root, port)).toBe(
      `Port ${port} is in use: choose another with PORT, as in PORT=${port + 1} npm run dev.`,
    );
  });

  test.each(['', '{', '{"pid":1}', 'null'])(
    'only for a server that runs, whatever is left of one: %s',
    async (text) => {
      left(text);
      await new Promise((resolve) => taken.close(resolve));
      expect(await obstacle(root, port)).toBeUndefined();
    },
  );

  test('nor for one that does not answer any more', async () => {
    left(running(process.pid));
    await new Promise((resolve) => taken.close(resolve));
    expect(await obstacle(root, port)).toBeUndefined();
  });
});
