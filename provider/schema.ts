/** The plugin's schema, derived from the definitions of both clouds: SDKs in other languages, `pulumi import` and the registry read it. */
import { z } from "zod";
import { cloudModule, registeredClouds } from "../src/clouds";
import type { CloudModule } from "../src/core/cloud";
import { definitionOf } from "../src/core/definition/arguments";
import { descriptionOf, outputDescriptionOf } from "../src/core/definition/description";
import { objectTypesOf } from "../src/core/definition/objectTypes";
import { requestArguments } from "../src/core/lifecycle/compare";
import { pluginDownloadURL, repository, version } from "../src/version";
import { allSettings } from "./config";

type Json = Record<string, unknown>;

const ANY = "pulumi.json#/Any";

/** The package as Pulumi's metaschema has it. */
export async function packageSchema(): Promise<Json> {
  const clouds = await Promise.all(registeredClouds().map(cloudModule));
  const parts = clouds.map(resourceOf);
  const settings = Object.fromEntries(
    (await allSettings()).map(({ key, text }) => [key, { type: "string", description: text }]),
  );
  return {
    name: "instance-refresh",
    displayName: "Instance Refresh",
    version,
    description:
      "Instance refreshes of AWS EC2 Auto Scaling and Alibaba Cloud ESS as resources: started, followed to their end, resumed, cancelled and rolled back.",
    keywords: ["category/cloud", "kind/native", "autoscaling", "ess", "rolling-update"],
    license: "Apache-2.0",
    homepage: `${repository}#readme`,
    repository,
    publisher: "pulumi-instance-refresh",
    logoUrl: `${repository.replace("github.com", "raw.githubusercontent.com")}/main/docs/pictures/logo.png`,
    pluginDownloadURL,
    meta: { moduleFormat: "(.*)" },
    config: { variables: settings },
    provider: {
      description: "How the clouds are reached. Credentials come from the environment or the SDKs' own files.",
      inputProperties: settings,
      properties: settings,
    },
    types: Object.assign({}, ...parts.map(({ types }) => types)),
    resources: Object.assign({}, ...parts.map(({ resources }) => resources)),
    language: languages(clouds),
  };
}

/** How SDKs of other languages are named. Each release publishes them as archives, so no registry has a say in it. */
function languages(clouds: readonly CloudModule[]): Json {
  const go = `${repository.replace("https://", "")}/sdk/go/instancerefresh`;
  const namespaces = Object.fromEntries(clouds.map(({ key, schemaNamespace }) => [key, schemaNamespace]));
  return {
    // The npm package `pulumi-instance-refresh` is this one, with the same classes: a generated one needs another name.
    nodejs: { packageName: "pulumi-instance-refresh-sdk", respectSchemaVersion: true },
    python: {
      packageName: "pulumi_instance_refresh",
      requires: { pulumi: ">=3.165.0,<4.0.0" },
      respectSchemaVersion: true,
      pyproject: { enabled: true },
    },
    go: {
      importBasePath: go,
      modulePath: go,
      rootPackageName: "instancerefresh",
      respectSchemaVersion: true,
      generateResourceContainerTypes: true,
    },
    csharp: {
      namespaces: { "instance-refresh": "InstanceRefresh", ...namespaces },
      packageReferences: { Pulumi: "3.*" },
      respectSchemaVersion: true,
    },
    java: { packages: { "instance-refresh": "instancerefresh" }, buildFiles: "gradle" },
  };
}

function resourceOf(cloud: CloudModule): { types: Json; resources: Json } {
  const module = cloud.key;
  const { arguments: args, outputs } = cloud.definition;
  const describe = new Types(module, cloud);
  const request = Object.fromEntries(requestArguments(cloud).map((name) => [name, args.shape[name] as z.ZodType]));
  const starting =
    cloud.startOnDefault === "anyChange"
      ? ["group", "configuration", "trigger", "preference"]
      : ["group", "configuration", "trigger"];
  const inputProperties = mapped(args.shape, (schema, name) => ({
    ...describe.input(schema as z.ZodType, name),
    ...(starting.includes(definitionOf(schema as z.ZodType).about?.kind ?? "") ? { willReplaceOnChanges: true } : {}),
  }));
  const properties = {
    ...mapped(request, (schema, name) => describe.output(schema, name)),
    ...mapped(outputs.shape, (schema, name) => describe.output(schema as z.ZodType, name)),
  };
  const requiredInputs = required(args);
  const resource = {
    description: `${cloud.resource.text}\n\nTakes over a refresh that runs by \`pulumi import instance-refresh:${module}:InstanceRefresh NAME ID\`, with an id of the form ${cloud.idForms}.`,
    inputProperties,
    requiredInputs,
    properties,
    required: [...requiredInputs, ...required(outputs)],
  };
  return { types: describe.types, resources: { [`instance-refresh:${module}:InstanceRefresh`]: resource } };
}

