import type { Browser, Page } from "playwright-core";
import { lifecycleOf } from "../../src/app/lifecycles";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";
import { chromiumPath, launchBrowser } from "./browser";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatedGroups();
});
afterEach(() => emulator.close());

async function start(): Promise<void> {
  const api = await (await lifecycleOf("ess")).cloud.connect(settingsFor(emulator));
  await api.start(newVersions.ess, `token ${emulator.requests.length}`);
}

test("a browser gets a page at the root, a program the address of the state", async () => {
  const page = await fetch(emulator.url, { headers: { accept: "text/html" } });
  expect(page.headers.get("content-type")).toContain("text/html");
  for (const [, path] of (await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    expect((await fetch(emulator.url + path)).status).toBe(200);
  }
  expect(await (await fetch(emulator.url)).json()).toMatchObject({ state: "/_emulator/state" });
});

test("events tell of every group at once, and end with the emulator", async () => {
  const { body } = await fetch(`${emulator.url}/_emulator/events`);
  const reader = body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  const { groups } = JSON.parse(first.replace("data: ", ""));
  expect(groups.map(({ key, tiles }: { key: string; tiles: unknown[] }) => [key, tiles.length])).toEqual([
    ["ess/asg-web", 10],
    ["autoscaling/web", 10],
  ]);
  const other = await emulatedGroups();
  await emulator.close();
  emulator = other;
  await expect(reader?.read()).rejects.toThrow();
});

test("the curve of a refresh is recorded for who asks, and kept to what was asked", async () => {
  emulator.recordCapacity();
  await start();
  emulator.clock.advance(6 * 3_600_000);
  const curve = emulator.capacityCurve(emulator.region, "ess/asg-web");
  expect(curve).toMatchObject({ title: "asg-web: Successful", floor: 8, ceiling: 10 });
  expect(curve?.points[0]).toMatchObject({ old: 10, new: 0 });
  expect(curve?.points.at(-1)).toMatchObject({ old: 0, new: 10 });
  for (const each of curve?.points ?? []) {
    const total = each.old + each.new + each.warming + each.launching;
    expect([total >= 8, total <= 10]).toEqual([true, true]);
  }
  expect(emulator.capacityCurve(emulator.region, "autoscaling/web")).toBeUndefined();
});

const inBrowser = chromiumPath ? describe : describe.skip;
inBrowser(`in a browser (${chromiumPath ?? "there is no Chromium on this machine; CHROMIUM names one"})`, () => {
  let browser: Browser;
  let page: Page;
  /** What the browser complains of: refusals of the content security policy are among it. */
  let complaints: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(emulator.url);
  });
  afterEach(() => page.close());

  const tiles = (kind: string) => page.locator(`[data-group="ess/asg-web"] .tile.${kind}`);
  const eventually = async (kind: string, count: number) => {
    for (let tries = 0; tries < 100 && (await tiles(kind).count()) !== count; tries++) await page.waitForTimeout(50);
    expect([kind, await tiles(kind).count()]).toEqual([kind, count]);
  };

  test("tiles turn from old to new as a refresh goes through, with its curve below", async () => {
    await eventually("new", 10);
    await start();
    emulator.clock.advance(6_000);
    await eventually("old", 8);
    await eventually("launching", 2);
    emulator.clock.advance(6 * 3_600_000);
    await eventually("new", 10);
    await eventually("old", 0);
    const section = page.locator('[data-group="ess/asg-web"]');
    expect(await section.textContent()).toContain("Successful 100 %");
    expect(await section.locator("svg text").allTextContents()).toContain("at least 8");
    expect(complaints).toEqual([]);
  });

  test("buttons change the speed, make instances unhealthy, and disturb the services", async () => {
    await page.getByRole("button", { name: "60×", exact: true }).click();
    await page.locator('button[aria-pressed="true"]', { hasText: "60×" }).waitFor();
    expect(emulator.clock.speed).toBe(60);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Make an instance unhealthy" }).first().click();
    await eventually("unhealthy", 1);
    await page.getByRole("button", { name: "Launch unhealthy instances" }).first().click();
    await page.locator('button[aria-pressed="true"]', { hasText: "Launch unhealthy" }).waitFor();
    await page.getByRole("button", { name: "Throttle 5 calls" }).click();
    for (let tries = 0; tries < 100 && emulator.faultInjection.list().length === 0; tries++)
      await page.waitForTimeout(50);
    expect(emulator.faultInjection.list()).toMatchObject([{ kind: "Throttling", count: 5 }]);
    expect(complaints).toEqual([]);
  });

  test("the content security policy lets no script run that is not the page's own", async () => {
    const inject = `const script = document.createElement("script");
      script.textContent = "document.title = 'injected'";
      document.body.append(script);`;
    await page.evaluate(inject);
    expect(await page.title()).not.toBe("injected");
    expect(complaints.join()).toContain("Content Security Policy");
  });

  test("the page says so when the emulator has ended", async () => {
    const other = await emulatedGroups();
    await emulator.close();
    await page.locator("#lost").waitFor({ state: "visible" });
    emulator = other;
  });
});
