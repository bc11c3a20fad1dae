import type { Language } from '../language.ts';

const PACKAGES = '/opt/packages';

/** Python. Its interpreter is in every sandbox already, because the agent runs on it. */
export const python: Language = {
  name: 'python',
  label: 'Python',
  fence: 'python',
  endings: ['py'],
  mediaType: 'text/x-python',
  indent: 4,
  runs: ['python', 'python3'],
  commands: ['python', 'python3'],
  // Matches frames and syntax errors.
  frame: /^(?<before>\s*)(?<words>File "(?:\/home\/reader\/)?(?<path>[^"\n]{1,200})", line (?<line>\d{1,6}))/,
  modules: /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
  atHome: {
    needs: /^(?:bash -c ')?(?:python|pip)\b/m,
    // Current systems have no `python`, or do not let pip install anything, outside a virtual environment.
    remark:
      'Its programs need Python; give them an environment of their own: ' +
      'python3 -m venv .venv && source .venv/bin/activate',
  },
  tracing: {
    defined: /^\s*def (\w+)/gm,
    tracer: 'trace_calls.py',
    command: (tracer, program) => `python ${tracer} ${program}`,
  },

  inSandbox: ({ executable, packages }) => {
    const mounts = packages.map((source, index) => ({ source, destination: `${PACKAGES}/${index}` }));
    return {
      mounts,
      commands: { python: executable, python3: executable },
      env: {
        PYTHONDONTWRITEBYTECODE: '1',
        // Output is streamed to the page as it is printed, but Python would buffer it in a pipe.
        PYTHONUNBUFFERED: '1',
        PYTHONPATH: mounts.map(({ destination }) => destination).join(':'),
        // The tutorials' packages are already installed. Others are not available without a network, and pip should
        // report that at once.
        PIP_BREAK_SYSTEM_PACKAGES: '1',
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_NO_CACHE_DIR: '1',
        PIP_NO_INDEX: '1',
        PIP_NO_INPUT: '1',
        // Otherwise pip prints on each call that it uses the user's directory.
        PIP_USER: '0',
      },
    };
  },
};
