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
import type { Properties } from "../src/pulumi/values";

export function completionHandlers(host: CompletionHost): Handlers {
  const membersOf = (inputs: Properties) => ({ members: inputs.members as Member[] });
  return {
    check: (_urn, inputs) => ({ inputs, stored: inputs, failures: [] }),
    diff: (_operation, _id, olds, news) => ({
      replaces: [],
      updates: isCompletionChanged(olds, news) ? ["members"] : [],
    }),
    previewCreate: async (_operation, inputs) => plannedCompletion(inputs),
    previewUpdate: (_operation, _id, _olds, news) => plannedCompletion(news),
    async create({ urn }, inputs) {
      return { id: urn, properties: { ...inputs, outcomes: await complete(host, urn, membersOf(inputs)) } };
    },
    async update({ urn }, _id, olds, news) {
      return { ...news, outcomes: await complete(host, urn, membersOf(news), olds.outcomes as Outcome[]) };
    },
    read: async (_operation, id, properties) => ({ id, properties }),
    delete: async () => {},
  };
}
