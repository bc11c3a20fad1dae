import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { integer, oid, parts, sequence, time } from '../../src/cert/der.ts';
import { issueCertificate } from '../../src/cert/x509.ts';
import type { Purpose } from '../../src/cert/x509.ts';

const DAY_MS = 86_400_000;
const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const caKey = key();
const ca = new X509Certificate(issueCertificate({ kind: 'ca' }, caKey, 10 * DAY_MS));
const issue = (purpose: Purpose, of = key()) =>
  new X509Certificate(issueCertificate(purpose, of, DAY_MS, { certificate: ca, key: caKey }));

describe('issueCertificate', () => {
  it('creates a self-signed CA', () => {
    expect(ca).toMatchObject({
      ca: true,
      subject: 'O=Cockroach\nCN=Cockroach CA',
      issuer: 'O=Cockroach\nCN=Cockroach CA',
    });
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.checkPrivateKey(caKey)).toBe(true);
  });

  it('is valid from a day ago, for the requested time', () => {
    expect(Math.round((ca.validToDate.getTime() - ca.validFromDate.getTime()) / DAY_MS)).toBe(11);
  });

  it('lists the hosts of a node, names before addresses', () => {
    const node = issue({ kind: 'node', hosts: ['localhost', '127.0.0.1', '::1', '*.local', '2001:db8::7'] });
    expect(node.subjectAltName).toBe(
      'DNS:localhost, DNS:*.local, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:0:0:7',
    );
    expect(node.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(node.ca).toBe(false);
  });

  it('is signed by the CA, for the user', () => {
    const client = issue({ kind: 'client', user: 'ünï' });
    expect(client.subject).toBe('O=Cockroach\nCN=ünï');
    expect(client.checkIssued(ca)).toBe(true);
    expect(client.verify(ca.publicKey)).toBe(true);
    expect(client.verify(client.publicKey)).toBe(false);
  });

  it('gets a new serial number every time', () => {
    expect(issue({ kind: 'client', user: 'root' }).serialNumber).not.toBe(
      issue({ kind: 'client', user: 'root' }).serialNumber,
    );
  });

  it('lets a server and a client trust each other over TLS', async () => {
    const [serverKey, clientKey] = [key(), key()];
    const pem = (certificate: X509Certificate) => certificate.toString();
    const server = createServer({
      ca: pem(ca),
      cert: pem(issue({ kind: 'node', hosts: ['localhost'] }, serverKey)),
      key: serverKey.export({ type: 'pkcs1', format: 'pem' }),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const seen = new Promise((settle) =>
      server.on('secureConnection', (socket) => settle(socket.getPeerCertificate().subject.CN)),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const client = connect({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: pem(ca),
      cert: pem(issue({ kind: 'client', user: 'maxroach' }, clientKey)),
      key: clientKey.export({ type: 'pkcs1', format: 'pem' }),
    });
    try {
      expect(await seen).toBe('maxroach');
      expect(client.authorized).toBe(true);
    } finally {
      client.destroy();
      server.close();
    }
  });
});

describe('DER', () => {
  it.each([
    ['small numbers', integer(Buffer.from([2])), '020102'],
    ['numbers with the highest bit', integer(Buffer.from([0x80])), '02020080'],
    ['numbers with zeros before them', integer(Buffer.from([0, 0, 7])), '020107'],
    ['zero', integer(Buffer.from([0])), '020100'],
    ['identifiers', oid('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    ['a year before 2050', time(Date.UTC(2049, 11, 31, 23, 59, 59)), '170d3439313233313233353935395a'],
    ['a year from 2050 on', time(Date.UTC(2050, 0, 1)), '180f32303530303130313030303030305a'],
  ])('encodes %s', (_, encoded, hex) => {
    expect(encoded.toString('hex')).toBe(hex);
  });

  it.each([127, 128, 255, 256, 65_536])('writes and reads a length of %i bytes', (bytes) => {
    const inner = sequence(Buffer.alloc(bytes));
    expect(parts(sequence(inner, integer(Buffer.from([1]))))).toEqual([inner, integer(Buffer.from([1]))]);
  });

  it('refuses a value that is cut off', () => {
    expect(() => parts(sequence(Buffer.alloc(300)).subarray(0, 100))).toThrow('cut off');
  });
});
