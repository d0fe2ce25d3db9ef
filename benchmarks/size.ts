/** Figure 6: what a production install takes on disk, beside the npm parts of the bridged providers. */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Figure } from "./figures";

const ROOT = resolve(__dirname, "..");
const MEGABYTE = 1024 ** 2;

export async function size(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-size-"));
  try {
    execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { cwd: ROOT });
    const archive = readdirSync(folder).find((name) => name.endsWith(".tgz")) as string;
    const base = installed(folder, "pulumi", ["@pulumi/pulumi"]);
    const ours = installed(folder, "ours", [join(folder, archive)]);
    const aws = installed(folder, "aws", ["@pulumi/aws"]);
    const alicloud = installed(folder, "alicloud", ["@pulumi/alicloud"]);
    const reported = (name: string, measured: number, unit: string): Figure => ({ name, measured, unit, holds: true });
    return [
      reported("production install of @pulumi/pulumi alone", base, "MB"),
      reported("production install of this package", ours, "MB"),
      reported("production install of @pulumi/aws", aws, "MB"),
      reported("production install of @pulumi/alicloud", alicloud, "MB"),
      reported("what this package adds to @pulumi/pulumi", ours - base, "MB"),
      reported("what this package adds, over what @pulumi/aws adds", (ours - base) / (aws - base), "ratio"),
      reported("what this package adds, over what @pulumi/alicloud adds", (ours - base) / (alicloud - base), "ratio"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Megabytes of the files that installing the packages brings. The versions are those that this repository is locked to. */
function installed(folder: string, name: string, packages: readonly string[]): number {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
  const options = ["--omit=dev", "--omit=peer", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  execFileSync("npm", ["install", "--silent", ...options, ...packages.map(locked)], { cwd: project });
  return bytesOf(join(project, "node_modules")) / MEGABYTE;
}

function locked(name: string): string {
  if (!name.startsWith("@")) return name;
  const { version } = require(join(ROOT, "node_modules", name, "package.json")) as { version: string };
  return `${name}@${version}`;
}

function bytesOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
