import { ess } from "../../src/clouds/ess/module";
import { withSecretArguments, withSecrets } from "../../src/pulumi/secrets";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

const containers = [
  { name: "web", commands: ["serve", "--token=hush"], environmentVars: [{ key: "TOKEN", value: "hush" }] },
  { name: "log" },
];
const echo = { scalingGroupId: "asg-1", status: "Successful", desiredConfigurationContainers: containers };

it("marks what may be a secret in what the cloud echoes, and nothing else", () => {
  expect(withSecrets(ess, echo)).toEqual({ ...echo, desiredConfigurationContainers: secret(containers) });
  const plain = { ...echo, desiredConfigurationContainers: [{ name: "web", image: "nginx" }] };
  expect(withSecrets(ess, plain)).toEqual(plain);
});

it("leaves what the program gives to the marks of the program", () => {
  expect(withSecrets(ess, echo, { desiredConfigurationContainers: containers })).toEqual(echo);
});

it("takes names of JavaScript's own for names of properties", () => {
  const odd = JSON.parse('{ "constructor": "a", "__proto__": "b", "toString": "c" }');
  expect(withSecrets(ess, odd)).toEqual(odd);
  expect(Object.keys(withSecrets(ess, odd))).toEqual(Object.keys(odd));
});

it("marks headers and environment of an analysis, which the program may have given plainly", () => {
  const check = (http: object) => ({ checks: [{ name: "web", http: { url: "http://web", ...http } }] });
  const marked = (analysis: object) => withSecretArguments(ess, { scalingGroupId: "asg-1", analysis }).analysis;
  const { checks } = check({ headers: { authorization: "hush" } });
  expect(marked({ checks, onFailure: "fail" })).toEqual({ checks: secret(checks), onFailure: "fail" });
  const command = [{ name: "web", command: { run: ["test"], environment: { TOKEN: "hush" } } }];
  expect(marked({ checks: command })).toEqual({ checks: secret(command) });
  expect(marked(check({}))).toEqual(check({}));
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(marked(check({ headers: unknown }))).toEqual(check({ headers: unknown }));
});
