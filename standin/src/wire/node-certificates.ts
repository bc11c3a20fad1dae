import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a secure node, in PEM: the CA that must have signed its clients' certificates, and its own certificate
 * and key.
 */
export interface NodeCertificates {
  ca: Buffer;
  cert: Buffer;
  key: Buffer;
}

const ADVICE = `cannot load certificates.
Check your certificate settings, set --certs-dir, or use --insecure for insecure clusters.

failed to start server: `;

/** Reads a certificates directory that `cockroach cert` made. Throws Error in CockroachDB's words. */
export function readNodeCertificates(directory: string): NodeCertificates {
  const file = (name: string): string => join(directory, name);
  if (!existsSync(file('ca.crt')))
    throw new Error(`${ADVICE}problem using security settings: no certificates found; does certs dir exist?`);
  if (!existsSync(file('node.crt'))) throw new Error(`${ADVICE}problem with node certificate: not found`);
  return {
    ca: readFileSync(file('ca.crt')),
    cert: readFileSync(file('node.crt')),
    key: readFileSync(file('node.key')),
  };
}
