// A page in a learning platform (SCORM 1.2, Run-Time Environment 3.3 and 3.4).  The platform names
// the student.  The page reports the points of each task to it and stores the work there, and
// continues with that work the next time.  Without a platform, and at rung serve, this file does nothing.
addWords({ unreadable: ["The work that the learning platform has stored can't be read. This page begins with the work in this browser.",
		"学习平台保存的作业无法读取，此页面从本浏览器中的作业开始。"],
	refuses: ["The learning platform does not accept %1.", "学习平台不接受 %1。"],
	cut: ["The learning platform stores 4,096 characters. This does not fit and stays in this browser: %1. Save your work to a file.",
		"学习平台最多保存 4096 个字符。以下内容放不下，仅保存在此浏览器中：%1。请把作业保存为文件。"],
	absent: ["This did not fit into the learning platform and is not in this browser: %1. Your points stay the same.",
		"以下内容学习平台放不下，也不在此浏览器中：%1。得分不会因此降低。"],
	comma: [", ", "、"], cutfigure: ["the figure", "图"], cuttexts: ["changed texts", "改动的文本"], cutdeeds: ["branches", "分支"],
	cutruns: ["runs that met the goal of a task", "完成任务的运行"], cutpredictions: ["predictions", "预测"],
	cuttasks: ["answers to the last tasks", "最后几个任务的答案"] });

// Characters (CMIString4096), windows, ms.
var SUSPEND_MOST = 4096, WINDOWS_MOST = 16, COMMIT_AFTER = 500;
var STATUSES = { GOOD: "passed", RECEIVED: "completed" };
// { api, name: of the work, writes, began, said: what each element was set to, kept: how often
// the work was, cut: its parts that did not fit, lacks: those that were missing at the beginning }
var lms = null;

// 3.3.6.1: the API is in a window around this one, or around the one that has opened it.
function findPlatform() {
	function around(w) {
		for (var i = 0; w && i < WINDOWS_MOST; i++) {
			try { if (w.API && w.API.LMSInitialize) return w.API; } catch (e) { /* another site's */ }
			w = w.parent === w ? null : w.parent;
		}
		return null;
	}
	return around(window) || around(window.opener || window.top.opener);
}
// The API is a program of the platform, so its errors are caught.
function callPlatform(name, first, second) {
	try { return String(second === undefined ? lms.api[name](first) : lms.api[name](first, second)); } catch (e) { return ""; }
}
function valueOf(element) { return callPlatform("LMSGetValue", element); }
function setValue(element, value) {
	var code;
	if (lms.said[element] === String(value)) return;
	lms.said[element] = String(value);
	clearTimeout(lms.timer);
	lms.timer = setTimeout(callPlatform, COMMIT_AFTER, "LMSCommit", "");
	if (callPlatform("LMSSetValue", element, String(value)) === "true") return;
	code = callPlatform("LMSGetLastError");
	// 3.4: most elements are optional, so a platform may answer "not implemented" (401).
	if (code === "401") return;
	delete lms.said[element];
	tell(word("refuses", element + " (" + code + ")"), true);
}
// While parts of the work are missing of which the platform has the scores, none of them falls.
function raiseValue(element, value) {
	var had = lms.lacks.length > 0 ? valueOf(element) : "";
	if (typeof value === "number" ? Number(had) > value : /^(passed|completed)$/.test(had)) return;
	setValue(element, value);
}

// ---- the work, within what a platform keeps ----

// In the form of a link after its #, which readLink reads.
function packLink(text) {
	return through(text, new CompressionStream("gzip")).then(function (bytes) {
		return "#1." + base64Of(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/[=]+$/, "");
	});
}
// Removes one part of W and returns its name.  Parts that cost the fewest points and can be made
// again go first; of runs the oldest, of answers the answer to the last task.
function shorten(w) {
	var part = ["figure", "texts", "deeds", "runs"].filter(function (k) { return Object.keys(w[k]).length > 0; })[0];
	var tasks = w.answers.tasks || [];
	if (part) w[part] = part === "runs" ? w.runs.slice(1) : workOf(null)[part];
	else if (w.answers.predictions) w.answers = { tasks: tasks };
	else w.answers = { tasks: tasks.slice(0, -1) };
	return part || (w.answers.tasks === tasks ? "predictions" : "tasks");
}
// A promise of W as text that fits, and of what was CUT off it.
function fitWork(w, cut) {
	return packLink(JSON.stringify(Object.assign({ cut: cut }, w))).then(function (text) {
		var part = text.length > SUSPEND_MOST ? shorten(w) : null;
		return part ? fitWork(w, cut.filter(function (c) { return c !== part; }).concat(part)) : { text: text, cut: cut };
	});
}
function isOfPlatform() { return lms !== null && !lms.ended && lms.writes && workName() === lms.name; }
function tellCut() {
	var box = document.querySelector("#a-panel .a-sum"), note = by("a-cut") || el("p", { id: "a-cut", class: "a-note" });
	function told(key, parts) {
		return parts.length > 0 ? [word(key, parts.map(function (p) { return word("cut" + p); }).join(word("comma")))] : [];
	}
	if (box && isOfPlatform()) box.after(note);
	note.textContent = told("cut", lms.cut.filter(function (c) { return lms.lacks.indexOf(c) < 0; }))
		.concat(told("absent", lms.lacks)).join(" ");
	note.hidden = note.textContent === "";
}
// The newest work alone is kept; AT says which is newer, the browser's or the platform's.
function keepAtPlatform() {
	var w, nth;
	if (!isOfPlatform()) return;
	w = work();
	w.at = Date.now();
	nth = ++lms.kept;
	fitWork({ at: w.at, answers: w.answers, figure: w.figure, texts: w.texts, deeds: w.deeds, runs: w.runs }, lms.lacks).then(function (p) {
		if (nth !== lms.kept || lms.ended) return;
		lms.cut = p.cut;
		setValue("cmi.suspend_data", p.text);
		tellCut();
	});
}

