// A lesson by its plan (labs/plans, docs/LESSONS.md): each step opens its lab at its moment, prepares
// its vote and its sheet, and shows its minutes and the next step.  In a class it is part of the
// teacher's panel Class; without a class it has its own panel.
addWords({ plan: ["Plan", "教案"], planchoice: ["Lesson plan", "教案"], planbegin: ["Teach this lesson", "按教案上课"],
	planend: ["End the lesson", "结束这节课"], plannext: ["Next step: %1", "下一步：%1"], planback: ["Step back", "上一步"],
	planat: ["Step %1 of %2, minutes %3", "第 %1 / %2 步，第 %3 分钟"],
	planstep: ["%1 of %2 minutes of this step", "本步 %1 / %2 分钟"], planall: ["%1 of %2 minutes of the lesson", "全课 %1 / %2 分钟"],
	planthen: ["Next, minutes %1: %2", "随后，第 %1 分钟：%2"], planlast: ["This is the last step.", "这是最后一步。"],
	plansays: ["The class answers first", "全班先说"], plantext: ["What is done", "做什么"], planaim: ["Aim", "目标"],
	planwrong: ["What goes wrong", "容易出错之处"], planwork: ["Homework", "作业"], plansheet: ["Sheet: %1", "任务单：%1"],
	planprint: ["Print", "打印"], planclose: ["Close", "关闭"], planlines: ["Answer", "答案"],
	planvote: ["Open the vote: %1", "发起投票：%1"] });

// The plan that is held: { path, at, began, step }, kept by the browser, and what the engine has
// read of it: `is`, in `language`.
var course = null;
function planPath(path) { return path.replace(/(\.zh)?\.md$/, app.language === "zh" ? ".zh.md" : ".md"); }
function plansHere() {
	return Object.keys(app.library.texts).filter(function (path) {
		return path.indexOf("plans/") === 0 && /\.zh\.md$/.test(path) === (app.language === "zh");
	}).sort();
}
function keepCourse() {
	keepValue("plan", course ? JSON.stringify({ path: course.path, at: course.at, began: course.began, step: course.step }) : "");
	document.documentElement.classList.toggle("a-planned", !!course);
}
function dropCourse() {
	course = null;
	keepCourse();
	return null;
}
// The course, read in the language that the page has now; null: none is held, or none that can be read.
function readCourse() {
	var was = null, text, of;
	if (!course) try { was = JSON.parse(kept("plan") || "null"); } catch (e) { /* none */ }
	if (isObject(was) && typeof was.path === "string" && [was.at, was.began, was.step].every(Number.isFinite)) course = was;
	if (!course || course.language === app.language && course.is) return Promise.resolve(course);
	text = app.library.texts[planPath(course.path)] || app.library.texts[course.path];
	if (text === undefined) return Promise.resolve(dropCourse());
	of = course;
	return app.back.ask("plan", { text: text }).then(function (p) {
		if (course !== of) return course;
		if (p.steps.length === 0) return dropCourse();
		course.is = p;
		course.language = app.language;
		course.at = Math.max(0, Math.min(course.at, p.steps.length - 1));
		keepCourse();
		return course;
	}, function (e) {
		tellWrong(e);
		return course === of ? dropCourse() : course;
	});
}
function beginPlan(path) {
	course = { path: path, at: 0, began: Date.now(), step: Date.now() };
	if (app.back.serves) app.showsClass = true;
	return readCourse().then(function () {
		openPanel = app.back.serves ? "class" : "plan";
		if (app.starts) turnStart(false);
		return course && goToStep(0);
	});
}
function endPlan() {
	dropCourse();
	if (openPanel === "plan") openPanel = null;
	fillPanel();
}

// ---- a step ----

