/** What a connection to a cloud is, and may do: for a person who looks for what is wrong. */

export interface Diagnosis {
  /** Address that is called. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  /** To whom the keys belong, in the cloud's words; undefined where it does not tell. */
  readonly identity: string | undefined;
  readonly permissions: readonly PermissionCheck[];
  /** How to find out about those that were not tried. */
  readonly advice?: string | undefined;
}

export interface PermissionCheck {
  readonly permission: string;
  /** What is left out without it; undefined when it is needed. */
  readonly leftOut?: string | undefined;
  /** `untried`: only an act would tell. `unknown`: the cloud gave another answer. */
  readonly state: "allowed" | "missing" | "untried" | "unknown";
  /** The other answer. */
  readonly why?: string | undefined;
}
