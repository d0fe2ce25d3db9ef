/** `docs/emulator-beside-others.md`: moto serves the rest of AWS, the emulator what it lacks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator } from "../../../src/emulator";
import { pythonWith } from "../python/packages";

const python = pythonWith("boto3", "moto[server]");

(typeof python === "string" ? test.skip : test)(
  "a program finds the emulator beside moto by endpoint variables",
  async () => {
    const groups = [
      {
        service: "autoscaling" as const,
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 4,
        DesiredCapacity: 2,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: [{ ImageId: "ami-1" }],
      },
    ];
    const emulator = await createEmulator({ speed: 0, region: "eu-west-1", groups });
    try {
      const { url, accessKeyId, secretAccessKey } = emulator;
      const script = join(__dirname, "../python/besideMoto.py");
      if (typeof python === "string") throw new Error(python);
      expect(JSON.parse(await python.run(script, url, accessKeyId, secretAccessKey))).toEqual({
        "moto alone": "refused",
        "queues of moto": 1,
        "moto and the emulator": expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(emulator.requests.map(({ operation }) => operation)).toEqual(["StartInstanceRefresh"]);
    } finally {
      await emulator.close();
    }
  },
);

test("the page names the variables that the test sets", () => {
  const page = readFileSync(join(__dirname, "../../../docs/emulator-beside-others.md"), "utf8");
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_AUTO_SCALING", "AWS_ENDPOINT_URL_EC2"])
    expect(page).toContain(`export ${name}=`);
});
