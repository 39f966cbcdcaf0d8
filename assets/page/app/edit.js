// Edit: the lab's script and topology.  What is changed there is run half a second after the
// last key; what is wrong, or doubtful, stands below the text and is marked at its line, and a
// topology's network is drawn beside it.
addWords({ edit: ["Edit", "编辑"], run: ["Run", "运行"], undo: ["Undo all changes", "撤销所有改动"],
	notexts: ["This run was opened from a file or a link, so its texts are not here.",
		"当前内容来自文件或链接，这里没有它的文本。"],
	texts: ["The texts of this lab. A changed text is run and saved.",
		"本实验的文本：改动后的内容会被运行并保存。"],
	meant: ["Write “%1”", "改为“%1”"],
	network: ["The network of this text", "此文本描述的网络"] });

var RUN_AFTER = 500; // ms
// What is edited: { path, name, area, … }, and what was wrong when the texts were last run.
var editor = null, amissNow = [];

// What the lab's script names, as it stands there.
function isTopology(path) {
	var script = app.library.texts["labs/" + app.lab + "/lab.lua"] || "";
	var named = /topology\s*=\s*"([^"]+)"/.exec(script);
	return named !== null && path === "topologies/" + named[1];
}
// Neither the handout nor what is right is a run's.
function isEdited(path) {
	return path.indexOf("labs/" + app.lab + "/") === 0
		? !/(\/check\.lua|\.md|\.jsonl)$/.test(path) : isTopology(path);
}
function textNow(path) {
	var texts = work().texts;
	return path in texts ? texts[path] : app.library.texts[path] || "";
}
function nameOf(path) { return path.split("/").pop(); }
function isGraph(path) { return /\.(gv|dot)$/.test(path); }

// ---- words in colours ----

// Of each ending what its words are: comments, strings, numbers, words of the language, words
// of rung.
var INKS = {
	lua: /(?<note>--\[\[[^]*?(?:\]\]|$)|--.*)|(?<quote>"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|\[\[[^]*?(?:\]\]|$))|(?<word>\b(?:and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or|repeat|return|then|true|until|while)\b)|(?<name>\b(?:lab|node|link|script|at|on|wait|sleep|spawn|fault|log|now|random)\b(?=\s*[({"']|\s*$))|(?<number>\b\d[\w.]*)|[A-Za-z_]\w*/g,
	gv: /(?<note>\/\*[^]*?(?:\*\/|$)|\/\/.*)|(?<quote>"(?:\\[^]|[^"\\])*"?)|(?<word>\b(?:strict|graph|digraph|subgraph|node|edge)\b)|(?<name>[A-Za-z_][\w-]*(?=\s*=))|(?<number>(?<![\w-])\d[\w.]*)|[A-Za-z_]\w*/g,
	zone: /(?<note>;.*)|(?<quote>"[^"\n]*"?)|(?<word>\b(?:IN|SOA|NS|A|AAAA|CNAME|NAPTR|SRV|PTR|TXT|MX)\b|\$\w+)|(?<number>\b\d+\b)/g
};
function inkOf(path) { return INKS[path.split(".").pop()] || (isGraph(path) ? INKS.gv : null); }

// TEXT as pieces of a pre, those that have an ink in a span.
function painted(path, text) {
	var ink = inkOf(path), at = 0, list = [];
	if (ink) for (var m of text.matchAll(ink)) {
		var kind = Object.keys(m.groups).find(function (k) { return m.groups[k] !== undefined; });
		if (!kind) continue;
		list.push(text.slice(at, m.index), el("span", { class: "e-" + kind, text: m[0] }));
		at = m.index + m[0].length;
	}
	// The last line has its height, empty or not.
	return list.concat(text.slice(at) + "\n");
}

// ---- what is wrong ----

