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
  // Of a frame, and of a mistake in the writing.
  frame: /^(?<before>\s*)(?<words>File "(?:\/home\/reader\/)?(?<path>[^"\n]{1,200})", line (?<line>\d{1,6}))/,
  modules: /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
  atHome: {
    needs: /^(?:bash -c ')?(?:python|pip)\b/m,
    // Systems of today have no `python`, or let pip install nothing for it, outside an environment.
    remark:
      'Its programs need Python; have them in an environment of their own: ' +
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
        // Output is streamed to a page as it is printed; into a pipe, Python would keep it back.
        PYTHONUNBUFFERED: '1',
        PYTHONPATH: mounts.map(({ destination }) => destination).join(':'),
        // What tutorials install is there already; nothing else can be had without a network, and pip should say so at
        // once.
        PIP_BREAK_SYSTEM_PACKAGES: '1',
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_NO_CACHE_DIR: '1',
        PIP_NO_INDEX: '1',
        PIP_NO_INPUT: '1',
        // Else pip says on each call that it falls back to the user's directory.
        PIP_USER: '0',
      },
    };
  },
};
