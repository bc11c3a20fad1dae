import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  environment: string[];
  networks: { site: { ipv4_address: string } };
  stop_grace_period: string;
  volumes: string[];
  ports?: string[];
  [key: string]: unknown;
}
const { services: several } = parse(read('deploy/compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
};
const { services: single } = parse(read('compose.yaml')) as { services: Record<string, Service> };
const { haproxy, ...servers } = several;

describe('three servers and HAProxy in containers', () => {
  it('servers have the rights of the single one, and nobody reaches them from outside', () => {
    expect(Object.keys(servers)).toEqual(['one', 'two', 'three']);
    for (const server of Object.values(servers)) {
      for (const right of ['cap_drop', 'cap_add', 'security_opt', 'pids_limit', 'restart'])
        expect(server[right], right).toEqual(single['bankrun']![right]);
      expect(server.ports).toBeUndefined();
      expect(server.volumes[0]!.split(':')[1]).toBe(single['bankrun']!.volumes[0]!.split(':')[1]);
    }
    expect(new Set(Object.values(servers).map(({ volumes }) => volumes[0])).size).toBe(3);
  });

  it('addresses are those of haproxy.cfg, and its check is answered', () => {
    const named = [...read('deploy/haproxy.cfg').matchAll(/^ {2}server (\w+) (\S+):4321 cookie \1 agent-port 4322$/gm)];
    expect(named.map(([, name, address]) => [name, address])).toEqual(
      Object.entries(servers).map(([name, { networks }]) => [name, networks.site.ipv4_address]),
    );
    for (const { environment } of Object.values(servers))
      expect(environment).toEqual(expect.arrayContaining(['TRUST_PROXY=1', 'CHECK_ADDRESS=0.0.0.0:4322']));
    expect(haproxy!.volumes[0]).toMatch(/^\.\/haproxy\.cfg:/);
    expect(read('deploy/haproxy.cfg')).toContain(`crt ${haproxy!.volumes[1]!.split(':').at(-2)}/`);
  });

  it('settings are those of the README, and a server is not killed while it drains', () => {
    const known = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    for (const { environment, stop_grace_period: grace } of Object.values(servers)) {
      const names = environment.map((entry) => entry.split('=')[0]);
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
      const [, drain] = /DRAIN_SECONDS=(\d+)/.exec(environment.join()) ?? [];
      expect(Number.parseInt(grace, 10)).toBeGreaterThanOrEqual(Number(drain) + 30);
    }
  });
});
