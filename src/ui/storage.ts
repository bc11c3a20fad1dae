/**
 * Returns the JSON value stored under a key; undefined when there is none or it cannot be parsed. `storage` is a
 * function because merely accessing `localStorage` throws in browsers whose user refuses storage.
 */
export function readStored<T>(storage: () => Storage, key: string): T | undefined {
  try {
    return (JSON.parse(storage().getItem(key) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON; undefined removes the key. Returns false when storage is full or refused. */
export function writeStored(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    if (value === undefined) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
