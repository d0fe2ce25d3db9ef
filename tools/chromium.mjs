// Chromium for the tests of the emulator's page: where CI is set, from Debian's packages; elsewhere nothing is installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { say } from "./say.mjs";

const CHROMIUM = "/usr/bin/chromium";

function aptGet(...args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return (
    spawnSync("apt-get", ["-qq", ...args], { env: environment, stdio: ["ignore", "ignore", "inherit"] }).status === 0
  );
}

export function provideChromium() {
  if (!process.env.CI || process.env.CHROMIUM || existsSync(CHROMIUM)) return;
  say("installing Chromium from Debian's packages, usually half a minute");
  if (!aptGet("update") || !aptGet("install", "-y", "--no-install-recommends", "chromium")) {
    say("there is no Chromium: the tests in a browser are skipped");
  }
}
