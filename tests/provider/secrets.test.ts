import { withSecrets } from "../../provider/secrets";
import { definition } from "../../src/clouds/ess/arguments";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

it("marks what may be a secret in a refresh that is imported, and nothing else", () => {
  const [plain, hidden] = [(value: unknown) => value, secret].map((mark) => ({
    scalingGroupId: "asg-1",
    status: "Successful",
    desiredConfigurationContainers: [
      {
        name: "web",
        image: "nginx",
        commands: mark(["serve", "--token=hush"]),
        environmentVars: [{ key: "TOKEN", value: mark("hush") }],
      },
      { name: "log" },
    ],
  }));
  expect(withSecrets(definition.arguments, plain as never)).toEqual(hidden);
});
