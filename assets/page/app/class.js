// A class at rung serve: what the teacher shows is followed, votes are taken, who does not
// get on says so; and the teacher's side of it.
addWords({ class: ["Class", "课堂"], enter: ["Enter", "进入"], code: ["Code", "课堂码"],
	entering: ["The teacher has the code.", "课堂码由教师告知。"],
	before: ["If you were here before, continue:", "以前来过的可以继续："],
	goon: ["Continue as %1", "以 %1 继续"], goonhere: ["Continue here as %1; the other tab ends", "在这里以 %1 继续；另一个标签页将结束"],
	doubled: ["This is open in another tab.", "它已在另一个标签页中打开。"],
	somebody: ["Somebody else:", "其他人："],
	theteacher: ["the teacher", "教师"], nonumber: ["before, without a number", "之前的身份（没有学号）"],
	leave: ["Leave the class", "退出课堂"], surely: ["The next person here is somebody else: leave", "下一个使用者将是其他人：退出"],
	unled: ["The teacher's tab is closed, so nobody leads the class. Here is what was shown last; you can continue by yourself.",
		"教师的页面已关闭，目前无人带领。最后展示的内容仍在此处，你可以自己继续。"],
	follow: ["Follow the teacher", "跟随教师"], alone: ["Continue from here by myself", "从这里自己继续"], here: ["%1 here", "在场 %1 人"],
	tellwhere: ["The teacher may see where I am, with my number",
		"教师可以按学号看到我的位置"],
	theirs: ["The teacher has shown this run; what you do in it affects only you.", "这是教师展示的运行；你在其中的操作只影响你自己。"],
	stuck: ["I am stuck", "我卡住了"], isstuck: ["Stuck", "卡住"], round: ["Round %1", "第 %1 轮"],
	voted: ["%1 have voted", "已有 %1 人投票"], yours: ["your vote", "你的选择"],
	right: ["right", "正确"], showme: ["Show the class what I do", "向全班展示我的操作"],
	question: ["Question", "问题"], options: ["Options, one per line", "选项，每行一个"],
	take: ["Use rung's question at this record", "取 rung 在此记录处的问题"],
	begin: ["Ask", "发起投票"], closevote: ["Close and show", "结束并公布"],
	again: ["Once more", "再投一次"], tellright: ["Show the right answer", "公布正确答案"],
	endvote: ["End the vote", "撤下投票"], project: ["Show it large", "放大显示"], who: ["Where everybody is", "谁在哪里"],
	nobody: ["Nobody has shared where they are.", "还没有人说明。"], number: ["Number", "学号"],
	task: ["Task", "任务"], minutes: ["Minutes", "分钟"],
	handed: ["Handed in", "已提交"], handhere: ["Hand in to the teacher", "提交给教师"],
	handedin: ["Handed in: %1", "已提交：%1"], address: ["Address", "地址"],
	seats: ["Present", "在座"], votes: ["Votes", "票数"], silent: ["Silent", "未说明位置"],
	held: ["Later messages are hidden while the vote is open.", "投票进行期间，之后的消息被隐藏。"],
	seeon: ["Show them on this page", "在本页面显示它们"],
	slip: ["The word on your slip, if you have one", "纸条上的暗号（如果有）"],
	twosaid: ["another person has used this number", "另有一人使用了这个学号"],
	wrongwords: ["%1 wrong words for %2, from %3", "学号 %2：%1 个错误的暗号，来自 %3"],
	telldoubled: ["Another person has used this number. Tell the teacher.", "另有一人使用了这个学号：请告诉教师。"],
	assign: ["Assign %1", "%1 归此人"], reallyassign: ["Work that others hand in as %1 does not count", "其他人以 %1 提交的都不算"],
	also: ["also %1", "还用过 %1"],
	disputed: ["Numbers with votes from two browsers: %1. They count when the teacher assigns the number.", "有两个浏览器投票的学号：%1 个。教师指定学号归属后才计票。"],
	mostvotes: ["%1 votes, at most %2 from one address", "%1 票，同一地址最多 %2 票"],
	putout: ["Exclude", "请出"], reallyout: ["Exclude, with its browser", "请出，连同其浏览器"] });

// What the server said last, and whether its page is what is shown here.
var lesson = { version: 0 };

// ---- the door ----

// M is what the server says of who has come in.
function arrived(m) {
	app.tellsWhere = m.lab !== "";
	app.stuck = m.stuck;
	lesson.version = 0;
	lesson.where = null;
}

