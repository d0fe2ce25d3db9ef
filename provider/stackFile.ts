/**
 * The stack's configuration, read from the project's files: the engine tells a plugin of the plugin's own namespace only. It
 * starts the plugin in the project's folder, and encrypted values stay unreadable here.
 */
import { readFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { parse } from "yaml";
import type { StackConfig } from "../src/core/cloud";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

export interface StackFile {
  /** A value in plain text, or as JSON; undefined when there is none, or it is encrypted. */
  readonly get: StackConfig;
  /** True when a value, or a part of it, is encrypted. */
  isEncrypted(key: string): boolean;
}

/** The file of a resource's stack, by the URN. */
export type StackFiles = (urn: string) => StackFile;

/**
 * Reads the file of a stack once: all resources of a run are to see the same.
 * @param folder within the project
 */
export function stackFilesIn(folder: string): StackFiles {
  const files = new Map<string, StackFile>();
  return (urn) => {
    const [stackAndProject = "", stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
    const known = files.get(stackAndProject);
    if (known) return known;
    const file = stackFileWith(stack && project ? valuesOf(stack, project, folder) : {});
    files.set(stackAndProject, file);
    return file;
  };
}

function stackFileWith(values: Values): StackFile {
  return {
    get(key) {
      const value = values[key];
      if (value === undefined || value === null || hasSecret(value)) return undefined;
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    },
    isEncrypted: (key) => hasSecret(values[key]),
  };
}

type Values = Readonly<Record<string, unknown>>;

/** The stack's file comes before what the project says for all stacks. */
function valuesOf(stack: string, project: string, folder: string): Values {
  const file = projectFile(folder);
  const content = file === undefined ? {} : read(file);
  if (file === undefined || content.name !== project) return {};
  const { config, stackConfigDir = typeof config === "string" ? config : "." } = content;
  const stackFile = resolve(dirname(file), String(stackConfigDir), `Pulumi.${stack}${extname(file)}`);
  const ofProject = Object.entries(recordOf(config)).map(([key, value]) => [key, recordOf(value).value ?? value]);
  return { ...Object.fromEntries(ofProject), ...recordOf(read(stackFile).config) };
}

/** As the CLI finds it: in the folder, or in the nearest one around it. */
function projectFile(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const name of PROJECT_FILES) if (Object.keys(read(join(at, name))).length > 0) return join(at, name);
    if (at === dirname(at)) return undefined;
  }
}

/** Nothing when there is no such file. One that cannot be read is the CLI's to refuse. */
function read(path: string): Values {
  try {
    return recordOf(parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Values {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Values) : {};
}

/** The CLI writes `secure: …` in the place of a secret, at any depth. */
function hasSecret(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([key, each]) => (key === "secure" && typeof each === "string") || hasSecret(each));
}
