import type { Mode } from '../../../shared/protocol.ts';

const SECURE_URL = (user: string): string =>
  `sslmode=verify-full&sslrootcert=certs/ca.crt&sslcert=certs/client.${user}.crt&sslkey=certs/client.${user}.key`;

/** Returns a command as it is in each mode: with certificates, or without them. */
export function textOfModes(text: string): Record<Mode, string> {
  const secure = text
    .replace(/(?<=\s)--insecure(?:=true)?(?=\s|$)/g, '--certs-dir=certs')
    .replace(/(postgres(?:ql)?:\/\/)(\w+)?(?::[^@\s]*)?(@[^\s'"?]*)\?sslmode=disable/g, (_all, scheme, user, rest) => {
      const name = typeof user === 'string' ? user : 'root';
      return `${String(scheme)}${name}${String(rest)}?${SECURE_URL(name)}`;
    })
    // A later `cd` must not lose the certificates.
    .replace(/^(?:\$ )?export \w+="?postgres\S*/gm, (found) => found.replaceAll('=certs/', '=$HOME/certs/'));
  const insecure = text
    .replace(/(?<=\s)--certs-dir[= ]\S+/g, '--insecure')
    .replace(/([?&])sslmode=(?:verify-full|verify-ca|require)(?:&ssl\w+=[^&\s'"]*)*/g, '$1sslmode=disable');
  return { secure, insecure };
}

/** Returns a text that is the same in both modes, such as statements. */
export function sameText(text: string): Record<Mode, string> {
  return { secure: text, insecure: text };
}
