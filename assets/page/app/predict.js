// Predict: the engine asks, judges and counts, as in rung play, and what was predicted
// is a part of the work.
addWords({ predict: ["Predict", "预测"],
	predicted: ["Predictions so far: %1, right at the first try: %2, needed: %3",
		"目前的预测：%1，一次正确：%2，要求：%3"] });

// What is not a lab's run has no work; it is counted as long as it is there.
var looseWork = { of: null, work: null };
function predictedWork() {
	if (labShown() !== null) return work();
	if (looseWork.of !== app.texts) looseWork = { of: app.texts, work: workOf(null) };
	return looseWork.work;
}
// A run that is not the lab's own counts as a link, too, when it is no more.
function isOwnRun() { return app.branch === 0 && isOwn(); }
function countsPredictions(task) { return task.q.form === "predict"; }

// See assets/html/quiz.js.
function engineAsker() {
	var counts = { asked: 0 }, branch = app.branch;

	function members(more) {
		var w = predictedWork();
		return Object.assign({ branch: branch, width: 1000,
			work: { answers: w.answers } }, more);
	}
	function question(place, then) {
		return app.back.ask("question", members(place)).then(function (q) {
			q = q.question;
			then({ at: q.at, next: q.record, context: q.context, text: q.question,
				options: q.options, place: place });
		}, function (e) {
			if (e.kind !== "NOTFOUND") throw e;
			then(null);
		}).catch(tellWrong);
	}
	function score() {
		return app.back.ask("question", members({ asks: "score", width: 56 })).then(function (q) {
			counts = q.question;
		});
	}
	// It is a part of the work from now on.
	function keep(v) {
		counts = v.score;
		predictedWork().answers = v.answers;
		if (labShown() === null) return null;
		keepWork();
		if (app.lesson && openPanel === "tasks")
			app.lesson.tasks.filter(countsPredictions).forEach(judgeTask);
		return isOwnRun() ? null : keepRuns();
	}
	return {
		first: function (seq, then) {
			guarded(score().then(function () {
				return question({ asks: "next", record: seq }, then);
			}));
		},
		following: function (q, then) {
			if (q.follows) question(q.follows, then);
			else guarded(score().then(function () { then(null); }));
		},
		judge: function (q, places, all, then) {
			var text = places.map(function (i) { return i + 1; }).concat(all ? ["?"] : []);
			guarded(app.back.ask("verdict", members(Object.assign({
				text: text.join(" ") }, q.place))).then(function (r) {
				var v = r.verdict, shown = v.verdict === "shown";
				q.follows = v.follows;
				if (v.done) guarded(Promise.resolve(keep(v)));
				then({ done: v.done, right: v.right, verdicts: v.verdicts,
					said: shown ? "" : v.text, rest: shown ? v.text : "" });
			}, function (e) {
				then(null);
				throw e;
			}));
		},
		counts: function () { return counts; },
		sum: function (box) { box.append(docOf(counts.summary ? counts.summary.lines : [])); }
	};
}
// What the teacher shows was run elsewhere: there the data of the page ask.
function livingAsker() { return app.follows ? null : engineAsker(); }

// A task that asks for predictions, in the place of a field.
function predictionOf() {
	return { fields: [buttonOf("predict", function () {
		by("p-predict").click();
	})], silent: true, value: function () { return ""; }, set: function () {} };
}