// Where WORD stands alone in TEXT, at or behind place FROM, else before it; -1: nowhere.
function placeOf(word, text, from) {
	var alone = new RegExp("(?<![\\w-])" + word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "(?![\\w-])", "g");
	var all = Array.from(text.matchAll(alone), function (m) { return m.index; });
	var behind = all.find(function (i) { return i >= from; });
	return behind === undefined ? [-1].concat(all).pop() : behind;
}
function startOf(text, line) {
	return text.split("\n").slice(0, line - 1).reduce(function (n, l) { return n + l.length + 1; }, 0);
}
// What a sentence says that may be meant in place of a word of the text: { from, word, meant },
// or null.
var MEANT = /(?:did you mean|是否想写|是不是|是否指)\s*“?([^\s”？?；;]+)/;
function meantIn(e, text) {
	var m = MEANT.exec(e.message), said, found = null;
	if (!m || !e.line) return null;
	said = Array.from(e.message.slice(0, m.index).matchAll(/“([^”]+)”|(?:node|节点) (\S+)/g), function (w) {
		return w[1] || w[2];
	});
	said.forEach(function (w) {
		var from = placeOf(w, text, startOf(text, e.line));
		if (w !== m[1] && from >= 0 && !found) found = { from: from, word: w, meant: m[1] };
	});
	return found;
}

function isHere(e) { return editor !== null && e.file && nameOf(e.file) === nameOf(editor.path); }

// A line of what is wrong: its place, which goes there, the sentence, what may be meant.
function rowOf(e) {
	var path = editor.own.find(function (p) { return e.file && nameOf(p) === nameOf(e.file); });
	var place = el("button", { type: "button", text: (e.file ? nameOf(e.file) : "") + (e.line ? ":" + e.line : "") });
	var row = el("p", { class: e.doubtful ? "a-doubtful" : "a-bad" }), meant;
	place.addEventListener("click", function () {
		takePath(path);
		goToPlace(startOf(editor.area.value, e.line || 1));
	});
	if (path) row.append(place, " ");
	row.append(e.message + " ");
	meant = path ? meantIn(e, textNow(path)) : null;
	if (meant) row.append(buttonOf("meant", function () {
		takePath(path);
		goToPlace(meant.from, meant.word.length);
		document.execCommand("insertText", false, meant.meant);
	}, meant.meant));
	return row;
}
function goToPlace(from, length) {
	var lines = editor.area.value.slice(0, from).split("\n").length;
	editor.area.focus({ preventScroll: true });
	editor.area.setSelectionRange(from, from + (length || 0));
	editor.frame.scrollTop = (lines - 4) * editor.frame.scrollHeight / (editor.area.value.split("\n").length + 1);
}

// LIST is what was wrong, or doubtful, in the texts as they are run.
function markAmiss(list) {
	amissNow = list;
	if (editor === null) return;
	editor.amiss.replaceChildren.apply(editor.amiss, list.map(rowOf));
	markLines();
}
function markLines() {
	editor.box.querySelectorAll(".e-amiss").forEach(function (m) { m.remove(); });
	Array.from(editor.gutter.children).forEach(function (n) { n.className = ""; });
	amissNow.filter(isHere).forEach(function (e) {
		var number = editor.gutter.children[e.line - 1], mark = el("div", { class: "e-amiss" });
		if (!number) return;
		number.className = e.doubtful ? "e-doubt" : "e-wrong";
		mark.classList.add(number.className);
		mark.style.top = "calc(" + (e.line - 1) + " * var(--line-height))";
		editor.paint.before(mark);
	});
	editor.area.setAttribute("aria-invalid", String(amissNow.some(function (e) {
		return isHere(e) && !e.doubtful;
	})));
}

// ---- the text ----

function paint() {
	var text = editor.area.value, n = text.split("\n").length;
	editor.paint.replaceChildren.apply(editor.paint, painted(editor.path, text));
	while (editor.gutter.children.length > n) editor.gutter.lastChild.remove();
	while (editor.gutter.children.length < n)
		editor.gutter.append(el("span", { text: editor.gutter.children.length + 1 }));
	markLines();
}
// The text of PATH, as it is now.
function takePath(path) {
	if (editor.path === path && editor.area.value === textNow(path)) return;
	editor.path = editor.select.value = path;
	editor.area.value = textNow(path);
	paint();
	drawNetwork();
}

