const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const details = document.querySelector<HTMLDetailsElement>('.contents details');
const wide = matchMedia('(min-width: 72rem)');

/** Where a heading counts as reached, in pixels below the top of the window. */
const REACHED_BELOW_TOP = 120;

/**
 * The heading that a reader jumped to stays marked, though the page may end before it reaches the top, until they
 * scroll on.
 */
let jumpedTo: number | undefined;

/**
 * The entry for what is being read: the last heading above a line near the top of the window. Over the last windowful
 * of the page the line moves down to the bottom, so that the headings that can never reach the top get their turn too.
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
    // A press on an entry is about to jump. Marking another before it is let go would move the list under the pointer,
    // and lose the press.
    if (!(target instanceof Element && target.closest('.contents a'))) release();
  },
  { passive: true },
);
// A press on the entry that the address names already changes no hash. Any other waits for that event: two jumps for
// one press could come on either side of the reader's next scroll, and the second would then mark what they have left.
for (const link of links) {
  link.addEventListener('click', () => {
    if (link.hash === location.hash) setTimeout(jump);
  });
}

// Beside the text the contents are always open; above it, on a small screen, they open on a press.
const fold = () => {
  if (!details) return;
  details.open = wide.matches;
  // Where it cannot be folded, its head is no stop of Tab.
  details.querySelector('summary')!.tabIndex = wide.matches ? -1 : 0;
};
wide.addEventListener('change', fold);
fold();
schedule();
