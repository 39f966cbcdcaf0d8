// A lesson by its plan with a teacher and thirty students at a server of rung serve: four students
// have pages, in windows of four sizes and in both languages, the others are scripts (member.js).
// After each step all pages lie right in their windows (tests/page/geometry.js); the teacher's
// window has another size in each step.
//
//	node --experimental-websocket tests/class/thirty.js HOST:PORT CODE TEACHERCODE PLAN LANGUAGE
//
// Prints what was seen, a line for each step, and what does not lie right.
"use strict";
const { start } = require("../page/chromium.js");
const { personAt, wordOf, count } = require("../page/person.js");
const { tabsAt, endWhenStuck } = require("./tab.js");
const [place, code, teacherCode, plan, language] = process.argv.slice(2);
const { member, end } = require("./member.js").at(place);
const STUDENTS = 30, SIZES = [[1920, 1080], [1366, 768], [1280, 720], [390, 844]];

let newPerson;
async function enter(who, word, nth, of, size) {
	const tab = await newPerson(`http://${place}/?${nth}&lang=${of}#code=${word}`);
	await tab.resize(...size);
	await tab.ready();
	return personAt(tab, `${who}-${size[0]}-${of}`);
}
// Scripts: each hears what is new, and knows it last.
async function join() {
	const list = [];
	for (let i = SIZES.length; i < STUDENTS; i++) list.push(await member(code, "s" + i));
	list.forEach(async (m) => {
		try {
			for (;;) m.version = (m.news = await m.ask("wait", { since: m.version })).version;
		} catch (e) { /* the lesson is over */ }
	});
	return list;
}
const each = (list, fn) => Promise.all(list.map(fn));

async function vote(teacher, pages, members, again) {
	const all = [teacher, ...pages];
	await teacher.needsWord("asks", "planvote");
	for (let round = 1; round <= (again ? 2 : 1); round++) {
		await each(pages, (p) => p.tab.wait("!!lesson.vote && lesson.vote.open && !!document.querySelector('.a-option')"));
		await each(all, (p) => p.done("a vote is open, round " + round));
		const options = await pages[0].tab.is("lesson.vote.options.length");
		await each(pages, (p, i) => p.needs("votes", `document.querySelectorAll(".a-option")[${(i + round) % options}]`));
		await each(members, (m, i) => m.ask("vote", { option: 1 + i % (round === 2 ? 1 : options) }));
		await teacher.tab.wait(`lesson.vote.voted === ${STUDENTS}`);
		await teacher.done("all have voted");
		await teacher.needsWord("closes", "closevote");
		await each(pages, (p) => p.tab.wait("!lesson.vote.open"));
		await each(all, (p) => p.done("is closed, round " + round));
		if (round === 1 && again) await teacher.needsWord("again", "again");
	}
	await teacher.needsWord("projects", "project");
	await teacher.needs("and back", "document.querySelector('.a-projected')");
	await teacher.needs("tells", "document.querySelector('.a-known')");
	await each(pages, (p) => p.tab.wait("lesson.vote.right > 0"));
	await each(all, (p) => p.done("is told"));
	await teacher.needsWord("ends the vote", "endvote");
	await each(pages, (p) => p.tab.wait("!lesson.vote"));
}
// The sheets of the step, each as large as the window.
async function sheets(teacher) {
	const many = await teacher.tab.is("planStep().sheets.length");
	for (let i = 0; i < many; i++) {
		await teacher.press("sheet", `[...document.querySelectorAll("#a-panel .a-plan button")].filter((b) => b.textContent.startsWith(word("plansheet", "").trim()))[${i}]`);
		await teacher.tab.wait("!!document.querySelector('.a-paper')");
		await teacher.done(`sheet ${i + 1}`);
		await teacher.needs("closes it", "[...document.querySelectorAll('.a-paper button')].find((b) => b.textContent === word('planclose'))");
	}
}
// Each works alone: the first two tasks, a question about a mark, and it is handed in.
async function alone(student, i) {
	await student.needsWord("goes on alone", "alone");
	await student.tab.ready();
	await student.tab.is(`openLab("direct-call")`);
	await student.tab.ready();
	await student.needs("tasks", "document.getElementById('a-tasks')");
	await student.tab.wait("!!app.lesson && app.lesson.tasks.length > 0 && app.lesson.tasks.every((t) => t.verdict)");
	await student.done("has tasks");
	for (const n of [0, 1]) {
		const task = `document.querySelectorAll("#a-panel .a-task")[${n}]`;
		if (!await student.press("chooses", `${task}.querySelector("[type=radio]")`))
			await student.tab.is(`(() => { const f = ${task}.querySelector("form input:not([type]), form textarea");
				if (f) { f.value = f.placeholder.split("\\n")[0]; f.dispatchEvent(new Event("input", { bubbles: true })); } })()`);
		await student.press("checks", `[...${task}.querySelectorAll("form button")].find((b) => b.textContent === word("check"))`);
		await student.tab.wait(`app.lesson.tasks[${n}].verdict.verdict !== "MISSING"`);
		await student.done("is judged");
	}
	await student.press("questions", "document.querySelector('#a-panel .a-ask summary')");
	await student.tab.is("(() => { const f = document.querySelector('#a-panel .a-ask textarea'); f.value = 'Is the ACK not of the same transaction?'; })()");
	await student.press("sends it", "document.querySelector('#a-panel .a-ask button')");
	await student.needs("class", "document.getElementById('a-class')");
	for (const key of ["tellwhere", "stuck"].slice(0, 1 + i % 2)) await student.needs(key,
		`[...document.querySelectorAll("#a-panel .a-check")].find((l) => l.textContent === word("${key}")).firstChild`);
	await student.needsWord("hands in", "handhere");
	await student.tab.wait("document.getElementById('a-said').textContent.startsWith(word('handedin', '%').split('%')[0])");
	await student.done("has handed in");
}
// A note for the student whose row is the first one, while others tell where they are, more often
// than a slow machine answers.
async function note(teacher, members) {
	let over = false;
	await teacher.tab.is("pace.slow = 400");
	const tells = (async () => {
		for (let n = 0; !over; n = (n + 1) % 6) for (const m of members)
			if (!over) await m.ask("progress", { lab: "direct-call", nth: n, stuck: false, number: m.number, record: 1 });
	})();
	await teacher.tab.wait("document.querySelectorAll('#a-panel table tr').length > 30");
	await teacher.done("who is where");
	await teacher.tab.is("window.gone = 0, window.looker = setInterval(() => { if (!document.querySelector('#a-panel td button')) gone++; }, 20)");
	await teacher.needs("note", `[...document.querySelectorAll("#a-panel td button")].find((b) => b.textContent === word("notebegin"))`);
	await teacher.tab.is("(() => { const f = document.querySelector('#a-note textarea'); f.value = 'Good.'; f.dispatchEvent(new Event('input')); })()");
	await teacher.needsWord("keeps it", "notekeep");
	await teacher.tab.wait("!document.getElementById('a-note')");
	over = true;
	await tells;
	if (await teacher.tab.is("pace.slow = 0, clearInterval(looker), gone") > 0) console.log("the list of who is where goes away");
}

