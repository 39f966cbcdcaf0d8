// The start page: where one begins and goes on, the labs by their groups, with what is done
// of each, found by words of their titles and handouts; and a tour of the page.
addWords({ labs: ["Labs", "实验"], started: ["SIP, step by step", "逐步学习 SIP"],
	intro: ["This page simulates calls in your browser. Step through a call, ask why each message was sent, inject faults, and solve the tasks.",
		"这里在浏览器中模拟 SIP 呼叫：逐步查看，了解每条消息为何发送，制造故障，并完成任务。"],
	beginhere: ["Begin here: %1", "从这里开始：%1"], goonlab: ["Continue: %1", "继续：%1"], tour: ["A tour", "导览"],
	findlab: ["Search labs: title, word, RFC, section", "搜索实验：标题、词语、RFC、章节"],
	labsof: ["%1 labs", "%1 个实验"], level: ["level %1", "难度 %1"],
	donelabs: ["%1 of %2 done", "已完成 %1 / %2"], sumpoints: ["%1 / %2 points", "%1 / %2 分"],
	nonefound: ["No lab contains these words.", "没有包含这些词语的实验。"],
	tourof: ["%1 of %2", "%1 / %2"], tournext: ["Next", "下一步"], tourback: ["Back", "上一步"],
	tourend: ["End", "结束"],
	classin: ["You are in the class %1, as %2. Everybody who opens this address is in the class as well:", "你在课堂 %1 中，学号为 %2。打开此地址即可进入同一课堂："],
	classled: ["The class's code: %1. The terminal shows the address.", "课堂码：%1。地址见终端的显示。"],
	classat: ["A class: the teacher's address", "课堂：教师告知的地址"],
	classgo: ["Enter the class", "进入课堂"],
	classno: ["“%1” is not an address such as http://192.0.2.7:8080/#code=ABCD. If you have only a code, open the teacher's address and type it there.",
		"“%1”不是 http://192.0.2.7:8080/#code=ABCD 这样的地址。若只有课堂码，请先打开教师告知的地址，再在那里输入。"] });

function labsOf() { return app.library.labs[app.language]; }
function textOfLab(name, language) {
	return app.library.texts["labs/" + name + "/README" + (language === "zh" ? ".zh" : "") + ".md"] || "";
}
// What its handout says of the lab's time and level: [minutes, level].
function loadOf(name) {
	var said = /(\d+) minutes, level\s+(\d)/.exec(textOfLab(name, "en"));
	return said ? [Number(said[1]), Number(said[2])] : [0, 0];
}
// What has been reached in lab NAME by the number in the bar; null: nothing is kept.
function sumOf(name) {
	var key = name + "/" + student(), w = works.get(key);
	if (!w) try { w = JSON.parse(kept("work." + key)); } catch (e) { w = null; }
	return isObject(w) && isObject(w.sum) ? w.sum : null;
}
function isDone(sum) { return !!sum && sum.tasks > 0 && sum.answered === sum.tasks; }

// ---- finding ----

function plain(text) {
	return text.toLowerCase().replace(/rfc-?(?=\d)/g, "rfc ").replace(/sections?|§|第|节|[,，、。.]+(?=\s|$)/g, " ").replace(/\s+/g, " ");
}
// "rfc 3261 17.1.1.2 …": the sections of RFCs that the lab's run cites.
function citedBy(name) {
	return (app.library.texts["cited/" + name] || "").replace(/rfc(\d+)-/g, "rfc $1 ");
}
// The words of TEXT; an RFC's number and the section behind it are one.
function wordsOf(text) {
	return plain(text).trim().replace(/\b(\d{4,5}) (?=\d{1,2}(\.\d+)*( |$))/g, "$1\u00a0").split(" ").filter(Boolean)
		.map(function (w) { return w.replace("\u00a0", " "); });
}
// Each word of WORDS stands in TEXT, a number as a whole.
function hasWords(text, list) {
	return list.every(function (w) {
		return /^[\d. ]+$/.test(w) ? new RegExp("(^|[^\\d.])" + w.replace(/\./g, "\\.") + "(?![\\d])").test(text)
			: text.indexOf(w) >= 0;
	});
}
// Those with all words, first where title and text have them, then where the handout has, last
// where the run alone cites what is asked for.
function findLabs(text) {
	var list = wordsOf(text), ranks = new Map(), cites = list.some(function (w) { return /^\d{4}|^\d+\.\d/.test(w); });
	labsOf().forEach(function (l) {
		var said = "";
		placesOf(l).concat(cites ? citedBy(l.name) : "").some(function (t, i) {
			said += " " + plain(t);
			if (!hasWords(said, list)) return false;
			ranks.set(l, i);
			return true;
		});
	});
	return ranks.size > 0 ? Array.from(ranks.keys()).sort(function (a, b) { return ranks.get(a) - ranks.get(b); })
		: findLabsBySentence(text);
}
// Title, text and handout of lab L, in both languages, whichever the page has.
function placesOf(l) {
	var both = ["en", "zh"].map(function (k) {
		return app.library.labs[k].find(function (x) { return x.name === l.name; });
	});
	return [l.name + " " + both[0].title + " " + both[1].title, both[0].text + " " + both[1].text,
		textOfLab(l.name, "en") + " " + textOfLab(l.name, "zh")];
}

