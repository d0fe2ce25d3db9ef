/** How often the dashboard asks the clouds, whatever its pages want. */
import { LimitedCalls } from "../../src/app/dashboard/limitedCalls";
import { seededRandom } from "../seededRandom";
import { VirtualClock } from "../virtualClock";

const open = new AbortController().signal;

test("a few calls go out at once, then one a second, and never two at a time", async () => {
  const clock = new VirtualClock(0);
  const calls = new LimitedCalls(clock, seededRandom(1));
  const sentAt: number[] = [];
  let [underWay, most] = [0, 0];
  const call = () =>
    calls.send(async () => {
      sentAt.push(clock.now());
      most = Math.max(most, ++underWay);
      await clock.sleep(10);
      underWay--;
    }, open);
  await clock.until(Promise.all(Array.from({ length: 8 }, call)));
  expect(most).toBe(1);
  expect(sentAt.filter((time) => time < 100)).toHaveLength(4);
  expect(sentAt.slice(4).map((time) => Math.round(time / 1_000))).toEqual([1, 2, 3, 4]);
});

test("a call that waits for its turn is not sent once its page is gone, and those behind it are", async () => {
  const clock = new VirtualClock(0);
  const calls = new LimitedCalls(clock, seededRandom(1));
  const gone = new AbortController();
  const sent: string[] = [];
  const send = (name: string, signal: AbortSignal) =>
    calls.send(async () => {
      sent.push(name);
      await clock.sleep(10);
    }, signal);
  const first = send("first", open);
  const second = send("second", gone.signal).catch((error: Error) => error.name);
  const third = send("third", open);
  gone.abort();
  await clock.until(Promise.all([first, third]));
  expect(await second).toBe("AbortError");
  expect(sent).toEqual(["first", "third"]);
});
