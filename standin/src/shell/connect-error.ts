import { X509Certificate } from 'node:crypto';
import type { ConnectOptions } from './connect-options.ts';

interface Failure extends Error {
  code?: string;
  address?: string;
  port?: number;
  severity?: string;
  errors?: Failure[];
  reason?: string;
  cert?: { subjectaltname?: string };
}

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);
const DIAL: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
};
const CANNOT_DIAL = `cannot dial server.
Is the server running?
If the server is running, check --host client-side and --advertise server-side.

`;
const NO_TLS_THERE = `cannot establish secure connection to insecure server.
Maybe use --insecure?

pq: SSL is not enabled on the server`;
const NOT_INSECURE = `If the node is configured to require secure connections,
remove --insecure and configure secure credentials instead.
`;
const CLOSED = `server closed the connection.
Is this a CockroachDB node?
EOF`;

/** Returns why a connection could not be made, in the words of `cockroach sql`. `ca` is the trusted CA, in PEM. */
export function connectError(cause: unknown, options: ConnectOptions, ca: string | undefined): string {
  const failure = firstOf(cause as Failure);
  const { code = '', message } = failure;
  return (
    dialError(failure, options) ??
    certificateError(failure, options, ca) ??
    sslError(message, options) ??
    (failure.severity === undefined && /terminated unexpectedly|ECONNRESET/.test(`${message} ${code}`)
      ? CLOSED
      : message)
  );
}

/**
 * Returns the failure over IPv4 when several addresses were tried, as for `localhost`: a local cluster listens there.
 */
function firstOf(failure: Failure): Failure {
  return failure.errors?.find((each) => each.address?.includes('.')) ?? failure.errors?.[0] ?? failure;
}

function dialError({ code = '', address, port }: Failure, options: ConnectOptions): string | undefined {
  if (DIAL[code])
    return `${CANNOT_DIAL}dial tcp ${address ?? options.host}:${port ?? options.port}: connect: ${DIAL[code]}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${CANNOT_DIAL}dial tcp: lookup ${options.host}: no such host`;
  return undefined;
}

function sslError(message: string, { insecure }: ConnectOptions): string | undefined {
  if (message.includes('does not support SSL')) return NO_TLS_THERE;
  if (message.includes('SSL connection required'))
    return `SSL authentication error while connecting.\n\n${insecure ? NOT_INSECURE : ''}pq: ${message}`;
  return undefined;
}

function certificateError(
  { code = '', cert }: Failure,
  { host }: ConnectOptions,
  ca: string | undefined,
): string | undefined {
  if (UNTRUSTED.has(code)) return `x509: certificate signed by unknown authority${candidate(ca)}`;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'x509: certificate has expired or is not yet valid';
  if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return undefined;
  const names = (cert?.subjectaltname ?? '').replaceAll(/(DNS|IP Address):/g, '');
  return `x509: certificate is valid for ${names}, not ${host}`;
}

function candidate(ca: string | undefined): string {
  const name = ca === undefined ? undefined : /^CN=(.*)$/m.exec(new X509Certificate(ca).subject)?.[1];
  if (name === undefined) return '';
  return (
    ' (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate ' +
    `${JSON.stringify(name)})`
  );
}
