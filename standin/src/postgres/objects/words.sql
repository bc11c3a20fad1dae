-- Functions on words (cockroachlabs.com/docs/v21.1/functions-and-operators#string-and-byte-functions).
CREATE FUNCTION pg_catalog.to_english(val int8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT string_agg(
    CASE digit
      WHEN '-' THEN 'minus'
      ELSE ('{zero,one,two,three,four,five,six,seven,eight,nine}'::text[])[digit::int4 + 1]
    END,
    '-' ORDER BY n
  )
  FROM crdb_standin.string_to_table(val::text, NULL) WITH ORDINALITY AS d (digit, n)
);

-- The code of a letter; 0 for vowels, and nothing for what is not a letter.
CREATE FUNCTION crdb_standin.soundex_code(letter text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(upper(letter), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '01230120022455012623010202');
CREATE FUNCTION pg_catalog.soundex(source text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT CASE
    WHEN letters = '' THEN ''
    ELSE rpad(
      upper(left(letters, 1)) || left(
        (
          SELECT coalesce(string_agg(code, '' ORDER BY i), '')
          FROM generate_series(2, length(letters)) AS i,
            crdb_standin.soundex_code(substr(letters, i, 1)) AS code
          WHERE code <> '0'
            AND code <> crdb_standin.soundex_code(substr(letters, i - 1, 1))
        ),
        3
      ),
      4,
      '0'
    )
  END
  FROM regexp_replace(source, '[^A-Za-z]', '', 'g') AS letters
);
CREATE FUNCTION pg_catalog.difference(source text, target text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT count(*)::text
  FROM generate_series(1, 4) AS i
  WHERE substr(soundex(source), i, 1) = substr(soundex(target), i, 1)
    AND source IS NOT NULL
    AND target IS NOT NULL
);

CREATE FUNCTION pg_catalog.levenshtein(source text, target text, ins_cost int8, del_cost int8, sub_cost int8)
RETURNS int8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  before int8[];
  costs int8[];
BEGIN
  IF length(source) > 255 OR length(target) > 255 THEN
    RAISE EXCEPTION USING
      ERRCODE = '22023',
      MESSAGE = 'levenshtein(): levenshtein argument exceeds maximum length of 255 characters';
  END IF;
  FOR j IN 0 .. length(target) LOOP
    costs[j] := j * ins_cost;
  END LOOP;
  FOR i IN 1 .. length(source) LOOP
    before := costs;
    costs[0] := i * del_cost;
    FOR j IN 1 .. length(target) LOOP
      costs[j] := least(
        before[j] + del_cost,
        costs[j - 1] + ins_cost,
        before[j - 1] + CASE WHEN substr(source, i, 1) = substr(target, j, 1) THEN 0 ELSE sub_cost END
      );
    END LOOP;
  END LOOP;
  RETURN costs[length(target)];
END
$$;
CREATE FUNCTION pg_catalog.levenshtein(source text, target text) RETURNS int8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN levenshtein(source, target, 1, 1, 1);

CREATE FUNCTION pg_catalog.unaccent(val text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(
  replace(
    replace(
      replace(
        replace(
          replace(
            regexp_replace(
              crdb_standin.normalize(val, 'NFKD'),
              e'[\u0300-\u036f\u20d0-\u20ff]',
              '',
              'g'
            ),
            'ß',
            'ss'
          ),
          'æ',
          'ae'
        ),
        'Æ',
        'AE'
      ),
      'œ',
      'oe'
    ),
    'Œ',
    'OE'
  ),
  e'łŁøØđĐħĦıŧŦðÐ\u00ad',
  'lLoOdDhHitTdD-'
);

-- The functions behind LIKE, SIMILAR TO and the operators of networks.
DO $do$
DECLARE
  name text;
  condition text;
BEGIN
  FOR name, condition IN
    VALUES
      ('like_escape', 'unescaped LIKE pattern ESCAPE escape'),
      ('not_like_escape', 'unescaped NOT LIKE pattern ESCAPE escape'),
      ('ilike_escape', 'unescaped ILIKE pattern ESCAPE escape'),
      ('not_ilike_escape', 'unescaped NOT ILIKE pattern ESCAPE escape'),
      ('similar_to_escape', 'unescaped SIMILAR TO pattern ESCAPE escape'),
      ('not_similar_to_escape', 'unescaped NOT SIMILAR TO pattern ESCAPE escape')
  LOOP
    EXECUTE crdb_standin.format(
      'CREATE FUNCTION pg_catalog.%I(unescaped text, pattern text, escape text) RETURNS bool
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN %s',
      name,
      condition
    );
  END LOOP;
END
$do$;
SELECT crdb_hidden.define('inet_contained_by_or_equals(val inet, container inet)', 'bool', 'network_subeq');
SELECT crdb_hidden.define('inet_contains_or_equals(container inet, val inet)', 'bool', 'network_supeq');
SELECT crdb_hidden.hide('family', 'masklen');
SELECT crdb_hidden.define('family(val inet)', 'int8', 'network_family');
SELECT crdb_hidden.define('masklen(val inet)', 'int8', 'network_masklen');

CREATE FUNCTION pg_catalog.isnan(val float8) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN val OPERATOR(pg_catalog.=) 'NaN'::float8;
CREATE FUNCTION pg_catalog.isnan(val numeric) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN val OPERATOR(pg_catalog.=) 'NaN'::numeric;
CREATE FUNCTION pg_catalog.pg_is_xlog_replay_paused() RETURNS bool
LANGUAGE sql STABLE PARALLEL SAFE
RETURN false;
