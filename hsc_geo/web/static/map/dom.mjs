/* Elements. Text becomes a text node, whatever it holds. */
const SVG = "http://www.w3.org/2000/svg";

/** An HTML element with a class ('' for none) and, where given, a text. */
export function element(tag, className = "", text = undefined) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** An SVG element with attributes and children. */
export function svgElement(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The box of a tooltip: an element for each line of `tips.mjs`. */
export function tipBox(lines) {
  const box = element("div");
  for (const line of lines) {
    const row = element(line.strong ? "strong" : "div", "", line.text);
    if (line.aside) row.append(element("i", "", line.aside));
    box.append(row);
  }
  return box;
}
