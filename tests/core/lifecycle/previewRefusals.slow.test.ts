/** Whatever `up` refuses before its Start, the preview has said on the same facts: over generated groups and arguments. */
import fc from "fast-check";
import { previewOf } from "../../../src/app/preview";
import type { Arguments } from "../../../src/core/cloud";
import { RefreshError } from "../../../src/core/lifecycle/errors";
import { failureOf, LifecycleHarness } from "../../clouds/lifecycleHarness";

type CloudName = "ess" | "autoscaling";

interface Situation {
  /** Parameters of the group, in the vendor's words. */
  group: Record<string, unknown>;
  suspended: boolean;
  /** A refresh of somebody else runs. */
  isBusy: boolean;
  args: Arguments;
}

const TEMPLATE = "web-0";
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const specification = (prefix: string, version: string) => ({
  [`${prefix}LaunchTemplateName`]: TEMPLATE,
  [`${prefix}Version`]: version,
});
const MIXED = "MixedInstancesPolicy.LaunchTemplate.";
const awsGroup = fc
  .record({
    kind: fc.constantFrom("template", "types", "requirements"),
    version: fc.constantFrom("1", "$Latest", "$Default"),
  })
  .map(({ kind, version }) => {
    if (kind === "template") return specification("LaunchTemplate.", version);
    const override = `${MIXED}Overrides.member.1.`;
    const requirements = `${override}InstanceRequirements.`;
    return {
      ...specification(`${MIXED}LaunchTemplateSpecification.`, version),
      ...(kind === "types"
        ? { [`${override}InstanceType`]: "m7.large" }
        : { [`${requirements}VCpuCount.Min`]: "1", [`${requirements}MemoryMiB.Min`]: "1024" }),
    };
  });

const awsArguments = fc.record({
  desiredConfiguration: maybe(
    fc.constantFrom("1", "9", "$Latest").map((version) => ({ launchTemplate: { name: TEMPLATE, version } })),
  ),
  strategy: maybe(fc.constantFrom("Rolling", "ReplaceRootVolume")),
  preferences: maybe(
    fc.record(
      {
        skipMatching: fc.boolean(),
        autoRollback: fc.boolean(),
        alarmSpecification: fc.constant({ alarms: ["gone"] }),
      },
      { requiredKeys: [] },
    ),
  ),
});

const essGroup = fc.record({
  MultiAZPolicy: fc.constantFrom("PRIORITY", "BALANCE"),
  ScalingPolicy: fc.constantFrom("release", "recycle", "forceRecycle"),
});

const essArguments = fc.record({
  desiredConfigurationImageId: maybe(fc.constant("m-second")),
  skipMatching: maybe(fc.boolean()),
});

const policies = fc.record({
  status: maybe(fc.constantFrom("Cancelled", "RollbackSuccessful")),
  onConflict: fc.constantFrom("fail", "cancel", "rollback"),
  onTimeout: maybe(fc.constant("rollback")),
  onDelete: maybe(fc.constant("rollback")),
  rollout: maybe(fc.constant({ name: "waves", onFailure: "rollback" })),
});

function situations(name: CloudName): fc.Arbitrary<Situation> {
  const [group, own] = name === "ess" ? [essGroup, essArguments] : [awsGroup, awsArguments];
  return fc
    .record({
      group: group as fc.Arbitrary<Record<string, unknown>>,
      suspended: fc.boolean(),
      isBusy: fc.boolean(),
      args: fc.tuple(own as fc.Arbitrary<object>, policies),
    })
    .map((drawn) => ({ ...drawn, args: Object.assign({}, ...drawn.args) as Arguments }));
}

