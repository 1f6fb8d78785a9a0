// How elements are made: every text goes in as text, so nothing that a file says can become markup.

/** An element with its properties, listeners (`onclick`) and children; strings become text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A link that downloads a file. Its address holds the bytes, so it asks nobody for them. */
export function download(file, text, main = false) {
  const type = file.name.toLowerCase().endsWith(".xlsx")
    ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    : "application/octet-stream";
  const href = URL.createObjectURL(new Blob([file.data], { type }));
  return make("a", { class: main ? "button main" : "button", href, download: file.name }, text);
}

/** Let go of the files that are offered in an element before it is emptied. */
export function empty(element) {
  for (const link of element.querySelectorAll("a[download]")) URL.revokeObjectURL(link.href);
  element.replaceChildren();
}
