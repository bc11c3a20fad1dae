# tries: to hold up, mislead or fill what keeps a shell's state between steps: pipes, folders, links to devices, to the
#   engine's secret and to the agent's files in its place, more state than there is room for, a state that forks or
#   never ends.
# holds: a step with such a state begins and ends soon, or at its limit; nothing is written elsewhere, and no part of a
#   state stays where the whole does not fit.
# timeoutMs: 60000
import os
import shutil
import signal
import subprocess
import time

STATE = '/tmp/.shell-state'
SECRET, OURS = '/run/engine/secret', '/opt/agent/kept-shell.bash'


def clear() -> None:
    for path in (STATE, f'{STATE}.new'):
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.remove(path)


def step(use: str, command: str, seconds: float = 20) -> str | None:
    """Returns what a step prints, as the server runs it; None when it does not end."""
    environment = {**os.environ, 'BASH_ENV': OURS, 'KEPT_SHELL': STATE, 'KEPT_SHELL_USE': use}
    try:
        done = subprocess.run(
            ['/bin/bash', '-c', command],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return (done.stdout + done.stderr).decode(errors='replace')


def tell(holds: bool, what: str) -> None:
    print('held' if holds else 'BROKEN', what, flush=True)


with open(OURS) as file:
    ours = file.read()
plants = {
    'a pipe': os.mkfifo,
    'a folder': lambda path: os.makedirs(f'{path}/x'),
    'an endless device': lambda path: os.symlink('/dev/zero', path),
    'the secret': lambda path: os.symlink(SECRET, path),
    'the agent': lambda path: os.symlink(OURS, path),
    'itself': lambda path: os.symlink(path, path),
}
for name, plant in plants.items():
    for place in (STATE, f'{STATE}.new'):
        clear()
        plant(place)
        said = step('new', 'x=1; echo on')
        tell(said is not None and said.startswith('on'), f'{name} at {place}, anew')
        tell(step('go-on', 'echo $x') == '1\n', f'{name} at {place}, afterwards')
    clear()
    plant(STATE)
    tell('on\n' in (step('go-on', 'echo on') or ''), f'{name} in place of the state')
with open(OURS) as file:
    tell(file.read() == ours, 'the file of the agent is as it was')

clear()
step('new', 'x=1')
said = step('go-on', 'x=2; printf -v y %20000000s') or ''
tell('could not be kept' in said and not os.path.lexists(f'{STATE}.new'), 'a state larger than the folder')
tell(step('go-on', 'echo $x') == '1\n', 'the state before it')

for state in ('while :; do :; done', 'f() { f | f & }; f', 'exec sleep 60'):
    with open(STATE, 'w') as file:
        file.write(state)
    step('go-on', 'true', 2)
    for _ in range(20):
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    tell(step('new', 'echo on') == 'on\n', f'begun anew after {state}')
