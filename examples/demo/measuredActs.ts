/** The act with a measured service, the same on both clouds: a rollout that makes it ill goes back by itself. */
import type { TestCloud } from "../../tests/clouds/testCloud";
import { serviceOn } from "./service";
import type { Stage } from "./stage";
import { act, check, tell } from "./story";

interface Measured {
  readonly title: string;
  readonly group: string;
  /** What the program is to roll out, in the stack's configuration. */
  readonly settings: Record<string, string>;
}

export async function measuredAct(stage: Stage, cloud: TestCloud, { title, group, settings }: Measured): Promise<void> {
  act(title);
  const before = await cloud.launches(group);
  const service = await serviceOn(cloud, group);
  tell(
    `A service on ${group} answers at ${service.url}, with metrics as Prometheus has them: 0.2 % of requests fail.\n`,
  );
  try {
    await stage.configure({ ...settings, takeOver: undefined, service: service.url });
    const up = await stage.up();
    check("its metric is shown while it runs", up.output.includes("errors 0.2 (max 5) passed"));
    check("`pulumi up` fails", up.code !== 0, `exit code ${up.code}`);
    check("it says what was measured", /check errors failed 2 times.*40 \(max 5\) \(failed\)/.test(up.output));
    check("it says what was done", up.output.includes("The refresh was rolled back, and ended RollbackSuccessful"));
    check(
      "the refresh is rolled back in the cloud",
      (await cloud.refreshes(group))[0]?.status === "RollbackSuccessful",
    );
    check("the group launches what it did before", (await cloud.launches(group)) === before, before);
    // A machine that was shutting down when the rollback ended is listed until it is gone.
    await cloud.pass(60_000);
    const left = await cloud.instances(group);
    check("no machine that answered badly is left", service.isIll && !left.some((id) => service.newMachines.has(id)));
  } finally {
    service.close();
  }
}
