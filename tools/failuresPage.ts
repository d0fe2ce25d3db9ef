/** The page of every failure: what a deployment says, and what the command line says, by the code that says it. */
import { failureText } from "../src/cli/failureText";
import { hitAnother, notRunning } from "../src/clouds/autoscaling/api";
import * as aws from "../src/clouds/autoscaling/errors";
import { autoscaling } from "../src/clouds/autoscaling/module";
import { Contact } from "../src/clouds/common/contact";
import { Secrets } from "../src/clouds/common/secrets";
import { refuseSettings } from "../src/clouds/common/settings";
import * as alibaba from "../src/clouds/ess/errors";
import { ess } from "../src/clouds/ess/module";
import { unanswered as unansweredSource } from "../src/clouds/ess/sources/vendorRequests";
import { newResult, withMeasurement } from "../src/core/analysis/evaluate";
import { analysisOf, type Check } from "../src/core/analysis/policy";
import { systemClock } from "../src/core/clock";
import { type CloudApi, CloudError, type CloudModule, type Refresh } from "../src/core/cloud";
import * as createErrors from "../src/core/lifecycle/createErrors";
import { RefreshError } from "../src/core/lifecycle/errors";
import { groupVanished, refused, vanished } from "../src/core/lifecycle/follow";
import { analysisFailed } from "../src/core/lifecycle/followAnalysed";
import { Lifecycle } from "../src/core/lifecycle/lifecycle";
import { badEnd, tooLate } from "../src/core/lifecycle/messages";
import { type Call, halted, interrupted, type Run, timedOut } from "../src/core/lifecycle/run";
import { outsideWindow, type Refusal } from "../src/core/lifecycle/startTime";
import { Scheduler } from "../src/core/polling/scheduler";

const GROUP = "web";
const ID = "web/08b91cf7-8fa6-48af-b6a6-d227f40f1b9b";

export interface Failure {
  readonly name: string;
  /** Functions of the code that build it. */
  readonly by: readonly string[];
  /** As a deployment says it; undefined where none meets it. */
  readonly host: string | undefined;
  /** As a command says it; undefined where none meets it. */
  readonly command: string | undefined;
}

const call: Call = {
  urn: "urn:pulumi:dev::shop::instance-refresh:autoscaling:InstanceRefresh::web",
  settings: {},
  timeoutSeconds: 3_600,
  signal: new AbortController().signal,
  progress: () => {},
  notice: () => {},
};
const tools = { clock: systemClock, scheduler: new Scheduler({ clock: systemClock }), random: () => 0.5 };
const args = { autoscalingGroupName: GROUP, status: "Cancelled" };
// Messages read no more of an API than its region.
const api = { region: "eu-west-1" } as CloudApi;
const run: Run = { cloud: autoscaling as CloudModule, api, args, group: GROUP, call, tools, deadline: 0 };

const analysis = analysisOf({ checks: [{ name: "errors", http: { url: "https://web.example.com" } }] });
const [check] = (analysis?.checks ?? []) as [Check];
const measured = withMeasurement(newResult(check), { outcome: "failed", value: "HTTP 503", at: Date.UTC(2026, 0, 1) });

const refresh = (status: string, more: Partial<Refresh> = {}): Refresh => ({
  id: ID,
  group: GROUP,
  status,
  stage: autoscaling.statuses[status] ?? "unknown",
  ended: true,
  fraction: 0.4,
  reason: "The cloud's own words",
  startTime: "2026-01-01T00:00:00Z",
  arguments: {},
  outputs: {},
  plannedPauses: { checkpoints: [], checkpointSeconds: 0, bakeSeconds: 0, goal: 1 },
  ...more,
});

/** What a deployment says of an error of the cloud before it has started anything. */
async function beforeStart(cloud: CloudModule, error: CloudError): Promise<string> {
  const failing: CloudModule = { ...cloud, connect: () => Promise.reject(error) };
  const asked = { [cloud.groupArgument]: GROUP };
  return new Lifecycle(failing, tools).create(asked, call).then(
    () => "",
    (thrown: Error) => thrown.message,
  );
}

const contextOf = (endpoint: string) => ({
  operation: "DescribeInstanceRefreshes",
  contact: new Contact(),
  secrets: new Secrets(),
  accepted: { keys: false, operation: false },
  endpoint,
});
const awsContext = contextOf("https://autoscaling.eu-west-1.amazonaws.com");
const essContext = { ...awsContext, endpoint: new URL("https://ess.cn-hangzhou.aliyuncs.com") };
const answered = (name: string, message: string) =>
  aws.toCloudError(awsContext, {
    name,
    message,
    $fault: "client",
    $metadata: { httpStatusCode: 400, requestId: "r-1" },
  });
function wrongSetting(): CloudError {
  try {
    refuseSettings([
      { property: "connection.endpoint", reason: "`connection.endpoint` must not hold a user or a password" },
    ]);
  } catch (error) {
    if (error instanceof CloudError) return error;
  }
  throw new Error("the setting was taken");
}
const noAnswer = { code: "ECONNREFUSED" };
const page = { status: 200, headers: { "content-type": "text/html" }, body: "" };
const said = (code: string, message = "The cloud's own words") => ({ code, message, requestId: "r-1" });

