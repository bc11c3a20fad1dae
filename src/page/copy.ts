/** Copy buttons of blocks that are only shown; those of steps belong to the runner, which knows of edits. */
for (const button of document.querySelectorAll<HTMLButtonElement>('.block:not([data-step]) [data-action="copy"]')) {
  button.addEventListener('click', async () => {
    const text = button.closest<HTMLElement>('.block')?.dataset['text'] ?? '';
    const told = await navigator.clipboard.writeText(text).then(() => 'Copied', () => 'Not allowed');
    button.textContent = told;
    const status = document.querySelector('[data-status]');
    if (status) status.textContent = told === 'Copied' ? 'Copied to the clipboard.' : 'The browser does not allow copying here.';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
}
