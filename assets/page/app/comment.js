// Comments on marks: a student questions one in a sentence, the teacher writes a note for a student
// and a lab.  Each is a file of its own (docs/CLASS.md), which the report of a class contains.
addWords({ askmark: ["Question this result", "对评分提出疑问"], askwhy: ["In a sentence: what do you think, and why?", "用一句话写明你的看法和理由"],
	asksend: ["Send the question", "提交疑问"], asksent: ["The question was sent to the teacher: %1", "疑问已提交给教师：%1"],
	askfile: ["Give %1 to the teacher together with your work.", "请把 %1 与作业一起交给教师。"],
	asked: ["Questioned", "疑问"], notebegin: ["Write a note", "写备注"], noteof: ["Note", "备注"],
	notetext: ["Note for this student and lab", "给该学生和实验的备注"], notekeep: ["Keep the note", "保存备注"],
	notekept: ["The note is saved: %1", "备注已保存：%1"], noteleave: ["Leave it", "放弃"] });

var COMMENT_MOST = 500; // characters, at most 2000 bytes
// The file that grade/comment.h describes.
function commentFile(task, text) {
	return "rung-question\nlab: " + app.lab + "\nstudent: " + student() + "\ntask: " + task + "\ndate: " + today() + "\n\n" + text + "\n";
}
function sendQuestion(task, text) {
	var name;
	if (student() === "") {
		by("a-student").focus();
		return Promise.reject(new Error(word("whose")));
	}
	if (app.back.serves) return app.back.ask("question_mark", { lab: app.lab, nth: task.nth, number: student(), text: text, date: today() })
		.then(function (q) { tell(word("asksent", q.file)); });
	name = app.lab + "-" + plainNumber() + ".question";
	download(name, commentFile(task.q.number, text), "text/plain");
	tell(word("askfile", name));
	return Promise.resolve();
}
// The form for a question, below a mark.
function questionBox(task) {
	var field = el("textarea", { rows: 2, maxlength: COMMENT_MOST, "aria-label": word("askwhy"), placeholder: word("askwhy") });
	var box = el("details", { class: "a-ask" }, el("summary", { text: word("askmark") }), field, buttonOf("asksend", function () {
		var text = field.value.trim();
		if (text === "") return field.focus();
		return guarded(sendQuestion(task, text).then(function () {
			field.value = "";
			box.open = false;
		}));
	}));
	return box;
}

// ---- the teacher's ----

// The student and the text stay when the panel is filled again.
function noteButton(number, lab) {
	return buttonOf("notebegin", function () {
		turnNote({ number: number, lab: lab || app.lab, text: "", nth: Date.now() }).then(function () {
			by("a-note").scrollIntoView({ block: "nearest" });
			by("a-note").querySelector("textarea").focus({ preventScroll: true });
		});
	});
}
function notePlace() { return el("div", { id: "a-notes" }, noteForm()); }
function turnNote(note) {
	var place = by("a-notes");
	lesson.note = note;
	return place ? refill(place, function () {
		return function () { place.replaceChildren(noteForm()); };
	}) : Promise.resolve();
}
function noteForm() {
	var note = lesson.note, fields = {}, form;
	if (!note) return noteButton("", "");
	form = el("section", { class: "a-task", id: "a-note", "aria-label": word("noteof") });
	["number", "lab", "text"].forEach(function (key) {
		var f = fields[key] = el(key === "text" ? "textarea" : "input", { "aria-label": word(key === "text" ? "notetext" : key),
			maxlength: key === "text" ? COMMENT_MOST : 64,
			// Of another note nothing is taken over.
			name: key + note.nth });
		f.value = note[key];
		f.addEventListener("input", function () { note[key] = f.value; });
		form.append(el("label", {}, word(key === "text" ? "notetext" : key) + " ", f));
	});
	form.append(el("p", { class: "a-row" }, buttonOf("notekeep", function () {
		return guarded(app.back.ask("note", { number: note.number.trim(), lab: note.lab.trim(), text: note.text, date: today() }).then(function (n) {
			tell(word("notekept", n.file));
			return turnNote(null);
		}));
	}), buttonOf("noteleave", function () { turnNote(null); })));
	return form;
}
