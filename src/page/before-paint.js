// Runs in the head before the first paint: sets the mode and the theme of the page.
(() => {
  // From the layout: the ids that only one mode shows, so that a link to one of them selects its mode.
  const idsByMode = JSON.parse(document.querySelector('[data-ids-by-mode]').textContent);
  const root = document.documentElement;
  const modes = ['secure', 'insecure'];
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Some browsers refuse storage; the page works without it.
    }
  };
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // A hash that cannot be decoded is not one of our ids.
  }
  // Reserves space for the offer of shared code.
  if (id.startsWith('code=')) root.dataset.code = '';
  // A mode named in the address takes precedence over the mode of the hash's target.
  const named = new URLSearchParams(location.search).get('filters');
  const asked = modes.includes(named) ? named : modes.find((mode) => idsByMode[mode].includes(id));
  if (asked) {
    root.dataset.mode = asked;
    try {
      localStorage.setItem('mode', asked);
    } catch {
      // Storage is refused, as above.
    }
  } else root.dataset.mode = modes.includes(stored('mode')) ? stored('mode') : 'secure';
  const theme = stored('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
