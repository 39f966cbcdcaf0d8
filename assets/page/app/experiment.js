// Many runs of the lab that is open, as rung search and rung sweep make them: the engine makes
// some at a time, so that the page can ask for other things between them; what was found until
// then can be told at any time.  And sound: what a node hears.
addWords({ search: ["Search", "查找故障"], sweep: ["Sweep", "批量运行"], sound: ["Sound", "声音"],
	searchtext: ["The effect of each fault that this run can meet, one at a time.", "逐个尝试此次运行可能遇到的故障，看结果如何。"],
	sweeptext: ["The lab with each seed and each value, as a table and plots.", "用每个种子和每个取值运行实验，得到表和图。"],
	bound: ["At most %1 s at a time, on one processor. In a terminal the same command uses all processors and runs to its end:",
		"每次最多 %1 秒，只用一个处理器。在终端中，同一命令使用所有处理器并一直运行到结束："],
	begins: ["Begin", "开始"], further: ["Continue", "继续"], runsof: ["%1 of %2 runs", "已完成 %1 次运行，共 %2 次"], runssofar: ["%1 runs", "已完成 %1 次运行"],
	notall: ["It ended before it was complete; this is what it has found so far.", "尚未完成就已结束；以下是目前的结果。"],
	opens: ["Opens this run", "打开这次运行"], notpage: ["The page does not have --%1; use rung in a terminal.", "页面不支持 --%1，请在终端中使用 rung。"],
	hears: ["Hears", "收听者"], says: ["Says", "讲话者"], noone: ["nobody", "无"], listen: ["Listen", "收听"] });

var SLICE_MS = 150, BOUND_S = 60;
// Options that the page has, or that change nothing here.
var TAKES = { search: /^(set|act|seed|detail|student|only|faults|node|with|l|ladder|width|o|output|jobs)$/, sweep: /^(seed|set|o|output|jobs)$/ };
// By kind { c, line, run, runs, of, told, done, works }; the one that the engine has; sweeps by the name of their folder.
var trials = { search: null, sweep: null }, tried = null, sweepFolders = new Map();

