import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { checkConfig, configFor, withoutBalancer } from './balancer.ts';

const CONFIG = readFileSync(resolve(import.meta.dirname, '../../deploy/haproxy.cfg'), 'utf8');
const machine = (name: string): { name: string; at: string; check: string } => ({
  name,
  at: '127.0.0.1:1',
  check: '127.0.0.1:2',
});

it('haproxy.cfg is valid, without a warning, apart from a certificate and a user of this machine', async ({ skip }) => {
  skip(withoutBalancer !== undefined, withoutBalancer);
  const here = CONFIG.replace(/ {2}bind :443 .*\n/, '  bind :443\n').replace(/^ {2}(?:user|group|stats) .*\n/gm, '');
  expect(await checkConfig(here)).toEqual({
    isValid: true,
    said: expect.stringMatching(/^Configuration file is valid/),
  });
});

it('the tests run that file, for other machines and ports', async ({ skip }) => {
  skip(withoutBalancer !== undefined, withoutBalancer);
  const config = configFor({ port: 1, folder: '/tmp', machines: [machine('a'), machine('b')] });
  expect(config.match(/^ {2}server .*$/gm)).toEqual([
    '  server a 127.0.0.1:1 cookie a agent-port 2',
    '  server b 127.0.0.1:1 cookie b agent-port 2',
    '  server a 127.0.0.1:1',
    '  server b 127.0.0.1:1',
  ]);
  expect((await checkConfig(config)).isValid).toBe(true);
});

it('each machine is in both backends, and counts as room elsewhere', () => {
  const names = [...CONFIG.matchAll(/^ {2}server (\w+) (\S+)(.*)$/gm)].map(([, name, at]) => `${name} ${at}`);
  expect(names.slice(0, names.length / 2)).toEqual(names.slice(names.length / 2));
  const rooms = [...CONFIG.matchAll(/srv_is_up\(sandboxes\/(\w+)\) \} \{ srv_weight\(sandboxes\/(\w+)\)/g)];
  expect(rooms.flatMap(([, ...pair]) => pair)).toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
});

it('what a reader says about their own address is replaced, and counts for nothing', () => {
  expect(CONFIG).toMatch(/http-request set-header X-Forwarded-For %\[src\]/);
  expect(CONFIG).not.toMatch(/option forwardfor|add-header X-Forwarded/);
  expect(CONFIG).toMatch(/cookie bankrun_machine insert .*httponly secure .*SameSite=Lax/);
});

it('a request has one id in all logs, whatever its reader says', () => {
  expect(CONFIG).toMatch(/http-request set-header X-Request-Id %\[unique-id\]/);
  expect(CONFIG).toMatch(/log-format ".* %ID"/);
});
