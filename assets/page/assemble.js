// Puts the page together, one file with nothing from elsewhere:
//
//	node assets/page/assemble.js RUNG FOLDER > rung.html
//
// FOLDER has the engine as make page compiles it; RUNG says which labs there are.
"use strict";
const fs = require("fs"), path = require("path"), zlib = require("zlib");
const crypto = require("crypto"), { execFileSync } = require("child_process");
const [rung, folder] = process.argv.slice(2);

function read(file) { return fs.readFileSync(file, "utf8"); }
function packed(bytes) { return zlib.gzipSync(bytes, { level: 9 }).toString("base64"); }
function labs(language) {
	return JSON.parse(execFileSync(rung, ["--lang=" + language, "labs", "-f", "json"],
		{ encoding: "utf8", env: Object.assign({}, process.env, { RUNG_SHARE: process.cwd() }) })).labs;
}

// What a lab and its topology are made of; answers are not in a page.
const texts = {}, topologyOf = {};
function take(place) {
	fs.readdirSync(place).sort().forEach((f) => {
		const file = path.join(place, f);
		if (/\.(lua|gv|zone)$/.test(f) || /^README(\.zh)?\.md$/.test(f))
			texts[file] = read(file);
	});
}
take("topologies");
const english = labs("en"), chinese = labs("zh");

// A handset's firmware is not in a page.
function hasHandset(name) {
	const script = read("labs/" + name + "/lab.lua");
	const named = /topology\s*=\s*"([^"]+)"/.exec(script);
	const own = named && "labs/" + name + "/" + named[1];
	topologyOf[name] = named ? (fs.existsSync(own) ? own : "topologies/" + named[1]) : "";
	return /handset/.test(named ? read(topologyOf[name]) : script);
}
const there = english.map((l) => l.name).filter((name) => !hasHandset(name));
there.forEach((name) => take("labs/" + name));
function listed(list) {
	return list.filter((l) => there.includes(l.name))
		.map((l) => ({ name: l.name, group: l.group, title: l.title, text: l.text }));
}
const library = { labs: { en: listed(english), zh: listed(chinese) }, topologyOf, texts };

const html = path.join("assets", "html"), page = path.join("assets", "page");
const script = "\"use strict\";\nfunction showPage() {\n" +
	["data", "ladder", "print", "panes", "search", "quiz", "main"]
		.map((f) => read(path.join(html, f + ".js"))).join("") + "}\n" +
	read(path.join(page, "back.js")) + read(path.join(page, "app.js"));
const worker = read(path.join(folder, "engine.js")) + read(path.join(page, "ask.js")) +
	read(path.join(page, "worker.js"));
const style = read(path.join(html, "page.css")) + read(path.join(page, "app.css"));
[script, worker, style].forEach((t) => {
	if (/<\/(script|style)|<!--/i.test(t)) throw new Error("a text would end its element");
});
const hash = crypto.createHash("sha256").update(script).digest("base64");
const bar = ["act", "panes", "tasks", "edit"].map((name) =>
	`<button type="button" id="a-${name}" data-word="${name}" aria-pressed="false"></button>`).join("\n");

process.stdout.write(`<!DOCTYPE html>
<html lang="en" class="a-app">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:; worker-src blob:; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>rung</title>
<style>${style}</style>
</head>
<body>
<nav id="a-bar" aria-label="rung">
<label><span data-word="lab"></span> <select id="a-lab"></select></label>
<label><span data-word="seed"></span> <input id="a-seed" inputmode="numeric" autocomplete="off"></label>
<button type="button" id="a-run" data-word="run"></button>
<label><span data-word="branch"></span> <select id="a-branch"></select></label>
${bar}
<label><span data-word="student"></span> <input id="a-student" autocomplete="off"></label>
<button type="button" id="a-link" data-word="link"></button>
<button type="button" id="a-language" data-word="other"></button>
<button type="button" id="a-stop" data-word="stop"></button>
<output id="a-said" role="status"></output>
</nav>
<div id="a-page"></div>
<aside id="a-panel" hidden></aside>
<script type="application/json" id="p-data">{}</script>
<script type="text/plain" id="a-engine">${packed(fs.readFileSync(path.join(folder, "engine.wasm")))}</script>
<script type="text/plain" id="a-texts">${packed(JSON.stringify(library))}</script>
<script type="text/plain" id="a-worker">${worker}</script>
<script>${script}</script>
</body>
</html>
`);
