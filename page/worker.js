// The worker: starts Python from the parts of the page, then answers one question after the other.

const GLUE = `
import json
from rak_excel import page

def ask(verb, options, files):
    given = [(one.name, one.data.to_bytes()) for one in files]
    answer = getattr(page, verb)(*given, **json.loads(options))
    return json.dumps(answer.shown), [list(file) for file in answer.files]

ask
`;

const parts = new Map();
let ask = null;

/** What a part of the page holds: gzip, in base64. */
async function unpacked(text) {
  const packed = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What Pyodide would fetch is in the page already; nothing else is to be had. */
async function fromThePage(url) {
  const name = new URL(url).pathname.split("/").pop();
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return parts.has(name)
    ? new Response(parts.get(name), { headers: { "Content-Type": type } })
    : new Response(null, { status: 404 });
}

function imported(name) {
  return import(URL.createObjectURL(new Blob([parts.get(name)], { type: "text/javascript" })));
}

async function start(texts) {
  const tell = (stage) => self.postMessage({ stage });
  tell(1);
  await Promise.all(Object.entries(texts).map(async ([name, text]) => parts.set(name, await unpacked(text))));
  tell(2);
  self.fetch = fromThePage;
  // Chromium starts no module as a worker from file://, and Pyodide no classic one unless it looks like a module
  self.importScripts = undefined;
  const { loadPyodide } = await imported("pyodide.mjs");
  const { default: createPyodideModule } = await imported("pyodide.asm.mjs");
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: "file:///rak/",
    stdLibURL: "file:///rak/python_stdlib.zip",
    lockFileContents: JSON.parse(new TextDecoder().decode(parts.get("pyodide-lock.json"))),
    packageBaseUrl: "file:///rak/",
  });
  tell(3);
  for (const [name, data] of parts) {
    if (name.endsWith(".whl")) python.unpackArchive(data, "wheel", { extractDir: python.FS.cwd() });
  }
  parts.clear();
  const run = python.runPython(GLUE);
  ask = (verb, options, files) => {
    const answer = run(verb, JSON.stringify(options), files);
    const [shown, made] = answer.toJs();
    answer.destroy();
    return { shown: JSON.parse(shown), files: made.map(([name, data]) => ({ name, data })) };
  };
  tell(4);
}

self.onmessage = async ({ data }) => {
  try {
    if (data.parts) {
      await start(data.parts);
      return;
    }
    const answer = ask(data.verb, data.options, data.files);
    self.postMessage({ answer }, { transfer: answer.files.map((file) => file.data.buffer) });
  } catch (error) {
    self.postMessage({ failed: String(error?.message ?? error) });
  }
};
