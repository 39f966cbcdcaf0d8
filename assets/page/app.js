// rung in a page: what is opened, run, changed and asked stands in the bar above;
// below it is the page of the chosen branch (assets/html), as rung export makes it.
var words = {
	en: { lab: "Lab", run: "Run", edit: "Edit", act: "Act", panes: "Look", tasks: "Tasks",
		branch: "Branch", seed: "Seed", stop: "Stop", doit: "Do it", close: "Close",
		on: "On", verb: "What", check: "Check", answer: "Answer", none: "This has no tasks.",
		after: "right after record %1", wait: "Running …", other: "中文",
		texts: "The texts of this lab: what is changed is run.", student: "Student's number",
		points: "%1 of %2 points", left: "left unsaved", link: "Link",
		linked: "The address is a link to this run now." },
	zh: { lab: "实验", run: "运行", edit: "编辑", act: "操作", panes: "查看", tasks: "任务",
		branch: "分支", seed: "种子", stop: "停止", doit: "执行", close: "关闭",
		on: "对象", verb: "做什么", check: "检查", answer: "答案", none: "这里没有任务。",
		after: "紧接在第 %1 条记录之后", wait: "正在运行……", other: "English",
		texts: "本实验的文本：改动后的内容会被运行。", student: "学号",
		points: "%1 / %2 分", left: "未保存", link: "链接",
		linked: "现在的地址就是这次运行的链接。" }
};
var app = { lab: null, texts: null, branch: 0, branches: [], shown: null, language: "en" };
var back = workerBack(), library = null;

function el(tag, attributes) {
	var e = document.createElement(tag);
	Object.keys(attributes || {}).forEach(function (k) {
		if (k === "text") e.textContent = attributes[k];
		else e.setAttribute(k, attributes[k]);
	});
	for (var i = 2; i < arguments.length; i++) e.append(arguments[i]);
	return e;
}
function by(id) { return document.getElementById(id); }
function word(key, value, second) {
	return words[app.language][key].replace("%1", value).replace("%2", second);
}
function tell(text, bad) {
	by("a-said").textContent = text || "";
	by("a-said").classList.toggle("a-bad", !!bad);
}
function wrong(e) {
	tell((e.file ? e.file + (e.line ? ":" + e.line : "") + ": " : "") + e.message, true);
}
// What fails is told; nothing else happens.
function guarded(promise) { return promise.catch(wrong); }

// ---- kept between visits, where the browser lets a page keep something ----

function kept(key) {
	try { return localStorage.getItem("rung." + key); } catch (e) { return null; }
}
function keepValue(key, value) {
	try { localStorage.setItem("rung." + key, value); } catch (e) { tell(word("left"), true); }
}

// ---- opening and running ----

// The lab's own texts, changed ones in place of those that came with the page.
function textsOf(name) {
	var folder = "labs/" + name + "/", first = folder + "lab.lua", list = [];
	Object.keys(library.texts).sort().forEach(function (path) {
		if (path.indexOf(folder) === 0 || path.indexOf("topologies/") === 0)
			list.push({ path: path, text: library.texts[path] });
	});
	list.sort(function (a, b) { return (b.path === first) - (a.path === first); });
	return list;
}

function advance(members) {
	return back.ask("advance", Object.assign({ budget: 8 }, members)).then(function (p) {
		if (p.failed) tell(p.failed, true);
		return p.done ? p : advance(members);
	});
}

function open(texts, seed) {
	document.body.classList.add("a-runs");
	tell(word("wait"));
	return back.ask("open", { texts: texts, seed: seed, language: app.language,
		student: by("a-student").value }).then(function () {
		tell("");
		app.texts = texts;
		app.branch = 0;
		return advance({ branch: 0 });
	}).then(function () { return show(0, null); })
		.catch(wrong)
		.then(function () { document.body.classList.remove("a-runs"); });
}

function openLab(name) {
	app.lab = name;
	by("a-lab").value = name;
	keepValue("lab", name);
	return open(textsOf(name), Number(by("a-seed").value) || 0);
}

// ---- a run as an address (docs/LINKS.md) ----

