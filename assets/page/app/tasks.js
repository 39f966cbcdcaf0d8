// Tasks: the handout, what it asks, and what answers are worth, with the values of the
// student whose number stands in the bar.
addWords({ tasks: ["Tasks", "任务"], check: ["Check", "检查"], answer: ["Answer to task %1", "任务 %1 的答案"],
	none: ["This lab has no tasks.", "这里没有任务。"], handout: ["Handout", "讲义"],
	points: ["%1 points", "%1 分"], point: ["1 point", "1 分"], of: ["%1 of %2 points", "%1 / %2 分"],
	answered: ["%1 of %2 answered", "已答 %1 / %2"], lasts: ["%1 minutes", "%1 分钟"],
	teacher: ["your teacher will judge them", "由教师评判"], next: ["Next task", "下一个任务"],
	hint: ["Hint %1 of %2", "提示 %1 / %2"], hinted: ["Hint: ", "提示："],
	price: ["It costs a quarter of the points: show it", "将扣除四分之一的分数：查看"],
	counts: ["A branch counts. Use Act, or change a text with Edit.",
		"分支可作为答案：用“操作”做些什么，或用“编辑”改动文本。"],
	elsewhere: ["This task is not for a browser: it needs rung on your own computer, and does not count here.",
		"浏览器中做不到：需要自己计算机上的 rung，此处不计入。"],
	covered: ["Hidden until your first try. Answer from what you have understood.",
		"首次检查之前梯形图被遮住：请根据自己的理解作答。"],
	asksfirst: ["Task %1 asks about this first.", "请先作答任务 %1：它问的正是这部分。"],
	afterfirst: ["The commands of this task appear after your first try.", "本任务的命令在首次检查之后出现。"],
	notyet: ["not yet", "尚未达到"], arrows: ["one arrow per line: alice -> atl INVITE",
		"每行一个箭头：alice -> atl INVITE"],
	figure: ["An SVG file made by rung:", "由 rung 生成的 SVG 文件："],
	recorded: ["This run was recorded, because handsets do not run in a browser. The tasks here have " +
		"values without a student's number. To get yours and to hand in, use rung on your own computer.",
		"这里显示的是事先录制的运行：浏览器中不运行话机固件。这里的任务不使用学号对应的数值；" +
		"请在自己的计算机上用 rung 完成并提交。"],
	notown: ["The tasks ask about your own run, for the number in the bar. This is another run.", "任务针对你自己的运行（由上方的学号决定）。这里显示的是另一次运行。"],
	openown: ["Open my own run", "打开我自己的运行"],
	anew: ["Start over", "重新开始"], sure: ["Delete the answers, branches and changes of this lab?",
		"本实验的答案、分支和改动将被删除，确定吗？"],
	answerslink: ["Link of the answers", "答案的链接"],
	copied: ["The link of the answers is in the clipboard.", "答案的链接已复制到剪贴板。"] });

var drafts = new Map();

// What the engine has made of Markdown.
function markup(xhtml) {
	var doc = new DOMParser().parseFromString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" +
		xhtml + "</div>", "application/xhtml+xml");
	var box = document.adoptNode(doc.documentElement);
	box.className = "a-text";
	// Facts of a handout have lines of their own.
	box.querySelectorAll("p > strong").forEach(function (s) {
		var before = s.previousSibling;
		if (before && /\n$/.test(before.textContent)) s.before(el("br"));
	});
	giveDeeds(box);
	box.querySelectorAll("pre, table").forEach(function (e) { e.tabIndex = 0; });
	return box;
}
function hundredths(n) { return String(n / 100); }
function pointsOf(n) { return n === 100 ? word("point") : word("points", hundredths(n)); }

// What costs something wants a second press.
function pressTwice(key, value, second, price, deed) {
	var b = el("button", { type: "button", text: word(key, value, second), "data-key": key + " " + value });
	b.addEventListener("click", function () {
		if (b.dataset.sure) return deed();
		b.dataset.sure = "yes";
		b.textContent = word(price, value);
		return null;
	});
	return b;
}

