// Predict: what lies ahead is hidden, and the reader says what comes next.  Questions,
// what is right and the reasons come from the data (views/html/README.md), or from an engine
// where the page has one, which counts, too: the asker (assets/page/app/predict.js).
//
//	first(SEQ, then)         the question about the first message behind SEQ, null
//	following(QUESTION, then)  the one behind it
//	judge(QUESTION, places of options that were tried, whether to tell all, then)
//	                         { done, right, said, rest, verdicts }, null: it can't
//	counts()                 { asked, right, first_try, shown }
//	sum(BOX)                 fills it with how it went
var VERDICTS = ["wrong", "right", "later", "could"];
var questions = data.quiz.map(function (q) {
	return { at: q[0], next: q[1], tries: q[2], context: texts[q[3]], text: words.question,
		solution: texts[q[4]],
		options: q[5].map(function (o) { return texts[o[0]]; }),
		judged: q[5].map(function (o) {
			return { verdict: VERDICTS[o[1]], said: texts[o[2]], rest: texts[o[3]] };
		}) };
}).sort(function (a, b) { return a.next - b.next; });
var predicting = false;
var asker = null;
var question = null; // the one that is asked; null behind the last
var answers = [];    // to it: places of options
var outcome = null;  // of these
var asking = 0;      // counts what is waited for: what comes to an older one is too late

// ---- the asker that has the data ----

var given = new Map(); // next → its first outcome
function count(test) { return Array.from(given.values()).filter(test).length; }
var dataAsker = {
	first: function (seq, then) {
		then(questions.find(function (q) { return q.next > seq; }) || null);
	},
	following: function (q, then) { dataAsker.first(q.next, then); },
	judge: function (q, places, all, then) {
		var last = q.judged[places[places.length - 1]];
		var right = !!last && last.verdict !== "wrong";
		var done = all || right || places.length >= q.tries;
		if (done && !given.has(q.next))
			given.set(q.next, { tries: places.length, shown: all, right: right });
		then({ done: done, right: right, said: last ? last.said : "",
			rest: !done ? "" : last ? last.rest : q.solution,
			verdicts: q.judged.map(function (o, i) {
				return done || places.indexOf(i) >= 0 ? o.verdict : "";
			}) });
	},
	counts: function () {
		return { asked: given.size, right: count(function (g) { return g.right; }),
			first_try: count(function (g) {
				return g.right && g.tries === 1 && !g.shown;
			}), shown: count(function (g) { return g.shown; }) };
	},
	sum: function (box) {
		var n = dataAsker.counts();
		box.append(make("p", "", say(words.sum, n.asked, n.right, n.first_try)));
		if (n.shown > 0) box.append(make("p", "", say(words.shown, n.shown)));
	}
};

// ---- one question after the other ----

function isSolved() { return !!outcome && outcome.done; }

// The last record that may be seen.
var held = Infinity; // by what is around the page
function horizon() {
	if (!predicting || !question) return held;
	return Math.min(held, isSolved() ? question.next : question.at);
}
// Where the reader was when all was hidden: as soon as that may be seen, the reader is there again.
var unheld = 0;
// Nothing behind record SEQ may be seen from now on, nor be asked and answered here.
function hold(seq) {
	var back = held === 0 && position === 0;
	if (seq === held) return;
	if (predicting) predict(false);
	held = seq;
	if (seq === 0) unheld = position;
	else if (back) position = unheld;
	byId("p-predict").disabled = held < Infinity || questions.length === 0;
	document.documentElement.classList.toggle("p-holds", held < Infinity);
	go(position);
	if (byId("p-search").value.trim() !== "") search(byId("p-search").value);
}

// THEN, unless something else is asked by then.
function wait(then) {
	var of = ++asking;
	return function (x) {
		if (of !== asking || !predicting || life.signal.aborted) return;
		asking++;
		then(x);
	};
}
var waited = 0; // of `asking`, while an answer is judged

// What may be seen has changed: the reader goes to its end.
function look() {
	var text = byId("p-search").value;
	go(question ? horizon() : position);
	if (text.trim() !== "") search(text);
	if (predicting) showQuiz();
}

function ask(q) {
	question = q;
	answers = [];
	outcome = null;
	look();
}

