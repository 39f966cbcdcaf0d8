// The engine of make page beside the same one natively, and what memory each lab takes:
//
//	node tests/bench/web.js BUILD LONG
//
// LONG is the folder of a lab that runs for some time.
"use strict";
const fs = require("fs"), path = require("path"), vm = require("vm");
const { execFileSync } = require("child_process");
const [build, long] = process.argv.slice(2), folder = path.resolve(build, "page");
const wasmBinary = fs.readFileSync(path.join(folder, "engine.wasm"));
const rungEngine = require(path.join(folder, "engine.js"));
vm.runInThisContext(fs.readFileSync("assets/page/ask.js", "utf8"));

function textsOf(folder) {
	return fs.readdirSync(folder).filter((f) => /\.(lua|gv|zone)$/.test(f))
		.map((f) => ({ path: "labs/x/" + f, text: fs.readFileSync(path.join(folder, f), "utf8") }));
}
const topologies = textsOf("topologies").map((t) => ({ path: t.path.replace("labs/x", "topologies"),
	text: t.text }));
function opener(lab) {
	const own = textsOf(lab).sort((a, b) => b.path.endsWith("/lab.lua") - a.path.endsWith("/lab.lua"));
	return [["open", { texts: own.concat(topologies) }], ["advance", {}], ["records", {}]]
		.map(([ask, members]) => JSON.stringify(Object.assign({ id: 1, ask }, members)));
}
function timed(work) {
	const begun = performance.now();
	work();
	return performance.now() - begun;
}
function median(list) { return list.sort((a, b) => a - b)[list.length >> 1]; }

(async () => {
	const engine = await rungEngine({ wasmBinary }), ask = askerOf(engine), requests = opener(long);
	const trace = path.join(build, "bench", "web.jsonl"), ours = [], native = [];
	const first = timed(() => requests.forEach(ask));
	for (let i = 0; i < 5; i++) {
		native.push(timed(() => execFileSync(path.join(build, "rung"),
			["run", "-q", long, "-o", trace])));
		ours.push(timed(() => requests.forEach(ask)));
	}
	fs.unlinkSync(trace);
	const n = median(native), of = n / median(ours);
	console.log(`  a run of 10,000 messages and its trace, natively: ${n.toFixed(0)} ms`);
	console.log(`  in the engine of a page, the first: ${first.toFixed(0)} ms`);
	console.log(`  in the engine of a page: ${(n / of).toFixed(0)} ms`);
	console.log(`  its speed, of the native one: ${of.toFixed(2)} (aim at least 0.35: ` +
		(of >= 0.35 ? "met)" : "NOT MET)"));
	let most = 0;
	for (const lab of fs.readdirSync("labs").filter((l) => fs.existsSync(`labs/${l}/lab.lua`))) {
		const one = await rungEngine({ wasmBinary });
		opener("labs/" + lab).forEach(askerOf(one));
		most = Math.max(most, one.HEAPU8.length / 1048576);
	}
	console.log(`  memory of the engine with a lab, the most of all: ${most} MiB (aim at most 64: ` +
		(most <= 64 ? "met)" : "NOT MET)"));
})();
