// The page: four tasks, each of which asks the engine and shows its answer.

import { download, empty, make } from "./dom.js";
import { Broken, Cancelled, Engine } from "./engine.js";
import { listDifferences, listFindings, showFinding } from "./findings.js";
import { drawForm, showCells } from "./form.js";
import { formOf, LANGUAGES, say, speak, spoken, told } from "./words.js";

// One byte more than rak_excel.page takes: the rest of a larger file need not be read to say so.
const MOST = (32 << 20) + 1;
const TABS = ["begin", "examine", "bring", "compare"];
const TYPES = ".xlsx,.xlsm,.yaml,.yml,.csv";

const by = (id) => document.getElementById(id);
const rendered = [];

// --- what the page is doing ------------------------------------------------------------------------------

const waiting = []; // what was asked and has no answer yet; the first of them is being done
let last = null;
let engineState = {};

function tellState() {
  const { stage, broken } = engineState;
  const ready = engineState.ready && begin.layouts.length > 0;
  const doing = waiting[0];
  const seconds = doing ? Math.round((Date.now() - doing.since) / 1000) : 0;
  const what = doing?.what ?? "";
  by("state").dataset.state = broken ? "broken" : doing && ready ? "busy" : ready ? "ready" : "starting";
  by("progress").hidden = broken || (ready && !doing);
  if (ready) by("progress").removeAttribute("value");
  else by("progress").value = stage ?? 0;
  by("cancel").hidden = !doing;
  let text = say("starting");
  if (broken) text = `${say("unstartable")} (${broken})`;
  else if (ready && doing) text = say("working", { what });
  else if (ready) text = last ? say(last.key, { what: last.what }) : say("ready");
  // apart from what is read aloud, which need not be heard again every second
  by("clock").textContent = ready && doing && seconds ? say("seconds", { seconds }) : "";
  if (by("told").textContent !== text) by("told").textContent = text;
}

/** Ask the engine, say that it is being done, and give its answer or `{cancelled}` or `{broken}`. */
async function work(what, verb, options, files) {
  const doing = { what, since: Date.now() };
  waiting.push(doing);
  const clock = setInterval(tellState, 1000);
  tellState();
  let key = "done";
  try {
    return await engine.ask(verb, options, files);
  } catch (error) {
    if (error instanceof Cancelled) {
      key = "cancelled";
      return { cancelled: what };
    }
    if (error instanceof Broken) return { broken: error.message };
    throw error;
  } finally {
    clearInterval(clock);
    waiting.splice(waiting.indexOf(doing), 1);
    last = { key, what };
    tellState();
  }
}

/** A file as the engine takes it; `null` where it is a folder, or is gone. */
async function read(file) {
  try {
    return { name: file.name, data: new Uint8Array(await file.slice(0, MOST).arrayBuffer()) };
  } catch {
    return null;
  }
}

const unreadable = (name) => ({ unread: name });

/** What is said instead of an answer, or `null`. */
function trouble(answer) {
  if (answer.cancelled) return make("p", { class: "note" }, say("cancelled", { what: answer.cancelled }));
  if (answer.unread) return make("p", { class: "alarm" }, say("unreadable", { name: answer.unread }));
  if (answer.broken)
    return make("div", { class: "alarm" }, make("p", {}, say("broken")), make("pre", {}, answer.broken));
  return null;
}

// --- dropping files --------------------------------------------------------------------------------------

/** A place to drop files on; it is a file field too, for the keyboard. `taken` is the name shown on it. */
function dropZone({ words, hint, small = false, taken = null, onFiles, onRemove }) {
  const input = make("input", { type: "file", accept: TYPES, multiple: true });
  input.addEventListener("change", () => {
    if (input.files.length) onFiles([...input.files]);
    input.value = "";
  });
  const zone = make(
    "label",
    { class: small ? "drop low" : "drop" },
    input,
    make("b", {}, say(words)),
    make("span", {}, taken ?? say("drop_hint")),
    hint && !taken ? make("small", {}, say(hint)) : null,
  );
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const files = [...event.dataTransfer.files];
    event.stopPropagation();
    if (files.length) onFiles(files);
  });
  if (!taken) return make("div", { class: "zone" }, zone);
  const remove = make(
    "button",
    { type: "button", onclick: onRemove, "aria-label": say("remove", { name: taken }) },
    "×",
  );
  return make("div", { class: "zone taken" }, zone, remove);
}

