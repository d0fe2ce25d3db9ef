import { filesBelow, type Import, importsOf } from "./imports";

interface Room {
  /** Rooms that it may import from, besides itself. */
  knows: readonly string[];
  /** Guarded packages that it may import; see `guarded`. */
  packages?: readonly string[];
}

const pulumi = ["@pulumi/pulumi"];
const clouds = ["src/refresh", "src/ess", "src/autoscaling"];

/** What every program sees of a cloud knows Pulumi; the rest of the cloud's room does not. */
const facesOf = (room: string) => [`${room}/types.ts`, `${room}/resource.ts`, `${room}/pluginResource.ts`];

function cloud(room: string, packages: string[]): Record<string, Room> {
  const own = ["src/refresh", room, `${room}/types.ts`];
  return {
    [room]: { knows: ["src/refresh", "src/forecast"], packages },
    [`${room}/types.ts`]: { knows: ["src/refresh"], packages: pulumi },
    [`${room}/resource.ts`]: { knows: [...own, "src/dynamicResource.ts"], packages: pulumi },
    [`${room}/pluginResource.ts`]: { knows: [...own, "src/pluginResource.ts"], packages: pulumi },
  };
}

/** A file is in the room with the longest name that its path begins with. */
export const rooms: Readonly<Record<string, Room>> = {
  "src/refresh": { knows: [] },
  ...cloud("src/ess", ["@alicloud/", "@darabonba/"]),
  ...cloud("src/autoscaling", ["@aws-sdk/"]),
  "src/doors": { knows: [...clouds, "src/forecast"], packages: pulumi },
  "src/version.ts": { knows: [] },
  "src/index.ts": { knows: ["src/ess/resource.ts", "src/autoscaling/resource.ts"] },
  "src/dynamicResource.ts": { knows: ["src/doors"], packages: pulumi },
  "src/hooks.ts": { knows: [...clouds, "src/doors"], packages: pulumi },
  "src/plugin.ts": {
    knows: ["src/ess/pluginResource.ts", "src/autoscaling/pluginResource.ts", "src/pluginProvider.ts"],
  },
  "src/pluginResource.ts": { knows: ["src/doors", "src/version.ts"], packages: pulumi },
  "src/pluginProvider.ts": { knows: ["src/version.ts"], packages: pulumi },
  provider: { knows: [...clouds, "src/doors", "src/version.ts"], packages: pulumi },
  "src/constructs": {
    knows: [...clouds, ...facesOf("src/ess"), ...facesOf("src/autoscaling"), "src/dynamicResource.ts"],
    packages: [...pulumi, "@pulumi/aws", "@pulumi/alicloud"],
  },
  "src/cli": { knows: [...clouds, "src/doors", "src/forecast", "src/emulator", "src/pictures", "src/version.ts"] },
  "src/simulation": { knows: [] },
  "src/forecast": { knows: ["src/simulation"] },
  "src/pictures": { knows: ["src/simulation"] },
  "src/emulator": { knows: ["src/simulation", "src/pictures"] },
};

/** Packages that only some rooms may import, even for types. */
const guarded = ["@pulumi/", "@aws-sdk/", "@alicloud/", "@darabonba/"];
/** Packages that are loaded when a resource of their cloud is used, not when a program imports this package. */
const sdks = ["@aws-sdk/", "@alicloud/", "@darabonba/"];

const within = (path: string, prefix: string) =>
  path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
const isOurs = (path: string) =>
  ["src", "provider", "tests", "examples", "benchmarks", "tools"].some((each) => within(path, each));

function roomOf(path: string): string | undefined {
  return Object.keys(rooms)
    .filter((name) => within(path, name))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

function broken({ from, to }: Import): string | undefined {
  const name = roomOf(from);
  const room = name && rooms[name];
  if (!room) return undefined;
  if (within(to, "pulumi-instance-refresh") && !to.endsWith("/package.json"))
    return `${from} imports this package by its name, which hides an arrow`;
  if (isOurs(to)) {
    const target = roomOf(to);
    return within(to, name) || (target && room.knows.includes(target))
      ? undefined
      : `${name} may not know ${to} (${from})`;
  }
  const isGuarded = guarded.some((each) => within(to, each));
  const isAllowed = room.packages?.some((each) => within(to, each));
  return isGuarded && !isAllowed ? `${name} may not import ${to} (${from})` : undefined;
}

function filesOfTheLibrary(root: string): string[] {
  return [...filesBelow(root, "src"), ...filesBelow(root, "provider")].filter((file) => file.endsWith(".ts"));
}

function importsOfTheLibrary(root: string): Import[] {
  return filesOfTheLibrary(root).flatMap((file) => importsOf(root, file));
}

/** Imports that go against the table. */
export function brokenArrows(root: string): string[] {
  const homeless = filesOfTheLibrary(root).filter((file) => !roomOf(file));
  return [
    ...homeless.map((file) => `${file} is in no room of the table`),
    ...importsOfTheLibrary(root)
      .map(broken)
      .filter((each) => each !== undefined),
  ];
}

/** SDKs that a file loads when it is required, each with the chain of files that leads to it. */
export function sdksLoadedAtOnce(root: string, entry: string): string[] {
  const imports = importsOfTheLibrary(root).filter(({ loaded }) => loaded === "atOnce");
  const found: string[] = [];
  const seen = new Set<string>();
  const follow = (chain: string[], file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { to } of imports.filter(({ from }) => from === file)) {
      if (sdks.some((each) => within(to, each))) found.push([...chain, file, to].join(" → "));
      else if (isOurs(to)) follow([...chain, file], to);
    }
  };
  follow([], entry);
  return found;
}
