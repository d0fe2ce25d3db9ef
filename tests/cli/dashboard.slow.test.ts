/** The command `dashboard` as a process, on groups of both clouds, in a browser. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { lifecycleOf } from "../../src/app/lifecycles";
import type { CloudKey } from "../../src/clouds";
import type { Emulator } from "../../src/emulator";
import { chromiumPath, complaintsOf, launchBrowser } from "../emulator/browser";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";

const ROOT = join(__dirname, "../..");
const SECRET = "a secret key of the emulator";

let emulator: Emulator;
const running = new Set<ChildProcess>();
beforeEach(async () => {
  emulator = await emulatedGroups({ credentials: [{ accessKeyId: "dashboard", secretAccessKey: SECRET }] });
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  await emulator.close();
});

/** Starts the command; its address once it listens. */
async function dashboard(...words: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [
      ...["-r", join(ROOT, "tools/typescript.cjs"), join(ROOT, "src/cli/main.ts"), "dashboard", ...words],
      ...["--endpoint", emulator.url, "--region", emulator.region],
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: "dashboard",
        AWS_SECRET_ACCESS_KEY: SECRET,
        ALIBABA_CLOUD_ACCESS_KEY_ID: "dashboard",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRET,
        // The groups wait until the test moves their clock; the command asks often.
        INSTANCE_REFRESH_CLOCK_SPEED: "100",
      },
    },
  );
  running.add(child);
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  for await (const text of child.stdout ?? []) return { child, url: String(text).trim() };
  throw new Error(`It ended: ${said}`);
}

async function start(cloud: CloudKey): Promise<void> {
  const api = await (await lifecycleOf(cloud)).cloud.connect(settingsFor(emulator));
  await api.start(newVersions[cloud], `token of ${cloud}`);
}

/** The status of an answer, as another program asks for it. */
async function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request(url, { method, headers }).end();
  const [answer] = await once(sent, "response");
  answer.resume();
  return answer.statusCode;
}

/** An address below that of the page. */
const at = (url: string, path: string) => new URL(path, url).href;

test("another user of the machine learns nothing of the groups: events need the token of the printed address", async () => {
  const { url } = await dashboard("web");
  const { url: other } = await dashboard("web");
  const tokenOf = (address: string) => /#token=([\w-]{43})$/.exec(address)?.[1] ?? "";
  expect(tokenOf(url)).toHaveLength(43);
  expect(tokenOf(other)).not.toBe(tokenOf(url));
  for (const wrong of ["", "?token=", `?token=${tokenOf(other)}`, `?token=${tokenOf(url).slice(0, -1)}`]) {
    const answer = await fetch(at(url, `/_dashboard/events${wrong}`));
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("that the command printed")]);
  }
  for (const path of ["/", "/_dashboard/page.js"]) {
    expect(await (await fetch(at(url, path))).text()).not.toContain(tokenOf(url));
  }
  expect(await statusOf(at(url, `/_dashboard/events?token=${tokenOf(url)}`), "GET", {})).toBe(200);
});

test("it answers only what is addressed to this machine, only reads, and has no controls", async () => {
  const { child, url } = await dashboard("web");
  expect(await statusOf(url, "GET", {})).toBe(200);
  expect(await statusOf(url, "GET", { host: "evil.example" })).toBe(421);
  expect(await statusOf(url, "GET", { origin: "https://evil.example" })).toBe(421);
  expect(await statusOf(url, "POST", {})).toBe(405);
  expect(await statusOf(at(url, "/_dashboard/controls.js"), "GET", {})).toBe(404);
  expect(await statusOf(at(url, "/_emulator/state"), "GET", {})).toBe(404);
  const { headers } = await fetch(url);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
});

const inBrowser = chromiumPath ? describe : describe.skip;
inBrowser(`in a browser (${chromiumPath ?? "there is no Chromium on this machine; CHROMIUM names one"})`, () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(120_000);
    complaints = complaintsOf(page);
  });
  afterEach(() => page.close());

  test("a refresh of each cloud is shown from its start to its end, on a phone", async () => {
    const { url } = await dashboard("asg-web", "web", "nope");
    await page.goto(url);
    const card = (name: string) => page.getByRole("region", { name, exact: true });
    await card("nope").getByText("does not exist").waitFor();
    await card("asg-web").getByRole("img", { name: "10 instances: 0 old, 10 new" }).waitFor();
    for (const cloud of ["ess", "autoscaling"] as const) await start(cloud);
    emulator.clock.advance(45_000);
    for (const name of ["asg-web", "web"]) {
      await card(name).getByText("InProgress").waitFor();
      await card(name)
        .getByRole("img", { name: /Capacity of .* over time/ })
        .waitFor();
    }
    emulator.clock.advance(3_600_000);
    for (const name of ["asg-web", "web"]) {
      await card(name).getByText("✓ Successful").waitFor();
      await card(name).getByText("Ended: Successful").waitFor();
      expect(await card(name).getByRole("progressbar").getAttribute("value")).toBe("100");
    }
    expect(await page.getByRole("button", { name: "Controls" }).count()).toBe(0);
    const right =
      "Math.max(...[...document.querySelectorAll('body *')].map((each) => each.getBoundingClientRect().right))";
    expect(await page.evaluate(right)).toBeLessThanOrEqual(390);
    expect(await page.content()).not.toContain(SECRET);
    expect(complaints).toEqual([]);
  });

  test("without the token the page says what to open, and the tab keeps it for a reload", async () => {
    const { url } = await dashboard("web");
    await page.goto(at(url, "/"));
    await page.getByText("Open the whole address that the command printed").waitFor();
    expect(await page.getByRole("region", { name: "web" }).count()).toBe(0);
    await page.goto(url);
    await page.getByRole("region", { name: "web" }).waitFor();
    await page.goto(at(url, "#groups"));
    await page.reload();
    await page.getByRole("region", { name: "web" }).waitFor();
  });

  test("the keyboard reaches every group, opens and folds it, and reads its instances", async () => {
    const { url } = await dashboard("asg-web", "web");
    await page.goto(url);
    const toggle = page.getByRole("button", { name: "asg-web" });
    await page.getByRole("img", { name: "10 instances: 0 old, 10 new" }).first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the groups");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("asg-web");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("row").nth(10).waitFor();
    await toggle.focus();
    await page.keyboard.press("Enter");
    expect(await toggle.getAttribute("aria-expanded")).toBe("false");
    await page.getByRole("row").first().waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});
