/** The session's variables as a client's startup message sets them; those of no meaning here are left out, as CockroachDB does. */
export function startVariables(parameters: Map<string, string>): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!['user', 'database', 'options'].includes(name)) variables.set(name.toLowerCase(), value);
  }
  for (const [, name, value] of (parameters.get('options') ?? '').matchAll(/-c\s*(\w+)=(\S+)/g)) variables.set(name!.toLowerCase(), value!);
  return variables;
}
