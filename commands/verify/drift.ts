import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { PageStep } from '../../shared/step.ts';
import { CONTENT } from '../client/content.ts';
import type { Tutorial } from './tutorial.ts';

/** Lines that may differ between the two modes: those that say how to connect. */
const CONNECTING = /ssl(?:mode|rootcert|cert|key)|certs?-dir|--insecure|--certs/;

/** A file as a page writes it in one mode. */
interface Version {
  mode: Mode;
  path: string;
  text: string;
  step: PageStep;
}

/**
 * Returns a sentence for each file whose secure and insecure versions differ in more than how they connect. When a page
 * writes a file several times, the first version is compared with the first, and so on.
 */
export function driftFaults(tutorial: Tutorial): string[] {
  const versions = tutorial.steps.flatMap((each): Version[] =>
    each.step.kind === 'file' && each.mode !== null
      ? [{ mode: each.mode, path: each.step.path, text: each.step.text, step: each }]
      : [],
  );
  return [...Map.groupBy(versions, ({ path }) => path).values()].flatMap((ofFile) => {
    const [secure, insecure] = [
      ofFile.filter(({ mode }) => mode === 'secure'),
      ofFile.filter(({ mode }) => mode === 'insecure'),
    ];
    const most = Math.max(secure.length, insecure.length);
    return Array.from({ length: most }, (_, at) => faultOf(tutorial, secure[at], insecure[at])).filter(
      (fault) => fault !== undefined,
    );
  });
}

function faultOf(tutorial: Tutorial, secure: Version | undefined, insecure: Version | undefined): string | undefined {
  const one = secure ?? insecure;
  if (!one) return undefined;
  // What a page writes by itself may be needed in one mode only, as certificates are.
  if (!secure || !insecure)
    return sampleOf(tutorial, one) === undefined || modesOf(tutorial).length < MODES.length
      ? undefined
      : `${placeOf(tutorial, one, 1)}: found ${one.path} only in ${one.mode} mode; expected a version for each mode.`;
  const [a, b] = [common(secure.text), common(insecure.text)];
  const differs = a.findIndex(({ line }, index) => line !== b[index]?.line);
  const at = differs < 0 && b.length > a.length ? a.length : differs;
  if (at < 0) return undefined;
  const told = ({ line }: Line): string => `\`${line.trim()}\``;
  const end: Line = { line: 'the end of the file', number: 0 };
  const [inSecure, inInsecure] = [a[at] ?? { ...end, number: last(a) }, b[at] ?? { ...end, number: last(b) }];
  return (
    `${placeOf(tutorial, secure, inSecure.number)}: found ${told(inSecure)} in secure mode and ${told(inInsecure)} ` +
    `in insecure mode (${placeOf(tutorial, insecure, inInsecure.number)}); ` +
    `expected versions of ${one.path} that differ only in how they connect.`
  );
}

interface Line {
  line: string;
  /** Counted from 1, in the file. */
  number: number;
}

function common(text: string): Line[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => !CONNECTING.test(line));
}

function last(lines: readonly Line[]): number {
  return lines.at(-1)?.number ?? 1;
}

/** Returns the place of a line of a version: in its sample, or else where the page has it. */
function placeOf(tutorial: Tutorial, version: Version, line: number): string {
  const sample = sampleOf(tutorial, version);
  const { source } = version.step;
  return sample === undefined ? `${source.file}:${source.line}` : `content/${sample}:${line}`;
}

/** Returns the sample that a version shows, as a path below `content/`; undefined when the page has it in itself. */
function sampleOf({ uses = new Set(), content = CONTENT }: Tutorial, { text }: Version): string | undefined {
  const samples = [...uses].filter((path) => path.startsWith('samples/') && existsSync(join(content, path)));
  return samples.find((path) => readFileSync(join(content, path), 'utf8').trimEnd() === text.trimEnd());
}

function modesOf({ steps }: Tutorial): Mode[] {
  return MODES.filter((mode) => steps.some((step) => step.mode === mode));
}
