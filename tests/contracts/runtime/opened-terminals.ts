import { afterEach } from 'vitest';
import type { Container, TerminalRequest } from '../../../server/oci/container.ts';
import { TypedTerminal } from '../../server/oci/typed-terminal.ts';
import type { SharedContainer } from './shared-container.ts';

/** Opens a terminal in the given container, or in the shared one. */
export type OpenTerminal = (request?: Partial<TerminalRequest>, container?: Container) => TypedTerminal;

/** Returns a function that opens terminals; call it within a `describe`. All terminals are closed after each test. */
export function openingTerminals(shared: SharedContainer): OpenTerminal {
  const opened: TypedTerminal[] = [];
  afterEach(async () => {
    await Promise.allSettled(opened.splice(0).map((typed) => typed.close()));
  });
  return (request = {}, container = shared.container) => {
    const typed = new TypedTerminal(container, request);
    opened.push(typed);
    return typed;
  };
}
