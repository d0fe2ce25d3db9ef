/** An element with its properties, and what is in it. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

export function button(text, act, properties = {}) {
  return element("button", { type: "button", textContent: text, onclick: act, ...properties });
}

/** Leaves alone what is as it should be: readers of the screen hear only what has changed. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Takes a drawing from the server into the page. */
export function setDrawing(target, svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  target.replaceChildren(document.adoptNode(parsed.documentElement));
}
