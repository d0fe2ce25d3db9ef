/** Answers of a service with identifiers planted everywhere that one can be. */
import type { RawEntry } from "../../src/conformance/play";
import { type Known, Sanitiser } from "../../src/conformance/sanitise";
import { seededRandom } from "../seededRandom";

type Random = ReturnType<typeof seededRandom>;

const hex = (random: Random, length: number) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
const digits = (random: Random, length: number) =>
  Array.from({ length }, (_, at) => Math.floor(random() * 9 + (at === 0 ? 1 : 0))).join("");
const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const letters = (random: Random, length: number) =>
  Array.from({ length }, () =>
    pick(random, [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]),
  ).join("");

const regions = ["eu-west-1", "us-gov-east-1", "ap-southeast-3", "cn-hangzhou", "us-east-1", "cn-zhangjiakou"];

/** Of each kind that must not survive, one that was never seen before. */
const identifiers: readonly ((random: Random) => string)[] = [
  (random) => digits(random, 12),
  (random) => digits(random, 16),
  (random) =>
    `arn:aws:autoscaling:${pick(random, regions)}:${digits(random, 12)}:autoScalingGroup:${hex(random, 8)}:autoScalingGroupName/${letters(random, 9)}`,
  (random) => `acs:ram::${digits(random, 16)}:role/${letters(random, 8)}`,
  (random) => `arn:aws:iam::${digits(random, 12)}:role/aws-service-role/x/${letters(random, 6)}`,
  (random) => `i-${hex(random, 17)}`,
  (random) => `i-bp${letters(random, 18).toLowerCase()}`,
  (random) =>
    `${pick(random, ["sg", "subnet", "vpc", "vsw", "ami", "m", "asg", "asc", "ir", "lt", "eni", "vol"])}-${hex(random, 17)}`,
  (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join("-"),
  (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length).toUpperCase()).join("-"),
  (random) =>
    `${1 + Math.floor(random() * 222)}.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`,
  (random) =>
    `ip-10-${Math.floor(random() * 255)}-0-${Math.floor(random() * 255)}.${pick(random, regions)}.compute.internal`,
  (random) =>
    `2001:db8:${hex(random, 4)}:${hex(random, 4)}:${hex(random, 4)}:${hex(random, 4)}:${hex(random, 4)}:${hex(random, 4)}`,
  (random) => `AKIA${letters(random, 16).toUpperCase()}`,
  (random) => `LTAI${letters(random, 20)}`,
  (random) => `STS.${letters(random, 22)}`,
  (random) => letters(random, 40),
  (random) => `${letters(random, 5).toLowerCase()}@${letters(random, 6).toLowerCase()}.com`,
  (random) => `https://sqs.${pick(random, regions)}.amazonaws.com/${digits(random, 12)}/q-${letters(random, 5)}`,
  (random) => `aws-sdk-js/3.${digits(random, 3)} ua/2.0 os/linux#5.${digits(random, 3)}`.split(" ")[0] ?? "",
  (random) => `payroll-${letters(random, 6)}`,
  (random) => `Team_${digits(random, 3)}.${letters(random, 5)}`,
  (random) => `${pick(random, regions)}${pick(random, ["a", "b", "c"])}`,
  (random) => `${hex(random, 8)}${letters(random, 9)}=`,
];

const prose = [
  (id: string) => `Waiting for remaining instances to be available. For example: ${id} is protected.`,
  (id: string) => `At 2026-01-01T10:00:00Z instance ${id} was moved to standby in response to a user request.`,
  (id: string) => `User: ${id} is not authorized (Service: ${id}; Status Code: 403; Request ID: ${id})`,
  (id: string) => `{"Subnet ID":"${id}","Availability Zone":"${id}"}`,
  (id: string) => `Launching a new EC2 instance: ${id}.  Status Reason: "${id}" [${id}], <${id}> name=${id}`,
];
const members =
  "StatusReason Cause Description Message Details StatusMessage Detail RollbackReason SuspensionReason InstanceId AutoScalingGroupName LaunchTemplateName Status LifecycleState Version HealthStatus Code ScalingConfigurationId AlarmSpecification Preferences InstanceType PoolState Tags Owner RequestId HostId VPCZoneIdentifier StateValue ProcessName CreationType".split(
    " ",
  );

/** @returns each identifier that can still be found in what is left of the answer */
export function leaksOf(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  const leaks: string[] = [];
  for (let index = 0; index < count; index++) {
    const planted: string[] = [];
    const plant = () => {
      const id = pick(random, identifiers)(random);
      planted.push(id);
      return id;
    };
    const known: Known[] = [
      { kind: "account", text: digits(random, 12) },
      { kind: "region", text: pick(random, regions) },
      { kind: "profile", text: `work-${letters(random, 4)}` },
    ];
    planted.push(...known.map(({ text }) => text));
    const value = (depth: number): unknown => {
      const choice = random();
      if (depth > 0 && choice < 0.15) return [value(depth - 1), value(depth - 1)];
      if (depth > 0 && choice < 0.35) return answer(depth - 1);
      if (choice < 0.7) return pick(random, prose)(plant());
      if (choice < 0.75) return `Of ${pick(random, known).text}, which waits.`;
      return plant();
    };
    const answer = (depth: number): Record<string, unknown> =>
      Object.fromEntries(Array.from({ length: 4 }, () => [pick(random, members), value(depth)]));
    const entry: RawEntry = {
      scenario: "fuzzed",
      step: "poll",
      time: 0,
      call: {
        service: "autoscaling",
        operation: "DescribeScalingActivities",
        parameters: {
          AutoScalingGroupName: plant(),
          "Filters.member.1.Values.member.1": plant(),
          VPCZoneIdentifier: plant(),
          "LaunchTemplateData.UserData": plant(),
          "Tags.member.1.Value": plant(),
        },
      },
      answer: { status: 200, body: answer(2) },
    };
    const text = JSON.stringify(new Sanitiser(known, 0).entry(entry, 0));
    leaks.push(...planted.filter((id) => id.length > 3 && text.includes(id)).map((id) => `${id} in ${text}`));
  }
  return leaks;
}
