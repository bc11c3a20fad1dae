import { describe, expect, test } from 'vitest';
import { addressIn, hashId, idInMode, partName, withFittingHash, type Part } from '../../../src/page/address.ts';

const part = (id: string, mode: string, text?: string): Part => ({ id, mode, name: partName(id, mode, text) });
const PARTS = [
  part('step-3-generate-a-certificate', 'secure', 'Step 3. Generate a certificate'),
  part('step-4-run-the-code', 'secure', 'Step 4. Run the code'),
  part('step-block-run-the-code-secure-1', 'secure'),
  part('step-block-run-the-code-secure-2', 'secure'),
  part('see', 'secure', 'See'),
  part('see-1', 'secure', 'See'),
  part('step-3-run-the-code', 'insecure', 'Step 3. Run the code'),
  part('step-block-run-the-code-insecure-1', 'insecure'),
  part('see-2', 'insecure', 'See'),
  part('see-3', 'insecure', 'See'),
];

describe('the counterpart of what one mode shows is', () => {
  test('the heading of the same name, whatever its number', () => {
    expect(idInMode('step-4-run-the-code', 'insecure', PARTS)).toBe('step-3-run-the-code');
    expect(idInMode('step-3-run-the-code', 'secure', PARTS)).toBe('step-4-run-the-code');
  });

  test('the second with a name if it is the second itself', () => {
    expect(idInMode('see-1', 'insecure', PARTS)).toBe('see-3');
  });

  test('the block at the same place', () => {
    expect(idInMode('step-block-run-the-code-insecure-1', 'secure', PARTS)).toBe('step-block-run-the-code-secure-1');
  });

  test('nothing, if the other mode has no such thing', () => {
    expect(idInMode('step-3-generate-a-certificate', 'insecure', PARTS)).toBeUndefined();
    expect(idInMode('step-block-run-the-code-secure-2', 'insecure', PARTS)).toBeUndefined();
  });

  test('itself in its own mode, and if both modes show it', () => {
    expect(idInMode('step-4-run-the-code', 'secure', PARTS)).toBe('step-4-run-the-code');
    expect(idInMode('best-practices', 'insecure', PARTS)).toBe('best-practices');
  });
});

describe('an address', () => {
  const page = 'http://site/x.html';

  test('contains the mode that is shown, and a hash that fits it', () => {
    expect(addressIn('insecure', new URL(`${page}?filters=secure#step-4-run-the-code`), PARTS).href).toBe(
      `${page}?filters=insecure#step-3-run-the-code`,
    );
    expect(addressIn('insecure', new URL(`${page}#best-practices`), PARTS).href).toBe(
      `${page}?filters=insecure#best-practices`,
    );
  });

  test('loses a hash without a counterpart, completely', () => {
    expect(addressIn('insecure', new URL(`${page}#step-3-generate-a-certificate`), PARTS).href).toBe(
      `${page}?filters=insecure`,
    );
  });

  test('keeps its other parts', () => {
    expect(addressIn('secure', new URL(`${page}?from=mail#see-2`), PARTS).href).toBe(
      `${page}?from=mail&filters=secure#see`,
    );
  });

  test('without a mode gets none when its hash fits', () => {
    expect(withFittingHash(new URL(`${page}#see`), 'secure', PARTS).href).toBe(`${page}#see`);
  });

  test('may have a hash that is not a URI component', () => {
    expect([hashId('#a%20b'), hashId('#100%'), hashId('')]).toEqual(['a b', '100%', '']);
  });
});
