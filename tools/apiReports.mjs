// `npm run api`: writes what each entry point of the built package offers to `etc/`, so that a review shows every change of it.
// With `--check`, as `npm test` runs it, a report that is not current is an error. What is marked `@internal` is left out.
import "./node.cjs";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isCheck = process.argv.includes("--check");
const packageJsonFullPath = join(root, "package.json");
const { exports: entries } = JSON.parse(readFileSync(packageJsonFullPath, "utf8"));

const reporting = (logLevel, addToApiReportFile) => ({ logLevel, addToApiReportFile });
const { None, Warning } = ExtractorLogLevel;

function configOf(entry, { types }) {
  const name = entry === "." ? "index" : entry.replace("./", "");
  return ExtractorConfig.prepare({
    packageJsonFullPath,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      newlineKind: "lf",
      mainEntryPointFilePath: join(root, types),
      compiler: { tsconfigFilePath: join(root, "tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(root, "etc"),
        reportTempFolder: join(root, "node_modules/.cache/api"),
        // Shapes that an offered type is made of change with it.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: reporting(Warning, false) },
        extractorMessageReporting: { default: reporting(None, false) },
        tsdocMessageReporting: { default: reporting(None, false) },
      },
    },
  });
}

const configs = Object.entries(entries)
  .filter(([, { types }]) => types)
  .map(([entry, target]) => configOf(entry, target));
const compilerState = CompilerState.create(configs[0], {
  additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
});

for (const config of configs) {
  const { apiReportChanged, succeeded } = Extractor.invoke(config, {
    compilerState,
    localBuild: !isCheck,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  const report = `etc/${config.reportFilePath.split("/").pop()}`;
  if (apiReportChanged && !isCheck) console.log(`${report} is written anew`);
  if (apiReportChanged && isCheck)
    console.error(`${report} is not current: run \`npm run api\` and look at the change`);
  if (!succeeded) process.exitCode = 1;
}