function runTexts() {
	var at = app.shown ? app.shown.at() : 0;
	clearTimeout(editor.timer);
	editor.timer = 0;
	return openLab(app.lab, at ? { branch: 0, record: at } : null, app.more);
}
function changeHere() {
	changeText(editor.path, editor.area.value);
	paint();
	clearTimeout(editor.timer);
	editor.timer = setTimeout(runTexts, RUN_AFTER);
}
// A new line begins where the one before it does.
function indent(event) {
	var area = editor.area, before;
	if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
	before = /[ \t]*(?=[^\n]*$)/.exec(area.value.slice(0, area.selectionStart).replace(/[^]*\n/, ""))[0];
	event.preventDefault();
	document.execCommand("insertText", false, "\n" + before);
}

// What runs has this text: its network beside it.
function drawNetwork() {
	var net = editor.net;
	editor.net.hidden = !isGraph(editor.path) || !app.shown;
	if (editor.net.hidden) return null;
	return refill(net, function () {
		return app.back.ask("figure", { pane: "network", branch: 0, record: 0, height: 20, width: roomOf(net).width }).then(function (f) {
			return function () { net.replaceChildren(f.svg ? svgFrom(f.svg) : docOf(f.lines)); };
		});
	}).catch(function () {});
}

function makeEditor(own) {
	var area = el("textarea", { spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off" });
	var e = { own: own, of: workName() + app.language, path: null, area: area,
		select: el("select", { "aria-label": word("edit") }),
		gutter: el("div", { class: "e-gutter", "aria-hidden": "true" }),
		paint: el("pre", { class: "e-paint", "aria-hidden": "true" }),
		amiss: el("div", { class: "e-list", role: "status", id: "e-list" }),
		net: el("div", { class: "e-net k-picture", role: "group", "aria-label": word("network") }) };
	own.forEach(function (path) { e.select.append(el("option", { value: path, text: path })); });
	area.setAttribute("aria-describedby", "e-list");
	area.setAttribute("aria-label", word("edit"));
	e.frame = el("div", { class: "e-frame" }, e.gutter, el("div", { class: "e-text" }, e.paint, area));
	e.box = el("div", { class: "e-box" }, el("div", { class: "e-main" }, e.frame, e.amiss), e.net);
	e.select.addEventListener("change", function () { takePath(e.select.value); });
	area.addEventListener("input", changeHere);
	area.addEventListener("keydown", indent);
	return e;
}

addPanel("edit", function (panel) {
	var own = Object.keys(app.library.texts).filter(isEdited).sort(function (a, b) {
		return /lab\.lua$/.test(b) - /lab\.lua$/.test(a);
	});
	var before = editor && own.indexOf(editor.path) >= 0 ? editor.path : own[0];
	editor = null;
	if (labShown() === null) return panel.append(el("p", { text: word("notexts") }));
	editor = makeEditor(own);
	// What was recorded runs as it was.
	editor.area.readOnly = isRecorded(app.lab);
	panel.append(el("p", { text: word(editor.area.readOnly ? "recorded" : "texts") }), editor.select,
		editor.box);
	if (!editor.area.readOnly) panel.append(buttonOf("run", runTexts), " ",
		buttonOf("undo", function () {
			own.forEach(function (p) { changeText(p, app.library.texts[p]); });
			takePath(editor.path);
			runTexts();
		}));
	takePath(before);
	return markAmiss(amissNow);
});
panels.edit.alone = true;
// A run of what is written here leaves the text as it is, and the caret in it.
panels.edit.stays = function () {
	if (editor === null || !by("a-panel").contains(editor.box) || labShown() === null ||
	    editor.of !== workName() + app.language || editor.area.value !== textNow(editor.path))
		return false;
	drawNetwork();
	return true;
};
