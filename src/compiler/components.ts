/** An attribute of a component. */
interface Attribute {
  name: string;
  about: string;
  isRequired?: true;
}

/** A component that content may use. The page "Writing for Bankrun" is made from these, too. */
export interface Component {
  name: string;
  about: string;
  attributes: readonly Attribute[];
  /** A passage of a page that uses it; paths are those of this site's content. */
  example: string;
}

/** All components of content. The compiler itself replaces the first four. */
export const COMPONENTS = [
  {
    name: 'Mode',
    about: 'A section that only one mode of the cluster shows.',
    attributes: [{ name: 'is', about: '`secure` or `insecure`.', isRequired: true }],
    example: '<Mode is="secure">\n\nYour cluster has certificates.\n\n</Mode>',
  },
  {
    name: 'Sample',
    about:
      'A step that writes a file of `content/samples/`, which readers can download: of `DRIVER/shared/`, or in each ' +
      'mode that of `DRIVER/secure/` or `DRIVER/insecure/`.',
    attributes: [
      { name: 'driver', about: 'The folder in `content/samples/`.', isRequired: true },
      { name: 'file', about: 'The file, as a path in the folder of its mode.', isRequired: true },
      {
        name: 'as',
        about: 'Its path in the reader’s home directory, where it differs: for another version of a file of the page.',
      },
      {
        name: 'shows',
        about:
          'How the paragraphs begin that are shown unfolded, separated by semicolons. Without it, the whole file is.',
      },
    ],
    example: '<Sample driver="pony" file="pony-basic-sample.py" shows="class Account" />',
  },
  {
    name: 'Partial',
    about: 'The text of a file in `content/partials/`, which several pages share.',
    attributes: [{ name: 'file', about: 'The file, as a path in `content/partials/`.', isRequired: true }],
    example: '<Partial file="python-3.mdx" />',
  },
  {
    name: 'Reference',
    about: 'A list of what pages can say, made from the tables of the program itself.',
    attributes: [
      {
        name: 'of',
        about:
          '`captures`, `commands`, `components`, `effects`, `fences`, `frontmatter`, `languages`, `limits` or ' +
          '`navigation`.',
        isRequired: true,
      },
    ],
    example: '<Reference of="captures" />',
  },
  {
    name: 'Note',
    about: 'A remark, set off from the text.',
    attributes: [{ name: 'title', about: 'A short label. Without it, “Note”.' }],
    example: '<Note title="Careful">\n\nThis removes all accounts.\n\n</Note>',
  },
  {
    name: 'Terminal',
    about: 'Words that open a terminal; without JavaScript and on paper they are plain words.',
    attributes: [],
    example: 'To try more, <Terminal>open a terminal</Terminal>.',
  },
  {
    name: 'ModeFilter',
    about: 'The choice between the modes.',
    attributes: [],
    example: '<ModeFilter />',
  },
  {
    name: 'Drivers',
    about: 'Tabs with the tutorials of the same language, as in the navigation.',
    attributes: [],
    example: '<Drivers />',
  },
  {
    name: 'Cards',
    about: 'The tutorials of the navigation as cards.',
    attributes: [],
    example: '<Cards />',
  },
  {
    name: 'Constructs',
    about: 'What SQL the stand-in understands.',
    attributes: [],
    example: '<Constructs />',
  },
  {
    name: 'Versions',
    about: 'Where the stand-in does as which version of CockroachDB.',
    attributes: [],
    example: '<Versions />',
  },
] as const satisfies readonly Component[];

/** The components that the compiler replaces itself; the site renders the others. */
type Compiled = 'Mode' | 'Sample' | 'Partial' | 'Reference';
/** A component that the site renders. */
export type Rendered = Exclude<(typeof COMPONENTS)[number]['name'], Compiled>;

/** The names of all components. */
export const COMPONENT_NAMES: readonly string[] = COMPONENTS.map(({ name }) => name);