// A sentence, of whose words no lab has all: words that say nothing of SIP, and how people say
// what handouts say otherwise.
var IDLE = /^(an?|the|my|me|i|it|is|are|am|was|be|do|does|did|why|what|when|where|who|how|which|can|t|s|to|of|in|on|at|for|and|or|but|not|after|before|with|by|from|that|this|there|if|so|always|only|some|seconds?|minutes?)$/;
var IDLE_ZH = /为什么|为何|怎么|怎样|如何|什么|会|了|的|我|在|是|后|时|就|总|不能|秒|分钟/g;
var SAID = [[/^(drop|cut|disconnect|断开|断线|掉线)/, "drop|hangs up|gives up|bye|断开|挂断"],
	[/^(30|32)$/, "3[02] s|3[02] seconds|half a minute|64\\*t1|3[02] 秒|半分钟"],
	[/^(hear|voice|audio|sound|silen|听不)/, "sound|hear|media|rtp|声音"], [/^(password|密码)/, "password|digest|密码"]];
// Patterns, a word each: of Chinese two characters.
function termsOf(text) {
	var list = plain(text).replace(IDLE_ZH, " ").match(/\p{Script=Han}+|[\w.-]+/gu) || [];
	return list.flatMap(function (w) {
		return /^\p{Script=Han}{3}/u.test(w) ? Array.from(w.slice(1), function (c, i) { return w[i] + c; }) : [w];
	}).filter(function (w) { return !IDLE.test(w); }).map(function (w) {
		var said = SAID.find(function (s) { return s[0].test(w); });
		return new RegExp(said ? said[1] : (/^\d/.test(w) ? "\\b" : "") + w.replace(/(.{3})(ing|ed|es|s)$/, "$1").replace(/[.]/g, "\\.") + (/^\d+$/.test(w) ? "\\b" : ""));
	});
}
// The labs that have most of them, rare words before frequent ones, titles before handouts.
function findLabsBySentence(text) {
	var terms = termsOf(text), labs = labsOf().map(function (l) { return { lab: l, places: placesOf(l).map(plain), score: 0 }; }), most;
	terms.forEach(function (term) {
		var found = labs.map(function (l) { return l.places.findIndex(function (p) { return term.test(p); }); });
		var worth = Math.log(1 + labs.length / found.filter(function (i) { return i >= 0; }).length);
		found.forEach(function (at, i) { if (at >= 0) labs[i].score += worth * (at < 2 ? 2 : 1); });
	});
	labs.sort(function (a, b) { return b.score - a.score; });
	most = labs[0].score;
	return terms.length < 2 && !/\p{Script=Han}/u.test(text) ? [] : labs.filter(function (l) { return l.score > 0.6 * most; }).slice(0, 12)
		.map(function (l) { return l.lab; });
}

// ---- what is shown of labs and groups ----

