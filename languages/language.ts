/** What set-up has installed for a language, with paths on the host. `.bankrun/setup.json` contains one for each. */
export interface Installed {
  /** The interpreter. */
  executable: string;
  /** The version of the interpreter, for example 3.11.2. */
  version: string;
  /** Folders of packages that programs can import. */
  packages: string[];
}

/** What every sandbox contains for a language's programs. */
interface SandboxParts {
  /** Folders and files of the host to mount read-only. */
  mounts: { source: string; destination: string }[];
  /** The environment of all programs in the sandbox. Must not contain secrets, because readers can see it. */
  env: Record<string, string>;
  /** Commands on `PATH`: the name, and the file in the sandbox that it links to. */
  commands: Record<string, string>;
}

/** What sandboxes contain for all languages. */
export interface LanguageParts extends SandboxParts {
  /** The commands of languages that this machine lacks: the name, and the language's name for readers. */
  absent: Record<string, string>;
}

/** How verification finds which functions of a program ran. */
interface Tracing {
  /** Matches a function's definition at the beginning of a line; the first group is its name. Has the flags g and m. */
  defined: RegExp;
  /**
   * A file in the language's folder. When started as in `command`, it runs the program unchanged, and prints a last
   * line: `CALLED`, followed by the names of the program's functions that were called.
   */
  tracer: string;
  /** Returns the command line that runs a program under the tracer; both files are in the reader's home. */
  command: (tracer: string, program: string) => string;
}

/** A language of readers' programs: everything that the build, the page, the server and verification need of it. */
export interface Language {
  /** The name of its folder here, and of its part in `.bankrun/setup.json`. */
  name: string;
  /** Its name for readers. */
  label: string;
  /**
   * The word on its code fences, which is also the name of shiki's grammar. The editor's grammar is the export
   * `grammar` of the module `<fence>-grammar.ts` in the folder.
   */
  fence: string;
  /** The extensions of its files, without the dot. */
  endings: readonly string[];
  /** The media type of its files. */
  mediaType: string;
  /** The number of spaces per level of indentation. */
  indent: number;
  /** The commands that run its programs: a command line is `WORD FILE …`, where FILE has one of the endings. */
  runs: readonly string[];
  /** All commands that come with it: those in `runs`, its package manager… */
  commands: readonly string[];
  /**
   * Matches a line of a traceback that names a line of a file in the reader's home. The groups are `words`, which name
   * it, `before`, the text before them, and within them `path`, relative to the home, and `line`.
   */
  frame: RegExp;
  /** Matches names of modules, if `server/agent/fork_server.py` can load modules of this language in advance. */
  modules?: RegExp;
  /** For readers who take their files home: matches command lines that need it, and a remark on how to install it. */
  atHome: { needs: RegExp; remark: string };
  tracing: Tracing;
  /** Returns what sandboxes need to run it, from what set-up has installed. */
  inSandbox: (installed: Installed) => SandboxParts;
}
