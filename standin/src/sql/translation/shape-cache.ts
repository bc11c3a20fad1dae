import type { Context } from './context.ts';
import { lookUpShapes } from './shape-lookup.ts';
import { keyOf, type TableShape, type TableShapes } from './table-shape.ts';

/** What has been looked up: null for a name that is no table. */
type Known = Map<string, TableShape | null>;

/**
 * Keeps the shapes of tables for all sessions, so that a statement costs no query of its own. They are forgotten
 * whenever a schema may have changed.
 */
export class ShapeCache {
  #known = new Map<string, Known>();

  /** Forgets everything. */
  clear(): void {
    this.#known = new Map();
  }

  /** Returns the shapes of tables in the context's database, as its search path finds them. */
  async shapes(paths: readonly string[][], context: Context): Promise<TableShapes> {
    const { database, user, session } = context;
    // Temporary tables are known to their session only.
    const own = session.variables.has('experimental_enable_temp_tables') ? session.id : '';
    const place = JSON.stringify([database, user, session.variables.get('search_path'), own]);
    const known: Known = this.#known.get(place) ?? new Map<string, TableShape | null>();
    // Kept only if nothing was forgotten meanwhile: `clear` replaces the outer map.
    this.#known.set(place, known);
    const missing = paths.filter((path) => !known.has(keyOf(path)));
    if (missing.length) {
      const found = await lookUpShapes(missing, context);
      for (const path of missing) known.set(keyOf(path), found.get(keyOf(path)) ?? null);
    }
    const shapes = new Map<string, TableShape>();
    for (const path of paths) {
      const shape = known.get(keyOf(path));
      if (shape) shapes.set(keyOf(path), shape);
    }
    return shapes;
  }
}
