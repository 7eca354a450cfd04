// Elements made of text: whatever comes from elsewhere can become nothing else.

/** An element with attributes or properties (a leading dot) and children; null children are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : String(value));
    }
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}
