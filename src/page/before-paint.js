// Runs in the head, before the first paint: which mode and which theme the page shows.
(() => {
  // From the layout: the ids that only one mode shows, so that a link to one opens its mode.
  const idsByMode = JSON.parse(document.querySelector('[data-ids-by-mode]').textContent);
  const root = document.documentElement;
  const modes = ['secure', 'insecure'];
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is refused to some readers; the page works without.
    }
  };
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // A hash that is no URI component names nothing of ours.
  }
  // Makes room for what a link brings.
  if (id.startsWith('code=')) root.dataset.code = '';
  // What an address asks for by name counts more than what its hash happens to be in.
  const named = new URLSearchParams(location.search).get('filters');
  const asked = modes.includes(named) ? named : modes.find((mode) => idsByMode[mode].includes(id));
  if (asked) {
    root.dataset.mode = asked;
    try {
      localStorage.setItem('mode', asked);
    } catch {
      // As above.
    }
  } else root.dataset.mode = modes.includes(stored('mode')) ? stored('mode') : 'secure';
  const theme = stored('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