function predict(on, from) {
	if (on && byId("p-predict").disabled) return;
	predicting = on;
	document.documentElement.classList.toggle("p-predicts", on);
	byId("p-predict").setAttribute("aria-pressed", String(on));
	question = outcome = null;
	if (on) {
		asker = living && living() || dataAsker;
		asker.first(from, wait(ask));
		return;
	}
	asking++;
	look();
	byId("p-predict").focus();
}

function judge(places, all) {
	var then = wait(function (o) {
		if (!o) return;
		answers = places;
		outcome = o;
		if (o.done) look();
		else showQuiz();
	});
	waited = asking;
	asker.judge(question, places, all, then);
}
function mayJudge() { return question && !isSolved() && waited !== asking; }

function answer(place) {
	if (!mayJudge() || place >= question.options.length ||
	    answers.indexOf(place) >= 0) return;
	judge(answers.concat([place]), false);
}

function solve() {
	if (mayJudge()) judge(answers, true);
}

function goOn() {
	if (question && isSolved()) asker.following(question, wait(ask));
}

// ---- on the screen ----

function paragraphs(box, text, name) {
	text.split("\n").forEach(function (s, i) {
		if (s !== "") box.append(make("p", i === 0 ? name : "", s));
	});
}

function optionButton(text, place) {
	var tried = answers.indexOf(place) >= 0, sign = "";
	var verdict = outcome ? outcome.verdicts[place] : "", wrong = verdict === "wrong";
	var b = make("button", "p-option");
	b.type = "button";
	b.disabled = isSolved() || tried;
	if (verdict && (tried || !wrong))
		sign = wrong ? "✗" : verdict === "could" ? "~" : "✓";
	if (sign) b.classList.add(wrong ? "p-no" : "p-yes");
	b.append(make("kbd", "", String(place + 1)), text,
		make("span", "p-sign", sign));
	b.addEventListener("click", function () { answer(place); });
	return make("li", "", b);
}

function showOptions() {
	var box = empty("p-asks"), list = make("ol");
	if (!question) {
		box.append(make("p", "p-asked", words.over));
		return;
	}
	if (!isSolved()) paragraphs(box, question.context, "");
	if (!isSolved() || question.text !== words.question)
		box.append(make("p", "p-asked", question.text));
	question.options.forEach(function (o, i) {
		list.append(optionButton(o, i));
	});
	box.append(list);
}

function showVerdict() {
	var box = empty("p-verdict");
	if (!question) asker.sum(box);
	if (!outcome) return;
	paragraphs(box, outcome.said, outcome.right ? "p-yes" : "p-no");
	paragraphs(box, outcome.done ? outcome.rest : words.retry, "");
}

function showQuiz() {
	var n = asker.counts();
	showOptions();
	showVerdict();
	byId("p-score").textContent = n.asked === 0 ? ""
		: say(words.score, n.right, n.asked);
	// What is said of an answer is in sight.
	byId("p-quiz-body").scrollTop = !outcome ? 0
		: byId("p-verdict").offsetTop - byId("p-quiz-body").offsetTop;
	byId("p-solve").hidden = !question || isSolved();
	byId("p-goon").hidden = !question || !isSolved();
	var first = byId("p-quiz").querySelector(!question ? "h2"
		: isSolved() ? "#p-goon" : ".p-option:enabled");
	first.focus({ preventScroll: window.innerWidth >= 900 });
}

function moveChoice(way) {
	var all = Array.from(document.querySelectorAll(".p-option:enabled"));
	var at = all.indexOf(document.activeElement);
	if (at < 0) return false;
	all[(at + way + all.length) % all.length].focus();
	return true;
}

// A key that means something to a question; true where it did.
function quizKey(event) {
	var free = !event.target.closest || !event.target.closest("button, a");
	if (!predicting) return false;
	if (event.key === "Escape") predict(false);
	else if (/^[1-9]$/.test(event.key)) answer(event.key - 1);
	else if (event.key === "s") solve();
	else if (event.key === "Enter" && free && isSolved()) goOn();
	else if (event.key === "ArrowRight" && !event.shiftKey && isSolved() &&
	    position === horizon()) goOn();
	else if (event.key === "ArrowDown") return moveChoice(1);
	else if (event.key === "ArrowUp") return moveChoice(-1);
	else return false;
	return true;
}

// A page that was here before may have gone while it asked.
document.documentElement.classList.remove("p-predicts", "p-holds");