function countsOf(parts) { return el("small", { text: parts.filter(Boolean).join(" · ") }); }
function labCard(l) {
	var load = loadOf(l.name), sum = sumOf(l.name);
	var card = el("button", { type: "button", class: "a-card" + (isDone(sum) ? " a-done" : "") },
		el("strong", { text: (isDone(sum) ? "✓ " : "") + l.title }), el("span", { text: l.text }),
		countsOf([load[1] && word("level", load[1]), load[0] && word("lasts", load[0]),
			sum && word("sumpoints", hundredths(sum.points), hundredths(sum.of))]));
	card.addEventListener("click", function () { startLab(l.name); });
	return card;
}
function groupCard(name, labs, show) {
	var sums = labs.map(function (l) { return sumOf(l.name); }).filter(Boolean), points = 0, of = 0, minutes = 0;
	var levels = labs.map(function (l) { return loadOf(l.name)[1]; }).filter(Boolean), done = sums.filter(isDone).length;
	var least = Math.min.apply(null, levels), most = Math.max.apply(null, levels), card;
	sums.forEach(function (s) { points += s.points; of += s.of; });
	labs.forEach(function (l) { minutes += loadOf(l.name)[0]; });
	card = el("button", { type: "button", class: "a-card a-group", "aria-expanded": "false" },
		el("strong", { text: name }), el("progress", { max: labs.length, value: done, "aria-label": word("donelabs", done, labs.length) }),
		countsOf([word("labsof", labs.length), levels.length && word("level", least < most ? least + "–" + most : least),
			word("lasts", minutes), done && word("donelabs", done, labs.length),
			of && word("sumpoints", hundredths(points), hundredths(of))]));
	card.addEventListener("click", function () { show(card, labs); });
	return card;
}

// Lab NAME opens, with its tasks beside it.
function startLab(name) {
	turnStart(false);
	history.replaceState(null, "", "#lab=" + encodeURIComponent(name));
	openPanel = "tasks";
	return openLab(name);
}
function titleOf(name) {
	var lab = labsOf().find(function (l) { return l.name === name; });
	return lab ? lab.title : name;
}

// ---- a class ----

