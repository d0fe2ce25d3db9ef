import { emptyTally, simulateCase } from "./simulateCase";

test("through kills, lost answers and wrong clocks, nothing starts outside of a window, and what fits is not held", async () => {
  const tally = emptyTally();
  for (let number = 0; number < 60; number++) await simulateCase(`unit ${number}`, tally);
  const { breaches, wronglyHeld, late, failed, ...counted } = tally;
  expect({ breaches, wronglyHeld, late, failed }).toEqual({ breaches: [], wronglyHeld: [], late: [], failed: [] });
  const least = { deployments: 100, starts: 15, held: 15, waited: 3, killed: 7, skewed: 15 };
  for (const [name, number] of Object.entries(least))
    expect(`${name} ${counted[name as keyof typeof counted] >= number}`).toBe(`${name} true`);
});
