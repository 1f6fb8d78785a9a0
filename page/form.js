// The form on paper: pages drawn from the very cells, merges, heights and breaks that the workbook gets.

import { make } from "./dom.js";
import { say, told } from "./words.js";

const LEAST = 0.8;
const STEP = 1.25;
const INDENT = 6.75; // points that Excel moves a text by for each step of its indent

/**
 * All sheets of a file as pages; a draft says that it is one.
 * `choose(number)` is called with the number of the finding whose cell was chosen.
 */
export function drawForm(sheets, findings, draft, choose) {
  const found = { choose, name: (number) => told(findings[number].message) };
  const pages = sheets.filter((sheet) => sheet.rows.length).flatMap((sheet) => pagesOf(sheet, found));
  const scroll = make(
    "div",
    { class: "papers", tabindex: "0", role: "region", "aria-label": say("drawn") },
    pages,
  );
  let zoom = 1;
  const fit = () => {
    const widest = Math.max(...sheets.map((sheet) => sheet.width));
    const points = Math.max(LEAST, (scroll.clientWidth - 24) / widest) * zoom;
    scroll.style.setProperty("--point", `${points}px`);
  };
  new ResizeObserver(fit).observe(scroll);
  const zoomed = (by) => () => {
    zoom *= by;
    fit();
  };
  const left = sheets.reduce((sum, sheet) => sum + sheet.left_out, 0);
  return make(
    "div",
    { class: "form" },
    make(
      "p",
      { class: "row" },
      make("b", {}, say("drawn")),
      make("button", { type: "button", class: "little", onclick: zoomed(STEP) }, say("larger")),
      make("button", { type: "button", class: "little", onclick: zoomed(1 / STEP) }, say("smaller")),
    ),
    draft ? make("p", { class: "small" }, say("draft")) : null,
    scroll,
    left ? make("p", {}, say("left_out", { rows: left })) : null,
  );
}

/** Mark the cells of a finding as chosen, and go to the first of them. */
export function showCells(form, number) {
  for (const cell of form.querySelectorAll(".chosen")) cell.classList.remove("chosen");
  const cells = [...form.querySelectorAll("td[data-findings]")].filter((cell) =>
    cell.dataset.findings.split(" ").includes(String(number)),
  );
  for (const cell of cells) cell.classList.add("chosen");
  if (!cells.length) return;
  cells[0].scrollIntoView({ block: "center", inline: "center" });
  cells[0].querySelector("button").focus({ preventScroll: true });
}

function pagesOf(sheet, found) {
  const starts = [0, ...sheet.breaks];
  const [first, last] = sheet.heading;
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? sheet.rows.length;
    const caption = say("page_of", { sheet: sheet.name, page: at + 1, pages: starts.length });
    const body = make("table", {}, make("caption", { class: "unseen" }, caption), columnsOf(sheet));
    if (start > last) body.append(...rowsOf(sheet, first, last + 1, found));
    body.append(...rowsOf(sheet, start, end, found));
    const paper = make("div", { class: "paper" }, body, make("p", { class: "foot" }, caption));
    const [top, right, bottom, left] = sheet.margins;
    size(paper, { width: sheet.width, minHeight: sheet.height });
    size(paper, { paddingTop: top, paddingRight: right, paddingBottom: bottom, paddingLeft: left });
    paper.style.fontFamily = `"${sheet.font}", "Liberation Sans", sans-serif`;
    return paper;
  });
}

/** Give an element measures in points of the paper, whatever the zoom. */
function size(element, points) {
  for (const [name, value] of Object.entries(points)) element.style[name] = `calc(var(--point) * ${value})`;
}

function columnsOf(sheet) {
  const columns = sheet.columns.map((points) => {
    const column = make("col");
    size(column, { width: (points * sheet.scale) / 100 });
    return column;
  });
  return make("colgroup", {}, columns);
}

/** The rows from `start` up to `end` as a page shows them: a merge that goes on over the break is cut there. */
function rowsOf(sheet, start, end, found) {
  const beginning = new Map();
  for (const cell of sheet.cells) {
    const row = Math.max(cell.row, start);
    const rows = Math.min(cell.row + cell.rows, end) - row;
    if (rows <= 0) continue;
    if (!beginning.has(row)) beginning.set(row, []);
    beginning.get(row).push({ cell, rows, goesOn: row > cell.row });
  }
  const taken = sheet.columns.map(() => start);
  const made = [];
  for (let row = start; row < end; row++) {
    const line = make("tr");
    size(line, { height: (sheet.rows[row] * sheet.scale) / 100 });
    const cells = (beginning.get(row) ?? []).sort((one, other) => one.cell.column - other.cell.column);
    for (let column = 0; column < sheet.columns.length; column++) {
      if (taken[column] > row) continue;
      const here = cells.find((one) => one.cell.column === column);
      line.append(here ? cellOf(here, sheet, found) : make("td"));
      const across = here ? here.cell.columns : 1;
      for (let at = column; at < column + across; at++) taken[at] = row + (here ? here.rows : 1);
    }
    made.push(line);
  }
  return made;
}

function cellOf({ cell, rows, goesOn }, sheet, found) {
  const look = sheet.looks[cell.role];
  const td = make("td", { rowspan: rows, colspan: cell.columns });
  const text = goesOn ? "" : cell.text;
  td.style.textAlign = look.align;
  td.style.verticalAlign = { top: "top", center: "middle", bottom: "bottom" }[cell.top ? "top" : look.valign];
  td.style.fontWeight = look.bold ? "700" : "400";
  td.style.fontStyle = look.italic ? "italic" : "normal";
  if (look.underline) td.style.textDecoration = "underline";
  if (look.fill && !cell.findings) td.style.backgroundColor = look.fill;
  if (look.indent) {
    const side = look.align === "right" ? "paddingRight" : "paddingLeft";
    size(td, { [side]: (look.indent * INDENT * sheet.scale) / 100 });
  }
  if (look.border) td.classList.add("border");
  if (!look.wrap) td.classList.add("line");
  size(td, { fontSize: (look.size * sheet.scale) / 100 });
  if (!cell.findings || goesOn) {
    td.append(text);
    return td;
  }
  td.dataset.findings = cell.findings.join(" ");
  td.classList.add("found", cell.severity);
  const shown = cell.written ? make("s", {}, cell.written) : text || " ";
  const label = `${say(`one_${cell.severity}`)}: ${cell.findings.map(found.name).join("; ")}`;
  const onclick = () => found.choose(cell.findings[0]);
  td.append(make("button", { type: "button", class: "bare", "aria-label": label, onclick }, shown));
  return td;
}