/** A group as it was drawn, running; its name. */
async function createGroup(harness: LifecycleHarness, name: CloudName, { group, suspended }: Situation) {
  const { cloud, emulator } = harness;
  if (name === "ess") {
    const size = { MinSize: 0, MaxSize: 4, DesiredCapacity: 2, ScalingGroupName: "drawn" };
    const { ScalingGroupId } = await cloud.call("CreateScalingGroup", { ...size, ...group });
    const { ScalingConfigurationId } = await cloud.call("CreateScalingConfiguration", {
      ScalingGroupId,
      ImageId: "m-first",
      InstanceType: "ecs.g7.large",
    });
    await cloud.call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
    emulator.clock.advance(3_600_000);
    return String(ScalingGroupId);
  }
  const AutoScalingGroupName = "drawn";
  const size = { MinSize: "0", MaxSize: "4", DesiredCapacity: "2", "AvailabilityZones.member.1": "eu-west-1a" };
  await cloud.call("CreateAutoScalingGroup", { AutoScalingGroupName, ...size, ...group });
  emulator.clock.advance(3_600_000);
  if (suspended)
    await cloud.call("SuspendProcesses", { AutoScalingGroupName, "ScalingProcesses.member.1": "Terminate" });
  return AutoScalingGroupName;
}

/** What the error says is in the way, each reason by itself. */
function reasonsOf({ message, refreshId }: RefreshError): string[] {
  const listed = [...message.matchAll(/^ {2}- (.*)$/gm)].map(([, reason = ""]) => reason);
  if (listed.length > 0) return listed;
  return [refreshId ?? /no such refresh runs|There is no group/.exec(message)?.[0] ?? message];
}

test.each<CloudName>(["ess", "autoscaling"])(
  "%s: what up refuses before its Start, the preview has said",
  async (name) => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(situations(name), async (situation) => {
        const harness = await LifecycleHarness.start(name, 2);
        try {
          const { lifecycle, cloud } = harness;
          const group = await createGroup(harness, name, situation);
          if (situation.isBusy) await cloud.startElsewhere(group, "third").catch(() => undefined);
          const asked = { ...situation.args, [cloud.cloud.groupArgument]: group, waitForCompletion: false };
          const { inputs, failures } = lifecycle.check(asked);
          fc.pre(failures.length === 0);
          const { warnings } = await lifecycle.preview(inputs, harness.call(), () => false);
          const starts = () =>
            harness.emulator.requests.filter(({ operation }) => operation.startsWith("StartInst")).length;
          const before = starts();
          const error = await lifecycle.create(inputs, harness.call()).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (!(error instanceof RefreshError) || starts() > before) return;
          refusals++;
          const said = warnings.join("\n");
          expect(reasonsOf(error).filter((reason) => !said.includes(reason))).toEqual([]);
        } finally {
          await harness.close();
        }
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(refusals).toBeGreaterThan(10);
  },
);

test.each<CloudName>(["ess", "autoscaling"])(
  "%s: a preview says what an import will take over, and what differs",
  async (name) => {
    const harness = await LifecycleHarness.start(name, 2);
    try {
      const id = await harness.cloud.startElsewhere(harness.group, "second");
      const previewOfImport = async (image: string) => {
        const args = await harness.cloud.argumentsFor(harness.group, image);
        return {
          args,
          said: await previewOf(harness.lifecycle, args, harness.call(), { isUnknown: () => false, importId: id }),
        };
      };
      const equal = await previewOfImport("second");
      expect(equal.said.warnings).toEqual([]);
      expect(equal.said.notices.join()).toMatch(
        /^\S+ \((Pending|InProgress), 0 %.*\) of group \S+ will be taken over; no refresh is started$/,
      );
      const different = await previewOfImport("third");
      expect(different.said.notices).toEqual([]);
      const error = await failureOf(harness.lifecycle.adopt(id, different.args, harness.call()));
      const [what = ""] = error.message.split("\nNext: ");
      expect(what).toMatch(/`desiredConfiguration[\w.]*` is ".*" in the program, and ".*" in the refresh/);
      expect(different.said.warnings.join()).toContain(what);
      const missing = await previewOf(harness.lifecycle, equal.args, harness.call(), {
        isUnknown: () => false,
        importId: "web",
      });
      expect(missing.warnings.join()).toMatch(/^The refresh could not be described\. `web` is not the id/);
    } finally {
      await harness.close();
    }
  },
);