// ---- what an answer is written into: { fields, value, set } ----

function lineOf(q, label) {
	var input = el("input", { "aria-label": label, placeholder: q.example, autocomplete: "off",
		spellcheck: "false" });
	return { fields: [input], value: function () { return input.value; },
		set: function (v) { input.value = v; } };
}
function linesOf(q, label) {
	var area = el("textarea", { rows: "6", "aria-label": label, spellcheck: "false",
		placeholder: word("arrows") });
	return { fields: [area], value: function () { return area.value; },
		set: function (v) { area.value = v; } };
}
function choiceOf(q, label) {
	var set = el("fieldset", {}, el("legend", { class: "skip", text: label }));
	q.options.forEach(function (o, i) {
		var letter = String.fromCharCode(97 + i);
		set.append(el("label", {}, el("input", { type: "radio", name: "a-task-" + q.number,
			value: letter }), el("span", { text: letter + ") " + o })));
	});
	return { fields: [set],
		value: function () {
			var chosen = set.querySelector(":checked");
			return chosen ? chosen.value : "";
		},
		set: function (v) {
			set.querySelectorAll("input").forEach(function (r) { r.checked = r.value === v; });
		} };
}
function conditionsOf(q) {
	var list = el("ul");
	q.options.forEach(function (o) { list.append(el("li", { text: o })); });
	return list;
}
function runOf(q) {
	return { fields: [conditionsOf(q), el("p", { class: "a-soft", text: word("counts") })],
		value: function () { return ""; }, set: function () {} };
}
function figureOf(q, label) {
	var input = el("input", { type: "file", accept: ".svg", "aria-label": label }), name = "";
	input.addEventListener("change", function () {
		if (input.files.length === 0) return;
		input.files[0].text().then(function (text) {
			name = input.files[0].name;
			work().figure = text;
			keepWork();
		});
	});
	return { fields: [conditionsOf(q), el("p", { text: word("figure") }), input],
		value: function () { return name; }, set: function (v) { name = v; } };
}
// A run that a browser can't make; no task of the page.
function elsewhereOf(q) {
	return { fields: [conditionsOf(q), el("p", { class: "a-note a-terminal", text: word("elsewhere") })],
		silent: true, value: function () { return ""; }, set: function () {} };
}
var forms = { choice: choiceOf, draw: linesOf, goal: runOf, build: runOf, agent: runOf, figure: figureOf,
	predict: predictionOf };
function isOfRuns(q) { return q.form === "goal" || q.form === "build" || q.form === "agent"; }
function isElsewhere(q) { return isOfRuns(q) && (isRecorded(app.lab) || q.process); }

// ---- a task ----

var MARKS = { GOOD: "✓", BAD: "✗", PART: "~", RECEIVED: "•", ERROR: "!", MISSING: "" };
var STYLES = { GOOD: "a-good", BAD: "a-bad", PART: "a-part", ERROR: "a-part" };

function keptAnswer(nth) {
	var list = work().answers.tasks || [];
	return list.filter(function (a) { return a && a.task === nth + 1; })[0] || {};
}
// One more hint was looked at.
function lookAtHint(nth) {
	changeAnswer(nth, { hints: (keptAnswer(nth).hints || 0) + 1 });
}
// Labs that an answer names, with their texts, the script first.
function namedTexts(answer) {
	return answer.split(/\s+/).filter(hasLab).reduce(function (list, name) {
		var own = "labs/" + name + "/lab.lua";
		return list.concat(textsOf(name).filter(function (t) {
			return t.path.indexOf("labs/") === 0;
		}).sort(function (a, b) { return (b.path === own) - (a.path === own); }));
	}, []);
}

