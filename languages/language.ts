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

/** A language that readers' programs are written in: all that the build, the page, the server and verification know. */
export interface Language {
  /** The name of its folder here, and of its part in `.bankrun/setup.json`. */
  name: string;
  /** As readers know it. */
  label: string;
  /** What a code fence is marked with; shiki has a grammar of that name. */
  fence: string;
  /** What the names of its files end with, without the dot. */
  endings: readonly string[];
  /** Media type of its files. */
  mediaType: string;
  /** The words that run a program of it: a command line `WORD FILE …`, where FILE has one of the endings. */
  runs: readonly string[];
  /** Puts what set-up installed into sandboxes. */
  inSandbox(installed: Installed): SandboxParts;
}