function planStep() { return course.is.steps[course.at]; }
// A step without a lab stays where the page is; where nothing is open, at the plan's first lab.
function openAt(step) {
	var run = { lab: step.lab, more: null }, first = course.is.steps.find(function (s) { return hasLab(s.lab); });
	if (!hasLab(step.lab)) return app.shown || !first ? Promise.resolve(0) : openLab(first.lab, { branch: 0, record: 0 }).then(function () { return 0; });
	return (app.shown && isOpen(run) && !seedOf() ? Promise.resolve() : openLab(step.lab)).then(function () {
		return !step.moment ? { record: 0 } : app.back.ask("find", { branch: 0, words: step.moment, record: 0,
			by: step.moment.indexOf("=") < 0 ? 0 : 1 });
	}).then(function (r) {
		if (app.branch !== 0) return show(0, r.record).then(function () { return r.record; });
		app.shown.go(r.record);
		return r.record;
	});
}
// Fills in the form of the vote: rung's question at RECORD, or the plan's own question, which the
// messages after RECORD may answer.
function prepareVote(step, record) {
	lesson.form = null;
	if (!app.back.serves || !step.vote) return null;
	if (step.vote === "rung") return takeQuestion(el("textarea"), el("textarea"));
	lesson.form = { text: step.vote, options: step.options.join("\n") };
	lesson.asked = { options: lesson.form.options, first: step.lab ? record + 1 : 0 };
	lesson.known = step.options[step.right - 1];
	lesson.knows = word("plan");
	return null;
}
function goToStep(nth) {
	var of = course, step;
	course.at = nth;
	course.step = Date.now();
	keepCourse();
	step = planStep();
	// A vote that was ended meanwhile is none.
	return guarded(Promise.resolve(lesson.vote && app.back.teaches() ? app.back.ask("poll", { what: "end" }) : null).catch(function (e) {
		if (!e.kind) throw e;
	}).then(function () {
		lesson.vote = null;
		return openAt(step);
	}).then(function (record) {
		return of === course && course.at === nth ? prepareVote(step, record) : null;
	}).then(function () {
		if (app.showsClass) showClass();
		return fillPanel();
	}));
}

// ---- the teacher's part ----

function minutesOf(step) { return step.from + "–" + step.to; }
function tellMinutes(e) {
	var place = e || by("a-plan-time"), step, spent, all;
	if (!place || !course || !course.is) return;
	step = planStep();
	spent = Math.floor((Date.now() - course.step) / 60000);
	all = Math.floor((Date.now() - course.began) / 60000);
	place.textContent = word("planstep", spent, step.to - step.from) + " · " + word("planall", all, course.is.minutes);
	place.classList.toggle("a-bad", spent >= step.to - step.from);
}
setInterval(function () { tellMinutes(); }, 1000);

