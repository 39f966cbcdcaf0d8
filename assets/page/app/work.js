// What a student has done, of each lab and number: answers, what was done in branches,
// changed texts.  The browser keeps it, where it lets a page keep something, and so does a
// file.
//
//	{ answers: …, sum: { points, of, answered, tasks }, figure: "<svg …", texts: { PATH: TEXT }, deeds: { RUN: [members of an
//	  act] }, runs: [links of runs that have met a task], at: when it was kept, in a learning platform }
addWords({ save: ["Save", "保存"], load: ["Load", "载入"], handin: ["Hand in", "提交"],
	savetext: ["Saves the work in all labs to a file", "把所有实验的作业保存为文件"],
	loadtext: ["Loads a file of work, or a hand-in", "载入作业文件或提交的文件"],
	handintext: ["Creates the file for the teacher", "生成交给教师的文件"],
	whose: ["Type your number into the bar, so that the teacher knows whose work this is.", "这是谁的作业？请在上方填写学号。"],
	loaded: ["Loaded, labs with work: %1", "已载入，有作业的实验：%1 个"],
	nowork: ["That file contains no work in these labs.", "该文件中没有这些实验的作业。"],
	made: ["%1 is in the download folder.", "%1 已下载。"],
	undone: ["Some actions can't be done again: %1", "以前的操作无法全部重做：%1"] });

var WORK_KIND = "rung-work", WORK_MOST = 8 << 20, RUNS_MOST = 8;
var works = new Map();

function isObject(v) { return v !== null && typeof v === "object" && !Array.isArray(v); }
function arrayOf(v, type) {
	return Array.isArray(v) ? v.filter(function (x) { return typeof x === type; }) : [];
}

// What can be used of V, which may be anything.
function workOf(v) {
	var w = { answers: {}, figure: "", texts: {}, deeds: {}, runs: [] };
	if (!isObject(v)) return w;
	if (isObject(v.answers)) w.answers = v.answers;
	if (typeof v.figure === "string") w.figure = v.figure;
	if (isObject(v.sum)) w.sum = v.sum;
	if (typeof v.at === "number") w.at = v.at;
	w.runs = arrayOf(v.runs, "string");
	Object.keys(isObject(v.texts) ? v.texts : {}).forEach(function (path) {
		if (typeof v.texts[path] === "string") w.texts[path] = v.texts[path];
	});
	Object.keys(isObject(v.deeds) ? v.deeds : {}).forEach(function (run) {
		w.deeds[run] = arrayOf(v.deeds[run], "object").filter(isObject);
	});
	return w;
}

function student() { return by("a-student").value.trim(); }
// What somebody has handed in as a link is looked at, not kept.
function workName() { return (app.answersOf || "") + app.lab + "/" + student(); }
function work() { return worksAt(workName()); }
function worksAt(name) {
	var text;
	if (!works.has(name)) {
		try { text = JSON.parse(kept("work." + name)); } catch (e) { text = null; }
		works.set(name, workOf(text));
	}
	return works.get(name);
}
function keepWork() {
	if (app.answersOf) return;
	keepAtPlatform();
	keepValue("work." + workName(), JSON.stringify(work()));
}

// ---- texts that were changed: a copy of the lab beside it, "mine/NAME/…" ----

function changedPaths() {
	var texts = work().texts;
	return Object.keys(texts).filter(function (path) {
		return isEdited(path) && texts[path] !== app.library.texts[path];
	});
}
function isChanged() { return changedPaths().length > 0; }
function changeText(path, text) {
	var w = work();
	w.texts[path] = text;
	if (text === app.library.texts[path]) delete w.texts[path];
	delete w.deeds[runName()];
	keepWork();
}
function changedTexts() {
	var texts = work().texts, first = "labs/" + app.lab + "/lab.lua";
	var list = changedPaths().filter(function (p) { return p !== first; });
	return [first].concat(list).map(function (path) {
		return { path: "mine/" + app.lab + "/" + path.split("/").pop(),
			text: path in texts ? texts[path] : app.library.texts[path] };
	});
}

// ---- what was done in branches ----

