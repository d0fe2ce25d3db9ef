/** The soak time between two waves, as the plugin's calls about a resource. */
import { processClock } from "../src/core/clock";
import type { Handlers, Host } from "../src/pulumi/handlers";
import { isSoakChanged, type SoakInputs, soak, soakIssue } from "../src/pulumi/soak";
import type { Properties } from "../src/pulumi/values";

export function soakHandlers(host: Host): Handlers {
  const inputsOf = ({ duration, ends, hold }: Properties) => ({ duration, ends, hold }) as SoakInputs;
  const wait = (urn: string, inputs: Properties) =>
    soak(inputsOf(inputs), {
      clock: processClock,
      progress: (line) => host.engine()?.progress(urn, line),
      signal: host.signal(),
    });
  return {
    check: (_urn, inputs) => {
      const issue = soakIssue(inputsOf(inputs));
      return { inputs, stored: inputs, failures: issue === undefined ? [] : [issue] };
    },
    diff: (_operation, _id, olds, news) => ({
      replaces: [],
      updates: isSoakChanged(inputsOf(olds), inputsOf(news)) ? ["ends"] : [],
    }),
    previewCreate: async (_operation, inputs) => inputs,
    previewUpdate: (_operation, _id, _olds, news) => news,
    async create({ urn }, inputs) {
      await wait(urn, inputs);
      return { id: urn, properties: inputs };
    },
    async update({ urn }, _id, _olds, news) {
      await wait(urn, news);
      return news;
    },
    read: async (_operation, id, properties) => ({ id, properties }),
    delete: async () => {},
  };
}
