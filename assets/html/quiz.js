// Predict: what lies ahead is hidden, and the reader says what comes next.  The
// questions, what is right and the reasons are data (docs/HTML.md); here they
// are asked, shown and counted.
var questions = data.quiz.map(function (q) {
	return { at: q[0], next: q[1], tries: q[2], context: texts[q[3]],
		solution: texts[q[4]], options: q[5].map(function (o) {
			return { event: texts[o[0]], verdict: o[1],
				said: texts[o[2]], rest: texts[o[3]] };
		}) };
}).sort(function (a, b) { return a.next - b.next; });
var VERDICT_WRONG = 0, VERDICT_COULD = 3; // between them: right
var predicting = false;
var question = null;   // the one that is asked; null behind the last
var answers = [];      // to it: places of options
var solved = false;    // it is done with, answered or shown
var given = new Map(); // next → its first outcome

// The last record that may be seen.
function horizon() {
	if (!predicting || !question) return Infinity;
	return solved ? question.next : question.at;
}

function isWrong(option) { return option.verdict === VERDICT_WRONG; }

// What may be seen has changed: the reader goes to its end.
function look() {
	var text = byId("p-search").value;
	go(question ? horizon() : position);
	if (text.trim() !== "") search(text);
	if (predicting) showQuiz();
}

// The question about the first message behind SEQ.
function ask(seq) {
	question = questions.find(function (q) { return q.next > seq; }) || null;
	answers = [];
	solved = false;
	look();
}

function predict(on, from) {
	if (on && questions.length === 0) return;
	predicting = on;
	document.documentElement.classList.toggle("p-predicts", on);
	byId("p-predict").setAttribute("aria-pressed", String(on));
	if (on) {
		ask(from);
		return;
	}
	question = null;
	look();
	byId("p-predict").focus();
}

function finish(shown) {
	var last = question.options[answers[answers.length - 1]];
	solved = true;
	if (!given.has(question.next))
		given.set(question.next, { tries: answers.length, shown: shown,
			right: !!last && !isWrong(last) });
	look();
}

function answer(place) {
	if (!question || solved || place >= question.options.length ||
	    answers.indexOf(place) >= 0) return;
	answers.push(place);
	if (answers.length >= question.tries ||
	    !isWrong(question.options[place])) finish(false);
	else showQuiz();
}

function solve() {
	if (question && !solved) finish(true);
}

function goOn() {
	if (question && solved) ask(question.next);
}

// ---- on the screen ----

function count(test) { return Array.from(given.values()).filter(test).length; }
function isRight(g) { return g.right; }

function paragraphs(box, text, name) {
	text.split("\n").forEach(function (s, i) {
		if (s !== "") box.append(make("p", i === 0 ? name : "", s));
	});
}

function optionButton(option, place) {
	var tried = answers.indexOf(place) >= 0, sign = "";
	var b = make("button", "p-option");
	b.type = "button";
	b.disabled = solved || tried;
	if (tried || solved && !isWrong(option))
		sign = isWrong(option) ? "✗"
			: option.verdict === VERDICT_COULD ? "~" : "✓";
	if (sign) b.classList.add(isWrong(option) ? "p-no" : "p-yes");
	b.append(make("kbd", "", String(place + 1)), option.event,
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
	if (!solved) {
		paragraphs(box, question.context, "");
		box.append(make("p", "p-asked", words.question));
	}
	question.options.forEach(function (o, i) {
		list.append(optionButton(o, i));
	});
	box.append(list);
}

function showSum(box) {
	var shown = count(function (g) { return g.shown; });
	box.append(make("p", "", say(words.sum, given.size, count(isRight),
		count(function (g) {
			return g.right && g.tries === 1 && !g.shown;
		}))));
	if (shown > 0) box.append(make("p", "", say(words.shown, shown)));
}

function showVerdict() {
	var box = empty("p-verdict");
	var last = question && question.options[answers[answers.length - 1]];
	if (!question) {
		showSum(box);
		return;
	}
	if (last) paragraphs(box, last.said, isWrong(last) ? "p-no" : "p-yes");
	if (solved) paragraphs(box, last ? last.rest : question.solution, "");
	else if (last) box.append(make("p", "", words.retry));
}

function showQuiz() {
	showOptions();
	showVerdict();
	byId("p-score").textContent = given.size === 0 ? ""
		: say(words.score, count(isRight), given.size);
	// What is said of an answer is in sight.
	byId("p-quiz-body").scrollTop = answers.length === 0 && !solved ? 0
		: byId("p-verdict").offsetTop - byId("p-quiz-body").offsetTop;
	byId("p-solve").hidden = !question || solved;
	byId("p-goon").hidden = !question || !solved;
	var first = byId("p-quiz").querySelector(!question ? "h2"
		: solved ? "#p-goon" : ".p-option:enabled");
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
	else if (event.key === "Enter" && free && solved) goOn();
	else if (event.key === "ArrowRight" && !event.shiftKey && solved &&
	    position === horizon()) goOn();
	else if (event.key === "ArrowDown") return moveChoice(1);
	else if (event.key === "ArrowUp") return moveChoice(-1);
	else return false;
	return true;
}
