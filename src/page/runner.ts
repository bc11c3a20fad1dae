const sources = import.meta.glob<string>('../runner/early.js', { query: '?raw', import: 'default', eager: true });

/** The script that keeps presses on buttons until the runner has loaded. */
export const runnerEarly = Object.values(sources)[0] ?? '';