// Where one is in a class, its code and address; else the way to one.
function classPart() {
	var place = el("div", { id: "a-classes" }), seat = app.back.serves ? app.back.seat() : null, at, field;
	if (seat && !seat.teacher) {
		at = location.origin + location.pathname + "#code=" + seat.code;
		place.append(el("span", { text: word("classin", seat.code, seat.number || "–") }), el("a", { href: at, text: at }));
	} else if (seat) {
		app.back.ask("who", {}).then(function (w) {
			place.append(el("strong", { text: word("classled", w.code) }));
		}, tellWrong);
	} else if (!app.back.serves) {
		field = el("input", { id: "a-class-at", placeholder: word("classat"), "aria-label": word("classat"), autocomplete: "off" });
		place = el("form", { id: "a-classes" }, field, el("button", { text: word("classgo") }));
		place.addEventListener("submit", function (event) {
			event.preventDefault();
			goToClass(field.value.trim());
		});
	}
	return place;
}
function goToClass(text) {
	var to = null;
	try { to = new URL(/^[a-z]+:\/\//i.test(text) ? text : "http://" + text); } catch (e) { /* none */ }
	if (!to || !/^https?:$/.test(to.protocol) || !/[.:\]]|^localhost$/.test(to.host)) tell(word("classno", text), true);
	else location.assign(to.href);
}

function fillStart() {
	var box = by("a-start"), place = el("div"), groups = new Map(), deeds, find, last = kept("lab");
	function showGroups(open, labs) {
		var cards = el("div", { class: "a-cards" });
		place.replaceChildren();
		groups.forEach(function (list, name) {
			var card = groupCard(name, list, function (c) {
				var was = c.getAttribute("aria-expanded") === "true";
				place.querySelectorAll("[aria-expanded]").forEach(function (x) { x.setAttribute("aria-expanded", "false"); });
				place.querySelectorAll(".a-within").forEach(function (x) { x.remove(); });
				if (was) return;
				c.setAttribute("aria-expanded", "true");
				c.after(el.apply(null, ["div", { class: "a-cards a-within" }].concat(list.map(labCard))));
			});
			cards.append(card);
		});
		place.append(cards);
	}
	labsOf().forEach(function (l) { groups.set(l.group, (groups.get(l.group) || []).concat([l])); });
	find = el("input", { type: "search", id: "a-find", placeholder: word("findlab"), "aria-label": word("findlab"), autocomplete: "off" });
	find.addEventListener("input", function () {
		var found = findLabs(find.value);
		if (find.value.trim() === "") showGroups();
		else place.replaceChildren(found.length ? el.apply(null, ["div", { class: "a-cards" }].concat(found.slice(0, 60).map(labCard)))
			: el("p", { text: word("nonefound") }));
	});
	deeds = el("p", { class: "a-row" }, el("button", { type: "button", class: "a-first", text: word("beginhere", titleOf(labsOf()[0].name)) }));
	deeds.firstChild.addEventListener("click", function () { startLab(labsOf()[0].name); });
	if (last && hasLab(last)) deeds.append(buttonOf("goonlab", function () { startLab(last); }, titleOf(last)));
	deeds.append(buttonOf("tour", startTour));
	box.replaceChildren(el("h1", { text: word("started") }), el("p", { text: word("intro") }), deeds, !app.back.serves || app.back.teaches() ? planChoice() : "", classPart(), find, place);
	showGroups();
}

// The start page stands in place of the lab, or no more.
function turnStart(on) {
	app.starts = on;
	document.documentElement.classList.toggle("a-starts", on);
	by("a-start").hidden = !on;
	if (!on) return;
	history.replaceState(null, "", "#start");
	document.title = "rung";
	fillStart();
	by("a-find").focus();
}

// ---- the tour: an element, and what is said of it ----

var TOUR = [
	["p-ladder", "Each line is a node, each arrow a message, and time runs down. Click an arrow to go there.",
		"每条竖线是一个节点，每个箭头是一条消息，时间自上而下。点击箭头即可跳到该处。"],
	["p-next", "This button goes to the next message. The arrow keys go forward and back.", "点击这里逐条消息前进，方向键也可前进和后退。"],
	["a-message", "The message of this step, with each line explained.", "当前步骤的消息，每一行都有解释。"],
	["a-why", "Why it was sent: its causes, back to a person's action, with the section of the RFC.", "消息为何发送：一直追溯到人的操作，并注明 RFC 章节。"],
	["a-change", "Change what happens: lose a message, crash a server. A branch shows the other result.", "改变事件：丢失消息、让服务器崩溃；分支会显示另一种结果。"],
	["a-tasks", "The handout and its tasks. Write your answers and press Check.", "讲义与任务：写下答案，然后点击“检查”。"]
];
function startTour() {
	if (app.starts) return startLab(labsOf()[0].name).then(function () { showTour(0); });
	return showTour(0);
}
function showTour(nth) {
	var at = by(TOUR[nth][0]), row = el("p", { class: "a-row" }), box, r;
	endTour();
	if (!at) return;
	at.classList.add("a-toured");
	if (nth > 0) row.append(buttonOf("tourback", function () { showTour(nth - 1); }));
	if (nth + 1 < TOUR.length) row.append(buttonOf("tournext", function () { showTour(nth + 1); }));
	row.append(buttonOf("tourend", endTour));
	box = el("section", { id: "a-tour", role: "dialog", "aria-label": word("tour"), tabindex: "-1" },
		el("small", { text: word("tourof", nth + 1, TOUR.length) }),
		el("p", { text: TOUR[nth][app.language === "zh" ? 2 : 1] }), row);
	box.addEventListener("keydown", function (event) {
		if (event.key !== "Escape") return;
		endTour();
		event.stopPropagation();
	});
	document.body.append(box);
	at.scrollIntoView({ block: "nearest" });
	r = at.getBoundingClientRect();
	box.style.left = Math.max(8, Math.min(innerWidth - box.offsetWidth - 8, r.left)) + "px";
	box.style.top = (r.bottom + box.offsetHeight + 8 < innerHeight ? r.bottom + 8
		: Math.max(8, Math.min(r.top + 40, innerHeight - box.offsetHeight - 8))) + "px";
	row.querySelector("button:nth-last-child(2), button").focus();
}
function endTour() {
	document.querySelectorAll(".a-toured").forEach(function (e) { e.classList.remove("a-toured"); });
	if (by("a-tour")) by("a-tour").remove();
}
