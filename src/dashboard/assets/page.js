import { createCard } from "./card.js";
import { createConnection } from "./connection.js";
import { button, setText } from "./elements.js";
import { createClock, dateText } from "./times.js";

/** Groups that are open without having been asked for. */
const OPEN_AT_FIRST = 3;
/** From so many groups on there is something to filter. */
const MANY = 7;
const TICK_MS = 500;
const WIDTH_STEP = 20;
const SETTLE_MS = 150;

const $ = (id) => document.getElementById(id);
const clock = createClock();
const cards = new Map();
const open = new Set();
/** The refresh that was seen of each group. */
const seen = new Map();
const asked = { find: "", only: "all", width: 720 };
let view;
let controls;

const STATES = { live: "Live", lost: "No connection: is it still running?", refused: "Refused" };
const connection = createConnection(show, (state, why) => {
  $("connection").dataset.state = state;
  setText($("connection"), STATES[state]);
  if (!why) return;
  setText($("note"), why);
  $("note").hidden = false;
});
const ask = () => connection.ask({ ...asked, groups: open });
ask();

function toggle(id) {
  if (open.has(id)) open.delete(id);
  else open.add(id);
  for (const group of view.groups) if (group.id === id) cards.get(id).show(group, open.has(id));
  measure();
  ask();
}

function show(next) {
  const isFirst = view === undefined;
  view = next;
  clock.set(next.time, next.speed);
  for (const group of next.groups) follow(group, isFirst);
  const shown = next.groups.map((group) => {
    const card = cards.get(group.id) ?? createCard(group.id, toggle);
    cards.set(group.id, card);
    card.show(group, open.has(group.id));
    return card.root;
  });
  arrange($("groups"), shown);
  for (const id of cards.keys()) if (!next.groups.some((group) => group.id === id)) cards.delete(id);
  showFilters(next);
  setText($("note"), noteOf(next));
  $("note").hidden = $("note").textContent === "";
  if (next.hasControls) showControls();
  setText($("mode"), next.hasControls ? `Emulator, ${next.speed === 0 ? "paused" : `${next.speed}×`}` : "Read-only");
  tick();
  measure();
  ask();
}

/** Opens what has begun, and says aloud what has changed. */
function follow({ id, name, stage, refresh, problem }, isFirst) {
  const before = seen.get(id);
  const now = {
    refresh: refresh?.id,
    status: refresh?.status,
    isRunning: /^(running|cancelling|rollingBack)$/.test(stage),
  };
  seen.set(id, now);
  const hasBegun = now.isRunning && before?.refresh !== now.refresh;
  const isWanted = hasBegun || (!before && (problem || view.counts.all <= OPEN_AT_FIRST));
  if (isWanted && open.size < OPEN_AT_FIRST) open.add(id);
  if (isFirst || before?.status === now.status || !refresh) return;
  $("announcements").textContent = [`${name}: ${refresh.status}`, refresh.reason].filter(Boolean).join(". ");
}

/** Moves only what is in another place: the focus stays where it is. */
function arrange(parent, children) {
  for (const [index, child] of children.entries()) {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  }
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

const FILTERS = [
  ["all", "All"],
  ["running", "Running"],
  ["problems", "Problems"],
];
const chips = FILTERS.map(([only]) =>
  button("", () => {
    asked.only = only;
    ask();
    showFilters(view);
  }),
);
$("only").append(...chips);
$("find").oninput = () => {
  asked.find = $("find").value;
  ask();
};

function showFilters({ counts }) {
  $("filters").hidden = counts.all < MANY;
  for (const [index, [only, name]] of FILTERS.entries()) {
    setText(chips[index], `${name} ${counts[only]}`);
    chips[index].ariaPressed = String(asked.only === only);
  }
}

function noteOf({ groups, hidden, counts }) {
  if (hidden > 0) return `${hidden} more groups: search for the name of one.`;
  if (groups.length > 0) return "";
  return counts.all === 0 ? "There is no group yet." : "No group matches.";
}

function showControls() {
  controls ??= import("./controls.js").then(({ createControls }) =>
    createControls(document.querySelector(".top"), document.querySelector(".layout")),
  );
  controls.then((made) => made.show(view, open));
}

function tick() {
  const now = clock.now();
  for (const card of cards.values()) card.tick(now);
  if (!view) return;
  $("time").dateTime = new Date(now).toISOString();
  setText($("time"), dateText(now));
  const [first] = view.groups;
  const progress = first?.refresh?.fraction === undefined ? "" : `${Math.round(first.refresh.fraction * 100)} % `;
  document.title =
    view.counts.all === 1 && first ? `${progress}${first.name}` : `${view.counts.running} running – instance refreshes`;
}
setInterval(tick, TICK_MS);

/** Curves are drawn for the width that there is. */
function measure() {
  const width = [...cards.values()].map(({ figure }) => figure.clientWidth).find((each) => each > 0);
  if (width) asked.width = Math.floor(width / WIDTH_STEP) * WIDTH_STEP;
}
let settling;
new ResizeObserver(() => {
  clearTimeout(settling);
  settling = setTimeout(() => {
    measure();
    ask();
  }, SETTLE_MS);
}).observe($("groups"));