function shellWord(text) { return /^[\w.,:=+%\/@-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'"; }
// What stands behind the lab's name so that MORE is in force.
function moreWords(more) {
	var list = more ? [["set", more.settings], ["act", more.acts], ["seed", more.seed && [more.seed]], ["detail", more.detail && [more.detail]]] : [];
	return [].concat.apply([], list.map(function (x) {
		return (x[1] || []).map(function (v) { return " " + shellWord("--" + x[0] + "=" + v); });
	})).join("");
}
// A search is of the number in the bar; rung sweep knows no numbers.
function numberWords(verb) { return verb === "search" && student() ? " --student=" + shellWord(student()) : ""; }
// The option of C that the page does not have: another number is not open.
function lackOf(c) {
	return Object.keys(c.options).filter(function (o) {
		return !TAKES[c.verb].test(o) || o === "student" && c.options[o][0] !== student();
	})[0];
}
function optionsOf(c, line) { return line.replace(/^\s*rung\s+\w+\s+\S+\s*/, "").replace(/--student=\S+\s*/, "").trim(); }

// ---- at work ----

function tellTrial(x) {
	if (openPanel === x.c.verb) return fillPanel();
}
function askOutcome(x) {
	return app.back.ask("outcome", {}).then(function (r) {
		x.told = r;
		x.language = app.language;
	});
}
function goOnTrial(x) {
	var until = performance.now() + BOUND_S * 1000, budget = 1;
	function step() {
		var begun = performance.now();
		if (!x.works || tried !== x || begun > until) return null;
		return app.back.ask("proceed", { budget: budget }).then(function (r) {
			if (tried !== x) return null;
			Object.assign(x, { runs: r.runs, of: r.of, done: r.done });
			budget = Math.max(1, Math.min(500, Math.round(budget * SLICE_MS / Math.max(1, performance.now() - begun))));
			if (openPanel === x.c.verb) tellProgress(x);
			return r.done ? null : step();
		});
	}
	x.works = true;
	tellTrial(x);
	return Promise.resolve(step()).then(function () {
		return tried === x ? askOutcome(x) : null;
	}).finally(function () {
		x.works = false;
		return tellTrial(x);
	});
}
// Of --only=drop,BYE the faults, or the method, which is in capitals.
function onlyOf(o, method) {
	return (o.only || []).join(",").split(",").filter(function (w) { return /^[A-Z]/.test(w) === method; }).join(",");
}
// C, which LINE says, of RUN: begun anew.
function beginTrial(c, line, run) {
	var o = c.options, check = "labs/" + run.lab + "/check.lua", lack = lackOf(c);
	var x = { c: c, line: line, run: run, runs: 0, of: 0, told: null, done: false };
	if (lack) return Promise.reject(new Error(word("notpage", lack)));
	trials[c.verb] = tried = x;
	return openRun(run).then(function () {
		return app.back.ask(c.verb, c.verb === "sweep" ? { branch: 0, seeds: (o.seed || [""])[0], settings: o.set || [] } :
			{ branch: 0, only: onlyOf(o, false), node: (o.node || [""])[0], method: onlyOf(o, true), faults: Number((o.faults || [1])[0]),
				all: (o.with || []).indexOf("all") >= 0, words: c.inputs[0] + numberWords(c.verb) + moreWords(run.more),
				texts: check in app.library.texts ? [{ path: check, text: app.library.texts[check] }] : [] });
	}).then(function (r) {
		x.of = r.of || 0;
		return goOnTrial(x);
	}, function (e) {
		trials[c.verb] = null;
		throw e;
	});
}
// The panel with what LINE found, which is tried where it is not there yet.
function showTrial(c, line, run) {
	var x = trials[c.verb], there = x && x.line === line && (x.works || x.told && isOpen(run));
	return turnPanel(c.verb, true).then(function () { return there ? null : beginTrial(c, line, run); });
}

// ---- the panels ----

function tellProgress(x) {
	var bar = by("a-trial");
	if (!bar) return;
	bar.firstElementChild.max = Math.max(x.of, 1);
	bar.firstElementChild.value = x.runs;
	bar.lastElementChild.textContent = x.of ? word("runsof", x.runs, x.of) : word("runssofar", x.runs);
}
// The text of what X found: commands do what they say, lines of a run open it.
function toldText(x) {
	var parts = [el("pre", { class: "a-doc", tabindex: "0" })], pre = parts[0], opens = {};
	x.told.opens.forEach(function (o) { opens[o.line] = o.words; });
	x.told.text.replace(/\n+$/, "").split("\n").forEach(function (l, i) {
		var line = /^\s*rung /.test(l) ? l.trim() : i in opens ? "rung play " + x.run.lab + moreWords(x.run.more) + " " + opens[i] : null;
		var does = line && labShown() && doesOf(line), b;
		// Sentences are broken where the panel ends, a table is not.
		if (l === "") parts.push(pre = el("pre", { class: "a-doc a-wraps", tabindex: "0" }));
		if (l === "" && i + 2 in opens) pre.classList.remove("a-wraps");
		if (l === "") return null;
		if (!does) return pre.append(l + "\n");
		b = el("button", { type: "button", class: "a-line", title: i in opens ? word("opens") : does.text, text: l });
		b.addEventListener("click", does.deed);
		pre.append(b, "\n");
	});
	return parts;
}
function pictureOf(p) {
	var at = URL.createObjectURL(new Blob([p.svg], { type: "image/svg+xml" })), image = el("img", { class: "a-diff", alt: p.name, src: at });
	image.addEventListener("load", function () { URL.revokeObjectURL(at); });
	return el("figure", { class: "a-plot" }, image, el("p", {}, buttonOf("xsave", function () { download(p.name, p.svg, "image/svg+xml"); }, p.name)));
}
function trialPanel(verb, example) {
	addPanel(verb, function (panel) {
		var x = trials[verb], name = labShown() || "";
		var input = el("input", { value: x ? optionsOf(x.c, x.line) : example, "aria-label": "rung " + verb, spellcheck: "false", autocomplete: "off" });
		var form = el("form", {}, input, " ", el("button", { text: word("begins") }));
		form.addEventListener("submit", function (event) {
			var line = "rung " + verb + " " + name + numberWords(verb) + moreWords(verb === "search" ? app.more : null) + " " + input.value.trim(), c = readCommand(line);
			event.preventDefault();
			guarded(beginTrial(c, line, namedRun(c)));
		});
		panel.append(el("p", { text: word(verb + "text") }));
		if (!name || isRecorded(name)) return panel.append(el("p", { text: word("terminaltext") }));
		if (!x || !x.works) panel.append(form);
		panel.append(el("p", { class: "a-soft" }, word("bound", BOUND_S) + " ", el("code", { text: x ? x.line : "rung " + verb + " " + name + numberWords(verb) })));
		if (!x) return;
		if (!x.done || x.works) {
			panel.append(el("p", { id: "a-trial", class: "a-row" }, el("progress"), el("span", { role: "status" })),
				x.works ? buttonOf("stop", function () { x.works = false; }) : tried === x ? buttonOf("further", function () { guarded(goOnTrial(x)); }) : "");
			tellProgress(x);
		}
		if (!x.told || x.works) return;
		if (!x.done) panel.append(el("p", { class: "a-bad", text: word("notall") }));
		panel.append.apply(panel, toldText(x));
		if (x.told.csv) panel.append(el("p", {}, buttonOf("xsave", function () { download("table.csv", x.told.csv, "text/csv"); }, "table.csv")));
		panel.append.apply(panel, x.told.pictures.map(pictureOf));
	}, "runs");
	panels[verb].ask = function () {
		var x = trials[verb];
		return x && x.told && !x.works && tried === x && x.language !== app.language ? askOutcome(x) : null;
	};
}
trialPanel("search", "--only=drop");
trialPanel("sweep", "--seed=1..20");

// ---- sound ----

// What is listened to: { hear, say: [nodes], from, to } in ns, and its file's name.
var heard = { hear: "", say: [], from: 0, to: 0, name: "" }, heardAt = "";
function nodePicker(key, nodes, value, take) {
	var select = el("select", {}, el("option", { value: "", text: word("noone") }));
	nodes.forEach(function (n) { select.append(el("option", { value: n, text: n })); });
	select.value = value;
	select.addEventListener("change", function () { take(select.value); });
	return el("label", {}, word(key) + " ", select);
}
addPanel("sound", function (panel, r) {
	var nodes = r.things.filter(function (t) { return t.kind === "node"; }).map(function (t) { return t.on; });
	var place = el("div", { role: "status" }), wish = Object.assign({}, heard);
	function hear() {
		var of = heard = wish;
		return guarded(refill(place, function () {
			return askSeen("sound", { branch: app.branch, hear: of.hear, say: of.say, from: of.from, to: of.to }).then(function (r) {
				return put.bind(null, r);
			}, function (e) {
				return function () { place.replaceChildren(el("p", { class: "a-bad", text: e.message })); };
			});
		}));
		function put(r) {
			var bytes = Uint8Array.from(atob(r.base64), function (c) { return c.charCodeAt(0); }), wav = new Blob([bytes], { type: "audio/wav" });
			var file = of.name || of.hear + ".wav";
			URL.revokeObjectURL(heardAt);
			heardAt = URL.createObjectURL(wav);
			place.replaceChildren(el("p", { text: r.words }), el("audio", { controls: "", preload: "auto", src: heardAt, "aria-label": r.words }),
				el("p", { class: "a-soft", text: r.remarks.join("; ") }),
				el("p", {}, buttonOf("xsave", function () { download(file, wav, "audio/wav"); }, file)));
		}
	}
	panel.append(el("p", { class: "a-row" }, nodePicker("hears", nodes, wish.hear, function (n) { wish = { hear: n, say: wish.say, from: 0, to: 0, name: "" }; }),
		nodePicker("says", nodes, wish.say[0] || "", function (n) { wish = { hear: wish.hear, say: n ? [n] : [], from: 0, to: 0, name: "" }; }),
		buttonOf("listen", hear)), place);
	return wish.hear || wish.say.length ? hear() : null;
}, "run");
panels.sound.ask = function () { return app.back.ask("things", { branch: app.branch, record: 0 }); };
function hearSound(o) {
	heard = { hear: (o.hear || [""])[0], say: o.say || [], from: o.from ? secondsOf(o.from[0]) * 1e9 : 0, to: o.to ? secondsOf(o.to[0]) * 1e9 : 0,
		name: (o.o || [""])[0] };
	return turnPanel("sound", true);
}
