/** The plugin's calls about a resource that only waits: it exists once the wait is over. */
import type { Handlers } from "../src/pulumi/handlers";
import type { Properties } from "../src/pulumi/values";

interface Waiting {
  /** What is wrong with the inputs. */
  issueOf(inputs: Properties): string | undefined;
  /** The input whose change calls for another wait. */
  readonly changing: string;
  isChanged(olds: Properties, news: Properties): boolean;
  /** Properties before the deployment. */
  planned(inputs: Properties): Properties;
  /** Properties after the wait. */
  wait(urn: string, inputs: Properties, olds?: Properties): Promise<Properties>;
}

export function waitingHandlers({ issueOf, changing, isChanged, planned, wait }: Waiting): Handlers {
  return {
    check(_urn, inputs) {
      const issue = issueOf(inputs);
      return { inputs, stored: inputs, failures: issue === undefined ? [] : [issue] };
    },
    diff: (_operation, _id, olds, news) => ({ replaces: [], updates: isChanged(olds, news) ? [changing] : [] }),
    previewCreate: async (_operation, inputs) => planned(inputs),
    previewUpdate: (_operation, _id, _olds, news) => planned(news),
    create: async ({ urn }, inputs) => ({ id: urn, properties: await wait(urn, inputs) }),
    update: ({ urn }, _id, olds, news) => wait(urn, news, olds),
    read: async (_operation, id, properties) => ({ id, properties }),
    delete: async () => {},
  };
}
