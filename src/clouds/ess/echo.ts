/** What the cloud echoes of a refresh, without what the service had filled in. */
import type { Arguments } from "../../core/cloud";
import { serviceDefaultOf } from "../../core/definition/arguments";
import { definition } from "./definition";

export function withoutServiceDefaults(echo: Arguments): Arguments {
  return Object.fromEntries(
    Object.entries(echo).filter(([name, value]) => value !== serviceDefaultOf(definition, name)),
  );
}
