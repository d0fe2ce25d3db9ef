/**
 * The demo: the real Pulumi engine over the programs beside this file, against the emulator, with time running fast. Every
 * act checks what it claims through the cloud's API.
 */
import { createEmulator } from "pulumi-instance-refresh/emulator";
import { awsTestCloud } from "../../tests/clouds/awsTestCloud";
import { essTestCloud } from "../../tests/clouds/essTestCloud";
import { awsActs } from "./awsActs";
import { essActs } from "./essActs";
import { Stage } from "./stage";
import { tell, theEnd } from "./story";

/** Simulated seconds in a real one. */
const PACE = { fast: 600, slow: 40 };

async function main(): Promise<number> {
  const emulator = await createEmulator({ speed: PACE.fast, seed: "demo" });
  const stages = {
    ess: new Stage(emulator, "ess", "Pulumi.yaml"),
    aws: new Stage(emulator, "aws", "examples/demo/aws/Pulumi.yaml"),
  };
  try {
    tell(`An emulator of both clouds listens at ${emulator.url}. Its clock runs ${PACE.fast} times as fast as yours.`);
    await essActs(stages.ess, essTestCloud(emulator), PACE);
    stages.aws.runAt(PACE.fast);
    await awsActs(stages.aws, awsTestCloud(emulator), PACE);
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
