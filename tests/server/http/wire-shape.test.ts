import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { making, taking, type IsSame } from '../../../server/http/wire-shape.ts';
import type { ClaimRequest, Mode, RunRequest, Step } from '../../../shared/protocol.ts';

const imports = z.array(z.string()).optional();
const waits = z.boolean().optional();

describe('a validator of what crosses the wire', () => {
  it('accepts exactly what the protocol says, or does not compile', () => {
    const mode = z.enum(['secure', 'insecure']);
    expect(taking<ClaimRequest>()(z.strictObject({ mode, imports, waits }))).toBeDefined();
    // @ts-expect-error An optional field of the protocol is missing.
    taking<ClaimRequest>()(z.strictObject({ mode, waits }));
    // @ts-expect-error The protocol has no such field, even if it is optional.
    taking<ClaimRequest>()(z.strictObject({ mode, imports, waits, note: z.string().optional() }));
    // @ts-expect-error The protocol has another mode.
    taking<ClaimRequest>()(z.strictObject({ mode: z.enum(['secure']), imports, waits }));
    // @ts-expect-error A field that may be absent is required.
    taking<ClaimRequest>()(z.strictObject({ mode, imports: z.array(z.string()), waits }));
  });

  it('accepts every kind of step with all its fields, or does not compile', () => {
    const file = z.strictObject({ id: z.string(), kind: z.literal('file'), path: z.string(), text: z.string() });
    const shell = z.strictObject({
      id: z.string(),
      kind: z.literal('shell'),
      command: z.string(),
      background: z.boolean().optional(),
    });
    // @ts-expect-error A shell step may have a session, and there are SQL steps.
    taking<RunRequest>()(z.strictObject({ steps: z.array(z.discriminatedUnion('kind', [file, shell])) }));
    const sameWithMore: IsSame<Step, Step & { note?: string }> = false;
    const sameWithAnother: IsSame<Step, Step | { id: string; kind: 'wait' }> = false;
    expect([sameWithMore, sameWithAnother]).toEqual([false, false]);
  });

  it('of a query is checked by what it parses the words into', () => {
    const limit = z.string().transform(Number);
    expect(making<{ limit: number }>()(z.strictObject({ limit }))).toBeDefined();
    // @ts-expect-error It parses the words into a text.
    making<{ limit: number }>()(z.strictObject({ limit: z.string() }));
  });

  it('does not care how a type is spelt', () => {
    const same: IsSame<{ id: string } & { mode?: Mode }, { id: string; mode?: Mode | undefined }> = true;
    expect(same).toBe(true);
  });
});
