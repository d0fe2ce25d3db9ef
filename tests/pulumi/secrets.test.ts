import { ess } from "../../src/clouds/ess/module";
import { withSecrets } from "../../src/pulumi/secrets";

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
