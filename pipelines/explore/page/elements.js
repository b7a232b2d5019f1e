// Elements are made one by one, and text is only ever text.
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  made.append(...children.flat());
  return made;
}

function setAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
}

// The address of a document in the archive, where it is one that may be followed.
function webAddress(text) {
  if (!text) return null;
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

function outward(address, ...children) {
  return el("a", { href: address, rel: "noopener noreferrer nofollow" }, ...children);
}

function button(text, act, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: act } }, text);
}

// Replace what a place holds; what had the focus keeps it where something of the same id is there again.
function fill(place, ...children) {
  keepingFocus(place, () => place.replaceChildren(...children.flat(9).filter(Boolean)));
}

// What is replaced, or only moved into something new, loses the focus; it is given back to what has the same id then.
function keepingFocus(place, act) {
  const id = place.contains(document.activeElement) ? document.activeElement.id : "";
  act();
  if (id && document.activeElement?.id !== id) document.getElementById(id)?.focus({ preventScroll: true });
}
