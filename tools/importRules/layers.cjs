// Who may import whom. Each module may import itself and the modules named, which must stand above it: so there are no cycles.
const MODULES = {
  "src/version.ts": [],
  "src/requireNode.ts": [],
  "src/simulation": [],
  "src/pictures": ["src/simulation"],
  "src/dashboard": ["src/pictures"],
  "src/core": ["src/simulation"],
  "src/forecast": ["src/core", "src/simulation"],
  "src/clouds/common": ["src/core"],
  "src/clouds/autoscaling": ["src/clouds/common", "src/core", "src/simulation"],
  "src/clouds/ess": ["src/clouds/common", "src/core", "src/simulation"],
  "src/clouds/index.ts": ["src/clouds/autoscaling", "src/clouds/ess", "src/core"],
  "src/app": ["src/clouds/common", "src/clouds/index.ts", "src/core", "src/dashboard", "src/forecast", "src/pictures"],
  "src/pulumi": ["src/app", "src/clouds/index.ts", "src/core", "src/requireNode.ts", "src/version.ts"],
  "src/constructs": ["src/core", "src/pulumi", "src/requireNode.ts"],
  "src/index.ts": ["src/pulumi", "src/requireNode.ts"],
  "src/plugin.ts": ["src/pulumi", "src/requireNode.ts"],
  // It judges the clients, so it shares nothing with them.
  "src/facts": ["src/simulation"],
  "src/emulator": ["src/dashboard", "src/facts", "src/pictures", "src/requireNode.ts", "src/simulation"],
  // It plays on an account what the emulator claims, so it knows both.
  "src/conformance": ["src/clouds/index.ts", "src/core", "src/emulator", "src/facts"],
  "src/cli": [
    "src/app",
    "src/clouds/index.ts",
    "src/conformance",
    "src/core",
    "src/dashboard",
    "src/emulator",
    "src/facts",
    "src/forecast",
    "src/pictures",
    "src/version.ts",
  ],
  provider: ["src/app", "src/clouds/index.ts", "src/core", "src/pulumi", "src/version.ts"],
};

/** Packages that only some modules may import, even for types. */
const PACKAGES = {
  "@pulumi/pulumi": ["src/pulumi", "src/constructs", "provider"],
  "@pulumi/(aws|alicloud)": ["src/constructs"],
  "@(aws-sdk|smithy)/": ["src/clouds/autoscaling"],
  "(@alicloud|@darabonba)/": ["src/clouds/ess"],
  "(@grpc/grpc-js|google-protobuf)": ["src/pulumi", "provider"],
  "(commander|log-update)": ["src/cli"],
  "@resvg/": ["src/pictures"],
  croner: ["src/core"],
};

/** Modules that compute: no file, no socket, no process. */
const PURE = ["src/simulation", "src/core", "src/forecast"];

for (const [name, known] of Object.entries(MODULES)) {
  const names = Object.keys(MODULES);
  const wrong = known.filter((each) => names.indexOf(each) === -1 || names.indexOf(each) >= names.indexOf(name));
  if (wrong.length > 0) throw new Error(`${name} may only know modules above it in the table, not ${wrong.join(", ")}`);
}

module.exports = { MODULES, PACKAGES, PURE };
