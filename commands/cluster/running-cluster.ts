import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientCertificate } from '../../server/cluster/certificates.ts';
import type { ClusterHost } from '../../server/cluster/cluster-host.ts';
import type { Mode } from '../../shared/protocol.ts';

/** The author's running cluster, as it is stored for other commands. */
export interface RunningCluster {
  port: number;
  mode: Mode;
  /** The directory of `ca.crt` and root's certificate on this machine; only in secure mode. */
  certs: string | undefined;
  pid: number;
}

const fileOf = (stateDir: string): string => join(stateDir, 'author', 'cluster.json');

/** Writes root's certificate to files that clients on this machine can use. Returns their directory. */
export async function keepCertificates(stateDir: string, host: ClusterHost): Promise<string> {
  const directory = join(stateDir, 'author', 'certs');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { ca, cert, key } = await clientCertificate(host, 'root');
  await writeFile(join(directory, 'ca.crt'), ca);
  await writeFile(join(directory, 'client.root.crt'), cert);
  await writeFile(join(directory, 'client.root.key'), key, { mode: 0o600 });
  return directory;
}

/** Stores the running cluster for other commands. */
export async function rememberCluster(stateDir: string, cluster: RunningCluster): Promise<void> {
  await mkdir(join(stateDir, 'author'), { recursive: true });
  await writeFile(fileOf(stateDir), JSON.stringify(cluster));
}

/** Removes the stored cluster and its certificates. */
export async function forgetCluster(stateDir: string): Promise<void> {
  await rm(join(stateDir, 'author', 'certs'), { recursive: true, force: true });
  await rm(fileOf(stateDir), { force: true });
}

/** Returns the author's running cluster, or undefined when there is none. */
export async function findCluster(stateDir: string): Promise<RunningCluster | undefined> {
  try {
    const cluster = JSON.parse(await readFile(fileOf(stateDir), 'utf8')) as RunningCluster;
    process.kill(cluster.pid, 0);
    return cluster;
  } catch {
    return undefined;
  }
}
