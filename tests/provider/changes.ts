/** Generated programs and the same with one member changed, left out or added: what each change calls for. */
import fc from "fast-check";
import { z } from "zod";
import { cloudModule } from "../../src/clouds";
import type { CloudModule } from "../../src/core/cloud";
import { checkArguments, definitionOf } from "../../src/core/definition/arguments";
import { UNFULFILLED } from "../../src/core/lifecycle/compare";
import { ALARMS, AWS, drawnArguments, ESS } from "../chaos/differential";
import { containerGroup } from "../chaos/programs";
import type { TestCloud } from "../clouds/testCloud";
import type { CloudName, Properties } from "./pluginProtocol";
import type { State, TestedHost } from "./testedHost";

type Path = readonly (string | number)[];

export interface Change {
  path: string;
  before: Properties;
  after: Properties;
  /** Whether the two say something else to the service. */
  differs: boolean;
}

const HOUR_MS = 3_600_000;
const TRIGGERS = [undefined, { deploy: 1 }, { deploy: 2 }, { deploy: 2, more: true }];

/** Changes of generated arguments that the package accepts before and after. */
export async function changesOf(name: CloudName, programs: number, seed: number): Promise<Change[]> {
  const cloud = await cloudModule(name);
  const isAccepted = (args: Properties) => checkArguments(cloud.definition, args).failures.length === 0;
  const drawn = fc.sample(drawnArguments(name), { numRuns: programs * 30, seed }).filter(isAccepted);
  return drawn.slice(0, programs).flatMap((args, index) => {
    const others = [...drawn.slice(index + 1), ...drawn.slice(0, index)];
    const triggered = { ...args, triggers: TRIGGERS[index % TRIGGERS.length] };
    return [...pathsOf(args), ["triggers"]].flatMap((path) =>
      variantsOf(triggered, path, others)
        .filter(isAccepted)
        .flatMap((variant) => [changeOf(cloud, path, triggered, variant), changeOf(cloud, path, variant, triggered)]),
    );
  });
}

function changeOf(cloud: CloudModule, path: Path, before: Properties, after: Properties): Change {
  const [one, other] = [before, after].map((args) => JSON.stringify(said(cloud.definition.arguments, args)));
  return { path: path.join("."), before, after, differs: one !== other };
}

/** Members at any depth, but the group. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const isList = Array.isArray(value) && value.some((each) => typeof each === "object");
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isList && !isObject) return path.length > 0 ? [path] : [];
  const members = Object.entries(value as object).filter(
    ([key]) => !/^(scalingGroupId|autoscalingGroupName)$/.test(key),
  );
  const inner = members.flatMap(([key, each]) => pathsOf(each, [...path, isList ? Number(key) : key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** The member left out, and as two other programs have it. */
function variantsOf(args: Properties, path: Path, others: readonly Properties[]): Properties[] {
  const own = JSON.stringify(at(args, path));
  const values = path[0] === "triggers" ? TRIGGERS : others.map((other) => at(other, path));
  const different = values.filter((value) => value !== undefined && JSON.stringify(value) !== own).slice(0, 2);
  return [undefined, ...different].map((value) => withMember(args, path, value));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((each, key) => (each as Properties | undefined)?.[key], value);
}

