/** The emulator as the clouds of a stack on the real engine. */
import type { Emulator, EmulatorOptions } from "../../src/emulator";

/** Simulated seconds in a real one. */
const SPEED = 600;
/** Simulated time begins in the past: however fast it goes, what the clouds say has ended has ended for the engine too. */
const EARLIER_MS = 2 * 24 * 3_600_000;

export const fast = (): EmulatorOptions => ({
  speed: SPEED,
  seed: "constructs",
  startTime: Date.now() - EARLIER_MS,
});

/** What sends every call of a deployment to the emulator. */
export function environmentOf({ url, accessKeyId, secretAccessKey }: Emulator): Record<string, string> {
  return {
    INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: "eu-west-1",
    ALIBABA_CLOUD_ENDPOINT_ESS: url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretAccessKey,
    ALIBABA_CLOUD_REGION_ID: "cn-hangzhou",
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

const CHANGING = /^(Start|Cancel|Rollback|Create|Update|Modify|Enable|Delete)/;

/** The calls that changed something, oldest first, as `operation group` or what else they name. */
export function changes(emulator: Emulator): string[] {
  return emulator.requests
    .filter(({ operation, acted }) => acted && CHANGING.test(operation))
    .map(({ operation, parameters }) => {
      const name = parameters.AutoScalingGroupName ?? parameters.ScalingGroupId ?? parameters.ScalingGroupName;
      return `${operation} ${name ?? parameters.LaunchTemplateName ?? parameters.LaunchTemplateId}`;
    });
}