/** Failures of calls: by the cloud whose they are. */
function noSts(): CloudError {
  const { message, code, next } = unansweredSource("https://sts.cn-hangzhou.aliyuncs.com", "ENOTFOUND", true);
  return alibaba.noCredentials(message, code, "final", next);
}

const OF_CALLS: readonly [name: string, by: string[], cloud: CloudModule, error: CloudError][] = [
  ["AWS: no answer", ["unanswered"], autoscaling, aws.toCloudError(awsContext, noAnswer)],
  ["AWS: an answer of something else", ["unreadable"], autoscaling, aws.unreadable(awsContext, 200, "text/html")],
  ["AWS: half an answer", ["incomplete"], autoscaling, aws.incomplete("StartInstanceRefresh", "there is no id in it")],
  ["AWS: refused", ["refused"], autoscaling, answered("ValidationError", "The cloud's own words")],
  ["AWS: keys are not accepted", ["refused"], autoscaling, answered("ExpiredToken", "The token is expired")],
  ["AWS: a permission is missing", ["refused"], autoscaling, answered("AccessDenied", "not authorized")],
  [
    "AWS: no credentials",
    ["noCredentials"],
    autoscaling,
    aws.noCredentials({ name: "CredentialsProviderError" }, new Secrets(), "final"),
  ],
  [
    "AWS: no answer of STS",
    ["noCredentials"],
    autoscaling,
    aws.noCredentials({ code: "ENOTFOUND", hostname: "sts.eu-west-1.amazonaws.com" }, new Secrets(), "final"),
  ],
  ["AWS: no region", ["noRegion"], autoscaling, aws.noRegion()],
  [
    "AWS: an account that the stack does not allow",
    ["wrongAccount"],
    autoscaling,
    aws.wrongAccount("123456789012", "allowedAccountIds"),
  ],
  [
    "AWS: it ended before the call",
    ["notRunning"],
    autoscaling,
    notRunning("CancelInstanceRefresh", refresh("InProgress"), refresh("Successful")),
  ],
  [
    "AWS: it ended, and the call hit another one",
    ["hitAnother"],
    autoscaling,
    hitAnother("CancelInstanceRefresh", refresh("InProgress"), "0e3a"),
  ],
  ["A setting is wrong", ["refuseSettings"], autoscaling, wrongSetting()],
  ["ESS: no answer", ["unanswered"], ess, alibaba.unanswered(essContext, noAnswer)],
  ["ESS: an answer of something else", ["unreadable"], ess, alibaba.unreadable(essContext, page)],
  [
    "ESS: half an answer",
    ["incomplete"],
    ess,
    alibaba.incomplete("StartInstanceRefresh", "there is no id of a task in it"),
  ],
  ["ESS: refused", ["refused"], ess, alibaba.refused(essContext, 400, said("InvalidParameter"))],
  [
    "ESS: keys are not accepted",
    ["refused"],
    ess,
    alibaba.refused(essContext, 400, said("InvalidSecurityToken.Expired")),
  ],
  ["ESS: a permission is missing", ["refused"], ess, alibaba.refused(essContext, 403, said("Forbidden.RAM"))],
  [
    "ESS: the clock is off",
    ["refused"],
    ess,
    alibaba.refused(essContext, 400, said("InvalidTimeStamp.Expired")).as("final"),
  ],
  ["ESS: no credentials", ["noCredentials"], ess, alibaba.noCredentials("no source has any")],
  ["ESS: no answer of STS", ["noCredentials"], ess, noSts()],
  ["ESS: no region", ["noRegion"], ess, alibaba.noRegion()],
].map(([name, by, cloud, error]) => [name, by, cloud as CloudModule, error] as (typeof OF_CALLS)[number]);

const inBoth = (name: string, by: string, error: RefreshError): Failure => ({
  name,
  by: [by],
  host: error.message,
  command: failureText(error, []),
});
const inHost = (name: string, by: string, error: RefreshError): Failure => ({
  ...inBoth(name, by, error),
  command: undefined,
});

