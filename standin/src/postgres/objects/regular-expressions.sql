-- Regular expressions: CockroachDB has those of RE2 (github.com/google/re2/wiki/Syntax), PostgreSQL its own. What both
-- have under other names is translated. What RE2 lacks, such as a look ahead, is not refused: our own functions use it.

-- The border of a word is \b in RE2 and \y here; the end of the text is \z in RE2 and \Z here.
CREATE FUNCTION crdb_standin.pattern(regex text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN regex ~ '\\[bBz]' THEN
    regexp_replace(
      regexp_replace(
        regexp_replace(regex, '((?:^|[^\\])(?:\\\\)*)\\b', '\1\\y', 'g'),
        '((?:^|[^\\])(?:\\\\)*)\\B',
        '\1\\Y',
        'g'
      ),
      '((?:^|[^\\])(?:\\\\)*)\\z',
      '\1\\Z',
      'g'
    )
  ELSE regex
END;

DO $do$
DECLARE
  sign text;
  name text;
BEGIN
  FOR sign, name IN
    VALUES ('~', 'matches'), ('!~', 'matches_not'), ('~*', 'matches_any_case'), ('!~*', 'matches_not_any_case')
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION crdb_standin.%I(input text, regex text) RETURNS bool
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN input OPERATOR(pg_catalog.%s) crdb_standin.pattern(regex)',
      name,
      sign
    );
    EXECUTE crdb_standin.format(
      'CREATE OPERATOR crdb.%s (FUNCTION = crdb_standin.%I, LEFTARG = text, RIGHTARG = text)',
      sign,
      name
    );
  END LOOP;
END
$do$;

SELECT crdb_hidden.hide('regexp_replace', 'regexp_split_to_array', 'regexp_split_to_table');
CREATE FUNCTION pg_catalog.regexp_replace(input text, regex text, replace text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.regexp_replace(input, crdb_standin.pattern(regex), replace);
CREATE FUNCTION pg_catalog.regexp_replace(input text, regex text, replace text, flags text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.regexp_replace(
  input,
  crdb_standin.pattern(regex),
  replace,
  CASE
    WHEN flags OPERATOR(pg_catalog.~) '[^cgimnpsw]' THEN
      crdb_standin.fail(
        '22023',
        'regexp_replace(): invalid regexp flag: ''' || crdb_hidden.substring(flags, '[^cgimnpsw]') || '''',
        flags
      )
    ELSE flags
  END
);
CREATE FUNCTION pg_catalog.regexp_split_to_array(string text, pattern text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.regexp_split_to_array(string, crdb_standin.pattern(pattern));
CREATE FUNCTION pg_catalog.regexp_split_to_array(string text, pattern text, flags text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.regexp_split_to_array(string, crdb_standin.pattern(pattern), flags);
CREATE FUNCTION pg_catalog.regexp_split_to_table(string text, pattern text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10
RETURN unnest(crdb_hidden.regexp_split_to_array(string, crdb_standin.pattern(pattern)));
CREATE FUNCTION pg_catalog.regexp_split_to_table(string text, pattern text, flags text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10
RETURN unnest(crdb_hidden.regexp_split_to_array(string, crdb_standin.pattern(pattern), flags));

CREATE FUNCTION pg_catalog.regexp_extract(input text, regex text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.substring(input, crdb_standin.pattern(regex));
CREATE FUNCTION pg_catalog.substring(input text, regex text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_hidden.substring(input, crdb_standin.pattern(regex));
-- The third argument is the character that escapes in the regular expression. There is no such form of `substr`:
-- PostgreSQL would take it for substr(a, $1, $2), whose arguments are numbers.
CREATE FUNCTION pg_catalog.substring(input text, regex text, escape_char text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.substring(
  input,
  CASE
    WHEN escape_char IN ('\', '') THEN regex
    ELSE replace(replace(regex, '\', '\\'), escape_char, '\')
  END
);
