/** Runs a program against Pulumi's mocks, and keeps what was registered. */
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";

export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  ignoreChanges: string[];
  /** URNs. */
  dependencies: string[];
  /** Reference of an explicit provider, else empty. */
  provider: string;
}

const completed = {
  outcomes: [
    { name: "one", id: "ir-1", status: "Successful", endTime: "2026-01-01T00:00:00Z" },
    { name: "none", id: "asg-2:none", endTime: null },
  ],
};

/** What the clouds would answer of a new resource, beside its inputs. */
const ANSWERS: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 1 },
  "aws:autoscaling/group:Group": { region: "eu-west-1" },
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": { latestVersionNumber: 1 },
  "pulumi-nodejs:dynamic/constructs:Completion": completed,
  "instance-refresh:index:Completion": completed,
};

/** @param program creates resources; its registrations are answered as by the clouds, with ids `<name>-id` */
export async function registrationsOf(program: () => void): Promise<Registered[]> {
  const registered: Registered[] = [];
  // Mocks are told the inputs only; what the engine is to do with them is in the request.
  const requests = jest.spyOn(MockMonitor.prototype, "registerResource");
  await pulumi.runtime.setMocks({
    call: ({ inputs }) => inputs,
    newResource({ type, name, inputs }: MockResourceArgs) {
      const request = requests.mock.calls.at(-1)?.[0] as RegisterResourceRequest;
      const ignoreChanges = request.getIgnorechangesList();
      const [dependencies, provider] = [request.getDependenciesList(), request.getProvider()];
      registered.push({ type, name, inputs, ignoreChanges, dependencies, provider });
      return { id: `${name}-id`, state: { name, ...inputs, ...ANSWERS[type] } };
    },
  });
  program();
  await pulumi.runtime.disconnect();
  requests.mockRestore();
  return registered;
}

/** The one registration of a type; its inputs without what the dynamic host adds for itself. */
export function inputsOf(registered: readonly Registered[], type: string): Record<string, unknown> {
  const [found, ...others] = registered.filter((each) => each.type === type);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} resources of type ${type}`);
  return Object.fromEntries(
    Object.entries(found.inputs).filter(([name, value]) => !name.startsWith("__") && value !== undefined),
  );
}
