import type { Rules } from "../simulation/rules";

/** What the emulator does wrong on purpose. Only tests of what judges it ask for one. */
export interface Deviation {
  /** What the model goes by. */
  readonly rules?: (rules: Rules) => Rules;
  /** What is taken for the parameters of a request, after its signature was checked. */
  readonly request?: (
    operation: string,
    parameters: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  /** What goes out for the body of an answer. */
  readonly answer?: (operation: string, body: string) => string;
}

export function rulesIn({ deviation }: { readonly deviation: Deviation | undefined }, rules: Rules): Rules {
  return deviation?.rules?.(rules) ?? rules;
}
