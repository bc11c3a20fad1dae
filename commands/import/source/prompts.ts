/** A prompt of a Unix shell. `#` and `%` begin other lines, too, so that they count only behind a name. */
export const SHELL_PROMPT = /^\s*(?:(?:\[[^\]\n]*\]|\([\w.-]+\)|[\w.-]+@[\w.-]+(?::[^\s$#%]*)?)\s?[$#%]|\$) (?=\S)/;

/** The prompt of PostgreSQL's shell, such as `shop=#`, and that of a statement's next line, such as `shop-#`. */
export const PSQL_PROMPT = /^\s*[a-z_]\w*(=|[-('"*$])[#>](?: |$)/i;

/** The prompt of CockroachDB's shell, such as `root@localhost:26257/movr>`. */
export const SQL_PROMPT = /^(?:\w[\w.-]*@[^\s>]*(?:\s+\??\s*(?:OPEN|ERROR))?>|\??\s*(?:OPEN|ERROR)>|>)(?:\s|$)/;
