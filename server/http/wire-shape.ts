import type { z } from 'zod';

/** A type with its intersections merged into one object, recursively, so that two spellings of it compare as equal. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { [Key in keyof T]: Plain<T[Key]> }
    : T;

/** True when two types are the same: no field is missing in either, optional ones included. */
export type IsSame<One, Other> =
  (<T>() => T extends Plain<One> ? 1 : 2) extends <T>() => T extends Plain<Other> ? 1 : 2 ? true : false;

/** `unknown`, which every shape satisfies, when the types are the same; else a type that no shape satisfies. */
type Matching<Wire, Given> = IsSame<Wire, Given> extends true ? unknown : { differsFromTheWire: Wire };

/**
 * Returns the shape unchanged. Compiles only when its input is exactly the protocol's type, so that missing and
 * additional fields are compile errors.
 */
export const taking =
  <Wire>() =>
  <Shape extends z.ZodType>(shape: Shape & Matching<Wire, z.input<Shape>>): Shape =>
    shape;

/** Like `taking`, but compares the shape's output, for shapes that transform their input, such as a query's strings. */
export const making =
  <Wire>() =>
  <Shape extends z.ZodType>(shape: Shape & Matching<Wire, z.output<Shape>>): Shape =>
    shape;