/** Put zones in the place of a task's former ones; the keyboard stays where it was. */
function placeZones(task, ...zones) {
  const drops = by(task).querySelector(".drops");
  const at = [...drops.children].findIndex((zone) => zone.contains(document.activeElement));
  drops.replaceChildren(...zones);
  zones[at]?.querySelector("input").focus({ preventScroll: true });
}

/** What is dropped beside a zone is meant for the task that is open; a browser would open it instead. */
function takeBeside(files) {
  const task = TABS.find((name) => !by(name).hidden);
  if (task === "bring") takeForBring(bring.workbook ? "source" : "workbook", files);
  else if (task === "compare") takeForCompare(compare.before ? "after" : "before", files);
  else {
    choose("examine");
    examineFiles(files);
  }
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  if (files.length) takeBeside(files);
});

/** Two files that a task asks for: the first of those given for one of them, a second for the other. */
async function pair(part, other, files) {
  const [first, second] = await Promise.all(
    files.slice(0, 2).map(async (file) => (await read(file)) ?? { name: file.name, data: null }),
  );
  return second ? { [part]: first, [other]: second } : { [part]: first ?? null };
}

// --- 1: begin --------------------------------------------------------------------------------------------

const begin = { layouts: [], chosen: "kpu", answer: null };

function renderBegin() {
  const legend = by("layouts").querySelector("legend");
  by("layouts").replaceChildren(legend, ...begin.layouts.map(choiceOf));
  by("layouts").hidden = by("blanks").hidden = !begin.layouts.length; // until Python has told them
  const kinds = { xlsx: "blank_sheet", csv: "blank_csv", yaml: "blank_yaml" };
  const buttons = Object.entries(kinds).map(([ending, words]) =>
    make(
      "button",
      { type: "button", class: ending === "xlsx" ? "main" : "", onclick: () => getBlank(ending) },
      say(words),
    ),
  );
  by("blanks").replaceChildren(...buttons);
  const result = by("begin").querySelector(".result");
  empty(result);
  if (!begin.answer) return;
  const links = (begin.answer.files ?? []).map((file) => download(file, say("download", file), true));
  result.append(trouble(begin.answer) ?? make("p", { class: "row" }, links));
}

function choiceOf({ name, about }) {
  const onchange = () => {
    begin.chosen = name;
  };
  const checked = name === begin.chosen;
  return make(
    "label",
    { class: "choice" },
    make("input", { type: "radio", name: "layout", value: name, checked, onchange }),
    make("span", {}, `${formOf(name, about)} `, make("code", {}, name)),
  );
}

async function getBlank(ending) {
  const name = `rencana-${begin.chosen}.${ending}`;
  begin.answer = await work(name, "blank", { layout: begin.chosen, name }, []);
  renderBegin();
  const link = by("begin").querySelector(".result a");
  link?.focus({ preventScroll: true }); // the button that was pressed is a new one now
  link?.click();
}

// --- 2: check and build ----------------------------------------------------------------------------------

const examine = { answers: [], waiting: [] };

/** Examine files one after the other; those given meanwhile come after them. */
async function examineFiles(files) {
  const isRunning = examine.waiting.length > 0;
  examine.waiting.push(...files);
  if (isRunning) return;
  examine.answers = [];
  renderExamine();
  const result = by("examine").querySelector(".result");
  while (examine.waiting.length) {
    const [file] = examine.waiting;
    const given = await read(file);
    const answer = given
      ? await work(file.name, "examine", { language: spoken() }, [given])
      : unreadable(file.name);
    examine.answers.push({ name: file.name, answer });
    result.append(examined(examine.answers.at(-1)));
    if (answer.cancelled) examine.waiting = [];
    else examine.waiting.shift();
  }
  result.scrollIntoView({ block: "nearest" });
}

function renderExamine() {
  const small = examine.answers.length + examine.waiting.length > 0;
  placeZones("examine", dropZone({ words: "drop_examine", small, onFiles: examineFiles }));
  const result = by("examine").querySelector(".result");
  empty(result);
  result.append(...examine.answers.map(examined));
}

function examined({ name, answer }) {
  const { shown, files } = answer;
  const article = make(
    "article",
    {},
    make("h3", {}, name),
    trouble(answer) ?? [verdictOf(shown, files), found(shown)],
  );
  article.answer = shown; // for whoever looks with the browser's own tools, and for the tests
  return article;
}

