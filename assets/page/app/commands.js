// Commands of handouts.  In the terminal they are typed; here each is a button that does what
// it says: a run with settings, records, why, the state at a time, two runs beside each other.
// What a page does not do says so.
addWords({ doesrun: ["Run it", "运行"], doeswith: ["Run with %1", "以 %1 运行"], doesshow: ["Records: %1", "记录：%1"],
	doesall: ["All records", "所有记录"], doesgo: ["Go to %1", "跳到 %1"], doeswhy: ["Why: %1", "原因：%1"],
	doeshere: ["Why, of the selected record", "当前位置的原因"], doesstate: ["State at %1", "%1 时的状态"],
	doesdiff: ["Compare them", "比较两者"], doesexport: ["Export", "导出"], doeslook: ["Look: %1", "查看：%1"],
	terminal: ["in a terminal", "在终端中"], terminaltext: ["This needs rung on your own computer.", "这需要在自己的计算机上运行 rung。"],
	nocapture: ["A page writes no captures and no PDF files, and can't read files outside it. This needs rung on your own computer.",
		"页面不写抓包文件和 PDF，也读不到不存在的文件，需要在自己的计算机上运行 rung。"],
	doestrace: ["Export the trace", "导出跟踪记录"],
	ascapture: ["A page writes no captures. Save the trace; rung export converts it to %1 on your own computer.",
		"页面不写抓包文件。请保存跟踪记录，再在自己的计算机上用 rung export 生成 %1。"],
	aslab: ["as it is", "原样"], backto: ["Back to %1", "回到 %1"] });

// Options of commands that have no value.
var BARE = /^(m|l|q|messages|ladder|layers|calls|fold|json|follow|all)$/;

// The words of LINE, as a shell reads them.
function shellWords(line) {
	var list = [], text = "", open = null, has = false;
	for (var i = 0; i < line.length; i++) {
		var c = line[i];
		if (open) {
			if (c === open) open = null;
			else text += c;
		} else if (c === "'" || c === "\"") {
			open = c;
			has = true;
		} else if (/\s/.test(c)) {
			if (has) list.push(text);
			text = "";
			has = false;
		} else {
			text += c === "\\" ? line[++i] || "" : c;
			has = true;
		}
	}
	return has ? list.concat([text]) : list;
}
// LINE as { verb, inputs, words, options: { NAME: [values] } }, or null: none of rung's.
function readCommand(line) {
	var list = shellWords(line), c = { verb: list[1], inputs: [], words: [], options: {} };
	if (list[0] !== "rung" || !list[1]) return null;
	for (var i = 2; i < list.length; i++) {
		var o = /^--?([a-z][a-z-]*)(?:=(.*))?$/.exec(list[i]);
		if (o) (c.options[o[1]] = c.options[o[1]] || []).push(o[2] !== undefined ? o[2] : BARE.test(o[1]) ? "" : list[++i] || "");
		else if (c.inputs.length < (c.verb === "diff" ? 2 : 1)) c.inputs.push(list[i]);
		else c.words.push(list[i]);
	}
	return c;
}

// ---- the run that a command is about ----

