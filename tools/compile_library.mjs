// Compiles Python's own library with the very Python that the page runs: node compile_library.mjs PYODIDE ZIP TARGET

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, zip, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
// sets are written down in the order of their hashes, which Python draws by lot otherwise
const python = await loadPyodide({ indexURL: `${pyodide}/`, env: { HOME: "/home", PYTHONHASHSEED: "0" } });
python.FS.writeFile("/library.zip", readFileSync(zip));
const packed = python.runPython(`
import io
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

packed = io.BytesIO()
with zipfile.ZipFile("/library.zip") as before, zipfile.ZipFile(packed, "w") as after:
    for name in before.namelist():
        data = before.read(name)
        if name.endswith(".py"):
            code = compile(data, f"/lib/python.zip/{name}", "exec", dont_inherit=True, optimize=2)
            name, data = f"{name}c", _code_to_hash_pyc(code, source_hash(data), checked=False)
        after.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
packed.getvalue()
`);
writeFileSync(target, packed.toJs());
