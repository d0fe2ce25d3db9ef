/** `npm run reference`: writes the reference pages of both resources from their definitions, and the page of facts. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definition as autoscaling } from "../src/clouds/autoscaling/definition";
import { definition as ess } from "../src/clouds/ess/definition";
import type { Definition } from "../src/core/definition/arguments";
import { facts } from "../src/facts";
import { factsPage } from "./factsPage";
import { formatted } from "./generateTypes";
import { referenceOf } from "./referenceOfDefinition";

const ROOT = join(__dirname, "..");

/** Markdown by path from the root of the repository. */
export function referencePages(): Record<string, string> {
  const pages = {
    "docs/facts.md": factsPage(facts),
    "docs/reference/ess.InstanceRefresh.md": referenceOf(ess as unknown as Definition, {
      name: "ess.InstanceRefresh",
      token: "instance-refresh:ess:InstanceRefresh",
      intro:
        "A rolling replacement of the instances of an Alibaba Cloud ESS scaling group. It takes what the bridged `alicloud.ess.InstanceRefresh` takes, by the same names, and more.",
      startOnDefault: "anyChange",
    }),
    "docs/reference/autoscaling.InstanceRefresh.md": referenceOf(autoscaling as unknown as Definition, {
      name: "autoscaling.InstanceRefresh",
      token: "instance-refresh:autoscaling:InstanceRefresh",
      intro:
        "A rolling replacement of the instances of an Amazon EC2 Auto Scaling group. Arguments are spelled as in `aws.autoscaling.Group`.",
      startOnDefault: "configurationChange",
    }),
  };
  return Object.fromEntries(Object.entries(pages).map(([path, text]) => [path, formatted(path, text)]));
}

if (require.main === module) {
  for (const [path, text] of Object.entries(referencePages())) writeFileSync(join(ROOT, path), text);
}
