/** Tells `frame` how much of the window a phone's keyboard covers, in its property `--keyboard`. */
export function raiseAboveKeyboard(frame: HTMLElement): void {
  const { visualViewport } = window;
  const raise = (): void => {
    const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    frame.style.setProperty('--keyboard', `${Math.max(0, Math.round(innerHeight - height - offsetTop))}px`);
  };
  for (const type of ['resize', 'scroll']) visualViewport?.addEventListener(type, raise);
}