/** Types of one module: every object and every list of words gets a name. */
class Types {
  readonly types: Json = {};
  readonly #objects;
  readonly #module: string;
  readonly #startOnDefault: string;

  constructor(module: string, { definition, startOnDefault }: CloudModule) {
    this.#module = module;
    this.#startOnDefault = startOnDefault;
    this.#objects = objectTypesOf(definition.arguments, definition.outputs);
    for (const { name, schema } of this.#objects.values()) {
      this.types[this.#token(name)] = {
        type: "object",
        properties: mapped(schema.shape, (each, property) => ({
          ...this.input(each as z.ZodType, property, name),
          // Not so `triggers`: what changed is worth seeing, and who puts a secret there has it kept as one.
          ...(definitionOf(each as z.ZodType).about?.sensitive ? { secret: true } : {}),
        })),
        required: required(schema),
      };
    }
  }

  input(schema: z.ZodType, name: string, around = ""): Json {
    const { about } = definitionOf(schema);
    return {
      ...this.#type(schema, name, around),
      description: descriptionOf(schema, this.#startOnDefault).join("\n"),
      ...(about?.default === undefined ? {} : { default: about.default }),
    };
  }

  output(schema: z.ZodType, name: string): Json {
    return { ...this.#type(schema, name, ""), description: outputDescriptionOf(schema).join("\n") };
  }

  #type(schema: z.ZodType, name: string, around: string): Json {
    const { schema: inner, about } = definitionOf(schema);
    if (inner instanceof z.ZodObject) return this.#ref(this.#objects.get(inner)?.name ?? name);
    if (inner instanceof z.ZodArray)
      return { type: "array", items: this.#type(inner.element as z.ZodType, name.replace(/s$/, ""), around) };
    if (inner instanceof z.ZodEnum) {
      const words = this.#enum(inner.options as string[], name, around);
      // The words of a cloud grow; those of a policy are ours.
      return about?.kind === "policy" ? words : { type: "string", oneOf: [{ type: "string" }, words] };
    }
    if (inner instanceof z.ZodNumber) return { type: inner.format?.includes("int") ? "integer" : "number" };
    if (inner instanceof z.ZodString) return { type: "string" };
    if (inner instanceof z.ZodBoolean) return { type: "boolean" };
    if (inner instanceof z.ZodUnion) {
      const options = inner.options.map((option) => this.#type(option as z.ZodType, name, around));
      const isPlain = options.every(({ type }) => type === "string" || type === "integer" || type === "number");
      return isPlain ? { oneOf: options } : { $ref: ANY };
    }
    return { $ref: ANY };
  }

  #enum(words: readonly string[], name: string, around: string): Json {
    const type = { type: "string", enum: words.map((value) => ({ value, name: pascalCase(value) })) };
    const names = [pascalCase(name), `${around}${pascalCase(name)}`].map((each) => this.#token(each));
    const free = names.find((each) => JSON.stringify(this.types[each] ?? type) === JSON.stringify(type));
    if (free === undefined) throw new Error(`no name is left for the words of ${around}.${name}`);
    this.types[free] = type;
    return { $ref: `#/types/${free}` };
  }

  #ref(name: string): Json {
    return { $ref: `#/types/${this.#token(name)}` };
  }

  #token(name: string): string {
    return `instance-refresh:${this.#module}:${name}`;
  }
}

function mapped<T>(shape: Readonly<Record<string, T>>, describe: (schema: T, name: string) => Json): Json {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, describe(schema, name)]));
}

function required(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape).filter((name) => !definitionOf(schema.shape[name] as z.ZodType).optional);
}

function pascalCase(words: string): string {
  return words.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}
