import { button, element, setText } from "./elements.js";

const SPEEDS = [0, 1, 10, 60, 600, 3600];
const FAULT_COUNT = 5;
const FAULTS = [
  ["Throttling", `Throttle ${FAULT_COUNT} calls`],
  ["InternalError", `Fail ${FAULT_COUNT} calls`],
  ["CutAfter", `Cut ${FAULT_COUNT} answers off`],
];

/** The emulator takes nothing else, so that no page of another site can send it anything. */
function send(method, path, body) {
  return fetch(`/_emulator/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** What the emulator alone can do: its clock, and failures. Folded away, beside the groups. */
export function createControls(header, parent) {
  const style = element("link", { rel: "stylesheet", href: "/_dashboard/controls.css" });
  document.head.append(style);
  const done = element("p", { className: "done", role: "status" });
  const doing = (text, act) =>
    button(text, async () => {
      const answer = await act();
      if (answer) setText(done, answer.ok ? `Done: ${text}` : (await answer.json()).message);
    });
  const speeds = SPEEDS.map((speed) =>
    doing(speed === 0 ? "Pause" : `${speed}×`, () => send("POST", "clock", { speed })),
  );
  const later = doing("+10 min", () => send("POST", "clock", { advanceSeconds: 600 }));
  const faults = FAULTS.map(([kind, text]) =>
    doing(text, () => send("POST", "faults", [{ operations: ["*"], kind, count: FAULT_COUNT }])),
  );
  const noFaults = doing("No more faults", () => send("DELETE", "faults"));
  const group = element("select", { "aria-label": "Group to disturb" });
  let groups = [];
  const at = () => {
    const found = groups.find(({ id }) => id === group.value);
    const [region, ...key] = found.id.split("/");
    return { region, group: key.join("/") };
  };
  const makeUnhealthy = doing("Make an instance unhealthy", () => {
    const tiles = groups.find(({ id }) => id === group.value)?.details?.tiles ?? [];
    const instance = tiles.find(({ kind }) => kind === "new" || kind === "old");
    return instance && send("POST", "unhealthy", { ...at(), instance: instance.id });
  });
  const launches = [
    ["Launch unhealthy instances", 1],
    ["Launch healthy instances again", 0],
  ].map(([text, rate]) => doing(text, () => send("POST", "unhealthy-launches", { ...at(), rate })));
  const part = (name, ...children) => {
    const legend = element("legend", { textContent: name });
    return element("fieldset", {}, legend, ...children);
  };
  const disturb = part("Group", group, makeUnhealthy, ...launches);
  const parts = [part("Clock", ...speeds, later), part("Services", ...faults, noFaults), disturb, done];
  const panel = element("aside", { className: "controls", id: "controls", hidden: true }, ...parts);
  panel.ariaLabel = "Emulator controls";
  const toggle = button("Controls", () => {
    panel.hidden = !panel.hidden;
    toggle.ariaExpanded = String(!panel.hidden);
  });
  toggle.ariaExpanded = "false";
  toggle.setAttribute("aria-controls", "controls");
  header.append(toggle);
  parent.prepend(panel);
  return {
    show(view, open) {
      for (const [index, speed] of SPEEDS.entries()) speeds[index].ariaPressed = String(speed === view.speed);
      groups = view.groups.filter(({ id }) => open.has(id));
      disturb.disabled = groups.length === 0;
      const ids = groups.map(({ id }) => id).join();
      if (group.dataset.ids === ids) return;
      group.dataset.ids = ids;
      const before = group.value;
      group.replaceChildren(...groups.map(({ id, name }) => element("option", { value: id, textContent: name })));
      if (groups.some(({ id }) => id === before)) group.value = before;
    },
  };
}