async function lesson() {
	const teacher = await enter("teacher", teacherCode, 0, language, SIZES[1]);
	await teacher.tab.is("turnStart(true)");
	await teacher.done("the start page");
	await teacher.tab.is(`document.querySelector('#a-start select').value = planPath("plans/${plan}.md")`);
	await teacher.needs("holds the lesson", wordOf("#a-start", "planbegin"));
	await teacher.tab.wait("!!document.querySelector('.a-plan-next')");
	const [pages, members] = await Promise.all([each(SIZES, (size, i) => enter("student" + i, code, i + 1, i % 2 ? "zh" : "en", size)), join()]);
	const all = [teacher, ...pages];
	// A vote of a class with a list is of a number.
	await each(pages, (p, i) => p.tab.is(`takeStudent("s${i}")`));
	await each(pages, (p, i) => p.tab.wait(`!!app.follows && app.back.seat().number === "s${i}"`));
	console.log("here: " + (await teacher.tab.is("app.back.ask('wait', { since: 0 }).then((n) => n.here)")));
	const steps = await teacher.tab.is("course.is.steps.length");
	for (let n = 0; n < steps; n++) {
		if (n > 0) {
			await teacher.needs("next step", "document.querySelector('.a-plan-next')");
			await teacher.tab.wait(`course.at === ${n} && !document.body.classList.contains("a-runs")`);
		}
		await teacher.tab.resize(...SIZES[n % SIZES.length]);
		await teacher.tab.ready();
		const at = await teacher.tab.is("app.shown.at()"), there = await teacher.tab.is("document.querySelectorAll('#p-picture svg [id^=r]').length");
		await each(pages, (p) => p.tab.wait(`!!app.shown && app.shown.at() === ${at} && document.querySelectorAll('#p-picture svg [id^=r]').length === ${there}`));
		await each(all, (p) => p.done("step " + (n + 1)));
		const votes = await teacher.tab.is("planStep().vote !== ''");
		if (votes) await vote(teacher, pages, members, n === 1);
		await sheets(teacher);
		await each(members, (m, i) => m.ask("progress", { lab: "direct-call", nth: n, stuck: i % 9 === n, number: m.number, record: 1 }));
		await teacher.done("where they are");
		console.log(`step ${n + 1}: ${votes ? "a vote, " : ""}all see the same`);
	}
	await each(pages, alone);
	console.log("handed in: " + (await teacher.tab.is("app.back.ask('who', {}).then((w) => w.who.filter((x) => x.handed_in).length)")));
	await note(teacher, members);
	await teacher.needsWord("ends the lesson", "planend");
	await teacher.tab.wait("!document.querySelector('.a-plan')");
	await teacher.done("it is over");
	console.log("pages looked at: " + count());
}
const finish = start(["--disable-popup-blocking", "--lang=en", "--disable-background-timer-throttling",
	"--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"], async (at) => {
	({ newPerson } = tabsAt(at));
	try {
		await lesson();
		end();
		finish(0);
	} catch (e) {
		console.log("FAILED " + e.stack);
		finish(1);
	}
});
endWhenStuck(() => { console.log("FAILED no tab says anything"); finish(1); });