function resultOf(task, v) {
	var box = task.said, unmet = isOfRuns(task.q) && v.verdict === "BAD";
	holdCommands(task, v);
	box.replaceChildren();
	task.mark.textContent = unmet ? "" : MARKS[v.verdict];
	task.mark.className = "a-mark " + (unmet ? "" : STYLES[v.verdict] || "");
	task.box.querySelectorAll(".a-hint").forEach(function (h) { h.remove(); });
	v.hints.forEach(function (h) {
		box.before(el("p", { class: "a-hint" }, el("strong", { text: word("hinted") }), h));
	});
	if (task.q.hints > v.hints.length && !v.right && !(task.q.ahead && v.verdict === "MISSING") && task.nth !== undefined && !app.lesson.set && !isElsewhere(task.q))
		box.before(el("p", { class: "a-hint" }, pressTwice("hint", v.hints.length + 1,
			task.q.hints, "price", function () {
				lookAtHint(task.nth);
				return checkTask(task);
			})));
	if (v.predicted !== undefined)
		box.append(el("p", { text: word("predicted", v.predicted, v.predicted_right,
			task.q.predictions) }));
	if (v.verdict === "MISSING") return;
	box.append(el("p", { class: unmet ? "" : STYLES[v.verdict] || "" },
		el("strong", { text: unmet ? word("notyet") : v.words }),
		v.verdict === "RECEIVED" ? "" : " · " + word("of", hundredths(v.points),
			hundredths(task.q.points))));
	if (v.text && v.predicted === undefined)
		box.append(el("p", { class: "a-lines", text: v.text }));
	if (v.rule) box.append(el("p", { class: "a-soft", text: v.rule }));
	v.records.forEach(function (seq) {
		var b = el("button", { type: "button", text: "→ " + seq });
		b.addEventListener("click", function () {
			if (app.branch === 0) app.shown.go(seq);
			else guarded(show(0, seq));
		});
		box.append(b, " ");
	});
	if (v.verdict !== "RECEIVED" && task.nth !== undefined && !unmet) box.append(questionBox(task));
}

// Tasks are judged one after the other, since each verdict gives all answers anew; none of
// a lab or number that stands there no more.
var judging = Promise.resolve();
function judgeTask(task) {
	var answer = task.form.value(), of = workName();
	function judge() {
		return workName() !== of ? null : app.back.ask("verdict", { asks: "task",
			nth: task.nth, text: answer,
			work: workMembers(task.q.form === "run" ? { texts: namedTexts(answer) } : {}) }).then(function (r) {
			if (workName() !== of) return null;
			work().answers = r.verdict.answers;
			task.verdict = r.verdict;
			tellSum();
			if (cover.of === of) takeHold(r.verdict.hold);
			return function () { resultOf(task, r.verdict); };
		});
	}
	judging = judging.then(function () { return refill(task.box, judge); }).catch(tellWrong);
	return judging;
}
function checkTask(task) {
	drafts.delete(workName() + "/" + task.nth);
	return judgeTask(task).then(function () {
		keepWork();
		return task.verdict && task.verdict.right && isOfRuns(task.q) ? keepRuns() : null;
	}).then(warnUnkept);
}

// The commands of what is asked ahead show its answer: they come after the first try, V.
function holdCommands(task, v) {
	var list = task.box.querySelectorAll(".a-commands button, .a-do");
	var holds = !!task.q.ahead && !isElsewhere(task.q) && (v ? v.verdict === "MISSING" : !keptAnswer(task.nth).text);
	list.forEach(function (b) { b.disabled = holds; });
	task.box.classList.toggle("a-ahead", holds && list.length > 0);
}
function taskOf(q, nth) {
	var task = { q: q, nth: nth, said: el("div", { role: "status", class: "a-verdict" }),
		mark: el("span", { class: "a-mark", "aria-hidden": "true" }) };
	var key = workName() + "/" + nth, form = el("form", {});
	task.form = (isElsewhere(q) ? elsewhereOf : forms[q.form] || lineOf)(q, word("answer", q.number));
	task.form.set(drafts.has(key) ? drafts.get(key) : keptAnswer(nth).text || "");
	form.append.apply(form, task.form.fields);
	if (q.unit) form.append(" " + q.unit + " ");
	if (!task.form.silent) form.append(" ", el("button", { text: word("check") }));
	form.addEventListener("input", function () { drafts.set(key, task.form.value()); });
	form.addEventListener("submit", function (event) {
		event.preventDefault();
		checkTask(task);
	});
	coverDrawing(task, form);
	task.box = el("section", { class: "a-task", "data-task": q.number }, el("h3", { tabindex: "-1", "aria-level": "2" }, task.mark, " ",
		q.number + ". ", el("small", { text: pointsOf(q.points) })), markup(q.text),
	el("p", { class: "a-soft a-afterfirst", text: word("afterfirst") }), form, task.said);
	holdCommands(task);
	return task;
}

