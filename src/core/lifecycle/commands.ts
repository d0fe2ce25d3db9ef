/** The commands that a person can run next, complete: what is printed can be copied into a shell. */

/** How a program reaches its cloud. */
interface Reached {
  readonly api: { readonly region: string };
  readonly args: Readonly<Record<string, unknown>>;
}

/** A word of a shell; the name of a resource in a component has a `$` in it. */
export function quoted(word: string): string {
  return /^[\w:./@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command of this package, which needs no stack. */
export function toolCommand(...words: readonly string[]): string {
  return ["npx pulumi-instance-refresh", ...words.map(quoted)].join(" ");
}

const CONNECTION = ["profile", "role", "endpoint"] as const;

/** A command of this package on a refresh, reached as this program reaches it. */
export function commandOn({ api, args }: Reached, verb: "watch" | "cancel" | "resume", id: string): string {
  const connection = (args.connection ?? {}) as Readonly<Record<string, unknown>>;
  const options = CONNECTION.flatMap((name) => {
    const value = connection[name];
    return typeof value === "string" ? [`--${name}`, value] : [];
  });
  return toolCommand(verb, id, "--region", api.region, ...options);
}

/** Starts a refresh of the same configuration again. Without a name of the resource, it says where the name is. */
export function replaceCommand(urn: string): string {
  return urn ? `pulumi up --replace ${quoted(urn)}` : "pulumi up --replace URN` (`pulumi stack --show-urns`";
}
