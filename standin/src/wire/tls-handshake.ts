import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { NodeCertificates } from './node-certificates.ts';

/**
 * Returns a function that does the TLS handshake with a client on a socket that has already exchanged messages. A
 * client without a certificate, or with an untrusted one, is let through: the socket's `authorized` says so.
 */
export function tlsHandshake(certificates: NodeCertificates): (raw: Socket) => Promise<TLSSocket> {
  const server = createServer({
    ...certificates,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
  });
  // `new TLSSocket({ isServer: true })` never sets `authorized`: so the connection goes through a server.
  return (raw) =>
    new Promise((resolve, reject) => {
      const match = (secured: TLSSocket): void => {
        if (secured.remotePort !== raw.remotePort || secured.remoteAddress !== raw.remoteAddress) return;
        server.off('secureConnection', match);
        resolve(secured);
      };
      server.on('secureConnection', match);
      raw.once('close', () => {
        server.off('secureConnection', match);
        reject(new Error('closed during the handshake'));
      });
      server.emit('connection', raw);
    });
}