// "#1.…": of which lab it is, "" where of none.
function labOfLink(hash) {
	return Promise.resolve().then(function () {
		var text = atob(hash.replace(/^#1\./, "").replace(/-/g, "+").replace(/_/g, "/"));
		return new Response(new Blob([Uint8Array.from(text, function (c) {
			return c.charCodeAt(0);
		})]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
	}).then(function (j) {
		return j.inputs && typeof j.inputs.lab === "string" ? j.inputs.lab : "";
	});
}

function openLink(hash) {
	return labOfLink(hash).catch(function () { return ""; }).then(function (name) {
		var own = library.labs.en.some(function (l) { return l.name === name; });
		var link = { path: own ? "labs/" + name + "/run.link" : "run.link", text: hash };
		app.lab = own ? name : app.lab;
		by("a-lab").value = app.lab;
		return open([link].concat(textsOf(app.lab)), 0);
	});
}

function tellLink() {
	return guarded(back.ask("link", { branch: app.branch }).then(function (l) {
		history.replaceState(null, "", l.link);
		tell(word("linked"));
	}));
}

// ---- the branch that is shown ----

function fillBranches() {
	return back.ask("branches", {}).then(function (b) {
		app.branches = b.branches;
		by("a-branch").replaceChildren.apply(by("a-branch"), b.branches.map(
			function (x, i) { return el("option", { value: i, text: x.name }); }));
		by("a-branch").value = app.branch;
		by("a-act").disabled = !b.branches[app.branch].may_act;
	});
}

// The page of BRANCH, at record AT (null: where a page begins).
function show(branch, at) {
	return back.ask("page", { branch: branch }).then(function (p) {
		var body = new DOMParser().parseFromString("<html xmlns=\"" +
			"http://www.w3.org/1999/xhtml\"><body>" + p.body + "</body></html>",
			"application/xhtml+xml");
		app.branch = branch;
		if (app.shown) app.shown.end();
		by("a-page").replaceChildren.apply(by("a-page"),
			Array.from(body.body.childNodes).map(function (n) {
				return document.adoptNode(n);
			}));
		by("p-data").textContent = JSON.stringify(p.data);
		document.title = p.title ? p.title + " – rung" : "rung";
		if (at !== null) history.replaceState(null, "", "#record=" + at);
		app.shown = showPage();
		return fillBranches();
	}).then(function () { return fillPanel(); });
}

// ---- the panel at the side: act, look, tasks, texts ----

var panels = { act: actPanel, panes: lookPanel, tasks: taskPanel, edit: editPanel };
var openPanel = null;

function fillPanel() {
	by("a-panel").hidden = openPanel === null;
	["act", "panes", "tasks", "edit"].forEach(function (name) {
		by("a-" + name).setAttribute("aria-pressed", String(name === openPanel));
	});
	if (openPanel === null) return null;
	by("a-panel").replaceChildren(el("h2", { text: word(openPanel) }));
	return guarded(Promise.resolve(panels[openPanel](by("a-panel"))));
}

// A doc's lines, each piece in its style.
function docOf(lines) {
	var pre = el("pre", { class: "a-doc", tabindex: "0" });
	lines.forEach(function (l) {
		l.pieces.forEach(function (p) {
			pre.append(el("span", { class: "s-" + p.style, text: p.text }));
		});
		pre.append("\n");
	});
	return pre;
}

function lookPanel(panel) {
	var select = el("select", { "aria-label": word("panes") }), place = el("div");
	function look() {
		keepValue("pane", select.value);
		return guarded(back.ask("pane", { pane: select.value, branch: app.branch,
			record: app.shown.at(), width: 64, height: 30 }).then(function (p) {
			place.replaceChildren(docOf(p.lines));
		}));
	}
	panel.append(select, place);
	return back.ask("panes", { branch: app.branch }).then(function (p) {
		p.panes.forEach(function (x) {
			select.append(el("option", { value: x.pane, text: x.title }));
		});
		if (kept("pane") && select.querySelector("[value=\"" + CSS.escape(kept("pane")) + "\"]"))
			select.value = kept("pane");
		select.addEventListener("change", look);
		panel.look = look;
		return look();
	});
}

function actPanel(panel) {
	var at = app.shown.at(), on = el("select", {}), verb = el("select", {});
	var args = el("div", { class: "a-args" }), about = el("p", {}), list = [];
	var go = el("button", { type: "button", text: word("doit") });

	function fillArgs() {
		var v = list[verb.selectedIndex];
		about.textContent = v ? v.text : "";
		args.replaceChildren();
		(v ? v.params : []).forEach(function (p) {
			args.append(el("label", {}, p.key === "*" ? "name=value" : p.key, " ",
				el("input", { name: p.key, placeholder: p.hint || "" })));
		});
	}
	function fillVerbs() {
		return guarded(back.ask("verbs", { branch: app.branch, record: at,
			on: on.value }).then(function (v) {
			list = v.verbs;
			verb.replaceChildren.apply(verb, list.map(function (x) {
				return el("option", { value: x.name, text: x.name });
			}));
			fillArgs();
		}));
	}
	app.shown.nodes.forEach(function (n) {
		on.append(el("option", { value: n.name, text: n.name }));
	});
	on.append(el("option", { value: "message", text: "message" }));
	on.addEventListener("change", fillVerbs);
	verb.addEventListener("change", fillArgs);
	go.addEventListener("click", function () {
		var given = {};
		args.querySelectorAll("input").forEach(function (i) {
			if (i.value === "") return;
			if (i.name === "*") given[i.value.split("=")[0]] = i.value.split("=").slice(1).join("=");
			else given[i.name] = i.value;
		});
		guarded(back.ask("act", { branch: app.branch, record: at, on: on.value,
			verb: verb.value, args: given }).then(function () {
			return advance({ act: true });
		}).then(function (p) {
			return advance({ branch: p.branch });
		}).then(function (p) { return show(p.branch, at); }));
	});
	panel.append(el("p", { text: word("after", at) }),
		el("label", {}, word("on"), " ", on), el("label", {}, word("verb"), " ", verb),
		about, args, go);
	return fillVerbs();
}

function editPanel(panel) {
	var own = app.texts.filter(function (t) { return t.path.indexOf("labs/") === 0 ||
		library.topologyOf[app.lab] === t.path; });
	var select = el("select", { "aria-label": word("edit") });
	var area = el("textarea", { spellcheck: "false", rows: "26", "aria-label": word("edit") });
	var run = el("button", { type: "button", text: word("run") });
	own.forEach(function (t, i) {
		select.append(el("option", { value: i, text: t.path }));
	});
	function fill() { area.value = own[select.value].text; }
	select.addEventListener("change", fill);
	area.addEventListener("input", function () { own[select.value].text = area.value; });
	run.addEventListener("click", function () {
		open(app.texts, Number(by("a-seed").value) || 0);
	});
	panel.append(el("p", { text: word("texts") }), select, area, run);
	fill();
}

// ---- tasks ----

function answers() {
	try { return JSON.parse(kept("answers." + app.lab) || "{}"); } catch (e) { return {}; }
}

function taskOf(q, nth) {
	var box = el("section", { class: "a-task" }), said = el("p", { role: "status" }), input;
	var check = el("button", { type: "button", text: word("check") });
	if (q.options && q.options.length > 0) {
		input = el("select", { "aria-label": word("answer") }, el("option", { value: "", text: "" }));
		q.options.forEach(function (o, i) {
			input.append(el("option", { value: i + 1, text: o }));
		});
	} else {
		input = el("input", { "aria-label": word("answer") });
	}
	input.value = answers()[nth] || "";
	check.addEventListener("click", function () {
		var all = answers();
		all[nth] = input.value;
		keepValue("answers." + app.lab, JSON.stringify(all));
		guarded(back.ask("verdict", { asks: "task", nth: nth, text: input.value })
			.then(function (v) {
				said.className = v.verdict.right ? "a-good" : "a-bad";
				said.textContent = word("points", v.verdict.points / 100, q.points / 100) +
					(v.verdict.text ? " – " + v.verdict.text : "");
			}));
	});
	box.append(el("h3", { text: q.number + "." }), el("p", { class: "a-text", text: q.text }),
		input, q.unit ? " " + q.unit + " " : "", check, said);
	return box;
}

function taskPanel(panel) {
	function next(nth) {
		return back.ask("question", { asks: "task", nth: nth }).then(function (q) {
			panel.append(taskOf(q.question, nth));
			return next(nth + 1);
		}, function (e) {
			if (e.kind !== "NOTFOUND") throw e;
			if (nth === 0) panel.append(el("p", { text: word("none") }));
		});
	}
	return next(0);
}

// ---- the bar ----

function fillLabs() {
	var groups = new Map(), select = by("a-lab");
	select.replaceChildren();
	library.labs[app.language].forEach(function (l) {
		if (!groups.has(l.group)) {
			groups.set(l.group, el("optgroup", { label: l.group }));
			select.append(groups.get(l.group));
		}
		groups.get(l.group).append(el("option", { value: l.name, text: l.title, title: l.text }));
	});
	if (app.lab) select.value = app.lab;
}

function speak() {
	document.documentElement.lang = app.language === "zh" ? "zh-CN" : "en";
	document.querySelectorAll("[data-word]").forEach(function (e) {
		e.textContent = word(e.dataset.word);
	});
	fillLabs();
}

function begin(texts) {
	library = texts;
	app.language = kept("language") || (/^zh/.test(navigator.language) ? "zh" : "en");
	speak();
	by("a-lab").addEventListener("change", function () {
		history.replaceState(null, "", "#lab=" + this.value);
		openLab(this.value);
	});
	by("a-run").addEventListener("click", function () { openLab(app.lab); });
	by("a-stop").addEventListener("click", function () {
		back.stop();
		document.body.classList.remove("a-runs");
	});
	by("a-branch").addEventListener("change", function () {
		guarded(show(Number(this.value), app.shown ? app.shown.at() : null));
	});
	Object.keys(panels).forEach(function (name) {
		by("a-" + name).addEventListener("click", function () {
			openPanel = openPanel === name ? null : name;
			fillPanel();
		});
	});
	by("a-link").addEventListener("click", tellLink);
	by("a-language").addEventListener("click", function () {
		app.language = app.language === "en" ? "zh" : "en";
		keepValue("language", app.language);
		speak();
		openLab(app.lab);
	});
	// What is looked at follows the position.
	new MutationObserver(function () {
		if (openPanel === "panes" && by("a-panel").look) by("a-panel").look();
		else if (openPanel === "act") fillPanel();
	}).observe(document.body, { attributeFilter: ["data-record"] });
	var asked = /[#&]lab=([a-z0-9.-]+)/.exec(location.hash);
	var names = library.labs.en.map(function (l) { return l.name; });
	var name = asked ? asked[1] : kept("lab");
	app.lab = names.indexOf(name) >= 0 ? name : names[0];
	if (/^#1\./.test(location.hash)) openLink(location.hash);
	else openLab(app.lab);
}

bytesOf("a-texts").then(function (bytes) {
	begin(JSON.parse(new TextDecoder().decode(bytes)));
}).catch(wrong);
