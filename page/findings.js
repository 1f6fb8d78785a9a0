// What was found, as people read it: grouped by what has to be done, each with its place and its remedy.

import { make } from "./dom.js";
import { say, told } from "./words.js";

const MOST = 100;
const SEVERITIES = ["error", "warning", "note"];

/** The findings of a check; `onShow(number)` leads to a cell, for those of which `hasCell(number)` is true. */
export function listFindings(check, hasCell = () => false, onShow = () => {}) {
  const isOneFile = check.summary.files === 1;
  const numbered = check.findings.map((finding, number) => ({ finding, number }));
  const groups = SEVERITIES.map((severity) => [
    severity,
    numbered.filter((one) => one.finding.severity === severity),
  ]).filter(([, found]) => found.length);
  return make(
    "div",
    { class: "findings" },
    groups.map(([severity, found]) => [
      make("h4", { class: severity }, `${say(severity)} (${found.length})`),
      itemsOf(found, (one) => itemOf(one.finding, one.number, { isOneFile, hasCell, onShow })),
    ]),
  );
}

/** The first of many, and a button for the others: a hostile file may have a hundred thousand. */
function itemsOf(found, item) {
  const list = make("ol", {}, found.slice(0, MOST).map(item));
  if (found.length <= MOST) return list;
  const showMore = () => {
    const shown = list.children.length;
    list.append(...found.slice(shown, shown + 10 * MOST).map(item));
    count();
  };
  const button = make("button", { type: "button", class: "little", onclick: showMore });
  const count = () => {
    const left = found.length - list.children.length;
    button.textContent = say("more", { count: left });
    button.hidden = left === 0;
  };
  count();
  return [list, button];
}

function itemOf(finding, number, { isOneFile, hasCell, onShow }) {
  const place = [isOneFile ? null : finding.file, placeOf(finding)].filter(Boolean).join(", ");
  return make(
    "li",
    { class: finding.severity, "data-number": number, tabindex: "-1" },
    make("p", { class: "place" }, place ? make("b", {}, place) : null, make("code", {}, finding.code)),
    make("p", {}, told(finding.message)),
    make("p", { class: "hint" }, told(finding.hint)),
    hasCell(number)
      ? make("button", { type: "button", class: "little", onclick: () => onShow(number) }, say("show_cell"))
      : null,
  );
}

function placeOf(finding) {
  if (finding.sheet !== null) return say("at_cell", finding);
  return finding.line !== null && finding.file !== null ? say("at_line", finding) : "";
}

/** Go to a finding in a list of them. */
export function showFinding(list, number) {
  for (const item of list.querySelectorAll(".chosen")) item.classList.remove("chosen");
  const item = list.querySelector(`li[data-number="${number}"]`);
  if (!item) return;
  item.classList.add("chosen");
  item.scrollIntoView({ block: "center" });
  item.focus({ preventScroll: true });
}

const differs = (plan) => plan.state !== "compared" || plan.changes.length > 0;

/** The differences between plans, below the name of each plan where there are several. */
export function listDifferences(differences) {
  return make(
    "div",
    { class: "differences" },
    differences.plans.filter(differs).map((one) => {
      const name = told(one.plan);
      const whole = { added: "whole_added", removed: "whole_removed" }[one.state];
      if (whole) return make("h4", {}, say(whole, { name }));
      const lines = one.changes.map((change) => make("li", {}, told(change.message)));
      return [differences.plans.length > 1 ? make("h4", {}, name) : null, make("ul", {}, lines)];
    }),
  );
}
