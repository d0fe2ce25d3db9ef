import { Argument, type Command } from "commander";

const SHELLS = ["bash", "zsh", "fish"] as const;
const NAMES = ["instance-refresh", "pulumi-instance-refresh"];

const help = `
  source <(instance-refresh completion bash)
  source <(instance-refresh completion zsh)
  instance-refresh completion fish | source`;

/** `instance-refresh completion`: commands and options for the Tab key of a shell. Every other command is registered. */
export function registerCompletion(program: Command): void {
  program
    .command("completion")
    .summary("print what a shell needs to complete commands and options")
    .description("Prints a script for bash, zsh or fish. Source it in the shell's own start-up file.")
    .addArgument(new Argument("<shell>", "the shell that you use").choices(SHELLS))
    .addHelpText("after", help)
    .action((shell: (typeof SHELLS)[number]) => void process.stdout.write(`${scripts[shell](wordsOf(program))}\n`));
}

/** The words after the name of the program, by its first one; `""` for the commands themselves. */
function wordsOf(program: Command): Map<string, string[]> {
  const visible = program.commands.map((command) => command.name());
  const options = (command: Command) =>
    command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  return new Map<string, string[]>([
    ["", [...visible, "--help", "--version"]],
    ...program.commands.map((command): [string, string[]] => [
      command.name(),
      [...command.commands.map((inner) => inner.name()), ...options(command), "--help"],
    ]),
  ]);
}

const bash = (words: Map<string, string[]>) => `_instance_refresh() {
  local words
  if [ "$COMP_CWORD" -eq 1 ]; then words="${words.get("")?.join(" ")}"
  else case "\${COMP_WORDS[1]}" in
${[...words]
  .filter(([name]) => name)
  .map(([name, each]) => `    ${name}) words="${each.join(" ")}" ;;`)
  .join("\n")}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _instance_refresh ${NAMES.join(" ")}`;

const scripts = {
  bash,
  zsh: (words: Map<string, string[]>) => `autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bash(words)}`,
  fish: (words: Map<string, string[]>) =>
    NAMES.flatMap((program) =>
      [...words].map(([name, each]) => {
        const when = name ? `__fish_seen_subcommand_from ${name}` : "__fish_use_subcommand";
        return `complete -c ${program} -n '${when}' -a '${each.join(" ")}'`;
      }),
    ).join("\n"),
};
