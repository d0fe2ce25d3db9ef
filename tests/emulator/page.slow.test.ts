import type { Browser, Page } from "playwright-core";
import { lifecycleOf } from "../../src/app/lifecycles";
import type { Emulator } from "../../src/emulator";
import { emulatedGroups, newVersions, settingsFor } from "../forecast/emulatedGroups";
import { chromiumPath, complaintsOf, launchBrowser } from "./browser";

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

test("events tell of every group, in full of those that are open, and end with the emulator", async () => {
  const { body } = await fetch(`${emulator.url}/_dashboard/events?open=${emulator.region}/ess/asg-web`);
  const reader = body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  const { groups } = JSON.parse(first.replace("data: ", ""));
  expect(
    groups.map(({ id, details }: { id: string; details?: { tiles: unknown[] } }) => [id, details?.tiles.length]),
  ).toEqual([
    [`${emulator.region}/ess/asg-web`, 10],
    [`${emulator.region}/autoscaling/web`, undefined],
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
  let complaints: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = complaintsOf(page);
    await page.goto(emulator.url);
  });
  afterEach(() => page.close());

  const section = () => page.locator(`[data-group="${emulator.region}/ess/asg-web"]`);
  const tiles = (kind: string) => section().locator(`.tiles .tile.${kind}`);
  const eventually = async (kind: string, count: number) => {
    for (let tries = 0; tries < 600 && (await tiles(kind).count()) !== count; tries++) await page.waitForTimeout(50);
    expect([kind, await tiles(kind).count()]).toEqual([kind, count]);
  };

  test("tiles turn from old to new as a refresh goes through, with its curve and its events below", async () => {
    await eventually("new", 10);
    await start();
    emulator.clock.advance(6_000);
    await eventually("old", 8);
    await eventually("launching", 2);
    emulator.clock.advance(6 * 3_600_000);
    await eventually("new", 10);
    await eventually("old", 0);
    expect(await section().locator(".badge").textContent()).toBe("✓ Successful");
    expect(await section().locator("progress").getAttribute("value")).toBe("100");
    const texts = await section().locator("svg text").allTextContents();
    expect(texts).toEqual(expect.arrayContaining(["at least 8", "capacity", "time since the start"]));
    const events = await section().locator(".timeline li").allTextContents();
    expect(events[0]).toContain("Ended: Successful");
    expect(events.at(-1)).toMatch(/Refresh ir-\w+ began/);
    expect(complaints).toEqual([]);
  });

  test("the curve and the events are whole when the page is opened after the end", async () => {
    await start();
    emulator.clock.advance(6 * 3_600_000);
    await page.reload();
    await eventually("new", 10);
    const label = await section().locator(".drawing svg").getAttribute("aria-label");
    expect(label).toContain("8 to 10 in service; asked for were at least 8 and at most 10; now 0 old, 10 new");
    expect(await section().locator(".timeline li").count()).toBeGreaterThan(10);
  });

  test("buttons change the speed, make instances unhealthy, and disturb the services", async () => {
    await page.getByRole("button", { name: "Controls" }).click();
    await page.getByRole("button", { name: "60×", exact: true }).click();
    await page.locator('button[aria-pressed="true"]', { hasText: "60×" }).waitFor();
    expect(emulator.clock.speed).toBe(60);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Make an instance unhealthy" }).click();
    await eventually("unhealthy", 1);
    await page.getByRole("button", { name: "Launch unhealthy instances" }).click();
    await page.getByText("Done: Launch unhealthy instances").waitFor();
    const group = emulator.world(emulator.region).groups.get("ess/asg-web");
    expect(group?.unhealthyLaunches).toEqual({ rate: 1, remaining: undefined });
    await page.getByRole("button", { name: "Throttle 5 calls" }).click();
    await page.getByText("Done: Throttle 5 calls").waitFor();
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
    await page.getByText("No connection").waitFor();
    emulator = other;
  });
});
