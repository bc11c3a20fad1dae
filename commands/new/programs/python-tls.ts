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
