// Runs a module of same_bytes.c and writes its bytes to standard output:
//
//	node tests/same_bytes/run.cjs same_bytes.wasm
//
// The module's C library would write by functions that nobody calls here.
const fs = require("fs");

const absent = new Proxy({}, {
	get: (_, name) => () => { throw new Error(name + " is called"); },
});
const code = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
const { memory, malloc, same_bytes } = new WebAssembly.Instance(code,
    { wasi_snapshot_preview1: absent }).exports;
const count = malloc(4);
const at = same_bytes(count);
const n = new DataView(memory.buffer).getUint32(count, true);

if (at === 0)
	throw new Error("there was no memory");
fs.writeSync(1, new Uint8Array(memory.buffer, at, n));