// A figure is drawn from memory: the ladder is covered from the first stroke to the first try.
// Tasks that are asked ahead have their own cover (cover.js).
function coverLadder(on) {
	document.documentElement.classList.toggle("a-draws", on);
	if (by("p-ladder")) by("p-ladder").dataset.covered = word("covered");
}
function coverDrawing(task, form) {
	if (task.q.form !== "draw") return;
	form.addEventListener("focusin", function (event) {
		if (event.target.localName !== "button") coverLadder(!keptAnswer(task.nth).text);
	});
	form.addEventListener("submit", function () { coverLadder(false); });
}

// ---- all of them ----

function isAnswered(task) { return !!task.verdict && task.verdict.verdict !== "MISSING" &&
	!(isOfRuns(task.q) && task.verdict.verdict === "BAD"); }
function tellSum() {
	var l = app.lesson, here = l.tasks.filter(function (t) { return !isElsewhere(t.q); });
	var answered = here.filter(isAnswered).length, points = 0, of = l.points, parts;
	here.forEach(function (t) { points += t.verdict ? t.verdict.points : 0; });
	l.tasks.forEach(function (t) { of -= isElsewhere(t.q) ? t.q.points : 0; });
	parts = [word("answered", answered, here.length),
		l.set ? word("teacher") : word("of", hundredths(points), hundredths(of))];
	if (l.minutes) parts.push(word("lasts", l.minutes));
	if (student()) parts.push(student());
	l.sum.textContent = parts.join(" · ");
	reportTasks(here, points, of, answered);
	if (l.set || l.tasks.length === 0 || !labShown() || JSON.stringify(work().sum) === JSON.stringify(l.reached = { points: points, of: of,
		answered: answered, tasks: here.length })) return;
	work().sum = l.reached;
	if (answered > 0 && !app.follows) keepWork();
}
// A task about what another one hides comes after that.
function isAskedLater(task) { return holdsNow() > 0 && cover.hold.hidden.includes(task.q.number); }
function tellLater() {
	if (app.lesson) app.lesson.tasks.forEach(function (t) {
		var old = t.box.querySelector(".a-later");
		if (old) old.remove();
		if (isAskedLater(t)) t.box.querySelector("form").before(el("p", { class: "a-soft a-later" }, word("asksfirst", holdsNow()) + " ",
			buttonOf("covertask", function () { return goToTask(holdsNow() - 1); }, holdsNow())));
	});
}
// A mouse takes the focus to the button: it goes on from the task that had it last, or before which
// another one had to come.  To that it leads once: who leaves it without a try goes on.
function goToNext() {
	var l = app.lesson, list = l.tasks, now = l.later === undefined ? l.at : l.later - 1, first = holdsNow() - 1;
	var next = list.slice(now + 1).concat(list.slice(0, now + 1)).filter(function (t) {
		return !isAnswered(t) && !isElsewhere(t.q);
	})[0];
	var leads = !!next && isAskedLater(next) && first > next.nth && first !== l.at;
	l.later = leads ? next.nth : undefined;
	if (leads) next = list[first];
	if (!next) return;
	next.box.querySelector("h3").focus();
	next.box.scrollIntoView({ block: "start" });
}
function warnUnkept() {
	var place = by("a-unkept");
	if (place) place.hidden = !app.unkept;
}

// ---- what is done with all of it ----

