import Drivers from './Drivers.astro';
import ModeFilter from './ModeFilter.astro';
import Note from './Note.astro';

/** What `Drivers`, `ModeFilter` and `Note` in content are rendered by. */
export const contentComponents = { Drivers, ModeFilter, Note };