// ---- points ----

function setScore(at, points, of) {
	raiseValue(at + "raw", Math.round(10000 * points / of) / 100);
	setValue(at + "min", 0);
	setValue(at + "max", 100);
}
// Of LIST, the tasks that count here.  Those of a graded set have no points here.
function reportTasks(list, points, of, answered) {
	if (!isOfPlatform() || labShown() === null || !list.every(function (t) { return t.verdict; })) return;
	list.forEach(function (t, i) {
		var at = "cmi.objectives." + i + ".";
		setValue(at + "id", "task_" + t.q.number);
		if (!app.lesson.set) setScore(at + "score.", t.verdict.points, t.q.points || 1);
		raiseValue(at + "status", isAnswered(t) ? STATUSES[t.verdict.verdict] || "failed" : "not attempted");
	});
	if (!app.lesson.set && of > 0) setScore("cmi.core.score.", points, of);
	raiseValue("cmi.core.lesson_status", answered === list.length ? "completed" : "incomplete");
	// What this browser had before.
	if (lms.kept === 0 && answered > 0) keepWork();
	tellCut();
}

// ---- the session ----

function endPlatform() {
	var s = lms.ended ? 0 : Math.round((Date.now() - lms.began) / 1000);
	if (lms.ended) return;
	if (lms.writes) {
		setValue("cmi.core.session_time", [s / 3600, s / 60 % 60, s % 60].map(function (n) {
			return String(Math.floor(n)).padStart(2, "0");
		}).join(":"));
		setValue("cmi.core.exit", "suspend");
	}
	clearTimeout(lms.timer);
	lms.ended = true;
	callPlatform("LMSCommit", "");
	callPlatform("LMSFinish", "");
}
// What the platform kept, J, or what this browser has of the same lab and number, whichever is newer.
function resumeWork(j) {
	var own = null;
	try { own = JSON.parse(kept("work." + lms.name)); } catch (e) { /* none */ }
	if (!isObject(j) || isObject(own) && own.at >= j.at) return;
	lms.lacks = lms.cut = arrayOf(j.cut, "string").filter(function (c) { return "cut" + c in words; });
	works.set(lms.name, workOf(j));
}
function beginPlatform(library) {
	var api = app.back.serves ? null : findPlatform(), name = labAsked(), lab, number, data;
	if (!api) return library;
	lms = { api: api, began: Date.now(), said: {}, kept: 0, cut: [], lacks: [] };
	if (callPlatform("LMSInitialize", "") !== "true") {
		tell(word("refuses", "LMSInitialize"), true);
		lms = null;
		return library;
	}
	lab = library.labs.en.some(function (l) { return l.name === name; }) ? name : library.labs.en[0].name;
	// Some platforms leave out the words behind an address.
	if (/^#?$/.test(location.hash)) history.replaceState(null, "", "#lab=" + encodeURIComponent(lab));
	number = valueOf("cmi.core.student_id") || kept("student") || "";
	lms.name = lab + "/" + number;
	lms.writes = !/^(browse|review)$/.test(valueOf("cmi.core.lesson_mode"));
	by("a-student").value = number;
	by("a-student").readOnly = true;
	window.addEventListener("pagehide", endPlatform);
	// A page that comes back from the browser's memory needs a session of its own.
	window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
	if (lms.writes && !/^(passed|completed|failed)$/.test(valueOf("cmi.core.lesson_status")))
		setValue("cmi.core.lesson_status", "incomplete");
	data = valueOf("cmi.suspend_data");
	return readLink(data).catch(function () {
		if (data !== "") tell(word("unreadable"), true);
		return null;
	}).then(resumeWork).then(function () {
		return library;
	});
}