/** What the file holds, whether a workbook could be made of it, and what is offered. */
function verdictOf(shown, files) {
  const good = Boolean(shown.official);
  const said = [say(good ? "good" : "wrong"), `${say("counts", shown.check.summary)}.`];
  if (good) said.push(heed(shown.check));
  const links = files.map((file) =>
    file.name === shown.marked ? download(file, say("marked")) : download(file, say("official"), true),
  );
  return [
    shown.size?.rencana ? make("p", {}, say("size", shown.size)) : null,
    make("p", { class: good ? "verdict good" : "verdict bad" }, said.join(" ")),
    links.length ? make("p", { class: "row" }, links) : null,
    shown.marked ? make("p", { class: "small" }, say("marked_hint")) : null,
  ];
}

/** The findings and the form, each of which leads to its place in the other. */
function found({ check, drawn = [], official }) {
  const marked = new Set(drawn.flatMap((sheet) => sheet.cells.flatMap((cell) => cell.findings ?? [])));
  const form = drawn.length
    ? drawForm(drawn, check.findings, !official, (number) => showFinding(list, number))
    : null;
  const list = listFindings(
    check,
    (number) => marked.has(number),
    (number) => showCells(form, number),
  );
  return make(
    "div",
    { class: check.findings.length && form ? "beside" : "" },
    check.findings.length ? list : null,
    form ?? make("p", {}, say("undrawn")),
  );
}

/** That all is well, but not beyond doubt. */
const heed = (check) => (check.summary.warnings ? say("heed") : "");

// --- 3: bring edits back ---------------------------------------------------------------------------------

const bring = {
  workbook: null,
  source: null,
  answer: null,
  asked: 0,
  questions: new Map(),
  choices: new Map(),
};

async function takeForBring(part, files) {
  Object.assign(bring, await pair(part, part === "source" ? "workbook" : "source", files));
  bring.questions.clear();
  bring.choices.clear();
  bring.answer = null;
  await runBring();
}

async function runBring() {
  renderBring();
  const given = [bring.workbook, bring.source].filter(Boolean);
  const gone = given.find((file) => !file.data);
  const asked = ++bring.asked;
  if (!bring.workbook) return;
  const answers = [...bring.choices.entries()].map(([id, side]) => [...JSON.parse(id), side]);
  const answer = gone ? unreadable(gone.name) : await work(bring.workbook.name, "bring", { answers }, given);
  if (asked !== bring.asked) return; // something else was asked meanwhile
  bring.answer = answer;
  for (const one of bring.answer.shown?.conflicts ?? []) bring.questions.set(idOf(one), one);
  renderBring();
}

const idOf = (question) => JSON.stringify([question.plan, question.key]);

function renderBring() {
  const zone = (part, words, hint) =>
    dropZone({
      words,
      hint,
      taken: bring[part]?.name,
      onFiles: (files) => takeForBring(part, files),
      onRemove: () => takeForBring(part, []),
    });
  placeZones("bring", zone("workbook", "drop_workbook"), zone("source", "drop_source", "source_optional"));
  const result = by("bring").querySelector(".result");
  empty(result);
  if (bring.answer) result.append(make("article", {}, trouble(bring.answer) ?? brought(bring.answer)));
}

function brought({ shown, files }) {
  const { check, receipt = [], differences, conflicts = [] } = shown;
  const parts = [];
  if (shown.swapped) parts.push(make("p", { class: "note" }, say("swapped")));
  if (bring.questions.size) parts.push(questions(conflicts.length));
  parts.push(outcome(shown, files));
  if (receipt.length) {
    parts.push(make("h3", {}, say("receipt")), make("p", {}, told(receipt[0])));
    const count = differences.summary.differences;
    if (count) parts.push(make("h4", {}, say("differences", { count })), listDifferences(differences));
    else if (shown.merged || files.length) parts.push(make("h4", {}, say("same")));
  }
  const others = check.findings.filter((finding) => !conflicts.some((one) => one.code === finding.code));
  if (others.length) parts.push(listFindings({ ...check, findings: others }));
  return parts;
}

function outcome(shown, files) {
  const open = shown.conflicts?.length ?? 0;
  if (open) return make("p", { class: "verdict bad" }, say("unsettled", { count: open }));
  if (files.length) {
    const links = files.map((file, at) => download(file, say("download", { name: file.name }), at === 0));
    const words = shown.merged ? "merged" : "merged_new";
    return make(
      "div",
      { class: "verdict good" },
      make("p", {}, `${say(words)} ${heed(shown.check)}`),
      make("p", { class: "row" }, links),
    );
  }
  const fine = shown.merged && shown.check.summary.errors === 0;
  return fine
    ? make("p", { class: "verdict good" }, `${say("merged_same")} ${heed(shown.check)}`)
    : make("p", { class: "verdict bad" }, say("unmerged"));
}

