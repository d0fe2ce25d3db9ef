/** What the dynamic class makes of resource options. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ess } from "../../src";
import { missingPlugin } from "../../src/pulumi/pluginSetUp";
import { providerCode } from "../../src/pulumi/providerCode";
import { version } from "../../src/version";

const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", desiredConfigurationImageId: "m-1" };
const registered = new Map<string, Record<string, unknown>>();

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.set(name, inputs);
      return { id: "ir-1", state: inputs };
    },
    call: () => ({}),
  }),
);

async function inputsOf(name: string, opts: pulumi.CustomResourceOptions = {}) {
  const refresh = new ess.InstanceRefresh(name, args, opts);
  await new Promise((resolve) => refresh.id.apply(resolve));
  return registered.get(name) as Record<string, unknown>;
}

class Fleet extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Fleet", name, {}, opts);
  }
}

test("transformations of the resource, its parents and theirs decide the time-outs and what replaces it", async () => {
  const transformed =
    (change: pulumi.CustomResourceOptions): pulumi.ResourceTransformation =>
    ({ props, opts }) => ({ props, opts: { ...opts, ...change } });
  const limit = transformed({ customTimeouts: { create: "45m" } });
  const company = new Fleet("company", { transformations: [limit] });
  const fleet = new Fleet("fleet", {
    parent: company,
    transformations: [transformed({ replaceOnChanges: ["onDelete"] })],
  });
  const own = transformed({ customTimeouts: { create: "1h" } });
  expect(await inputsOf("web", { parent: fleet, transformations: [own] })).toMatchObject({
    __customTimeouts: { create: "45m" },
    __replaceOnChanges: ["onDelete"],
  });
  expect(await inputsOf("alone", { transformations: [own] })).toMatchObject({ __customTimeouts: { create: "1h" } });
});

test("what is declared below a refresh is transformed by the program's own transformations only", async () => {
  const parent = new ess.InstanceRefresh("parent", args, { customTimeouts: { create: "1h" } });
  expect(await inputsOf("child", { parent })).not.toHaveProperty("__customTimeouts");
});

test("a provider that a transformation sets is refused, as one that the program sets", () => {
  const provider = Object.create(pulumi.ProviderResource.prototype) as pulumi.ProviderResource;
  const transformation: pulumi.ResourceTransformation = ({ props, opts }) => ({ props, opts: { ...opts, provider } });
  for (const opts of [{ provider }, { transformations: [transformation] }])
    expect(() => new ess.InstanceRefresh("web", args, opts)).toThrow(/takes no `provider`. Set `connection`/);
});

describe("the code in the state", () => {
  /** As Pulumi's dynamic provider evaluates it in the program's folder. */
  const load = (required: (name: string) => unknown) => {
    const module = { handler: (): unknown => undefined };
    new Function("exports", "require", providerCode("ess"))(module, required);
    return module.handler();
  };

  test("loads the provider of its cloud from the program's folder, and is one line", () => {
    expect(load((name) => ({ ess: name }))).toBe("pulumi-instance-refresh/dynamic-provider");
    expect(providerCode("ess")).not.toContain("\n");
  });

  test("says what to do when the package was removed in the same commit as the resource", () => {
    const program = createRequire(join(realpathSync(mkdtempSync(join(tmpdir(), "instance-refresh-"))), "program.js"));
    expect(() => load(program)).toThrow(
      `pulumi-instance-refresh is not installed in ${process.cwd()}, from which Pulumi loads the provider of a refresh. Install it there until the last refresh is destroyed.`,
    );
  });

  test("passes every other error on, a missing dependency of the package too", () => {
    const missing = Object.assign(new Error("Cannot find module 'zod'\n- node_modules/pulumi-instance-refresh/a.js"), {
      code: "MODULE_NOT_FOUND",
    });
    const fail = () => {
      throw missing;
    };
    expect(() => load(fail)).toThrow(missing);
  });
});

describe("under Pulumi's own host", () => {
  const folder = process.cwd();
  beforeEach(() => {
    process.env.PULUMI_NODEJS_PROJECT = "web";
  });
  afterEach(() => {
    process.chdir(folder);
    delete process.env.PULUMI_NODEJS_PROJECT;
  });

  test("a program whose folder does not have the package is told what to add", () => {
    const program = realpathSync(mkdtempSync(join(tmpdir(), "instance-refresh-")));
    process.chdir(program);
    const declare = () => new ess.InstanceRefresh("web", args);
    expect(declare).toThrow(pulumi.ResourceError);
    expect(declare).toThrow(
      `ess.InstanceRefresh "web" needs the package pulumi-instance-refresh where the program is, not only in a package that the program uses: Pulumi loads it from ${program}. Run \`npm install pulumi-instance-refresh@${version}\` there`,
    );
  });

  test("a program that has the package is not troubled", async () => {
    expect(await inputsOf("installed")).toMatchObject({
      __provider: providerCode("ess"),
    });
  });
});

describe("a program of the plugin", () => {
  const named =
    "plugins:\n  providers:\n    - { name: instance-refresh, path: node_modules/pulumi-instance-refresh/provider }\n";
  const inBlocks = "plugins:\n  providers:\n    - name: instance-refresh\n      path: provider\n";

  /** What a program in a folder of the project is told. */
  function told(project: string, environment: (folder: string) => NodeJS.ProcessEnv = () => ({})): string | undefined {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "instance-refresh-")));
    writeFileSync(join(folder, "Pulumi.yaml"), `name: web\nruntime: nodejs\n${project}`);
    mkdirSync(join(folder, "program"));
    return missingPlugin(join(folder, "program"), { PULUMI_HOME: folder, ...environment(folder) });
  }

  test("is told the three lines where Pulumi would have to download it", () => {
    expect(told("")).toContain("plugins:\n  providers:\n    - { name: instance-refresh, path: node_modules/");
    expect(told("plugins: { providers: [{ name: instance-refresh-other, path: x }] }\n")).toContain("To use the one");
  });

  test.each([
    ["the project names it", named, undefined],
    ["the project names it in blocks", inBlocks, undefined],
    [
      "it is installed",
      "",
      (folder: string) => {
        mkdirSync(join(folder, "plugins", `resource-instance-refresh-v${version}`), { recursive: true });
        return {};
      },
    ],
    [
      "it is on the PATH",
      "",
      (folder: string) => {
        writeFileSync(join(folder, "pulumi-resource-instance-refresh"), "");
        return { PATH: folder };
      },
    ],
  ])("is told nothing where %s", (_, project, environment) => {
    expect(told(project, environment)).toBeUndefined();
  });
});
