import { join } from "node:path";
import { createEmulator } from "../../src/emulator";
import { pythonWith } from "./python/packages";

const sdk = pythonWith("alibabacloud_ess20220222");
const withSdk = typeof sdk === "string" ? test.skip : test;

withSdk(`the vendor's Python SDK plays a whole session${typeof sdk === "string" ? ` (${sdk})` : ""}`, async () => {
  if (typeof sdk === "string") return;
  const emulator = await createEmulator({ speed: 0 });
  try {
    const { url, accessKeyId, secretAccessKey } = emulator;
    const printed = await sdk.run(join(__dirname, "python/essSession.py"), url, accessKeyId, secretAccessKey);
    const steps = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(Object.fromEntries(steps.map(({ step, value }) => [step, value]))).toEqual({
      "too early": "InvalidInstance.NoInstanceNeedBeRefreshed",
      weights: [[2], "cloud_efficiency"],
      started: "Pending",
      suspended: "Paused",
      paused: ["CheckpointPause", 2, 4],
      "rolled back": "RollbackSuccessful",
      cancelled: "Cancelled",
      ended: ["Successful", "m-4", 80, false],
      instances: [
        ["InService", "Healthy", 2],
        ["InService", "Healthy", 2],
      ],
      activities: 4,
      left: 0,
    });
  } finally {
    await emulator.close();
  }
});
