import type { z } from 'zod';

/** A type with its intersections as one object each, in unions and arrays too, so that two spellings compare as one. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { [Key in keyof T]: Plain<T[Key]> }
    : T;

/** True when two types are the same: no field is missing in either, optional ones included. */
export type IsSame<One, Other> =
  (<T>() => T extends Plain<One> ? 1 : 2) extends <T>() => T extends Plain<Other> ? 1 : 2 ? true : false;

/** What a shape must be besides: anything when it matches the wire's type, else something that no shape is. */
type Matching<Wire, Given> = IsSame<Wire, Given> extends true ? unknown : { differsFromTheWire: Wire };

/**
 * A shape as it is given. Compiles only when it takes exactly what the protocol's type says; so a field that the shape
 * misses, or that the type does not have, is found before anything runs.
 */
export const taking =
  <Wire>() =>
  <Shape extends z.ZodType>(shape: Shape & Matching<Wire, z.input<Shape>>): Shape =>
    shape;

/** As `taking`, for a shape that makes the protocol's type of what it takes, as of the words of a query. */
export const making =
  <Wire>() =>
  <Shape extends z.ZodType>(shape: Shape & Matching<Wire, z.output<Shape>>): Shape =>
    shape;
