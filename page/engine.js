// The engine: the worker seen from the page. Questions wait for their turn; any of them can be given up.

/** A question that the user gave up. */
export class Cancelled extends Error {}

/** Python broke down: this is our fault, never a file's. */
export class Broken extends Error {}

export class Engine {
  #worker = null;
  #waiting = [];
  #current = null;
  #ready = false;
  #onState;

  /** `onState` is told `{ready, stage, busy}` whenever one of them changes. */
  constructor(onState) {
    this.#onState = onState;
    this.#start();
  }

  /** The answer to a question: `verb` of rak_excel.page, its options, its files as `{name, data}`. */
  ask(verb, options = {}, files = []) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ verb, options, files, resolve, reject });
      this.#next();
    });
  }

  /** Give up all questions. What Python is doing cannot be interrupted, so another one is started. */
  cancel() {
    const given = [this.#current, ...this.#waiting].filter(Boolean);
    this.#waiting = [];
    if (this.#current) this.#start();
    for (const question of given) question.reject(new Cancelled());
  }

  #start() {
    this.#worker?.terminate();
    this.#current = null;
    this.#ready = false;
    const source = new Blob([document.getElementById("worker").textContent], { type: "text/javascript" });
    this.#worker = new Worker(URL.createObjectURL(source));
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => this.#broke(event.message ?? "the worker does not start");
    const parts = {};
    for (const part of document.querySelectorAll("script[data-part]"))
      parts[part.dataset.part] = part.textContent;
    this.#worker.postMessage({ parts });
    this.#tell(0);
  }

  #heard({ stage, answer, failed }) {
    if (stage !== undefined) {
      this.#ready = stage === 4;
      this.#tell(stage);
      this.#next();
    } else if (failed !== undefined) {
      this.#broke(failed);
    } else {
      const { resolve } = this.#current;
      this.#current = null;
      this.#tell();
      resolve(answer);
      this.#next();
    }
  }

  /** Another Python for the next question; where none can be started there is no use in trying again. */
  #broke(message) {
    const question = this.#current;
    const given = this.#ready ? [question] : this.#waiting.splice(0);
    if (this.#ready) this.#start();
    else this.#onState({ ready: false, broken: message, busy: false });
    for (const one of given.filter(Boolean)) one.reject(new Broken(message));
  }

  #next() {
    if (!this.#ready || this.#current || !this.#waiting.length) return;
    this.#current = this.#waiting.shift();
    const { verb, options, files } = this.#current;
    this.#tell();
    this.#worker.postMessage({ verb, options, files });
  }

  #tell(stage = 4) {
    this.#onState({ ready: this.#ready, stage, busy: this.#current !== null });
  }
}
