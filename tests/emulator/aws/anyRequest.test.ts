import fc from "fast-check";
import type { AccessKey } from "../../../src/emulator/aws/accessKeys";
import { apis } from "../../../src/emulator/aws/apis";
import { AwsError } from "../../../src/emulator/aws/errors";
import { parseQuery } from "../../../src/emulator/aws/query";
import { awsRegion } from "../../../src/emulator/aws/region";
import { type AwsEmulator, region, startAwsEmulator } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
  await aws.createGroup("web");
});
afterAll(() => aws.close());

const names = [
  "AutoScalingGroupName",
  "AutoScalingGroupNames",
  "MinSize",
  "MaxSize",
  "DesiredCapacity",
  "AvailabilityZones",
  "LaunchTemplate",
  "LaunchTemplateName",
  "LaunchTemplateSpecification",
  "LaunchTemplateData",
  "LaunchTemplateVersion",
  "Version",
  "MixedInstancesPolicy",
  "Overrides",
  "InstanceType",
  "InstanceRequirements",
  "DesiredConfiguration",
  "Preferences",
  "CheckpointPercentages",
  "InstanceIds",
  "Filters",
  "Filter",
  "Name",
  "Value",
  "Values",
  "Tags",
  "Key",
  "NextToken",
  "MaxRecords",
  "member",
  "item",
  "1",
  "2",
  "constructor",
  "__proto__",
];
const values = [
  "",
  "web",
  "1",
  "-1",
  "true",
  "$Latest",
  "ami-one",
  "lt-1",
  "tag:a",
  "constructor",
  "é <&> \u0000",
  "x".repeat(300),
];

test("whatever is asked, the answer is one of the service and never a stack trace", () => {
  const operation = fc.constantFrom(
    ...apis.flatMap((api) => Object.keys(api.operations).map((name) => ({ api, name }))),
  );
  const parameter = fc.tuple(
    fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
    fc.oneof(fc.constantFrom(...values), fc.string()),
  );
  const known = fc.constantFrom("AutoScalingGroupName=web&", "LaunchTemplateName=web&", "");
  const outcomes = { answered: 0, refused: 0 };
  fc.assert(
    fc.property(operation, known, fc.array(parameter, { maxLength: 8 }), ({ api, name }, start, parameters) => {
      const form =
        start + new URLSearchParams(parameters.map(([path, value]): [string, string] => [path.join("."), value]));
      const world = aws.emulator.world(region);
      const accessKey: AccessKey = { secretAccessKey: "", arn: "arn:aws:iam::123456789012:root" };
      try {
        // A form may contradict itself, so that reading it is a part of answering it.
        const result = api.operations[name]?.(parseQuery(form), { ...awsRegion(world), accessKey, accessKeyId: "" });
        expect(api.dialect.answer(name, result, "request").body).toContain(`<${name}Response `);
        outcomes.answered++;
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        expect(api.dialect.error(error, "request").body).toContain(`<Code>${error.code}</Code>`);
        outcomes.refused++;
      }
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(outcomes.answered).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});
