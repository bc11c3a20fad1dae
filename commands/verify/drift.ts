import type { Tutorial } from './tutorial.ts';

/** Lines that may differ between the two modes: those that say how to connect. */
const CONNECTING = /ssl(?:mode|rootcert|cert|key)|certs?-dir|--insecure|--certs/;

/** Returns a sentence for each file whose secure and insecure versions differ in more than how they connect. */
export function driftFaults({ steps }: Tutorial): string[] {
  const files = steps.flatMap(({ step, mode }) => (step.kind === 'file' && mode !== null ? [{ ...step, mode }] : []));
  return files
    .filter(({ mode }) => mode === 'secure')
    .flatMap((secure) => {
      const insecure = files.find(({ mode, path }) => mode === 'insecure' && path === secure.path);
      if (!insecure) return [`${secure.path} exists only in secure mode`];
      const [a, b] = [common(secure.text), common(insecure.text)];
      const at = a.findIndex((line, index) => line !== b[index]);
      if (at < 0 && a.length === b.length) return [];
      const where = at < 0 ? Math.min(a.length, b.length) : at;
      return [
        `${secure.path} differs between the modes in more than how it connects: ` +
          `${JSON.stringify(a[where])} (secure), ${JSON.stringify(b[where])} (insecure)`,
      ];
    });
}

function common(text: string): string[] {
  return text.split('\n').filter((line) => !CONNECTING.test(line));
}
