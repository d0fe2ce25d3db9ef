import { tmpdir } from "node:os";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";

test("a run of Pulumi for a test or the demo sees nothing of the user's home, login and stacks", () => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      PULUMI_ACCESS_TOKEN: "theirs",
      PULUMI_BACKEND_URL: "https://api.example.com",
      PULUMI_HOME: "theirs",
      PULUMI_STACK: "theirs",
    });
    const environment = { ...process.env, ...pulumiEnvironment(tmpdir()) };
    expect(Object.entries(environment).filter(([, value]) => value === "theirs")).toEqual([]);
    expect(environment.PULUMI_BACKEND_URL).toBe(`file://${tmpdir()}`);
    expect(environment.PULUMI_HOME?.startsWith(tmpdir())).toBe(true);
  } finally {
    process.env = before;
  }
});