function planDetails(key, text) { return text ? el("details", {}, el("summary", { text: word(key) }), markup(text)) : ""; }
function courseBox() {
	var plan = course.is, step = planStep(), next = plan.steps[course.at + 1], row = el("div", { class: "a-row" }), vote = null;
	var box = el("section", { class: "a-plan", "aria-label": word("plan") }, el("h3", { text: plan.title }),
		el("p", { class: "a-soft", text: word("planat", course.at + 1, plan.steps.length, minutesOf(step)) }),
		el("p", {}, el("strong", { text: step.title })), el("p", { id: "a-plan-time" }));
	function turner(nth) { return function () { goToStep(nth); }; }
	tellMinutes(box.lastChild);
	if (step.says) box.append(el("p", { class: "a-note" }, word("plansays") + ": ", el("em", { text: step.says })));
	if (!app.back.serves && step.options.length > 0) box.append(el("p", { text: step.vote }), el.apply(null, ["ul", { class: "a-planned-options" }]
		.concat(step.options.map(function (o) { return el("li", { text: o }); }))));
	step.sheets.forEach(function (line) {
		row.append(buttonOf("plansheet", function () { return guarded(showSheet(line)); }, line.replace(/ (blank|ladder)$/, "")));
	});
	// Its question stands in the form below, to be changed there.
	if (app.back.serves && step.vote && lesson.form && !lesson.vote) {
		vote = buttonOf("planvote", function () {
			return beginVote(lesson.form.text, lesson.form.options);
		}, lesson.form.text.split("\n").pop());
		vote.className = "a-first";
		row.append(vote);
	}
	if (course.at > 0) row.append(buttonOf("planback", turner(course.at - 1)));
	if (next) row.append(el("button", { type: "button", class: vote ? "a-plan-next" : "a-first a-plan-next", text: word("plannext", next.title) }));
	box.append(row, el("p", { class: "a-soft", text: next ? word("planthen", minutesOf(next), next.title) : word("planlast") }));
	if (next) row.lastChild.addEventListener("click", turner(course.at + 1));
	step.figures.forEach(function (line) { box.append(commandOf(line)); });
	box.append(planDetails("plantext", step.text), planDetails("planaim", plan.aim), planDetails("planwrong", plan.wrong),
		planDetails("planwork", plan.homework), el("p", {}, buttonOf("planend", endPlan)));
	return box;
}
// The list of plans; nothing if there are none.
function planChoice() {
	var list = plansHere(), select = el("select", { "aria-label": word("planchoice") });
	list.forEach(function (path) {
		select.append(el("option", { value: path, text: (/^# (.*)$/m.exec(app.library.texts[path]) || [path, path])[1] }));
	});
	return list.length === 0 ? "" : el("p", { class: "a-row" }, select,
		buttonOf("planbegin", function () { return guarded(beginPlan(select.value)); }));
}
// The part of PANEL that is the plan's, after readCourse().
function planPart(panel) { panel.append(course ? courseBox() : planChoice()); }
if (by("a-worker")) {
	addPanel("plan", planPart);
	panels.plan.ask = readCourse;
	panels.plan.alone = true;
	// The button of a lesson that was held before a reload.
	document.documentElement.classList.toggle("a-planned", !!kept("plan"));
}

// ---- a sheet ----

// The tasks of LINE, "direct-call 1-3,5 blank", to be projected and printed.
function showSheet(line) {
	var list = line.split(/\s+/), lab = list[0], picture = list.indexOf("blank") > 0 ? "blank" : list.indexOf("ladder") > 0 ? "ladder" : "";
	return openAt(lab === planStep().lab ? planStep() : { lab: lab }).then(function () {
		return Promise.all([app.back.ask("question", { asks: "lesson" }), picture ? app.back.ask("picture", { branch: 0 }) : null]);
	}).then(function (both) {
		var tasks = both[0].question.parts.filter(function (p) { return p.task && isOnSheet(list, p.task.number); });
		layPaper(el.apply(null, ["div", {}, both[1] ? sheetPicture(both[1].svg, picture === "blank") : el("h1", { text: titleOf(lab) })]
			.concat(tasks.map(function (p) { return sheetTask(p.task); }))));
	});
}
function isOnSheet(list, number) {
	var parts = list.slice(1).filter(function (w) { return /^\d/.test(w); }).join(",").split(",");
	return parts[0] === "" || parts.some(function (part) {
		var n = part.split("-").map(Number);
		return number >= n[0] && number <= (n[1] || n[0]);
	});
}
// Options have their letters, all else lines to write on.
function sheetTask(q) {
	var box = el("section", {}, el("h3", { text: q.number + ". (" + pointsOf(q.points) + ")" }), markup(q.text));
	q.options.forEach(function (o, i) {
		box.append(el("p", { text: (q.form === "choice" ? String.fromCharCode(97 + i) + ") " : "☐ ") + o }));
	});
	if (q.form !== "choice") box.append(el("p", { class: "a-write", text: word("planlines") + ": " }));
	return box;
}
// BLANK: its lifelines without messages.
function sheetPicture(svg, blank) {
	var doc = new DOMParser().parseFromString(svg, "image/svg+xml");
	if (blank) doc.querySelectorAll("[id^=r]").forEach(function (e) { e.remove(); });
	return el("img", { class: "a-diff", alt: "", src: "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(doc)) });
}
function layPaper(content) {
	var paper = el("div", { class: "a-projected a-paper", role: "dialog", tabindex: "-1", "aria-label": word("plansheet", "") });
	paper.append(el("p", { class: "a-row" }, buttonOf("planprint", function () { print(); }),
		buttonOf("planclose", function () { paper.remove(); })), content);
	document.querySelectorAll(".a-paper").forEach(function (e) { e.remove(); });
	document.body.append(paper);
	paper.focus();
}
