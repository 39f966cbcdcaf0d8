// The answers of the page's engine to the requests of standard input, a line
// each, as `rung engine` gives them.
//
//	node tests/page/answers.js build/page < REQUESTS > ANSWERS
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm");
const folder = path.resolve(process.argv[2]);
vm.runInThisContext(fs.readFileSync("assets/page/ask.js", "utf8"));
require(path.join(folder, "engine.js"))({
	wasmBinary: fs.readFileSync(path.join(folder, "engine.wasm"))
}).then((engine) => {
	const ask = askerOf(engine);
	for (const line of fs.readFileSync(0, "utf8").split("\n"))
		if (line !== "") fs.writeSync(1, ask(line));
});
