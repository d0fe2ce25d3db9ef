import { followEmulatorClock } from "../../src/clouds/common/emulatorClock";
import { processClock } from "../../src/core/clock";

afterEach(() => processClock.setSpeed(1));

const answer = { "x-emulator-clock-speed": "600" };

test.each(["127.0.0.1", "localhost", "[::1]"])("an emulator at %s says how fast its clock runs", async (host) => {
  followEmulatorClock(host, answer);
  const before = performance.now();
  await processClock.sleep(6_000);
  expect(performance.now() - before).toBeLessThan(3_000);
});

test.each([
  ["a cloud", "autoscaling.eu-west-1.amazonaws.com", answer],
  ["a machine of another name", "localhost.example.com", answer],
  ["an emulator whose time stands still", "127.0.0.1", { "x-emulator-clock-speed": "0" }],
  ["nonsense", "127.0.0.1", { "x-emulator-clock-speed": "fast" }],
  ["an answer without it", "127.0.0.1", {}],
])("%s changes nothing", (_, host, headers) => {
  const setSpeed = jest.spyOn(processClock, "setSpeed");
  followEmulatorClock(host, headers);
  expect(setSpeed).not.toHaveBeenCalled();
  setSpeed.mockRestore();
});
