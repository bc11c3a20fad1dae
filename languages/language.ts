/** Where set-up put what programs of a language run on; paths of the host. `.bankrun/setup.json` holds one for each. */
export interface Installed {
  /** The interpreter. */
  executable: string;
  /** Of the interpreter, as in 3.11.2. */
  version: string;
  /** Folders of packages that programs may import. */
  packages: string[];
}

/** What every sandbox has for a language's programs. */
export interface SandboxParts {
  /** Folders and files of the host, seen read-only. */
  mounts: { source: string; destination: string }[];
  /** Environment of all programs in the sandbox. Holds no secret: readers can see it. */
  env: Record<string, string>;
  /** Commands on the search path, and the file in the sandbox that each leads to. */
  commands: Record<string, string>;
}

/** How verification finds which functions of a program ran. */
interface Tracing {
  /** A definition of a function, at the beginning of a line; the first group is its name. Global and multi-line. */
  defined: RegExp;
  /**
   * A file in the language's folder. Started as `command` says, it runs the program as it is, and last prints a line:
   * `CALLED`, then the names of those of its functions that were called.
   */
  tracer: string;
  /** The command line that runs a program under the tracer, both files in the reader's home. */
  command: (tracer: string, program: string) => string;
}

/** A language that readers' programs are written in: what the build, the page, the server and verification know. */
export interface Language {
  /** The name of its folder here, and of its part in `.bankrun/setup.json`. */
  name: string;
  /** As readers know it. */
  label: string;
  /**
   * What a code fence is marked with. shiki has a grammar of that name; the editor's is exported as `grammar` by the
   * module `<fence>-grammar.ts` of the folder.
   */
  fence: string;
  /** What the names of its files end with, without the dot. */
  endings: readonly string[];
  /** Media type of its files. */
  mediaType: string;
  /** Spaces that a level of indentation has. */
  indent: number;
  /** The words that run a program of it: a command line `WORD FILE …`, where FILE has one of the endings. */
  runs: readonly string[];
  /**
   * How a line of its tracebacks names a line of a file in the reader's home: `before` stands before it, `words` are
   * the words that do, and within them are `path`, from the home, and `line`.
   */
  frame: RegExp;
  /** The name of a module, where `server/agent/fork_server.py` can load modules ahead of a run. */
  modules?: RegExp;
  /** For readers who take home what they ran: which command lines need it, and a remark on how to have it there. */
  atHome: { needs: RegExp; remark: string };
  tracing: Tracing;
  /** Puts what set-up installed into sandboxes. */
  inSandbox: (installed: Installed) => SandboxParts;
}
