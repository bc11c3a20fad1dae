-- Decimals. CockroachDB keeps the digits of sums, differences and products, as PostgreSQL does; what has no end is
-- rounded to twenty digits (github.com/cockroachdb/apd, version 2, with its precision in CockroachDB).

-- Rounds to twenty digits, and leaves NaN and the infinities.
CREATE FUNCTION crdb_standin.twenty_digits(value numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  printed text := pg_catalog.abs(value)::text;
BEGIN
  RETURN CASE
    WHEN value = 0 OR printed ~ '[NI]' THEN value
    -- Less than one: without its leading zeros and its point, it has one digit for every digit that counts.
    WHEN printed LIKE '0.%' THEN
      pg_catalog.round(value, 20 + length(printed) - 2 - length(ltrim(printed, '0.')))
    ELSE pg_catalog.round(value, 20 - length(split_part(printed, '.', 1)))
  END;
END
$$;
-- The same, without zeros at the end.
CREATE FUNCTION crdb_standin.trimmed(value numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.trim_scale(crdb_standin.twenty_digits(value));

-- A quotient that has an end keeps as many decimals as the dividend has more than the divisor: 6.00 / 2 is 3.00.
CREATE FUNCTION crdb.divide(a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  -- PostgreSQL's quotient has as many decimals as its dividend.
  decimals int8 := crdb_standin.scale(a) + length(pg_catalog.trunc(b)::text) + 40;
  quotient numeric := crdb_standin.twenty_digits(pg_catalog.round(a, decimals) OPERATOR(pg_catalog./) b);
  wanted int4 := greatest(crdb_standin.scale(a) - crdb_standin.scale(b), 0);
BEGIN
  IF quotient * b <> a OR a = 'NaN' OR b = 'NaN' OR pg_catalog.abs(a) = 'Infinity' THEN
    RETURN quotient;
  END IF;
  RETURN pg_catalog.round(quotient, greatest(crdb_standin.scale(crdb_standin.trim_scale(quotient)), wanted));
END
$$;
CREATE OPERATOR crdb./ (FUNCTION = crdb.divide, LEFTARG = numeric, RIGHTARG = numeric);
-- The quotient of two integers is a decimal, too.
DO $do$
DECLARE
  a text;
  b text;
BEGIN
  FOREACH a IN ARRAY '{int2,int4,int8}'::text[] LOOP
    FOREACH b IN ARRAY '{int2,int4,int8}'::text[] LOOP
      CALL crdb_hidden.make_operator('/', 'divide', a, b, 'numeric', 'crdb.divide(a::numeric, b::numeric)');
    END LOOP;
  END LOOP;
END
$do$;
CALL crdb_hidden.make_operator('//', 'quotient', 'numeric', 'numeric', 'numeric', 'pg_catalog.div(a, b)');

CREATE FUNCTION crdb.sqrt(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val < 0 THEN crdb_standin.fail('2201F', 'sqrt(): cannot take square root of a negative number', val)
  ELSE crdb_standin.trimmed(pg_catalog.sqrt(pg_catalog.round(val, crdb_standin.scale(val) + 50)))
END;
CREATE FUNCTION crdb.cbrt(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.twenty_digits(
  pg_catalog.sign(val) * pg_catalog.power(pg_catalog.abs(pg_catalog.round(val, 50)), 0.33333333333333333333333333333333)
);
CREATE FUNCTION crdb.exp(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN val = 0 THEN 1 ELSE crdb_standin.twenty_digits(pg_catalog.exp(pg_catalog.round(val, 50))) END;

-- Why there is no logarithm, or NULL.
CREATE FUNCTION crdb_standin.check_logarithm(name text, val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val = 0 THEN crdb_standin.fail('2201E', name || '(): cannot take logarithm of zero', val)
  WHEN val < 0 THEN crdb_standin.fail('2201E', name || '(): cannot take logarithm of a negative number', val)
  ELSE pg_catalog.round(val, crdb_standin.scale(val) + 50)
END;
CREATE FUNCTION crdb.ln(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val = 1 THEN 0
  ELSE crdb_standin.twenty_digits(pg_catalog.ln(crdb_standin.check_logarithm('ln', val)))
END;
CREATE FUNCTION crdb.log(val numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN val = 1 THEN 0
  ELSE crdb_standin.twenty_digits(pg_catalog.log(crdb_standin.check_logarithm('log', val)))
END;
CREATE FUNCTION crdb.log(b numeric, x numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb_standin.twenty_digits(
  pg_catalog.log(crdb_standin.check_logarithm('log', b), crdb_standin.check_logarithm('log', x))
);

-- A whole power has the decimals of the products that it stands for: 5.0 ^ 2 is 25.00.
CREATE FUNCTION crdb.power(x numeric, y numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  result numeric;
BEGIN
  IF pg_catalog.trunc(y) <> y OR x = 0 OR y = 'NaN' OR pg_catalog.abs(y) > 1000 THEN
    RETURN CASE
      WHEN x = 0 AND y > 0 THEN 0
      WHEN x = 0 AND y < 0 THEN 'Infinity'
      WHEN x < 0 AND pg_catalog.trunc(y) <> y THEN 'NaN'
      ELSE crdb_standin.twenty_digits(pg_catalog.power(pg_catalog.round(x, 50), y))
    END;
  END IF;
  IF y < 0 THEN
    RETURN crdb.divide(1, crdb.power(x, -y));
  END IF;
  result := crdb_standin.twenty_digits(pg_catalog.power(pg_catalog.round(x, greatest(crdb_standin.scale(x), 50)), y));
  RETURN pg_catalog.round(result, least(crdb_standin.scale(result), crdb_standin.scale(x) * y)::int4);
END
$$;
CREATE FUNCTION crdb.pow(x numeric, y numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN crdb.power(x, y);
CALL crdb_hidden.make_operator('^', 'raise', 'numeric', 'numeric', 'numeric', 'crdb.power(a, b)');
CALL crdb_hidden.make_operator('|/', 'square_root', NULL, 'numeric', 'numeric', 'crdb.sqrt(b)');
CALL crdb_hidden.make_operator('||/', 'cube_root', NULL, 'numeric', 'numeric', 'crdb.cbrt(b)');
