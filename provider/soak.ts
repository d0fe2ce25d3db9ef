/** The soak time between two waves, as the plugin's calls about a resource. */
import { processClock } from "../src/core/clock";
import type { Handlers, Host } from "../src/pulumi/handlers";
import { isSoakChanged, type SoakInputs, soak, soakIssue } from "../src/pulumi/soak";
import type { Properties } from "../src/pulumi/values";
import { waitingHandlers } from "./waitingHandlers";

export function soakHandlers(host: Host): Handlers {
  const inputsOf = ({ duration, ends, hold }: Properties) => ({ duration, ends, hold }) as SoakInputs;
  return waitingHandlers({
    issueOf: (inputs) => soakIssue(inputsOf(inputs)),
    changing: "ends",
    isChanged: (olds, news) => isSoakChanged(inputsOf(olds), inputsOf(news)),
    planned: (inputs) => inputs,
    async wait(urn, inputs) {
      await soak(inputsOf(inputs), {
        clock: processClock,
        progress: (line) => host.engine()?.progress(urn, line),
        signal: host.signal(),
      });
      return inputs;
    },
  });
}