// Deeds are of one run: of its seed, of changed texts or not.
function runName() {
	return (seedOf() || "") + (isChanged() ? "~" : "") + (app.more ? JSON.stringify(app.more) : "");
}
function keepDeed(members) {
	var deeds = work().deeds, run = runName();
	// Of a linked run they are kept as long as it is there.
	if (app.linked) {
		app.deeds = app.deeds.concat([members]);
		return;
	}
	deeds[run] = (deeds[run] || []).concat([members]);
	keepWork();
}
function redo(still) {
	var run = runName(), deeds = (app.linked ? app.deeds : work().deeds[run]) || [];
	return deeds.reduce(function (before, members, i) {
		return before.then(still).then(function () { return act(members); }).catch(function (e) {
			// Only what the engine refuses is given up.
			if (e.kind && !isStale(e, still)) {
				if (app.linked) app.deeds = deeds.slice(0, i);
				else work().deeds[run] = deeds.slice(0, i);
				keepWork();
				e = Object.assign(new Error(word("undone", e.message)), { again: true });
			}
			throw e;
		});
	}, Promise.resolve());
}
// Runs that have met a task count further on.
function keepRuns() {
	var w = work();
	return app.branches.reduce(function (before, b, i) {
		return before.then(function () {
			return app.back.ask("link", { branch: i });
		}).then(function (l) {
			if (w.runs.indexOf(l.link) < 0) w.runs = w.runs.concat([l.link]).slice(-RUNS_MOST);
		});
	}, Promise.resolve()).then(keepWork);
}
// How many tasks have an answer.
function countAnswers() { return (work().answers.tasks || []).length; }
function forgetWork() {
	works.set(workName(), workOf(null));
	keepWork();
	return openLab(app.lab);
}

// ---- files ----

function download(name, text, type) {
	var at = URL.createObjectURL(new Blob([text], { type: type }));
	var a = el("a", { href: at, download: name });
	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(function () { URL.revokeObjectURL(at); }, 60000);
	tell(word("made", name));
}

function allWorks() {
	var all = {};
	var keys = [];
	try { keys = Object.keys(localStorage); } catch (e) { /* nothing is kept */ }
	keys.forEach(function (key) {
		if (key.indexOf("rung.work.") !== 0) return;
		try {
			all[key.slice(10)] = workOf(JSON.parse(localStorage.getItem(key)));
		} catch (e) { /* one that can't be read takes no other with it */ }
	});
	works.forEach(function (w, name) { if (name[0] !== "#") all[name] = w; });
	return all;
}
// The number and the time, for names and dates of files.
function plainNumber() { return student().replace(/[^\p{L}\p{N}]/gu, "_"); }
function today() { return new Date().toISOString().slice(0, 19) + "Z"; }
function saveWorks() {
	download("rung-work" + (student() ? "-" + plainNumber() : "") +
		".json", JSON.stringify({ kind: WORK_KIND, version: 1, student: student(),
		lab: app.lab, works: allWorks() }), "application/json");
}

// The works in J, a file that saveWorks or a hand-in has made.
function worksOf(j) {
	var found = {};
	if (j.kind === "hand-in" && typeof j.lab === "string")
		found[j.lab + "/" + j.student] = { answers: j.answers, figure: j.figure };
	else if (j.kind === WORK_KIND && isObject(j.works)) found = j.works;
	return found;
}
function loadWorks(file) {
	return guarded(Promise.resolve().then(function () {
		if (file.size > WORK_MOST) throw new Error(word("nowork"));
		return file.text();
	}).then(function (text) {
		var j, found = {}, names;
		try { j = JSON.parse(text); } catch (e) { j = null; }
		if (isObject(j)) found = worksOf(j);
		names = Object.keys(found).filter(function (name) {
			return hasLab(name.split("/")[0]);
		});
		if (names.length === 0) throw new Error(word("nowork"));
		names.forEach(function (name) {
			works.set(name, workOf(found[name]));
			keepValue("work." + name, JSON.stringify(works.get(name)));
		});
		if (typeof j.student === "string" && !by("a-student").readOnly) takeStudent(j.student);
		return openLab(hasLab(j.lab) ? j.lab : app.lab).then(function () {
			if (!by("a-said").classList.contains("a-bad"))
				tell(word("loaded", names.length));
		});
	}));
}

// ---- handing in ----

function workMembers(more) {
	var w = work();
	return Object.assign({ answers: w.answers, runs: w.runs, figure: w.figure }, more);
}
function makeHandin() {
	if (student() === "") {
		by("a-student").focus();
		return Promise.reject(new Error(word("whose")));
	}
	// Who follows may have opened nothing yet.
	return (app.follows ? app.back.ask("open", requestOf(app.lab)) : Promise.resolve())
		.then(function () {
			return app.back.ask("handin", { work: workMembers({}),
				date: today() });
		});
}
function handIn() {
	return guarded(makeHandin().then(function (h) {
		download(app.lab + "-" + plainNumber() + ".rung",
			h.file, "application/json");
	}));
}

// While somebody's answers are looked at, the bar has their number: one's own comes back.
function lookAs(number) {
	if (app.whose === null) app.whose = student();
	by("a-student").value = number;
}
function lookNoMore() {
	if (app.whose !== null) by("a-student").value = app.whose;
	app.whose = null;
}
function takeStudent(number) {
	app.whose = null;
	by("a-student").value = number;
	keepValue("student", number);
	if (app.back.serves) signIn(number);
}
