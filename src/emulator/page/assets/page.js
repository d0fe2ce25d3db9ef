const speeds = [0, 1, 10, 60, 600, 3600];
const faultCount = 5;

const groups = document.getElementById("groups");
const cards = new Map();

/** The emulator takes nothing else, so that no page of another site can send it anything. */
function send(method, path, body) {
  return fetch(`/_emulator/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text, act) {
  return element("button", { type: "button", textContent: text, onclick: act });
}

const speedButtons = speeds.map((speed) => {
  const made = button(speed === 0 ? "Pause" : `${speed}×`, () => send("POST", "clock", { speed }));
  document.getElementById("speeds").append(made);
  return [speed, made];
});
document.getElementById("speeds").append(button("+10 min", () => send("POST", "clock", { advanceSeconds: 600 })));
for (const each of document.querySelectorAll("[data-fault]")) {
  each.onclick = () => send("POST", "faults", [{ operations: ["*"], kind: each.dataset.fault, count: faultCount }]);
}
document.getElementById("no-faults").onclick = () => send("DELETE", "faults");

function cardOf({ region, key }) {
  const id = `${region} ${key}`;
  if (cards.has(id)) return cards.get(id);
  const at = { region, group: key };
  const card = {
    state: element("span"),
    reason: element("p", { className: "reason" }),
    tiles: element("div", { className: "tiles" }),
    curve: element("div", { className: "curve" }),
    tileOf: new Map(),
    healthy: [],
    drawn: "",
  };
  card.launches = button("Launch unhealthy instances", () =>
    send("POST", "unhealthy-launches", { ...at, rate: card.launches.ariaPressed === "true" ? 0 : 1 }),
  );
  const sicken = button("Make an instance unhealthy", () => {
    const instance = card.healthy[0];
    return instance && send("POST", "unhealthy", { ...at, instance });
  });
  const section = element(
    "section",
    {},
    element(
      "div",
      { className: "buttons" },
      element("h2", { textContent: `${key} (${region})` }),
      card.state,
      sicken,
      card.launches,
    ),
    card.reason,
    card.tiles,
    card.curve,
  );
  section.dataset.group = key;
  if (cards.size === 0) groups.replaceChildren();
  groups.append(section);
  cards.set(id, card);
  return card;
}

function showTiles(card, tiles, hidden) {
  const present = new Set(tiles.map(({ id }) => id));
  for (const [id, tile] of card.tileOf) {
    if (present.has(id)) continue;
    tile.remove();
    card.tileOf.delete(id);
  }
  for (const { id, kind } of tiles) {
    let tile = card.tileOf.get(id);
    if (!tile) {
      tile = element("span");
      card.tileOf.set(id, tile);
      card.tiles.append(tile);
    }
    tile.className = `tile ${kind}`;
    tile.title = `${id}: ${kind}`;
  }
  card.tiles.dataset.hidden = hidden > 0 ? `and ${hidden} more` : "";
  card.healthy = tiles.filter(({ kind }) => kind === "new" || kind === "old").map(({ id }) => id);
}

function show({ time, speed, groups: seen }) {
  document.getElementById("time").textContent = `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  for (const [each, made] of speedButtons) made.ariaPressed = String(each === speed);
  for (const group of seen) {
    const card = cardOf(group);
    const { refresh, desired, ready, total } = group;
    const capacity = `${ready} ready, ${total} in all, ${desired} desired`;
    card.state.textContent = refresh ? `${refresh.status} ${refresh.percentage} %, ${capacity}` : capacity;
    card.reason.textContent = refresh?.reason ?? "";
    card.launches.ariaPressed = String(group.badLaunches);
    showTiles(card, group.tiles, group.hidden);
    if (group.curve && group.curve !== card.drawn) card.curve.innerHTML = group.curve;
    card.drawn = group.curve;
  }
}

const events = new EventSource("/_emulator/events");
events.onmessage = ({ data }) => show(JSON.parse(data));
events.onopen = () => {
  document.getElementById("lost").hidden = true;
};
events.onerror = () => {
  document.getElementById("lost").hidden = false;
};
