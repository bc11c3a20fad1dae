/** Returns what `coming` resolves to, or undefined when that takes longer than `ms`. Rejects when `coming` does. */
export async function within<T>(ms: number, coming: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((settle) => {
    timer = setTimeout(settle, ms, undefined);
  });
  return await Promise.race([coming, late]).finally(() => clearTimeout(timer));
}
