/**
 * What a key of a storage holds as JSON; undefined when it holds nothing or no JSON. `storage` is a function, because
 * some browsers throw when storage is only mentioned, where their user refuses it.
 */
export function readStored<T>(storage: () => Storage, key: string): T | undefined {
  try {
    return (JSON.parse(storage().getItem(key) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON, or removes the key for undefined. False when there is no room, or no storage. */
export function writeStored(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    if (value === undefined) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