function withMember(args: Properties, path: Path, value: unknown): Properties {
  const copy = structuredClone(args);
  const holder = at(copy, path.slice(0, -1)) as Properties;
  const last = path.at(-1) as string;
  if (value === undefined && Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

/** What the arguments say to the service: no defaults, nothing empty, numbers as text, and an order only where it counts. */
function said(schema: z.ZodType | undefined, value: unknown): unknown {
  if (value === undefined || value === null || !schema) return value;
  const { schema: inner, about } = definitionOf(schema);
  if (value === about?.leftOut || (about?.serviceDefault !== undefined && value === about.serviceDefault))
    return undefined;
  if (Array.isArray(value)) {
    if (value.length === 0 || !(inner instanceof z.ZodArray)) return undefined;
    const entries = value.map((each) => said(inner.element as z.ZodType, each) ?? {});
    return about?.unordered ? entries.map((each) => JSON.stringify(each)).sort() : entries;
  }
  if (!(inner instanceof z.ZodObject)) return typeof value === "object" ? value : String(value);
  const members = Object.entries(value)
    .map(([key, each]) => [key, said(inner.shape[key] as z.ZodType, each)] as const)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

export interface Played {
  /** Refreshes that the deployment of the changed program asked for; undefined when the first one could not run. */
  starts: number | undefined;
  /** What the preview says a replacement is for. */
  previewed: readonly string[];
  failure: string | undefined;
  /** The first deployment found nothing to refresh, so that each further one asks again. */
  isUnfulfilled: boolean;
}

/** Deploys the program, and the changed one: what the preview shows, and how often a refresh is asked for. */
export async function playChange(host: TestedHost, change: Change, policies: Properties): Promise<Played> {
  const { group, names } = await groupFor(host, change);
  const { region } = host.cloud.settings;
  const connection = { region, endpoint: host.emulator.url };
  const [first = {}, second = {}] = [change.before, change.after].map((args) => ({
    ...renamed(args, names),
    ...policies,
    connection,
    waitForCompletion: false,
  }));
  // Somebody ends each refresh, so that the next one has none to wait for.
  const end = async ({ id }: State) => {
    if (!id.endsWith(":none")) await host.cloud.cancelElsewhere(group, id).catch(() => undefined);
    host.emulator.clock.advance(2 * HOUR_MS);
  };
  const asked = () => host.emulator.requests.filter(({ operation }) => operation === "StartInstanceRefresh").length;

  await host.newProcess();
  const { state, failure } = await host.create(first);
  if (!state) return { starts: undefined, previewed: [], failure, isUnfulfilled: false };
  await end(state);
  await host.newProcess();
  const { replaces, changes } = await host.diff(state, first, second);
  const askedBefore = asked();
  const outcome = replaces.length > 0 ? await host.create(second) : changes ? await host.update(state, second) : {};
  const starts = asked() - askedBefore;
  if (outcome.state && replaces.length > 0) await end(outcome.state);
  const isUnfulfilled = state.properties.status === UNFULFILLED;
  return { starts, previewed: replaces, failure: outcome.failure, isUnfulfilled };
}

/** The alarms of the differential's arguments, without which no refresh starts that names them. */
export async function createAlarms({ cloud }: TestedHost): Promise<void> {
  for (const AlarmName of ALARMS) {
    await cloud.call("PutMetricAlarm", { AlarmName, MetricName: "Errors", Threshold: "1" });
    await cloud.call("SetAlarmState", { AlarmName, StateValue: "OK", StateReason: "test" });
  }
}

/** A group of its own for the change, and how the names of the differential's groups are called there. */
async function groupFor({ cloud }: TestedHost, { before }: Change) {
  if (before.scalingGroupId === ESS.containers) {
    const group = await containerGroup(cloud.call, () => cloud.pass(HOUR_MS));
    return { group, names: { [ESS.containers]: group } };
  }
  const group = await cloud.createGroup(1);
  await cloud.argumentsFor(group, "second");
  const isEss = cloud.service === "ess";
  const configuration = isEss ? await configurationOf(cloud, group) : "";
  const names = isEss
    ? { [ESS.group]: group, [ESS.configuration]: configuration }
    : { [AWS.group]: group, [AWS.template]: group };
  return { group, names };
}

async function configurationOf(cloud: TestCloud, ScalingGroupId: string): Promise<string> {
  const answer = await cloud.call("DescribeScalingConfigurations", { ScalingGroupId });
  const [found] = answer.ScalingConfigurations as unknown as { ScalingConfigurationId: string }[];
  return found?.ScalingConfigurationId ?? "";
}

function renamed(args: Properties, names: Readonly<Record<string, string>>): Properties {
  return JSON.parse(JSON.stringify(args), (_key, value) =>
    typeof value === "string" ? (names[value] ?? value) : value,
  );
}
