/**
 * The demo: the real Pulumi engine over the programs beside this file, against the emulator, with time running fast. Every
 * act checks what it claims through the cloud's API.
 */
import { createEmulator } from "pulumi-instance-refresh/emulator";
import { awsTestCloud } from "../../tests/clouds/awsTestCloud";
import { essTestCloud } from "../../tests/clouds/essTestCloud";
import { awsActs } from "./awsActs";
import { essActs } from "./essActs";
import { measuredAct } from "./measuredActs";
import { Stage } from "./stage";
import { tell, theEnd } from "./story";

/** Simulated seconds in a real one. */
const PACE = { fast: 600, slow: 40, measured: 150 };

async function main(): Promise<number> {
  const emulator = await createEmulator({ speed: PACE.fast, seed: "demo" });
  const stages = {
    ess: new Stage(emulator, "ess", "Pulumi.yaml"),
    aws: new Stage(emulator, "aws", "examples/demo/aws/Pulumi.yaml"),
  };
  try {
    tell(`An emulator of both clouds listens at ${emulator.url}. Its clock runs ${PACE.fast} times as fast as yours.`);
    const clouds = { ess: essTestCloud(emulator), aws: awsTestCloud(emulator) };
    const groups = { ess: await essActs(stages.ess, clouds.ess, PACE), aws: "" };
    stages.aws.runAt(PACE.fast);
    groups.aws = await awsActs(stages.aws, clouds.aws, PACE);

    stages.ess.runAt(PACE.measured);
    await measuredAct(stages.ess, clouds.ess, {
      title: "10. ESS: an image that makes the service ill half-way is measured, and rolled back",
      group: groups.ess,
      settings: { imageId: "m-seventh" },
    });
    stages.aws.runAt(PACE.measured);
    const { desiredConfiguration } = await clouds.aws.argumentsFor(groups.aws, "sixth");
    const { version } = (desiredConfiguration as { launchTemplate: { version: string } }).launchTemplate;
    await measuredAct(stages.aws, clouds.aws, {
      title: "11. AWS: a version that makes the service ill half-way is measured, and rolled back",
      group: groups.aws,
      settings: { version },
    });
    return theEnd();
  } finally {
    for (const stage of Object.values(stages)) stage.close();
    await emulator.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
