/** Puts what was seen on an account beside what the emulator shows in the same scenarios, fact by fact. */
import { type Bench, framesOf, type TextRule } from "./bench";
import type { Cassette, Entry } from "./cassette";
import { template, type View } from "./view";

interface Difference {
  readonly scenario: string;
  /** What the emulator shows, and what the cassette does. */
  readonly here: unknown;
  readonly there: unknown;
}

interface Verdict {
  readonly fact: string;
  readonly verdict: "agrees" | "deviates";
  readonly differences: readonly Difference[];
}

export interface Comparison {
  /** By fact; what is not among them was not seen. */
  readonly verdicts: readonly Verdict[];
  /** Texts of the cassette that no fact knows. */
  readonly unknown: readonly string[];
}

export function compare(bench: Bench, here: Cassette, there: Cassette): Comparison {
  const found = new Map<string, Difference[]>();
  const add = (fact: string, ...differences: Difference[]) => {
    found.set(fact, [...(found.get(fact) ?? []), ...differences]);
  };
  for (const scenario of bench.scenarios) {
    if (!there.scenarios.includes(scenario.name) || !here.scenarios.includes(scenario.name)) continue;
    const [ours, theirs] = [here, there].map((cassette) => viewOf(bench, cassette, scenario.name));
    for (const { fact, sees } of scenario.observations) {
      const [mine, other] = [ours, theirs].map((view) => view && sees(view));
      if (mine === undefined || other === undefined) continue;
      add(fact, ...(isEqual(mine, other) ? [] : [{ scenario: scenario.name, here: mine, there: other }]));
    }
  }
  const { texts, unknown } = compareTexts(bench, here, there);
  for (const [fact, differences] of texts) add(fact, ...differences);
  const verdicts = [...found].map(([fact, differences]): Verdict => {
    return { fact, verdict: differences.length === 0 ? "agrees" : "deviates", differences };
  });
  return { verdicts: verdicts.sort((one, other) => (one.fact < other.fact ? -1 : 1)), unknown };
}

export function viewOf(bench: Bench, cassette: Cassette, scenario: string): View {
  const entries = cassette.entries.filter((entry) => entry.scenario === scenario);
  return { entries, frames: framesOf(bench, entries) };
}

interface SeenTexts {
  /** A fact may have several texts, of which some come up by chance: each has a rule. */
  readonly byRule: Map<TextRule, Set<string>>;
  /** Those that no rule knows, by member. */
  readonly others: Map<string, Set<string>>;
}

function compareTexts(bench: Bench, here: Cassette, there: Cassette) {
  const scenarios = new Set(there.scenarios);
  const isComplete = !there.partial;
  const ours = textsIn(
    bench,
    here.entries.filter(({ scenario }) => !isComplete || scenarios.has(scenario)),
  );
  const theirs = textsIn(bench, there.entries);
  const texts = new Map<string, Difference[]>();
  const unknown = new Set<string>();
  const add = (fact: string, differences: Difference[]) => {
    texts.set(fact, [...(texts.get(fact) ?? []), ...differences]);
  };
  for (const [rule, seen] of theirs.byRule) {
    const known = ours.byRule.get(rule);
    if (!known) continue;
    const strange = [...seen].filter((text) => !known.has(text));
    add(
      rule.fact,
      strange.map((text) => ({ scenario: "texts", here: closest(text, known), there: text })),
    );
  }
  for (const [member, seen] of theirs.others) {
    const known = ours.others.get(member) ?? new Set();
    for (const text of seen) {
      if (known.has(text)) continue;
      // A text that lost its words is that of a fact which is seen here and not there.
      const lost = bench.texts.filter(
        (rule) => rule.member === member && ours.byRule.has(rule) && !theirs.byRule.has(rule),
      );
      if (!isComplete || lost.length === 0) unknown.add(`${member}: ${text}`);
      else
        for (const rule of lost)
          add(rule.fact, [{ scenario: "texts", here: closest(text, ours.byRule.get(rule)), there: text }]);
    }
  }
  return { texts, unknown: [...unknown].sort() };
}

function textsIn(bench: Bench, entries: readonly Entry[]): SeenTexts {
  const seen: SeenTexts = { byRule: new Map(), others: new Map() };
  const members = new Set(bench.texts.map(({ member }) => member));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (value !== null && typeof value === "object") {
      for (const [member, each] of Object.entries(value)) {
        if (typeof each === "string" && members.has(member)) note(member, template(each));
        else visit(each);
      }
    }
  };
  const note = (member: string, text: string) => {
    if (text === "") return;
    const rule = bench.texts.find((each) => each.member === member && each.like.test(text));
    if (rule) seen.byRule.set(rule, (seen.byRule.get(rule) ?? new Set()).add(text));
    else seen.others.set(member, (seen.others.get(member) ?? new Set()).add(text));
  };
  for (const { answer } of entries) visit(answer);
  return seen;
}

/** The text that shares most words with it. */
function closest(text: string, known: ReadonlySet<string> = new Set()): string {
  const words = new Set(text.split(/\W+/));
  const shared = (other: string) => other.split(/\W+/).filter((word) => words.has(word)).length;
  return [...known].sort((one, other) => shared(other) - shared(one))[0] ?? "nothing";
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort())
      : each,
  );
}