export async function failures(): Promise<Failure[]> {
  const running = refresh("InProgress", { ended: false });
  const refusal = new CloudError({ operation: "StartInstanceRefresh", ...said("ValidationError"), kind: "final" });
  const open = new CloudError({
    ...refusal,
    ...said("ECONNRESET", "no answer: the connection was cut"),
    operation: "StartInstanceRefresh",
    kind: "passing",
  });
  const outside: Refusal = {
    outside: "fail",
    why: "no window is open",
    next: "The next one opens at 22:00.",
    opensAt: 0,
  };
  const member = { path: "desiredConfiguration.launchTemplate.version", one: "3", other: "2", sensitive: false };
  const thrownBy = async (action: Promise<unknown>) => {
    const error: unknown = await action.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof RefreshError) return error;
    throw new Error("it did not fail as a refresh does");
  };
  const describing = (found: Map<string, Refresh>): CloudModule => ({
    ...run.cloud,
    connect: async () => ({
      ...api,
      source: { key: "page", batch: 1, describe: async () => found, classify: () => "final" },
    }),
  });
  const importing = (id: string) =>
    new Lifecycle(describing(new Map()), tools).adopt(id, { autoscalingGroupName: GROUP }, call);
  const lost: CloudModule = {
    ...run.cloud,
    connect: async () => ({
      ...api,
      source: {
        key: "lost",
        batch: 1,
        describe: () => Promise.reject(aws.toCloudError(awsContext, noAnswer).as("final")),
        classify: () => "final",
      },
    }),
  };
  const ofCalls = await Promise.all(
    OF_CALLS.map(async ([name, by, cloud, error]): Promise<Failure> => {
      // A command has no stack, and so no setting of one.
      const isOfStack = error.code === "WrongAccount";
      const command = isOfStack ? undefined : failureText(error, ["status", "--group", GROUP]);
      return { name, by: ["explained", ...by], host: await beforeStart(cloud, error), command };
    }),
  );
  return [
    inBoth("It failed", "badEnd", badEnd(run.cloud, refresh("Failed"), call.urn)),
    inBoth(
      "It was rolled back",
      "badEnd",
      badEnd(run.cloud, refresh("RollbackSuccessful", { fractionAtRollback: 0.6 }), call.urn),
    ),
    inBoth("Its rollback failed", "badEnd", badEnd(run.cloud, refresh("RollbackFailed"), call.urn)),
    inBoth("Somebody else cancelled it", "badEnd", badEnd(run.cloud, refresh("Cancelled"), call.urn)),
    inBoth("Its status is not known", "badEnd", badEnd(run.cloud, refresh("Meditating"), call.urn)),
    inBoth("Too late to cancel it", "tooLate", tooLate(run.cloud, refresh("Successful"), "Cancelled")),
    inBoth("The cloud refused to cancel it", "refused", refused(run, running, "cancel", refusal)),
    inBoth("The cloud no longer knows it", "vanished", vanished(run, ID, running)),
    inHost("Its group is gone", "groupVanished", groupVanished(run, ID, running)),
    inBoth(
      "The time is over",
      "timedOut",
      timedOut(run, "it is still InProgress, 40 %, and goes on in the cloud", undefined, running),
    ),
    inBoth("Ctrl-C", "interrupted", interrupted(run, ID)),
    inHost(
      "Its analysis failed",
      "analysisFailed",
      analysisFailed(run, ID, "rollback", measured, "The refresh was rolled back, and ended RollbackSuccessful."),
    ),
    inHost("Another one of the rollout failed", "halted", halted(run)),
    inHost(
      "Lost contact while it is followed",
      "unreachable",
      await thrownBy(
        new Lifecycle(lost, tools).update(
          { id: ID, properties: { autoscalingGroupName: GROUP, status: "InProgress" } },
          { autoscalingGroupName: GROUP },
          call,
        ),
      ),
    ),
    inHost("There is no group", "noGroup", createErrors.noGroup(run)),
    inHost(
      "The group stands in the way",
      "refusedByGroup",
      createErrors.refusedByGroup(run, ["the group has suspended Launch: resume it first"]),
    ),
    inHost("Nothing to cancel", "nothingToStop", createErrors.nothingToStop(run)),
    inHost("Another refresh runs", "conflictError", createErrors.conflictError(run, running)),
    inHost("Another refresh may run", "conflictError", createErrors.conflictError(run, refresh("Meditating"))),
    inHost("The cloud refused the start", "notStarted", createErrors.notStarted(run, refusal)),
    inHost("It is not known whether it started", "notStarted", createErrors.notStarted(run, open)),
    inHost("It may not start now", "outsideWindow", outsideWindow(run, outside)),
    inHost("An import of another configuration", "differs", createErrors.differs(run, running, [member])),
    inHost("An import of no id", "wrongId", await thrownBy(importing("web"))),
    inHost("An import of what is not known", "wrongId", await thrownBy(importing(ID))),
    ...ofCalls,
  ];
}

export async function failuresPage(): Promise<string> {
  const cell = (text: string | undefined) =>
    text === undefined
      ? "does not meet it"
      : text.replaceAll("|", "\\|").replaceAll("\n  - ", "<br>- ").replaceAll("\n", "<br>");
  const rows = (await failures()).map(({ name, host, command }) => `| ${name} | ${cell(host)} | ${cell(command)} |`);
  return [
    "# Every failure, and its words",
    "Each failure says what happened, to which refresh of which group, why, and after `Next:` what to do. This page is made by the code that says it, for the refresh `" +
      ID +
      "` of the group `web`. [Troubleshooting](troubleshooting.md) explains the failures and their causes.",
    ["| failure | `pulumi up` | `pulumi-instance-refresh` |", "| --- | --- | --- |", ...rows].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}
