const EOT = '\x04';
const INTERRUPT = '\x03';
const BACKSPACES = ['\x7f', '\b'];

/** Asks for a password, without showing it. Returns undefined when there is no terminal, or when the user gave up. */
export async function askPassword(): Promise<string | undefined> {
  process.stdout.write('Enter password: ');
  const { stdin } = process;
  if (!stdin.isTTY) return undefined;
  stdin.setRawMode(true);
  try {
    let typed = '';
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return typed;
        if (key === INTERRUPT || (key === EOT && !typed)) return undefined;
        typed = BACKSPACES.includes(key) ? typed.slice(0, -1) : typed + key;
      }
    }
    return undefined;
  } finally {
    stdin.setRawMode(false);
    process.stdout.write('\n');
  }
}
