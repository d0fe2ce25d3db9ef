/** The wait for the refreshes of a wave, as the plugin's calls about a resource. */
import {
  type CompletionHost,
  complete,
  isCompletionChanged,
  type Member,
  plannedCompletion,
} from "../src/pulumi/completion";
import type { Handlers } from "../src/pulumi/handlers";
import type { Outcome } from "../src/pulumi/outcome";
import { waitingHandlers } from "./waitingHandlers";

export function completionHandlers(host: CompletionHost): Handlers {
  return waitingHandlers({
    issueOf: () => undefined,
    changing: "members",
    isChanged: isCompletionChanged,
    planned: plannedCompletion,
    async wait(urn, inputs, olds) {
      const members = inputs.members as Member[];
      return { ...inputs, outcomes: await complete(host, urn, { members }, olds?.outcomes as Outcome[] | undefined) };
    },
  });
}
