let lists: Promise<Document> | undefined;

async function load(address: string): Promise<Document> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** Replaces the link in an open group by the links to its pages, which the page that lists all pages has. */
export async function fill(group: HTMLDetailsElement): Promise<void> {
  const link = group.querySelector<HTMLAnchorElement>('a')!;
  const id = group.dataset['group'];
  if (id === undefined) return;
  lists ??= load(link.pathname);
  try {
    const list = (await lists).getElementById(id)?.querySelector('ul');
    if (!list) return;
    delete group.dataset['group'];
    group.querySelector('ul')!.replaceWith(document.importNode(list, true));
  } catch {
    // The link stays, and the next press tries again.
    lists = undefined;
  }
}
