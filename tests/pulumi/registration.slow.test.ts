/** Registering a resource makes many errors; the program's own keep their stacks. */
import * as pulumi from "@pulumi/pulumi";
import { ess } from "../../src/index";
import { ess as pluginEss } from "../../src/plugin";

const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", desiredConfigurationImageId: "m-1" };
const limits: number[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ inputs }) => ({ id: "ir-1", state: inputs }),
    call: () => ({}),
  }),
);

describe.each([
  ["dynamic", ess.InstanceRefresh],
  ["plugin", pluginEss.InstanceRefresh],
])("the class of the %s host", (_, InstanceRefresh) => {
  test("leaves errors as deep as they were, also when it throws", () => {
    const before = Error.stackTraceLimit;
    new InstanceRefresh("web", args);
    expect(Error.stackTraceLimit).toBe(before);
    expect(() => new InstanceRefresh("", args)).toThrow(/Missing resource name/);
    expect(Error.stackTraceLimit).toBe(before);
  });

  test("makes them shallow while it registers, unless leaks are looked for", () => {
    const notice = () => {
      limits.push(Error.stackTraceLimit);
      return undefined;
    };
    new InstanceRefresh("web", args, { transformations: [notice] });
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
    new InstanceRefresh("web", args, { transformations: [notice] });
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    expect(limits.splice(0)).toEqual([0, Error.stackTraceLimit]);
  });
});
