import { createHash, createPublicKey, randomBytes, sign, type X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { bitString, integer, octetString, oid, parts, sequence, set, tagged, text, time, truth } from './der.ts';

const OID = {
  organization: '2.5.4.10',
  commonName: '2.5.4.3',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const SERIAL_BYTES = 16;
const DAY_MS = 86_400_000;
const NULL = Buffer.from([0x05, 0x00]);
/** digitalSignature, nonRepudiation, keyEncipherment, keyCertSign; and digitalSignature, keyEncipherment. */
const CA_USAGE = bitString(Buffer.from([0b1110_0100]), 2);
const LEAF_USAGE = bitString(Buffer.from([0b1010_0000]), 5);

/** What a certificate is for. `hosts` are the names and addresses that a node answers to. */
export type Purpose = { kind: 'ca' } | { kind: 'node'; hosts: readonly string[] } | { kind: 'client'; user: string };

/** Who signs: a CA's certificate and private key. */
export interface Authority {
  certificate: X509Certificate;
  key: KeyObject;
}

/**
 * Creates a certificate with the fields that CockroachDB's own `cockroach cert` was recorded to write, valid from a day
 * ago until `lifetimeMs` from now. Without an authority it is signed by its own key. Returns it in DER.
 */
export function issueCertificate(purpose: Purpose, key: KeyObject, lifetimeMs: number, authority?: Authority): Buffer {
  const now = Date.now();
  const subject = distinguishedName(
    purpose.kind === 'ca' ? 'Cockroach CA' : purpose.kind === 'node' ? 'node' : purpose.user,
  );
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const issuer = authority ? subjectOf(authority.certificate) : subject;
  const issuerKey = authority ? authority.certificate.publicKey.export({ type: 'spki', format: 'der' }) : publicKey;
  const algorithm = sequence(oid(OID.sha256WithRsa), NULL);
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(randomBytes(SERIAL_BYTES)),
    algorithm,
    issuer,
    sequence(time(now - DAY_MS), time(now + lifetimeMs)),
    subject,
    publicKey,
    tagged(3, sequence(...extensions(purpose, publicKey, issuerKey))),
  );
  return sequence(body, algorithm, bitString(sign('sha256', body, authority?.key ?? key)));
}

function extensions(purpose: Purpose, publicKey: Buffer, issuerKey: Buffer): Buffer[] {
  const usage = extension(OID.keyUsage, purpose.kind === 'ca' ? CA_USAGE : LEAF_USAGE, true);
  if (purpose.kind === 'ca') {
    return [
      usage,
      extension(OID.basicConstraints, sequence(truth(), integer(Buffer.from([1]))), true),
      extension(OID.subjectKey, octetString(keyIdentifier(publicKey))),
    ];
  }
  const uses = purpose.kind === 'node' ? [OID.serverAuth, OID.clientAuth] : [OID.clientAuth];
  const all = [
    usage,
    extension(OID.extendedKeyUsage, sequence(...uses.map(oid))),
    extension(OID.authorityKey, sequence(tagged(0, keyIdentifier(issuerKey), true))),
  ];
  if (purpose.kind === 'node') all.push(extension(OID.alternativeNames, alternativeNames(purpose.hosts)));
  return all;
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [truth()] : []), octetString(value));
}

/** Names first, then addresses. */
function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.filter((host) => !isIP(host)).map((name) => tagged(2, Buffer.from(name, 'utf8'), true));
  const addresses = hosts.filter((host) => isIP(host)).map((address) => tagged(7, addressBytes(address), true));
  return sequence(...names, ...addresses);
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const full = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head, tail] = full.split('::').map((half) => (half ? half.split(':') : [])) as [string[], string[]?];
  const groups = tail ? [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function distinguishedName(commonName: string): Buffer {
  return sequence(
    set(sequence(oid(OID.organization), text('Cockroach'))),
    set(sequence(oid(OID.commonName), text(commonName))),
  );
}

/** The subject as it is encoded: an issuer must repeat it byte for byte. */
function subjectOf(certificate: X509Certificate): Buffer {
  const [body] = parts(certificate.raw) as [Buffer];
  const fields = parts(body);
  const versioned = fields[0]![0] === 0xa0 ? 1 : 0;
  return fields[versioned + 4]!;
}

function keyIdentifier(publicKey: Buffer): Buffer {
  const bits = parts(publicKey)[1]!;
  return createHash('sha1')
    .update(bits.subarray(contentStart(bits)))
    .digest();
}

function contentStart(bits: Buffer): number {
  const unusedCount = 1;
  return 2 + (bits[1]! & 0x80 ? bits[1]! & 0x7f : 0) + unusedCount;
}
