import { z } from "zod";
import { InvalidInput } from "./invalidInput";

const texts = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());

/** Strict: a document with a condition, of which nothing here knows, would allow more than its author meant. */
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts,
  Resource: texts,
});

const policyShape = z.strictObject({
  /** `2012-10-17` in AWS, `1` in Alibaba Cloud. */
  Version: z.string(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]).transform((value) => [value].flat()),
});

export const policiesShape = z.record(z.string(), policyShape);

/**
 * The policy document of each access key, or of each role by its ARN, in the JSON of AWS IAM or of Alibaba Cloud RAM,
 * without conditions. A key that has none may do everything.
 */
export type PolicyOptions = z.input<typeof policiesShape>;

type Documents = z.output<typeof policiesShape>;

export interface Policies {
  /** Replaces all documents. */
  set(documents: Documents): void;
  list(): Documents;
  /**
   * Whether somebody may do an action, such as `ess:StartInstanceRefresh`, on all of the resources.
   *
   * @param principals the access key, and the role that it belongs to
   */
  allows(principals: readonly (string | undefined)[], action: string, resources: readonly string[]): boolean;
}

/** Throws an Error for a malformed document. */
export function createPolicies(options: PolicyOptions = {}): Policies {
  const parsed = policiesShape.safeParse(options);
  if (!parsed.success) throw new InvalidInput(z.prettifyError(parsed.error));
  let documents: Documents = parsed.data;
  return {
    set: (replacing) => {
      documents = replacing;
    },
    list: () => documents,
    allows: (principals, action, resources) => {
      const known = principals.flatMap((principal) =>
        principal !== undefined && Object.hasOwn(documents, principal) ? [documents[principal]] : [],
      );
      if (known.length === 0) return true;
      const statements = known.flatMap((document) => document?.Statement ?? []);
      const applying = (effect: "Allow" | "Deny", resource: string) =>
        statements.some(
          ({ Effect, Action, Resource }) =>
            Effect === effect &&
            Action.some((pattern) => matches(pattern, action, "i")) &&
            Resource.some((pattern) => matches(pattern, resource)),
        );
      return resources.every((resource) => applying("Allow", resource) && !applying("Deny", resource));
    },
  };
}

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags).test(text);
}
