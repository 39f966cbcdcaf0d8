// Requests about labs, topologies: opened from their texts, run to the end, and
// looked at from all sides.
//
//	node tests/page/requests.js labs/busy topologies/direct.gv … > REQUESTS
"use strict";
const fs = require("fs"), path = require("path");
const PANES = ["message", "why", "machines", "network", "node", "calls", "log"];

// Of two-proxies.
const LINKS = ["atl--lan1", "bil--lan2", "lan1--lan2"];

function textOf(file) {
	return { path: file, text: fs.readFileSync(file, "utf8") };
}

function filesOf(folder) {
	return fs.readdirSync(folder).sort().map((f) => path.join(folder, f))
		.filter((f) => fs.statSync(f).isFile() && !f.endsWith(".wav"));
}

function textsOf(what) {
	const lab = fs.statSync(what).isDirectory();
	const first = lab ? path.join(what, "lab.lua") : what;
	const files = (lab ? filesOf(what) : []).concat(filesOf("topologies"));
	return [first].concat(files.filter((f) => f !== first)).map(textOf);
}

let id = 0;
function ask(name, members) {
	console.log(JSON.stringify(Object.assign({ id: ++id, ask: name }, members)));
}

process.argv.slice(2).forEach((what) => {
	ask("open", { texts: textsOf(what), seed: Number(process.env.SEED || 0),
		settings: process.env.LOSS ? LINKS.map((l) => l + ".loss=" +
			process.env.LOSS) : [] });
	ask("advance", {});
	ask("records", {});
	ask("branches", {});
	[1, 40].forEach((record) => {
		PANES.forEach((pane) => ask("pane", { pane, record, width: 70 }));
		["machines", "network"].forEach((pane) => ask("figure", { pane, record, width: 70 }));
		ask("explain", { record });
		ask("question", { asks: "next", record });
		["1", "2 ?", "?"].forEach((text) => ask("verdict", { asks: "next", record, text,
			work: { answers: {} } }));
	});
	ask("picture", {});
	ask("question", { asks: "task", nth: 0 });
	ask("question", { asks: "score", work: { answers: { predictions: [
		{ seq: 2, tries: 1, right: true, chosen: "a" }] } } });
});
