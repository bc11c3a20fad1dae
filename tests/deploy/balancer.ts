import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const CONFIG = resolve(import.meta.dirname, '../../deploy/haproxy.cfg');
const PROGRAM = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'].find((path) => existsSync(path));

/** Why HAProxy cannot be tried here; undefined when it can. */
export const withoutBalancer = PROGRAM === undefined ? 'HAProxy is not installed: apt-get install haproxy' : undefined;

/** A server as the balancer's configuration names it, with its address and that of its check. */
export interface Machine {
  name: string;
  at: string;
  check: string;
}

/** What differs from `deploy/haproxy.cfg` on a test's machine. */
export interface BalancerOptions {
  port: number;
  /** Where its socket and files are. */
  folder: string;
  machines: readonly Machine[];
  /** A PEM file; without it, plain HTTP is spoken. */
  certificate?: string;
}

/**
 * Returns `deploy/haproxy.cfg` for these machines, on a port of this machine. Everything else stays as it is; throws
 * when the file no longer has what is replaced.
 */
export function configFor({ port, folder, machines, certificate }: BalancerOptions): string {
  const change = (config: string, [found, instead]: readonly [RegExp, string]): string => {
    if (!found.test(config)) throw new Error(`deploy/haproxy.cfg has no ${String(found)}`);
    return config.replace(found, instead);
  };
  const tls = certificate === undefined ? '' : ` ssl crt ${certificate} alpn h2,http/1.1`;
  const changes: (readonly [RegExp, string])[] = [
    [/^ {2}user haproxy\n {2}group haproxy\n/m, ''],
    [/\/run\/haproxy\/admin\.sock mode 660/, `${join(folder, 'admin.sock')} mode 600`],
    [/^ {2}bind :80\n {2}bind :443 ssl .*\n/m, `  bind 127.0.0.1:${port}${tls}\n`],
    ...(certificate === undefined
      ? ([
          [/^.*redirect scheme https.*\n/m, ''],
          [/^.*Strict-Transport-Security.*\n/m, ''],
          [/ httponly secure /, ' httponly '],
        ] as const)
      : []),
  ];
  const lines = changes.reduce(change, readFileSync(CONFIG, 'utf8')).split('\n');
  return lines
    .flatMap((line) => {
      if (/\b(?:two|three)\b/.test(line) && !line.trim().startsWith('#')) return [];
      if (!/\bone\b/.test(line) || line.trim().startsWith('#')) return [line];
      return machines.map(({ name, at, check }) =>
        line
          .replaceAll(/\bone\b/g, name)
          .replace('10.77.0.11:4321', at)
          .replace('agent-port 4322', `agent-port ${check.split(':').at(-1)}`),
      );
    })
    .join('\n');
}

/** Returns what HAProxy says about a configuration, and whether it would start with it. */
export async function checkConfig(config: string): Promise<{ isValid: boolean; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'bankrun-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, config);
  try {
    return await promisify(execFile)(PROGRAM!, ['-c', '-f', file]).then(
      ({ stdout, stderr }) => ({ isValid: true, said: stdout + stderr }),
      ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ isValid: false, said: stdout + stderr }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** HAProxy on loopback, with the configuration of `deploy/haproxy.cfg`. */
export class Balancer {
  readonly url: string;
  readonly #options: Omit<BalancerOptions, 'machines'>;
  #child: ChildProcess | undefined;
  #said = '';

  private constructor(options: Omit<BalancerOptions, 'machines'>) {
    this.#options = options;
    this.url = `${options.certificate === undefined ? 'http' : 'https'}://localhost:${options.port}`;
  }

  /** Starts it in front of these servers. Throws with what it said when it does not start. */
  static async start(machines: readonly Machine[], certificate?: string): Promise<Balancer> {
    const folder = mkdtempSync(join(tmpdir(), 'bankrun-haproxy-'));
    const balancer = new Balancer({
      port: await freePort(),
      folder,
      ...(certificate === undefined ? {} : { certificate }),
    });
    balancer.#write(machines);
    const child = spawn(PROGRAM!, ['-W', '-db', '-f', join(folder, 'haproxy.cfg')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (balancer.#said = (balancer.#said + bytes.toString()).slice(-20_000)));
    balancer.#child = child;
    try {
      await expect.poll(() => balancer.states().catch(() => balancer.#said)).toBeInstanceOf(Map);
      return balancer;
    } catch (cause) {
      await balancer.stop();
      throw cause;
    }
  }

  /** Puts it in front of these servers, as `systemctl reload haproxy` does. */
  async reload(machines: readonly Machine[]): Promise<void> {
    this.#write(machines);
    this.#child?.kill('SIGUSR2');
    await expect.poll(async () => [...(await this.states()).keys()]).toEqual(machines.map(({ name }) => name));
  }

  /** Returns each server's state and weight, as `show stat` has them: `UP 38`, `DRAIN 0`, `DOWN 12`. */
  async states(): Promise<Map<string, string>> {
    const socket = connect(join(this.#options.folder, 'admin.sock'));
    socket.end('show stat\n');
    const [head = '', ...rows] = (await text(socket)).replace(/^# /, '').trim().split('\n');
    const names = head.split(',');
    const column = (row: string, name: string): string => row.split(',')[names.indexOf(name)] ?? '';
    return new Map(
      rows
        .filter((row) => row.startsWith('sandboxes,') && column(row, 'svname') !== 'BACKEND')
        .map((row) => [
          column(row, 'svname'),
          `${column(row, 'status').replace(/ \d+\/\d+$/, '')} ${column(row, 'weight')}`,
        ]),
    );
  }

  /** Returns the end of what it has logged. */
  log(): string {
    return this.#said;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  #write(machines: readonly Machine[]): void {
    writeFileSync(join(this.#options.folder, 'haproxy.cfg'), configFor({ ...this.#options, machines }));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