// One comes in by a code, or goes on at one of SEATS.
function doorForm(said, seats, code) {
	return app.back.takenOf(seats || []).then(function (taken) {
		return askAtDoor(said, seats || [], taken, code || "");
	});
}
function seatName(s) { return s.teacher ? word("theteacher") : s.number || word("nonumber"); }

function askAtDoor(said, seats, taken, known, asNumber) {
	var code = el("input", { id: "a-code", autocomplete: "off", autocapitalize: "characters",
		required: "", value: known });
	var number = el("input", { id: "a-number", autocomplete: "off", value: asNumber || "" });
	var slip = el("input", { id: "a-slip", autocomplete: "off", autocapitalize: "none" });
	var form = el("form", { id: "a-door" }, el("h1", { text: "rung" }));
	var alert = el("p", { role: "alert", class: "a-bad", text: said || "" });

	return new Promise(function (resolve) {
		function enter(promise, as) {
			promise.then(function (m) {
				form.remove();
				document.body.classList.remove("a-outside");
				arrived(m);
				if (as !== null) takeStudent(as);
				resolve();
			}, function (e) { alert.textContent = e.message; });
		}
		if (seats.length > 0 && taken.length === 0)
			form.append(el("p", { text: word("before") }));
		seats.forEach(function (s) {
			form.append(buttonOf(taken.indexOf(s) >= 0 ? "goonhere" : "goon", function () {
				enter(app.back.back(newestSeat(s)), s.number || null);
			}, seatName(s)));
		});
		form.append(el("p", { text: word(seats.length > 0 ? "somebody" : "entering") }),
			el("label", { for: "a-code", text: word("code") }), code,
			el("label", { for: "a-number", text: word("student") }), number,
			el("label", { for: "a-slip", text: word("slip") }), slip,
			el("button", { text: word("enter") }));
		(seats.length > 0 ? form.firstChild : form.lastChild).after(alert);
		form.addEventListener("submit", function (event) {
			event.preventDefault();
			enter(app.back.join(code.value.trim().toUpperCase(), number.value.trim(), slip.value),
				number.value.trim());
		});
		document.body.prepend(form);
		document.body.classList.add("a-outside");
		(form.querySelector("button[type=button]") || (asNumber ? slip : code)).focus();
	});
}

