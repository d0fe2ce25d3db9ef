/** What a cassette keeps, and what it never tells. */
import { writeCassette } from "../../src/conformance/cassette";
import type { RawEntry } from "../../src/conformance/play";
import { Sanitiser } from "../../src/conformance/sanitise";
import { findingsIn } from "../../src/conformance/scan";
import { leaksOf } from "./fuzz";

const entryOf = (body: unknown, parameters: Record<string, string> = {}): RawEntry => ({
  scenario: "plain",
  step: "poll",
  time: Date.UTC(2026, 0, 1),
  call: { service: "autoscaling", operation: "DescribeInstanceRefreshes", parameters },
  answer: { status: 200, body },
});

test("an identifier becomes the same reference wherever it comes up, and the service's words stay", () => {
  const start = Date.UTC(2026, 0, 1);
  const sanitiser = new Sanitiser([{ kind: "account", text: "123456789012" }], start);
  const { answer, parameters } = sanitiser.entry(
    entryOf(
      {
        InstanceRefreshes: [
          {
            InstanceRefreshId: "08b91cf7-8fa6-48af-b6a6-d227f40f1b9b",
            AutoScalingGroupName: "payroll",
            Status: "InProgress",
            StatusReason:
              "Waiting for instances to warm up before continuing. For example: i-0645704820a8e83ff is warming up.",
            StartTime: "2026-01-01T00:01:30Z",
            Tags: [{ Key: "owner", Value: "me" }],
          },
        ],
        Activities: [
          { Cause: "At 2026-01-01T00:02:00Z instance i-0645704820a8e83ff of payroll, account 123456789012" },
        ],
      },
      { AutoScalingGroupName: "payroll" },
    ),
    start,
  );
  expect(parameters).toEqual({ AutoScalingGroupName: "‹name-1›" });
  expect(answer).toEqual({
    InstanceRefreshes: [
      {
        InstanceRefreshId: "‹name-2›",
        AutoScalingGroupName: "‹name-1›",
        Status: "InProgress",
        StatusReason: "Waiting for instances to warm up before continuing. For example: ‹i-1› is warming up.",
        StartTime: "‹T+90›",
      },
    ],
    Activities: [{ Cause: "At ‹T+120› instance ‹i-1› of ‹name-1›, account ‹account-1›" }],
  });
});

test("2,000 fuzzed answers with planted identifiers: none survives", () => {
  expect(leaksOf(1, 2_000)).toEqual([]);
});

test.each([
  ["an ARN", "arn:aws:iam::1:role/x"],
  ["an account number", "account 123456789012"],
  ["an id", "i-0645704820a8e83ff"],
  ["an address of the internet", "10.1.2.3"],
  ["an access key", "AKIAIOSFODNN7EXAMPLE"],
  ["a region", "in eu-west-1a"],
  ["the profile", "my profile is work-team"],
])("the scan still finds %s, and says so without repeating it", (what, text) => {
  const entry = {
    scenario: "plain",
    step: "poll",
    at: 0,
    service: "ec2",
    operation: "x",
    parameters: {},
    status: 200,
    answer: { Message: text },
  };
  const cassette = {
    format: 1,
    cloud: "aws",
    date: "2026-01-01",
    source: "account",
    origin: "",
    partial: false,
    scenarios: ["plain"],
    entries: [entry],
  } as const;
  const findings = findingsIn(writeCassette(cassette), [{ kind: "profile", text: "work-team" }]);
  expect(findings.join()).toContain(what);
  expect(findings.join()).not.toContain(text);
});
