import type { Mode } from '../../../shared/protocol.ts';

const TLS: Record<Mode, readonly string[]> = {
  secure: [
    '"sslmode": "verify-full",',
    '"sslrootcert": "certs/ca.crt",',
    '"sslcert": "certs/client.maxroach.crt",',
    '"sslkey": "certs/client.maxroach.key",',
  ],
  insecure: ['"sslmode": "disable",'],
};

/** Returns the entries of a dictionary in Python that say how to connect in that mode, indented by so many columns. */
export function pythonTls(mode: Mode, indent: number): string {
  return TLS[mode].map((line) => ' '.repeat(indent) + line).join('\n');
}

/**
 * Returns the dictionary `CONNECTION` in Python with what a program connects with in that mode; `database` is the
 * driver's word for the name of the database.
 */
export function pythonConnection(mode: Mode, database: 'database' | 'dbname'): string {
  return `CONNECTION = {
    "host": "localhost",
    "port": 26257,
    "user": "maxroach",
    "${database}": "bank",
${pythonTls(mode, 4)}
}`;
}