// Somebody of the class: who this tab was, or by the code in the address, or by a form.
function enterClass() {
	var said = /[#&]code=([A-Za-z0-9]+)/.exec(location.hash), own = app.back.ownSeat();
	var code = said ? said[1].toUpperCase() : "", before = kept("student") || "";
	var seats = keptSeats().filter(function (s) { return s.code === code; });
	function ask(e) { return askAtDoor(e.message, [], [], code, code && before); }
	if (said) {
		history.replaceState(null, "", location.pathname + location.search);
		return seats.length > 0 ? doorForm("", seats, code)
			: app.back.join(code, before).then(arrived, ask);
	}
	if (!own) return doorForm();
	return app.back.takenOf([own]).then(function (taken) {
		return taken.length > 0 ? doorForm(word("doubled"), [own])
			: app.back.back(own).then(arrived, ask);
	});
}

// A student who writes another number into the bar is another member; a number may have a word.
function signIn(number) {
	var done = app.back.number(number);
	if (done) guarded(done.then(arrived, function (e) {
		if (e.kind !== "NOTFOUND") throw e;
		return askAtDoor(e.message, [], [], app.back.seat().code, number);
	}));
}
function leaveClass() {
	return guarded(app.back.leave().then(function () {
		keepValue("student", "");
		location.reload();
	}));
}

// ---- what is new ----

function listen() {
	var seat = app.back.seat();
	// Who has another seat by now hears what is told there.
	function isLate() {
		if (seat === app.back.seat()) return false;
		lesson.version = 0;
		listen();
		return true;
	}
	app.back.ask("wait", { since: lesson.version }).then(function (news) {
		if (isLate()) return;
		lesson.version = news.version;
		lesson.here = news.here;
		lesson.vote = news.vote;
		lesson.trouble = news.trouble;
		hear(news);
		// Whoever comes and goes all the time does not keep the teacher's page busy.
		setTimeout(listen, app.back.teaches() ? 200 : 0);
	}, function (e) {
		if (isLate()) return;
		if (e.stranger || e.elsewhere) comeBack(e).then(listen);
		else {
			tellWrong(e);
			setTimeout(listen, 3000);
		}
	});
}

// The class is another, or one goes on in another tab: who it is must be told once more.
function comeBack(e) {
	var seat = app.back.seat();
	return (e.elsewhere ? askAtDoor(e.message, [seat], [seat], "") : doorForm(e.message))
		.then(function () {
		lesson = { version: 0 };
		setFollows(false);
		return openLab(app.lab, here());
	});
}

function hear(news) {
	var votes = !!news.vote && !lesson.votes;
	lesson.votes = !!news.vote;
	holdBack();
	if (votes && !app.back.teaches()) openPanel = "class";
	if (votes || openPanel === "class") fillClass();
	if (votes) by("a-panel").scrollIntoView({ block: "nearest" });
	// The teacher comes back to a class that is shown something.
	if (app.back.teaches() && app.showsClass === undefined) {
		app.showsClass = !!news.page;
		showClass();
	}
	if (lesson.led !== news.led && app.follows && !app.back.teaches()) {
		lesson.led = news.led;
		if (news.led === false) openPanel = "class";
		fillPanel();
	}
	if (news.page && !app.back.teaches() && !app.alone)
		guarded(goAfter(news.page, news.record));
	// What was shown last is there to go on from.
	else if (!news.page && app.follows) guarded(leaveTeacher());
}

// While a vote on rung's question is open what would answer it is hidden from those who follow,
// and on the teacher's page, which the class may see, until the teacher asks for it.
function heldAt() {
	var vote = lesson.vote, holds = vote && vote.open && vote.hides && (app.back.teaches() ? !lesson.sees : app.follows);
	return Math.min(holds ? vote.hides - 1 : Infinity, coverHold());
}
var heldLast = Infinity;
function holdBack() {
	var held = heldAt(), other = held !== heldLast;
	if (!app.shown) return;
	heldLast = held;
	app.shown.hold(held);
	tellCover();
	if (other && openPanel !== null && panels[openPanel].shows) fillPanel();
}
addFollower(holdBack);

// News of the class wait while a person types, presses or chooses in the panel.
var waits = { pressed: false, chooses: false, news: false };
function isInUse() {
	var at = document.activeElement;
	return by("a-panel").dataset.of === "class" && (waits.pressed || waits.chooses ||
		by("a-panel").contains(at) && /^(TEXTAREA|INPUT)$/.test(at.tagName) && at.type !== "checkbox");
}
function fillClass() {
	waits.news = isInUse();
	if (!waits.news) fillPanel();
}
function endUse() {
	setTimeout(function () { if (waits.news && openPanel === "class") fillClass(); });
}
["pointerdown", "pointerup", "pointercancel", "change", "focusout"].forEach(function (type) {
	document.addEventListener(type, function (event) {
		waits.pressed = type === "pointerdown" && by("a-panel").contains(event.target) || waits.pressed && /^(change|focus)/.test(type);
		waits.chooses = type === "pointerdown" && event.target.localName === "select" || waits.chooses && /^pointer/.test(type);
		if (type !== "pointerdown") endUse();
	}, true);
});

// The teacher's page NTH, at RECORD; nothing is done in it but looking.
function goAfter(nth, record) {
	if (app.follows && lesson.shown === nth) {
		lesson.seen = Math.max(lesson.seen, heldAt());
		app.shown.go(record);
		return Promise.resolve();
	}
	return inTurn(by("a-page"), function () {
		return app.back.ask("shown", {}).then(function (p) {
			lesson.link = p.link;
			// A student who has continued alone meanwhile is not brought back.
			if (app.alone) return;
			lesson.shown = nth;
			showParts(p);
			setFollows(true);
			lesson.seen = heldAt();
			app.shown.go(record);
		});
	});
}

function setFollows(is) {
	app.follows = is;
	Object.keys(panels).concat(Object.keys(TABS), "labs", "seed", "run", "branch", "link")
		.forEach(function (name) {
			if (name !== "class") by("a-" + name).disabled = is;
		});
	if (is && openPanel !== null && openPanel !== "class") turnPanel(openPanel);
}

// One's own run, by one's number, takes the place of the teacher's.  If neither has a number it is
// the teacher's, with what was done in it.
function leaveTeacher() {
	setFollows(false);
	return linkShown(60).then(function (link) {
		return readLink(link).catch(function () { return {}; }).then(function (j) {
			var run = j.inputs || {}, plain = !student() && !run.seed && (run.settings || []).length === 0;
			var at = app.shown.at();
			if (!plain && hasLab(run.lab)) return openOwn(run.lab, lesson.seen);
			return openLink(link, { branch: 0, record: at }).then(function () { return noteTaught(lesson.seen); }).then(function () {
				if (app.shown) app.shown.go(at);
				tellDone(word("theirs"));
			});
		});
	});
}
// The link of the teacher's run, which comes a moment after its page; it is asked for so often at most,
// also where the question is lost, as while one's number becomes another.
function linkShown(times) {
	if (lesson.link || times === 0) return Promise.resolve(lesson.link);
	return app.back.ask("shown", {}).then(function (p) { lesson.link = p.link; }, function () {}).then(function () {
		return lesson.link || new Promise(function (done) { setTimeout(done, 500); }).then(function () { return linkShown(times - 1); });
	});
}
function goAlone() {
	app.alone = true;
	return leaveTeacher();
}

// The teacher's position, where that is shown; with a new page the run, too.
function showClass() {
	if (!app.showsClass || !app.shown) return;
	guarded(lesson.told === app.shown ? app.back.ask("show", { on: true,
		record: app.shown.at() }) : app.back.ask("link", { branch: app.branch })
		.then(function (l) {
			return app.back.ask("show", { on: true, record: app.shown.at(),
				link: l.link });
		}));
	lesson.told = app.shown;
}
addFollower(showClass);

// ---- a vote ----

function histogram(vote) {
	var box = el("div", { class: "a-votes-list" });
	vote.counts.forEach(function (counts, i) {
		var all = counts.reduce(function (a, b) { return a + b; }, 0);
		box.append(el("h3", { text: word("round", i + 1) }));
		// Without a list of the class nobody knows how many of the votes are one person's.
		if (vote.disputed && vote.disputed[i]) box.append(el("p", { class: "a-bad", text: word("disputed", vote.disputed[i]) }));
		if (vote.most) box.append(el("p", { text: word("mostvotes", all, vote.most[i]) }));
		counts.forEach(function (n, k) {
			box.append(el("div", { class: "a-bar-of" + (vote.right === k + 1 ?
				" a-good" : "") }, el("span", { text: vote.options[k] +
				(vote.right === k + 1 ? " ✓ " + word("right") : "") }),
			el("meter", { min: 0, max: Math.max(1, all), value: n, "aria-label":
				vote.options[k] }), el("b", { text: n })));
		});
	});
	return box;
}

function voteBox(vote) {
	var box = el("section", { class: "a-task" }, el("p", { class: "a-text", text: vote.text }));
	if (vote.open) vote.options.forEach(function (o, i) {
		var b = el("button", { type: "button", class: "a-option", text: o,
			"aria-pressed": String(vote.mine === i + 1) });
		b.addEventListener("click", function () {
			guarded(app.back.ask("vote", { option: i + 1 }).then(function (is) {
				vote.mine = i + 1;
				vote.doubled = is.doubled;
				fillPanel();
			}));
		});
		box.append(b);
	});
	if (vote.doubled) box.append(el("p", { class: "a-bad", text: word("telldoubled") }));
	if (vote.open && vote.hides) box.append(el("p", { class: "a-soft", text: word("held") }));
	if (vote.voted !== undefined) box.append(el("p", { text: word("voted", vote.voted) }));
	if (vote.counts.length > 0) box.append(histogram(vote));
	return box;
}

// ---- the students' side ----

function checkBox(key, is, deed) {
	var input = el("input", { type: "checkbox" });
	input.checked = is;
	input.addEventListener("change", function () { deed(input.checked); });
	return el("label", { class: "a-check" }, input, word(key));
}

function tellWhere() {
	guarded(app.back.ask("progress", app.tellsWhere ? { lab: app.lab, stuck: !!app.stuck,
		nth: countAnswers(), number: app.whose === null ? student() : app.whose,
		record: app.shown ? app.shown.at() : 0 } : {}));
}
// Where that is another lab, or another task.
function followWhere() {
	var where = workName() + "/" + countAnswers();
	if (!app.tellsWhere || where === lesson.where) return;
	lesson.where = where;
	tellWhere();
}
addFollower(followWhere);

function handInHere() {
	return guarded(makeHandin().then(function (h) {
		return app.back.ask("hand_in", { text: h.file });
	}).then(function (h) { tell(word("handedin", h.file) + (h.doubled ? ". " + word("telldoubled") : "")); }));
}

function studentSide(panel) {
	panel.append(checkBox("follow", !app.alone, function (on) {
		app.alone = !on;
		if (on) guarded(app.back.ask("wait", { since: 0 }).then(hear));
		else if (app.follows) guarded(goAlone());
	}), checkBox("tellwhere", !!app.tellsWhere, function (on) {
		app.tellsWhere = on;
		tellWhere();
	}), checkBox("stuck", !!app.stuck, function (on) {
		app.stuck = on;
		if (on) app.tellsWhere = true;
		tellWhere();
		fillPanel();
	}), buttonOf("handhere", handInHere));
	panel.append(leaveButton());
}
function leaveButton() { return el("p", {}, pressTwice("leave", "", "", "surely", leaveClass)); }

// ---- the teacher's ----

function tableOf(keys, rows, cells, members) {
	var table = el("table", { class: "a-list" }, el("tr", {}));
	keys.forEach(function (key) { table.firstChild.append(el("th", { text: word(key) })); });
	rows.forEach(function (row) {
		var tr = el("tr", { class: row.here === false ? "a-soft" : row.stuck ? "a-stuck" : "" }), last;
		cells(row).forEach(function (is) { tr.append(last = el("td", {}, is instanceof Node ? is : String(is))); });
		if (row.silent !== 0) last.append(pressTwice("putout", "", "", "reallyout",
			function () { return guarded(app.back.ask("put_out", members(row))); }));
		table.append(tr);
		if (row.question) table.append(el("tr", {}, el("td", { colspan: keys.length + 1 }, el("div", { class: "a-note", text: word("asked") + " " + row.question }))));
	});
	return table;
}
// A number, whose it is, and from where.  Whose a number is that several have said, the teacher says.
function numberCell(w) {
	var cell = el("div", { text: w.number }, el("div", { class: "a-soft", text: [w.name, w.address].filter(Boolean).join(" · ") }));
	if (w.also) cell.append(el("div", { class: "a-soft", text: word("also", w.also) }));
	if (w.doubled) cell.append(el("div", { class: "a-bad", text: word("twosaid") }),
		pressTwice("assign", w.number, "", "reallyassign", function () {
			return guarded(app.back.ask("assign", { member: w.member }));
		}));
	return cell;
}
function whoTable(who) {
	who.forEach(function (w) { w.stuck = w.stuck && w.here; });
	who.sort(function (a, b) { return b.stuck - a.stuck || (a.number < b.number ? -1 : 1); });
	return tableOf(["number", "lab", "task", "minutes", "isstuck", "handed"], who,
		function (w) {
			return [numberCell(w), w.lab, w.lab ? w.task + 1 : "", w.lab ? Math.floor(w.seconds / 60) : "",
				w.stuck ? "●" : "", w.handed_in || "", el("span", {}, w.number ? noteButton(w.number, w.lab) : "")];
		}, function (w) { return { member: w.member }; });
}
// How many of each address are in and have voted; those that are silent can be put out.
function addressTable(list) {
	list.sort(function (a, b) { return b.seats - a.seats; });
	return tableOf(["address", "seats", "votes", "silent"], list, function (a) {
		return [a.address, a.seats, a.voted, a.silent, ""];
	}, function (a) { return { address: a.address }; });
}

// Who tries words.
function guessLines(list) {
	var box = el("div", {});
	list.forEach(function (g) {
		box.append(el("p", { class: "a-bad", text: word("wrongwords", g.tries, [g.number, g.name].filter(Boolean).join(" "), g.address) }));
	});
	return box;
}

// rung's question at this record, with its options; which one is right comes along.
function takeQuestion(text, options) {
	var place = { asks: "next", branch: app.branch, record: app.shown.at(), width: 1000,
		work: { answers: {} } };
	return app.back.ask("question", place).then(function (q) {
		q = q.question;
		lesson.form = { text: [q.context, q.question].filter(Boolean).join("\n"), options: q.options.join("\n") };
		lesson.asked = { options: lesson.form.options, first: q.at + 1 };
		text.value = lesson.form.text;
		options.value = lesson.form.options;
		// News may have filled the panel once more meanwhile.
		if (!text.isConnected) fillClass();
		return app.back.ask("verdict", Object.assign({ text: "?" }, place)).then(function (r) {
			lesson.known = q.options[r.verdict.verdicts.indexOf("right")];
			lesson.knows = "rung";
		});
	});
}
// How it went, as large as the window; Esc ends it.
function project(box) {
	var large = el("div", { class: "a-projected", role: "dialog", tabindex: "-1" }, box);
	large.addEventListener("click", function () { large.remove(); });
	document.body.append(large);
	large.focus();
}
document.addEventListener("keydown", function (event) {
	var large = document.querySelector(".a-projected");
	if (!large || event.key !== "Escape") return;
	large.remove();
	event.stopImmediatePropagation();
}, true);

// TEXT and OPTIONS, lines, are voted on.
function beginVote(text, options) {
	// Of another question rung knows nothing.
	var asked = (lesson.asked || {}).options === options ? lesson.asked : null;
	lesson.sees = false;
	lesson.form = null;
	if (!asked) lesson.known = null;
	return guarded(app.back.ask("poll", { what: "begin", text: text, record: asked ? asked.first : 0,
		options: options.split("\n").filter(function (o) { return o.trim() !== ""; }) }));
}

function pollForm(panel) {
	var vote = lesson.vote, text = el("textarea", { rows: 3, "aria-label": word("question") });
	var options = el("textarea", { rows: 5, "aria-label": word("options") });
	function poll(what, members) {
		return function () {
			guarded(app.back.ask("poll", Object.assign({ what: what }, members ?
				members() : {})));
		};
	}
	// News fill the panel once more: what was typed, or taken, is kept.
	function keepForm() { lesson.form = { text: text.value, options: options.value }; }
	if (!vote) {
		text.value = (lesson.form || {}).text || "";
		options.value = (lesson.form || {}).options || "";
		text.addEventListener("input", keepForm);
		options.addEventListener("input", keepForm);
		panel.append(el("h3", { text: word("question") }), text,
			el("p", { text: word("options") }), options, buttonOf("take", function () {
				guarded(takeQuestion(text, options));
			}), buttonOf("begin", function () { beginVote(text.value, options.value); }));
		return;
	}
	if (vote.open && vote.hides) panel.append(checkBox("seeon", !!lesson.sees, function (on) {
		lesson.sees = on;
		holdBack();
	}));
	if (vote.open) panel.append(buttonOf("closevote", poll("close")));
	else if (vote.round === 1) panel.append(buttonOf("again", poll("again")));
	if (!vote.open && !vote.right) vote.options.forEach(function (o, i) {
		var b = buttonOf("tellright", poll("tell", function () { return { right: i + 1 }; }));
		b.append(": " + o);
		if (o === lesson.known) {
			b.classList.add("a-known");
			b.append(" (" + lesson.knows + ")");
		}
		panel.append(b);
	});
	if (vote.counts.length > 0) panel.append(buttonOf("project", function () {
		project(el("div", {}, el("h2", { class: "a-text", text: vote.text }), histogram(vote)));
	}));
	panel.append(buttonOf("endvote", poll("end")));
}

function teacherSide(panel, w) {
	var shows = checkBox("showme", !!app.showsClass, function (on) {
		app.showsClass = on;
		lesson.told = null;
		if (on) showClass();
		else guarded(app.back.ask("show", {}));
	});
	panel.append(shows);
	// What the vote needs stands by the vote.
	if (lesson.vote) pollForm(panel);
	planPart(panel);
	if (!lesson.vote) pollForm(panel);
	panel.append(el("h3", { text: word("who") }), notePlace(), el("p", { role: "alert", class: "a-bad", text: lesson.trouble || "" }),
		w.who.length > 0 ? whoTable(w.who) : el("p", { text: word("nobody") }), guessLines(w.guesses), addressTable(w.addresses), leaveButton());
}
// The members of the class; if the answer fails, the last known members.
function askWho() {
	return readCourse().then(function () { return app.back.ask("who", {}); }).then(function (w) {
		lesson.members = w;
	}, tellWrong).then(function () { return lesson.members || { who: [], addresses: [], guesses: [] }; });
}

if (!by("a-worker")) {
	window.addEventListener("pagehide", function () {
		if (app.back.teaches()) app.back.ask("away", {}).catch(function () {});
	});
	addPanel("class", function (panel, members) {
		panel.append(el("p", { text: word("here", lesson.here || 1) }));
		if (lesson.vote) panel.append(voteBox(lesson.vote));
		if (app.back.teaches()) return teacherSide(panel, members);
		if (app.follows && lesson.led === false)
			panel.append(el("p", { role: "alert", class: "a-note", text: word("unled") }));
		if (app.follows) panel.append(buttonOf("alone", function () { guarded(goAlone()); }));
		return studentSide(panel);
	});
	panels.class.ask = function () { return app.back.teaches() ? askWho() : null; };
	panels.class.alone = true;
}
