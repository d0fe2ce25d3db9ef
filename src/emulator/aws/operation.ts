import type { z } from "zod";
import type { Members } from "./answers";
import type { Parameters } from "./query";

/** One operation of a service, in a region that it acts upon. */
export type Operation<Region> = (parameters: Parameters, region: Region) => Members | undefined;

/** Reads the parameters of a request into the type that an operation takes, or throws the service's error. */
export type Reader = <Shape extends z.ZodType>(shape: Shape, parameters: Parameters) => z.output<Shape>;

/** Makes an operation of what it takes and what it does. */
export const operationsReadBy =
  (read: Reader) =>
  <Region, Shape extends z.ZodType>(
    shape: Shape,
    run: (request: z.output<Shape>, region: Region) => Members | undefined,
  ): Operation<Region> =>
  (parameters, region) =>
    run(read(shape, parameters), region);
