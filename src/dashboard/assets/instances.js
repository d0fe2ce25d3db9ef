import { element, setText } from "./elements.js";

/** What an instance can be, and how that is called; the curve uses the same colours. */
const KINDS = [
  ["old", "old"],
  ["new", "new"],
  ["warming", "warming up"],
  ["launching", "launching"],
  ["unhealthy", "unhealthy"],
  ["terminating", "terminating"],
  ["standby", "in standby"],
];
const NAMES = Object.fromEntries(KINDS);
/** Those that the curve has too: they are explained even while there is none. */
const ALWAYS = new Set(["old", "new", "launching"]);

/** So many tiles are large, or of middle size. */
const FEW = 60;
const MANY = 200;

/** The instances of a group: tiles, with the one legend of the card, and a list for screen readers. */
export function createInstances() {
  const legend = element("ul", { className: "legend" });
  const tiles = element("div", { className: "tiles", role: "img" });
  const more = element("p", { className: "more" });
  const body = element("tbody");
  const head = element(
    "tr",
    {},
    ...["Instance", "State"].map((textContent) => element("th", { textContent, scope: "col" })),
  );
  const list = element(
    "details",
    { className: "list" },
    element("summary", { textContent: "List of instances" }),
    element("div", { className: "scroll" }, element("table", {}, element("thead", {}, head), body)),
  );
  const caption = element("figcaption", { textContent: "Instances" });
  const root = element("figure", { className: "instances" }, caption, legend, tiles, more, list);
  const tileOf = new Map();
  let shown = [];

  function showList() {
    if (!list.open) return;
    body.replaceChildren(
      ...shown.map(({ id, kind }) =>
        element("tr", {}, element("td", { textContent: id }), element("td", { textContent: NAMES[kind] })),
      ),
    );
  }
  list.ontoggle = showList;

  return {
    root,
    show({ tiles: instances, counts, hidden, warms }) {
      const isDrawn = (kind) => ALWAYS.has(kind) || (warms && kind === "warming");
      const present = KINDS.filter(([kind]) => counts[kind] > 0 || isDrawn(kind));
      const entries = present.map(([kind, name]) => `${counts[kind] ?? 0} ${name}`);
      if (legend.dataset.entries !== entries.join()) {
        legend.dataset.entries = entries.join();
        legend.replaceChildren(
          ...present.map(([kind], index) =>
            element("li", {}, element("span", { className: `tile ${kind}` }), entries[index]),
          ),
        );
      }
      showTiles(tiles, tileOf, instances);
      tiles.dataset.size = instances.length <= FEW ? "large" : instances.length <= MANY ? "middle" : "small";
      tiles.ariaLabel = `${instances.length + hidden} instances: ${entries.join(", ")}`;
      more.hidden = hidden === 0;
      setText(more, `and ${hidden} more instances`);
      shown = instances;
      showList();
    },
  };
}

function showTiles(tiles, tileOf, instances) {
  const present = new Set(instances.map(({ id }) => id));
  for (const [id, tile] of tileOf) {
    if (present.has(id)) continue;
    tile.remove();
    tileOf.delete(id);
  }
  for (const { id, kind } of instances) {
    let tile = tileOf.get(id);
    if (!tile) {
      tile = element("span");
      tileOf.set(id, tile);
      tiles.append(tile);
    }
    if (tile.dataset.kind === kind) continue;
    tile.dataset.kind = kind;
    tile.className = `tile ${kind}`;
    tile.title = `${id}: ${NAMES[kind]}`;
  }
}