function linkAnswers() {
	return guarded(makeHandin().then(function (h) {
		if (!h.link) throw new Error(word("handintext"));
		history.replaceState(null, "", addressOf(h.link));
		return navigator.clipboard.writeText(location.href).then(function () {
			tell(word("copied"));
		}, function () { tell(h.link); });
	}));
}
function titled(key, deed) {
	var b = buttonOf(key, deed);
	b.title = word(key + "text");
	return b;
}
function deedsOf() {
	var input = el("input", { type: "file", accept: ".json,.rung", hidden: "" });
	input.addEventListener("change", function () {
		if (input.files.length > 0) loadWorks(input.files[0]);
	});
	var row = el("div", { class: "a-row" });
	if (labShown() === null) return row;
	if (!isRecorded(app.lab)) row.append(titled("handin", app.back.serves ? handInHere : handIn), buttonOf("answerslink", linkAnswers));
	row.append(titled("save", saveWorks), titled("load", function () { input.click(); }), input,
		pressTwice("anew", "", "", "sure", forgetWork));
	return row;
}

function takeDrop(event) {
	if (event.dataTransfer.files.length === 0) return;
	event.preventDefault();
	event.stopPropagation();
	loadWorks(event.dataTransfer.files[0]);
}

function fillTasks(panel, lesson) {
	runFiles = new Map();
	coverLadder(false);
	var last = app.lesson && app.lesson.of === workName() ? app.lesson : { at: -1 };
	var box = el("div", { class: "a-tasks" }), l = app.lesson = { of: workName(), tasks: [], at: last.at, later: last.later, set: lesson.set,
		points: lesson.points, minutes: lesson.minutes, sum: el("p", { role: "status" }) };
	var handout = el("details", {}, el("summary", { text: word("handout") }));
	box.addEventListener("focusin", function (event) {
		l.tasks.forEach(function (t, nth) { if (t.box.contains(event.target)) l.at = nth; });
	});
	box.addEventListener("dragover", function (event) { event.preventDefault(); });
	box.addEventListener("drop", takeDrop);
	box.append(el("div", { class: "a-sum" }, l.sum, buttonOf("next", goToNext)),
		el("p", { id: "a-unkept", class: "a-note", text: word("left"), hidden: "" }));
	if (isRecorded(app.lab)) box.append(el("p", { class: "a-note", text: word("recorded") }));
	if (!lesson.own) box.append(el("p", { class: "a-note" }, word("notown") + " ", buttonOf("openown", function () { guarded(openOwn(app.lab)); })));
	// A run that came as a link is somebody else's: a task about it would be judged by another.
	if (!lesson.own && app.linked) return panel.append(box, deedsOf());
	lesson.parts.forEach(function (p) {
		if (p.task) l.tasks.push(taskOf(p.task, l.tasks.length));
		if (p.task) box.append(l.tasks[l.tasks.length - 1].box);
		else if (l.tasks.length === 0) handout.append(markup(p.text));
		else box.append(markup(p.text));
		if (!p.task && l.tasks.length === 0) box.append(handout);
	});
	// Tasks stand below it, not in it.
	if (/^h[1-6]$/.test(((handout.lastChild || {}).lastElementChild || {}).localName))
		handout.lastChild.lastElementChild.remove();
	// The page has its title.
	if (handout.querySelector("h1")) handout.querySelector("h1").remove();
	box.append(deedsOf());
	handout.open = !(work().answers.tasks || []).length;
	panel.append(box);
	tellLater();
	l.tasks.forEach(judgeTask);
	warnUnkept();
	return judging.then(function () {
		tellSum();
		// A branch may have met one.
		return l.tasks.some(function (t) {
			return t.verdict && t.verdict.right && isOfRuns(t.q);
		}) ? keepRuns() : null;
	});
}

addPanel("tasks", function (panel, lesson) {
	if (lesson) return fillTasks(panel, lesson);
	return panel.append(el("p", { text: word("none") }), deedsOf());
});
panels.tasks.ask = function () {
	return app.back.ask("question", { asks: "lesson" }).then(function (q) { return q.question; }, function (e) {
		if (e.kind !== "NOTFOUND") tellWrong(e);
	});
};