function questions() {
  return make(
    "div",
    { class: "questions" },
    make("h3", {}, say("conflicts")),
    make("p", {}, say("conflicts_lead")),
    [...bring.questions.entries()].map(([id, one]) => {
      const what = one.of ? `${told(one.of)}: ${told(one.what)}` : told(one.what);
      return make(
        "fieldset",
        {},
        make("legend", {}, what),
        make("p", { class: "small" }, `${say("base")}: ${told(one.base) || "-"}`),
        make(
          "div",
          { class: "sides" },
          ["theirs", "ours"].map((side) => sideOf(id, one, side)),
        ),
      );
    }),
  );
}

function sideOf(id, question, side) {
  const onchange = async () => {
    bring.choices.set(id, side);
    await runBring();
    by("bring")
      .querySelector(`input[name="${CSS.escape(id)}"]:checked`)
      ?.focus();
  };
  return make(
    "label",
    { class: "choice" },
    make("input", {
      type: "radio",
      name: id,
      value: side,
      checked: bring.choices.get(id) === side,
      onchange,
    }),
    make("span", {}, make("b", {}, say(side)), ` ${told(question[side])}`),
  );
}

// --- 4: compare ------------------------------------------------------------------------------------------

const compare = { before: null, after: null, answer: null, asked: 0 };

async function takeForCompare(part, files) {
  Object.assign(compare, await pair(part, part === "before" ? "after" : "before", files));
  compare.answer = null;
  renderCompare();
  const asked = ++compare.asked;
  if (!compare.before || !compare.after) return;
  const given = [compare.before, compare.after];
  const gone = given.find((one) => !one.data);
  const what = `${given[0].name}, ${given[1].name}`;
  const answer = gone ? unreadable(gone.name) : await work(what, "compare", {}, given);
  if (asked !== compare.asked) return; // as above
  compare.answer = answer;
  renderCompare();
}

function renderCompare() {
  const zone = (part) =>
    dropZone({
      words: `drop_${part}`,
      taken: compare[part]?.name,
      onFiles: (files) => takeForCompare(part, files),
      onRemove: () => takeForCompare(part, []),
    });
  placeZones("compare", zone("before"), zone("after"));
  const result = by("compare").querySelector(".result");
  empty(result);
  if (!compare.answer) return;
  const { shown } = compare.answer;
  const said = shown?.differences
    ? [
        make(
          "h3",
          {},
          shown.differences.same
            ? say("same")
            : say("differences", { count: shown.differences.summary.differences }),
        ),
        shown.differences.same ? null : listDifferences(shown.differences),
      ]
    : [make("p", { class: "verdict bad" }, say("uncompared")), shown ? listFindings(shown.check) : null];
  result.append(make("article", {}, trouble(compare.answer) ?? said.filter(Boolean)));
}

// --- tabs and languages ----------------------------------------------------------------------------------

function choose(tab, focus = false) {
  for (const name of TABS) {
    const chosen = name === tab;
    by(name).hidden = !chosen;
    const button = by(`tab-${name}`);
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) button.focus();
  }
}

function onTabKey(event) {
  const at = TABS.findIndex((name) => by(`tab-${name}`) === event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  choose(TABS[(to + TABS.length) % TABS.length], true);
}

function changeLanguage(language) {
  speak(language);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-words]"))
    element.textContent = say(element.dataset.words);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(element.dataset.label));
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  for (const render of rendered) render();
  tellState();
}

rendered.push(renderBegin, renderExamine, renderBring, renderCompare);
for (const name of TABS) by(`tab-${name}`).addEventListener("click", () => choose(name));
by("tabs").addEventListener("keydown", onTabKey);
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => changeLanguage(button.dataset.language));
}
const engine = new Engine((state) => {
  engineState = state;
  tellState();
});
by("cancel").addEventListener("click", () => engine.cancel());
changeLanguage(LANGUAGES[0]);
choose(TABS[0]);

/** The forms there are; the page is ready once it knows them, also where the first start was given up. */
async function askLayouts() {
  try {
    begin.layouts = (await engine.ask("layouts")).shown.layouts;
    renderBegin();
    tellState();
  } catch (error) {
    if (error instanceof Cancelled) await askLayouts();
    // that nothing could be started is told already
  }
}
askLayouts();