// What the command's run has beside the lab's own; null: nothing.
function moreOf(c) {
	var more = {}, o = c.options;
	if (o.set) more.settings = o.set;
	if (o.act) more.acts = o.act;
	if (o.seed) more.seed = Number(o.seed[0]);
	if (o.detail) more.detail = o.detail[0];
	return Object.keys(more).length ? more : null;
}
function sayMore(more) {
	return more ? [].concat(more.settings || [], more.acts || [], more.seed ? ["seed=" + more.seed] : [],
		more.detail ? ["detail=" + more.detail] : []).join(" ") : word("aslab");
}
// Runs that commands of this handout have put into files: name -> { lab, more }.
var runFiles = new Map();
function namedRun(c, nth) {
	var name = c.inputs[nth || 0] || "";
	if (runFiles.has(name)) return runFiles.get(name);
	name = name.replace(/^labs\//, "").replace(/\/(lab\.lua)?$/, "");
	if (/^(mine|my-.*)$/.test(name)) name = app.lab;
	// A sweep's values are its own.
	var more = c.verb === "sweep" ? null : moreOf(c);
	return hasLab(name) && !(isRecorded(name) && more) ? { lab: name, more: more } : null;
}
function isOpen(run) {
	return labShown() === run.lab && !app.linked && JSON.stringify(app.more || null) === JSON.stringify(run.more);
}
// RUN is opened, and what was before is kept to be compared with it.
function openRun(run) {
	// A record that the reader finds is where one stands.
	if (run.more && run.more.acts) run = { lab: run.lab, more: Object.assign({}, run.more, {
		acts: run.more.acts.map(function (a) { return a.replace(/^N:/, (app.shown ? app.shown.at() : 0) + ":"); }) }) };
	if (isOpen(run)) return Promise.resolve();
	return keepBefore().then(function () {
		var from = app.lab;
		return openLab(run.lab, null, run.more).then(function () {
			if (from !== run.lab) app.from = from;
			tellMore();
		});
	});
}
function keepBefore() {
	var name = app.lab + ": " + sayMore(app.more);
	if (!app.shown) return Promise.resolve();
	return app.back.ask("export", { format: "jsonl", branch: app.branch }).then(function (r) {
		app.before = { name: name, text: r.text };
	}, function () { app.before = null; });
}
// What is run beside the lab's own stands in the bar, with the way back.
function tellMore() {
	var place = by("a-more");
	place.replaceChildren();
	if (!app.from && !app.more) return;
	if (app.more) place.append(el("code", { text: sayMore(app.more) }), " ");
	place.append(buttonOf("backto", function () {
		var to = app.from || app.lab;
		app.from = null;
		guarded(openRun({ lab: to, more: null }).then(function () {
			app.from = null;
			tellMore();
		}));
	}, app.from || word("aslab")));
}

// ---- what each does ----

function secondsOf(text) {
	var n = /^([\d.]+)(ms|min|h|s)?$/.exec(text);
	return n ? Number(n[1]) * { ms: 1e-3, s: 1, min: 60, h: 3600 }[n[2] || "s"] : 0;
}
function look(pane) {
	return { text: word("doeslook", pane), deed: function () {
		keepValue("pane", pane);
		return turnPanel("panes", true);
	} };
}
// The record that WORDS name, "INVITE@atl", then THEN.
function goTo(words, tab) {
	return app.back.ask("find", { branch: app.branch, words: words, by: 0 }).then(function (r) {
		app.shown.go(r.record);
		turnStep(tab);
		if (r.record > coverHold() && holdsNow()) tell(word(coverKey(), holdsNow()), true);
	});
}
function isName(words) { return words.length === 1 && /^(\d+|[^=\s]+@[^=\s]+)$/.test(words[0]); }

// verb -> what C does: { text, deed }, null: not here.
var DOES = {
	run: function (c) {
		return { text: moreOf(c) ? word("doeswith", sayMore(moreOf(c))) : word("doesrun"), deed: function () {} };
	},
	show: function (c) {
		var o = c.options;
		if (o.at) return { text: word("doesstate", o.at[0]), deed: function () {
			app.shown.goAt(secondsOf(o.at[0]) * 1e9);
			turnStep("state");
		} };
		if (o.layers) return null;
		if (o.calls) return look("calls");
		if (o.ladder || o.l) return DOES.run(c);
		if (isName(c.words)) return { text: word("doesgo", c.words[0]), deed: function () { return goTo(c.words[0], "message"); } };
		if (c.words[0] === "N") return null;
		var words = c.words.concat((o.node || []).map(function (n) { return "node=" + n; }),
			(o.from || []).map(function (t) { return "from=" + t; }), (o.to || []).map(function (t) { return "to=" + t; })).join(" ");
		return { text: words ? word("doesshow", words) : word("doesall"), deed: function () {
			return showRecords(words, !!(o.m || o.messages));
		} };
	},
	explain: function (c) {
		if (c.options.hear) return look("media");
		if (!isName(c.words)) return { text: word("doeshere"), deed: function () { turnStep("why"); } };
		return { text: word("doeswhy", c.words[0]), deed: function () { return goTo(c.words[0], "why"); } };
	},
	diff: function (c) {
		var a = namedRun(c, 0), b = namedRun(c, 1);
		return a && b && { text: word("doesdiff"), deed: function () {
			return openRun(a).then(function () { return openRun(b); }).then(function () { return turnPanel("compare", true); });
		}, alone: true };
	},
	export: function (c) {
		var o = c.options;
		if (o.hear || o.say) return { text: word("sound") + ": " + [o.hear, o.say].filter(Boolean).join(", "), deed: function () { return hearSound(o); } };
		// The trace, of which rung makes the capture elsewhere.
		if (/\.pcapng$/.test((o.o || [""])[0]) || (o.f || [])[0] === "pcapng") return { text: word("doestrace"), deed: function () {
			exporting.format = "jsonl";
			tell(word("ascapture", o.o[0]));
			return turnPanel("export", true);
		} };
		if (/\.pdf$/.test((o.o || [""])[0])) return null;
		if (o.machine) return look("machines");
		return { text: word("doesexport"), deed: function () { return turnPanel("export", true); } };
	}
};
DOES.play = DOES.run;
DOES.inspect = function () {
	return { text: word("inspect"), deed: function () { return turnPanel("inspect", true); } };
};
// A message of the lab's folder is in the page.
DOES.parse = function (c) {
	var text = app.library.texts[c.inputs[0]];
	return text === undefined ? null : { text: word("parse") + ": " + c.inputs[0].split("/").pop(),
		deed: function () { return parseText(text); }, alone: true };
};

DOES.search = DOES.sweep = function (c, line) {
	var run = namedRun(c);
	if (lackOf(c) || isRecorded(run.lab) || c.verb === "sweep" && !c.options.seed) return null;
	if (c.verb === "sweep" && c.options.o) sweepFolders.set(c.options.o[0], line);
	return { text: word(c.verb) + ": " + optionsOf(c, line), deed: function () { return showTrial(c, line, run); }, alone: true };
};

// What LINE does here: { text, deed }, or null.
function doesOf(line) {
	var c = readCommand(line), does, run;
	if (c && c.verb === "sweep" && c.options.part) c = readCommand(line = sweepFolders.get(c.inputs[0]) || "");
	if (!c || !DOES.hasOwnProperty(c.verb)) return null;
	run = namedRun(c) || c.verb === "parse";
	does = run && DOES[c.verb](c, line);
	if (c.options.o && run && /\.jsonl$/.test(c.options.o[0])) runFiles.set(c.options.o[0], run);
	return does && { text: does.text, deed: function () {
		return guarded(does.alone ? does.deed() : openRun(run).then(does.deed));
	} };
}

function commandOf(line) {
	var does = doesOf(line), code = el("code", { text: line }), b;
	if (!does) return el("p", { class: "a-command", title: word(/\.(pcapng|pdf)\b/.test(line) ? "nocapture" : "terminaltext") }, code, " ",
		el("small", { text: word("terminal") }));
	b = el("button", { type: "button", text: does.text });
	b.addEventListener("click", does.deed);
	return el("p", { class: "a-command" }, b, code);
}
// The commands in BOX, of a handout, become what they do here.
function giveDeeds(box) {
	box.querySelectorAll("pre").forEach(function (pre) {
		var lines = pre.textContent.replace(/\\\n\s*/g, " ").split("\n");
		if (!/^\s*rung /.test(lines[0])) return;
		pre.replaceWith(el.apply(null, ["div", { class: "a-commands" }].concat(lines.filter(function (l) {
			return l.trim() !== "";
		}).map(function (l) { return commandOf(l.trim()); }))));
	});
	box.querySelectorAll("code").forEach(function (code) {
		var does = /^rung \w+ /.test(code.textContent) && !code.closest(".a-commands") && doesOf(code.textContent), b;
		if (!does) return;
		b = el("button", { type: "button", class: "a-do", title: does.text }, code.cloneNode(true));
		b.addEventListener("click", does.deed);
		code.replaceWith(b);
	});
	return box;
}
