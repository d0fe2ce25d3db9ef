import { element, setDrawing, setText } from "./elements.js";
import { createInstances } from "./instances.js";
import { durationText, timeText } from "./times.js";

const MARKS = {
  running: "●",
  cancelling: "●",
  rollingBack: "↺",
  successful: "✓",
  failed: "✗",
  cancelled: "–",
  rolledBack: "↺",
  rollbackFailed: "✗",
  unknown: "?",
};

let cards = 0;

/** One group: a row that is always there, and details below it when it is open. */
export function createCard(id, onToggle) {
  const number = ++cards;
  const part = (name, className, ...children) => element(name, { className }, ...children);
  const toggle = element("button", { type: "button", className: "toggle", onclick: () => onToggle(id) });
  toggle.setAttribute("aria-controls", `details-${number}`);
  const where = part("p", "where");
  const badge = part("p", "badge");
  const progress = element("progress", { max: 100, className: "bar" });
  const percent = part("output", "percent");
  const bar = part("div", "progress", progress, percent);
  const facts = part("ul", "facts");
  const reason = part("p", "reason");
  const problem = part("div", "problem");
  problem.setAttribute("role", "status");
  const numbers = part("dl", "numbers");
  const instances = createInstances();
  const curve = part("div", "drawing");
  const caption = element("figcaption", { textContent: "Capacity" });
  const figure = part("figure", "curve", caption, curve);
  const list = element("ol", { className: "timeline", tabIndex: 0 });
  list.setAttribute("aria-label", "Events, the newest first");
  const events = part("section", "events", element("h3", { textContent: "Events" }), list);
  const waiting = element("p", { className: "waiting", textContent: "Reading the group…" });
  const shown = part("div", "shown", numbers, instances.root, part("div", "columns", figure, events));
  const details = element("div", { className: "details", id: `details-${number}` }, waiting, shown);
  const heading = element("h2", { id: `group-${number}` }, toggle);
  const root = element(
    "section",
    { className: "card", "aria-labelledby": `group-${number}` },
    part("div", "head", heading, where, badge),
    bar,
    facts,
    reason,
    problem,
    details,
  );
  root.dataset.group = id;
  let group;
  let drawn = "";
  let told = "";

  function showRow() {
    const { name, cloud, region, refresh, stage } = group;
    setText(toggle, name);
    setText(where, [cloud, region].filter(Boolean).join(" · "));
    root.dataset.stage = stage ?? "none";
    setText(badge, refresh ? `${MARKS[refresh.stage] ?? ""} ${refresh.status}` : group.problem ? "" : "No refresh");
    bar.hidden = refresh?.fraction === undefined;
    if (!bar.hidden) {
      progress.value = Math.round(refresh.fraction * 100);
      progress.setAttribute("aria-label", `Progress of ${name}`);
      setText(percent, `${progress.value} %`);
    }
    setText(reason, refresh?.reason ?? "");
    reason.hidden = !refresh?.reason;
    problem.hidden = !group.problem;
    const words = group.problem ? [group.problem.what, group.problem.next].filter(Boolean) : [];
    if (words.join() !== problem.dataset.words) {
      problem.dataset.words = words.join();
      problem.replaceChildren(...words.map((textContent) => element("p", { textContent })));
    }
  }

  function showDetails({ unit, desired, ready, total, floor, timeline = [], resolution, curve: svg, ...rest }) {
    const seen = [
      ["Ready", ready],
      ["Desired", desired],
      ["Total", total],
      ...(floor === undefined || floor === null ? [] : [["At least ready", floor]]),
    ];
    numbers.replaceChildren(
      ...seen.map(([name, value]) =>
        element(
          "div",
          {},
          element("dt", { textContent: name }),
          element("dd", {}, `${value} `, element("small", { textContent: unit })),
        ),
      ),
    );
    instances.show(rest);
    figure.hidden = events.hidden = !svg;
    // Activities tell of instances, and not what each of them weighed.
    setText(caption, unit === "units" ? "Capacity, in instances" : "Capacity");
    if (svg && svg !== drawn) setDrawing(curve, svg);
    drawn = svg;
    const news = JSON.stringify(timeline);
    if (news === told) return;
    told = news;
    list.replaceChildren(
      ...timeline.map(({ time, kind, text, ids }) => {
        const at = element("time", { dateTime: new Date(time).toISOString(), textContent: timeText(time, resolution) });
        const words = element("span", { textContent: text });
        if (ids.length === 1) words.append(" ", element("span", { className: "id", textContent: ids[0] }));
        return element("li", { className: kind, title: ids.join("\n") }, at, words);
      }),
    );
  }

  return {
    root,
    figure,
    show(next, isOpen) {
      group = next;
      showRow();
      toggle.setAttribute("aria-expanded", String(isOpen));
      details.hidden = !isOpen;
      waiting.hidden = next.details !== undefined || next.problem !== undefined;
      shown.hidden = next.details === undefined;
      if (next.details) showDetails(next.details);
    },
    /** What changes as time goes by. */
    tick(now) {
      const lines = group?.refresh ? factsOf(group.refresh, now) : [];
      if (lines.join() === facts.dataset.lines) return;
      facts.dataset.lines = lines.join();
      facts.replaceChildren(...lines.map((textContent) => element("li", { textContent })));
    },
  };
}

function factsOf({ progress, startTime, endTime, estimatedEnd, pauseEnd, id }, now) {
  const lines = [progress];
  if (startTime !== undefined && endTime !== undefined) lines.push(`in ${durationText(endTime - startTime)}`);
  else if (startTime !== undefined && now > startTime) lines.push(`${durationText(now - startTime)} so far`);
  if (pauseEnd > now) lines.push(`goes on within ${durationText(pauseEnd - now)}`);
  if (estimatedEnd > now) lines.push(`about ${durationText(estimatedEnd - now)} left`);
  return [...lines, id].filter(Boolean);
}
