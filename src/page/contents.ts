const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const details = document.querySelector<HTMLDetailsElement>('.contents details');
const wide = matchMedia('(min-width: 72rem)');

/** A heading above this line, in pixels below the top of the window, counts as reached. */
const REACHED_BELOW_TOP = 120;

/**
 * The heading that the reader jumped to. It stays marked until they scroll, even if the page ends before it can reach
 * the top.
 */
let jumpedTo: number | undefined;

/**
 * Returns the entry for what is being read: the last heading above a line near the top of the window. Over the last
 * screen of the page the line moves down to the bottom, so that headings that can never reach the top are marked too.
 */
function current(): number {
  if (jumpedTo !== undefined) return jumpedTo;
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  const towardsEnd = Math.min(1, Math.max(0, 1 - left / innerHeight));
  const atTop = scrollY <= 0;
  const line = atTop ? REACHED_BELOW_TOP : REACHED_BELOW_TOP + (innerHeight - REACHED_BELOW_TOP) * towardsEnd;
  let found = -1;
  for (const [index, heading] of headings.entries()) {
    if (heading?.checkVisibility() && heading.getBoundingClientRect().top <= line) found = index;
  }
  return found === -1 ? headings.findIndex((heading) => heading?.checkVisibility()) : found;
}

function mark(): void {
  frame = 0;
  const marked = current();
  for (const [index, link] of links.entries()) {
    if (index === marked) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

let frame = 0;
const schedule = () => {
  frame ||= requestAnimationFrame(mark);
};
const release = () => {
  jumpedTo = undefined;
  schedule();
};
const jump = () => {
  const index = links.findIndex(({ hash }) => hash === location.hash);
  jumpedTo = index === -1 ? undefined : index;
  schedule();
};

addEventListener('scroll', schedule, { passive: true });
addEventListener('resize', release);
addEventListener('modechange', release);
addEventListener('hashchange', jump);
for (const scrolled of ['wheel', 'touchmove', 'keydown']) addEventListener(scrolled, release, { passive: true });
addEventListener(
  'pointerdown',
  ({ target }) => {
    // A press on an entry is about to jump. Marking another entry now would move the list under the pointer, and the
    // press would be lost.
    if (!(target instanceof Element && target.closest('.contents a'))) release();
  },
  { passive: true },
);
// A press on the entry that is already in the address changes no hash. Other presses are handled by `hashchange` alone:
// a second jump could come after the reader's next scroll, and mark what they have left.
for (const link of links) {
  link.addEventListener('click', () => {
    if (link.hash === location.hash) setTimeout(jump);
  });
}

// Next to the text, the contents are always open; above it, on a small screen, they open on a press.
const fold = () => {
  if (!details) return;
  details.open = wide.matches;
  // When it cannot be folded, Tab skips its summary.
  details.querySelector('summary')!.tabIndex = wide.matches ? -1 : 0;
};
wide.addEventListener('change', fold);
fold();
schedule();
