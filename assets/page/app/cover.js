// Predict first: a run shows its records before the one that answers an `ahead` task, until the
// student's first try (src/teaching/lesson/prediction_hold.h).  A student may look sooner.  The work records it,
// and what was seen in a lesson that somebody held, and rung check reports both.
addWords({ coverfrom: ["Task %1 asks what happens from here on. It is hidden until your first try.",
		"任务 %1 问的是此后的内容。在你首次作答之前，它被遮住。"],
	coverrun: ["Task %1 asks about runs such as this one. It is hidden until your first try.",
		"任务 %1 问的是这样的运行。在你首次作答之前，它被遮住。"],
	coverwaits: ["The tasks are loading.", "正在载入任务。"],
	covertask: ["Go to task %1", "转到任务 %1"], coverlook: ["Look first", "先看运行"],
	coverall: ["Show the whole lab", "显示整个实验"],
	coversure: ["Your report will say that you looked first: look", "报告会注明“先看了运行”：查看"] });

// HOLD: the engine's answer about the work that OF names; null: the lab has no tasks.
var cover = { of: null, hold: null };

function isCoverable() {
	return labShown() !== null && !app.follows && !app.answersOf && !(app.back.serves && app.back.teaches());
}
// It is the lab's own run, by the values of the number in the bar.
function isOwn() {
	return !app.more && !isChanged() && (cover.of === workName() && cover.hold ? cover.hold.own : !seedOf() && !app.linked);
}
// The number of the task that holds the run that is shown, or, where OTHERS, runs beside the lab's own; 0: none.
function holdsNow(others) {
	if (!isCoverable() || cover.of !== workName() || !cover.hold) return 0;
	return others || !isOwn() ? cover.hold.others : cover.hold.task;
}
// The last record that may be seen.
function coverHold() {
	if (!app.shown) return Infinity;
	if (isCoverable() && cover.of !== workName()) return 0;
	if (!holdsNow()) return Infinity;
	return isOwn() ? cover.hold.before - 1 : 0;
}
// As app.back.ask, of what may be seen.
function askSeen(name, members) {
	var held = heldAt();
	return app.back.ask(name, held < Infinity ? Object.assign({ before: held + 1 }, members) : members);
}

// ---- the note, with the step and in the place of panels of other runs ----

function noteCovered(key, number) {
	var note = el("p", { class: "a-note a-covered" }, word(key, number) + " ",
		buttonOf("covertask", function () { return goToTask(number - 1); }, number), " ");
	note.append(student() ? pressTwice("coverlook", "", "", "coversure", function () { return lookFirst([number]); })
		: buttonOf("coverall", function () { return lookFirst(cover.hold.open); }));
	return note;
}
function coverKey() { return isOwn() ? "coverfrom" : "coverrun"; }
function tellCover() {
	var old = by("a-cover"), number = holdsNow(), box = by("p-now"), key = coverKey();
	var is = coverHold() === Infinity ? "" : number ? number + key + !student() : "waits";
	if (old && old.dataset.is === is && box.contains(old)) return;
	if (old) old.remove();
	if (!is || !box) return;
	box.append(el("div", { id: "a-cover", "data-is": is }, number ? noteCovered(key, number)
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
// The run was seen, as MEMBERS say, before tasks of the numbers in LIST were tried.
function noteSeen(list, members) {
	var open = list.filter(function (number) { return cover.hold.open.includes(number); });
	if (open.length === 0) return Promise.resolve();
	open.forEach(function (number) { changeAnswer(number - 1, members); });
	keepWork();
	return askHold();
}
// A verdict that arrives later contains all answers again.
function lookFirst(list) {
	judging = judging.then(function () { return noteSeen(list, { looked: true }); });
	return judging.then(fillPanel);
}

// ---- the tasks of the lab ----

// Looking without a number counts for the number that is entered later.
function takeSeen() {
	var before = student() && worksAt(app.lab + "/").answers.tasks || [];
	return ["looked", "taught"].reduce(function (done, key) {
		return done.then(function () {
			return noteSeen(before.filter(function (x) { return x && x[key]; }).map(function (x) { return x.task; }), Object.fromEntries([[key, true]]));
		});
	}, Promise.resolve());
}
// HOLD, what the engine says of the work, is so from now on.
function takeHold(hold) {
	cover.hold = hold;
	holdBack();
	tellLater();
}
// A promise: what the tasks hold is known.
function askHold() {
	var of = workName();
	return app.back.ask("question", { asks: "hold", work: { answers: work().answers } }).then(function (r) {
		return r.question;
	}, function (e) {
		// A lab without tasks; anything else leaves the run covered.
		if (!e.kind) throw e;
		return null;
	}).then(function (hold) {
		if (workName() !== of) return;
		cover.of = of;
		takeHold(hold);
	});
}
// The same of a run that was opened.
function learnCover() {
	if (!isCoverable()) return Promise.resolve();
	if (!app.library.whole) {
		if (cover.of !== workName()) guarded(proseComes().then(learnCover).then(holdBack));
		return Promise.resolve();
	}
	return askHold().then(function () { return cover.hold && takeSeen(); }).then(function () {
		// A class, or whoever sees the projector, has seen it.
		return cover.hold && isCoverable() && isHeldUp() ? noteSeen(cover.hold.open, { taught: true }) : null;
	});
}
// A lesson is held here, or it is projected.
function isHeldUp() { return !!course || !!kept("plan") || areSlides() && !student(); }
// A teacher has shown the run up to record SEQ: what asks about that is not hidden any more.
function noteTaught(seq) {
	var hold = cover.hold;
	if (!hold || !hold.task || hold.before > seq) return Promise.resolve();
	return noteSeen([hold.task], { taught: true }).then(function () { return noteTaught(seq); });
}
