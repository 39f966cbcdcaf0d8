// Predict first: the page covers a run from the record that answers the next `ahead` task, until
// the student's first try.  A student may look sooner.  The work records it, and rung check reports it.
addWords({ coverfrom: ["Task %1 asks what happens now. It is hidden until your first try.",
		"任务 %1 问的是接下来的内容。在你首次作答之前，它被遮住。"],
	coverrun: ["Task %1 asks about runs such as this one. It is hidden until your first try.",
		"任务 %1 问的是这样的运行。在你首次作答之前，它被遮住。"],
	coverpanel: ["Task %1 asks about this. It is hidden until your first try.",
		"这里会显示任务 %1 所问的内容。在你首次作答之前，它被遮住。"],
	coverwaits: ["The tasks are loading.", "正在载入任务。"],
	covertask: ["Go to task %1", "转到任务 %1"], coverlook: ["Look first", "先看运行"],
	coversure: ["Your report will say that you looked first: look", "报告会注明“先看了运行”：查看"] });

// The `ahead` tasks of the lab, for the number that OF names: [{ number, nth, from }].
var cover = { of: null, asks: [] };

function isCoverable() {
	return labShown() !== null && !app.follows && !app.answersOf && !(app.back.serves && app.back.teaches());
}
// The next `ahead` task that was neither tried nor looked at, or null.
function nextAhead() {
	if (!isCoverable() || cover.of !== workName()) return null;
	return cover.asks.filter(function (t) {
		var a = keptAnswer(t.nth);
		return !a.looked && !a.told && !(a.text || "").trim();
	})[0] || null;
}
function isOwn() { return !app.more && !seedOf() && !app.linked && !isChanged(); }
// The last record that may be seen.
function coverHold() {
	var task = nextAhead();
	if (!app.shown) return Infinity;
	if (isCoverable() && cover.of !== workName()) return 0;
	if (!task) return Infinity;
	if (!isOwn()) return 0;
	return task.from > app.shown.records.length ? Infinity : Math.max(task.from, 1) - 1;
}
function coversPanel(name) {
	var shows = panels[name].shows;
	return !!nextAhead() && (shows === "runs" || shows === "run" && coverHold() < Infinity);
}

// ---- the note above the cover ----

function noteCovered(key, task) {
	return el("p", { class: "a-note a-covered" }, word(key, task.number) + " ",
		buttonOf("covertask", function () { return goToTask(task.nth); }, task.number), " ",
		pressTwice("coverlook", "", "", "coversure", function () { lookFirst(task.nth); }));
}
function tellCover() {
	var old = by("a-cover"), task = nextAhead(), box = by("p-now"), held = coverHold();
	var is = held === Infinity ? "" : !task ? "waits" : task.nth + (isOwn() ? "from" : "run");
	if (old && old.dataset.is === is && box.contains(old)) return;
	if (old) old.remove();
	if (!is || !box) return;
	box.append(el("div", { id: "a-cover", "data-is": is }, task ? noteCovered(isOwn() ? "coverfrom" : "coverrun", task)
		: el("p", { class: "a-soft", text: word("coverwaits") })));
}
function goToTask(nth) {
	return turnPanel("tasks", true).then(function () {
		var task = app.lesson && app.lesson.tasks[nth];
		if (!task) return;
		task.box.querySelector("h3").focus();
		task.box.scrollIntoView({ block: "start" });
	});
}

// ---- looking ----

function changeAnswer(nth, members) {
	var a = keptAnswer(nth), w = work();
	w.answers = Object.assign({}, w.answers, { tasks: (w.answers.tasks || []).filter(function (x) {
		return x && x.task !== nth + 1;
	}).concat([Object.assign({ task: nth + 1, text: "" }, a, members)]) });
}
// A verdict that arrives later contains all answers again.
function lookFirst(nth) {
	judging = judging.then(function () {
		changeAnswer(nth, { looked: true });
		keepWork();
		holdBack();
	});
	return judging.then(fillPanel);
}

// ---- the tasks of the lab ----

// Looking without a number counts for the number that is entered later.
function takeLooked() {
	var before = student() && worksAt(app.lab + "/").answers.tasks || [];
	cover.asks.forEach(function (t) {
		var a = keptAnswer(t.nth);
		if (a.looked || a.told || !before.some(function (x) { return x && x.task === t.nth + 1 && x.looked; })) return;
		changeAnswer(t.nth, { looked: true });
		keepWork();
	});
}
// A promise: the `ahead` tasks of the lab are known.
function learnCover() {
	var of = workName();
	if (!isCoverable() || cover.of === of) return Promise.resolve();
	if (!app.library.whole) {
		guarded(proseComes().then(learnCover).then(holdBack));
		return Promise.resolve();
	}
	return app.back.ask("question", { asks: "lesson" }).then(function (r) {
		return r.question.parts.filter(function (p) { return p.task; });
	}, function (e) {
		// A lab without tasks; anything else leaves the run covered.
		if (!e.kind) throw e;
		return [];
	}).then(function (parts) {
		if (workName() !== of) return;
		cover = { of: of, asks: parts.map(function (p, nth) {
			return { number: p.task.number, nth: nth, from: p.task.from, ahead: p.task.ahead && !isElsewhere(p.task) };
		}).filter(function (t) { return t.ahead; }) };
		takeLooked();
	});
}
