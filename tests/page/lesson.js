// A whole lesson, by clicks, after each of which the page has to lie right in its window
// (tests/page/geometry.js): in windows of four sizes, in both languages, with a student's
// number and without; on the page, or in a class, where a teacher leads it.
//
//	node --experimental-websocket tests/page/lesson.js page PAGE SIZES LANGUAGES NUMBERS LABS
//	node --experimental-websocket tests/page/lesson.js class HOST:PORT,CODE,TEACHERCODE SIZES …
//
// QUICK=1: a class's without what is the same on the page.  STEPS and EACH: person.js.  LATE=MS: so
// late the teacher's page hears what is new, as on a slow machine.
"use strict";
const { start } = require("./chromium.js");
const { tabsAt, endWhenStuck } = require("../class/tab.js");
const { personAt, count } = require("./person.js");
const [kind, place, ...lists] = process.argv.slice(2);
const [sizes, languages, numbers, labs] = lists.map((l) => l.split(","));

const LATE = Number(process.env.LATE) || 0;
let newTab;
// Words, a section and sentences find labs, in each language's page.
async function search(me) {
	for (const words of ["proxy", "RFC 3261 17.1.1.2", "why does my call drop after 30 seconds", "注册", "通话为什么 30 秒后断开", "zzzz", ""]) {
		await me.tab.is(`(() => { const f = document.getElementById("a-find"); f.value = "${words}"; f.dispatchEvent(new Event("input")); })()`);
		await me.done("search " + words);
		if (await me.has("document.querySelector('#a-start .a-card')") !== (words !== "zzzz")) console.log("FOUND? " + words);
	}
}
// The start page: groups, what is found, the tour, and the lab.
async function begin(me, lab) {
	await me.done("the start page");
	for (const nth of [0, 2]) await me.press("group " + nth, `document.querySelectorAll("#a-start .a-group")[${nth}]`);
	await search(me);
	if (await me.word("tour", "#a-start", "tour")) {
		await me.tab.ready();
		while (await me.word("tour goes on", "#a-tour", "tournext")) { /* to its end */ }
		await me.word("tour ends", "#a-tour", "tourend");
	}
	if (!await me.has("app.starts")) await me.press("Labs", "document.getElementById('a-labs')");
	await me.tab.is(`startLab("${lab}")`);
	await me.tab.ready();
	await me.tab.wait("!!app.lesson && app.lesson.tasks.every((t) => t.verdict) || openPanel !== 'tasks'");
	await me.done("opens " + lab);
}
const TASK = (n) => `document.querySelectorAll("#a-panel .a-task")[${n}]`;
// From task to task without an answer, as one reads them, and from the last to the first.
async function leaf(me, many) {
	for (let n = 0; n < many + 1; n++) {
		await me.word("leafs", "#a-panel .a-sum", "next");
		if (!await me.has(`${TASK(n % many)}.contains(document.activeElement)`)) console.log("NEXT? " + n);
	}
}
// Each task is tried, and its hint looked at; then the next.
async function solve(me) {
	const many = await me.tab.is("document.querySelectorAll('#a-panel .a-task').length");
	await leaf(me, many);
	for (let n = 0; n < many; n++) {
		await me.word("next task", "#a-panel .a-sum", "next");
		if (await me.has(`${TASK(n)}.querySelector("[type=radio]")`)) await me.press("choose", `${TASK(n)}.querySelector("[type=radio]")`);
		else await me.tab.is(`(() => { const f = ${TASK(n)}.querySelector("form input:not([type]), form textarea");
			if (f) { f.value = f.placeholder.split("\\n")[0]; f.dispatchEvent(new Event("input", { bubbles: true })); } })()`);
		await me.press("check " + n, `[...${TASK(n)}.querySelectorAll("form button")].find((b) => b.textContent === word("check"))`);
		await me.tab.wait(`!app.lesson || !app.lesson.tasks[${n}] || !!app.lesson.tasks[${n}].verdict`);
		for (let i = 0; i < 2; i++) await me.press("hint of " + n, `${TASK(n)}.querySelector(".a-hint button")`);
	}
	await me.press("handout", "document.querySelector('#a-panel details:not([open]) summary')");
	for (let n = 0; n < 3; n++) {
		await me.press("command " + n, `document.querySelectorAll("#a-panel .a-command button")[${n}]`);
		await me.tab.ready();
		await me.done("command " + n + " ran");
		if (!await me.has("openPanel === 'tasks'")) await me.press("tasks", "document.getElementById('a-tasks')");
	}
}
// Each tab of the side and each panel, and what is done there first.
async function visit(me) {
	const names = await me.tab.is("[...document.querySelectorAll('#a-panels > button, #a-alone > button')].filter((b) => !b.disabled).map((b) => b.id)");
	for (const name of names) {
		await me.press(name, `document.getElementById("${name}")`, 100);
		const within = await me.tab.is("[...document.querySelectorAll('#a-within button')].filter((b) => !b.hidden && !b.disabled).map((b) => b.id)");
		for (const panel of within.length ? within : [name]) {
			if (panel !== name) await me.press(panel, `document.getElementById("${panel}")`, 100);
			await me.press(panel + " first", "document.querySelector('#a-panel:not([hidden]) summary, #a-panel:not([hidden]) [role=tab], #a-panel:not([hidden]) .a-record')");
		}
	}
}
async function play(me) {
	await me.press("tasks", "openPanel === 'tasks' ? null : document.getElementById('a-tasks')");
	for (const key of ["Home", "ArrowRight", "End", "ArrowLeft"]) await me.key(key);
	await me.press("Predict", "document.getElementById('p-predict')");
	await me.tab.is("new Promise((r) => setTimeout(r, 200))");
	for (const what of ["document.querySelector('.p-option')", "document.getElementById('p-solve')", "document.getElementById('p-goon')"])
		await me.press("predict " + what, what);
	await me.key("Q");
	for (const name of ["a-below", "a-below", "a-fold", "a-fold"]) await me.press(name, `document.getElementById("${name}")`);
	await me.press("change", "openPanel !== null && tabOf(openPanel) === 'change' ? null : document.getElementById('a-change')");
	await me.press("act", "document.getElementById('a-act')");
	await me.tab.wait("openPanel !== 'act' || !!document.querySelector('#a-panel [data-verb], #a-panel .a-thing')");
	await me.press("a thing", "document.querySelectorAll('#a-panel .a-thing summary')[1]");
	await me.press("delay", "document.querySelector('#a-panel [data-verb=delay]')");
	await me.press("lose", "document.querySelector('#a-panel [data-verb=drop]')");
	await me.tab.ready();
	await me.done("a branch");
	await me.press("compare", "document.getElementById('a-compare')");
	await me.press("link", "document.getElementById('a-link')");
	await me.press("Labs", "document.getElementById('a-labs')");
	await me.press("Labs, back", "document.getElementById('a-labs')");
}

async function onThePage(width, height, language, number) {
	const tab = await newTab(`file://${place}?lang=${language}#start`);
	await tab.resize(width, height);
	await tab.wait("!!window.app && app.starts && app.library && app.library.whole");
	await tab.is(`localStorage.clear(), takeStudent("${number}"), fillStart()`);
	const me = personAt(tab, ["page", width, language, number || "nobody"].join("-"));
	for (const lab of labs) {
		await begin(me, lab);
		await solve(me);
		await visit(me);
		await play(me);
		await me.press("Labs", "document.getElementById('a-labs')");
	}
	await tab.close();
}

// A teacher shows a run and lets the class vote twice on rung's question; the student votes, goes
// on alone, solves and hands in.
async function inAClass(width, height, language, number) {
	const [at, code, teacherCode] = place.split(","), nth = count();
	const of = (who) => ["class", width, language, number || "nobody", who].join("-");
	const tabs = [await newTab(`http://${at}/?lang=${language}#code=${teacherCode}`)];
	await tabs[0].resize(width, height);
	await tabs[0].ready();
	await tabs[0].is(`openLab("${labs[0]}")`);
	await tabs[0].ready();
	tabs.push(await newTab(`http://${at}/?${nth}&lang=${language}#code=${code}`));
	await tabs[1].resize(width, height);
	await tabs[1].ready();
	const teacher = personAt(tabs[0], of("teacher")), student = personAt(tabs[1], of("student"));
	const both = async (what) => { await student.done(what); await teacher.done(what); };
	await student.tab.is(`takeStudent("${number}")`);
	await both("in class");
	await tabs[0].is(`((ask) => { app.back.ask = (name, members) => ask(name, members).then((news) =>
		name !== "wait" ? news : new Promise((r) => setTimeout(() => r(news), ${LATE}))); })(app.back.ask.bind(app.back))`);
	await teacher.needs("class", "document.getElementById('a-class')");
	await teacher.tab.wait("app.showsClass !== undefined");
	if (!await teacher.has("app.showsClass")) await teacher.needs("shows", "document.querySelector('#a-panel .a-check input')");
	await student.tab.wait("!!app.follows");
	await both("follows");
	await teacher.tab.is("app.shown.go(20)");
	await teacher.needsWord("rung's question", "take");
	await teacher.tab.wait("!!lesson.known");
	await teacher.needsWord("vote", "begin");
	for (const round of [1, 2]) {
		await student.tab.wait("!!lesson.vote && lesson.vote.open");
		await both("a vote is open");
		await student.needs("votes", `document.querySelectorAll(".a-option")[${round}]`);
		await teacher.needs("sees", "document.querySelector('#a-panel .a-check:nth-of-type(2) input')");
		await teacher.needsWord("closes", "closevote");
		await student.tab.wait("!lesson.vote.open");
		await both("is closed");
		if (round === 1) await teacher.needsWord("again", "again");
	}
	await teacher.needsWord("projects", "project");
	await teacher.needs("and back", "document.querySelector('.a-projected')");
	await teacher.needs("tells", "document.querySelector('.a-known')");
	await student.tab.wait("lesson.vote.right > 0");
	await both("is told");
	await teacher.needsWord("ends it", "endvote");
	await student.tab.wait("!lesson.vote");
	await both("it is over");
	await student.needsWord("goes on alone", "alone");
	await student.tab.ready();
	await both("alone");
	for (const key of ["tellwhere", "stuck"]) await student.press(key,
		`[...document.querySelectorAll("#a-panel .a-check")].find((l) => l.textContent === word("${key}")).firstChild`);
	await student.needsWord("hands in", "handhere");
	await both("handed in");
	await student.press("tasks", "document.getElementById('a-tasks')");
	await student.tab.wait("!!app.lesson && app.lesson.tasks.every((t) => t.verdict)");
	if (!process.env.QUICK) {
		await solve(student);
		await both("solved");
		await visit(student);
	}
	await teacher.press("Labs", "document.getElementById('a-labs')");
	await search(teacher);
	await teacher.press("Labs, back", "document.getElementById('a-labs')");
	if (!process.env.QUICK && !number) await visit(teacher);
	for (const tab of tabs.reverse()) {
		await tab.is("app.back.leave().then(() => { localStorage.clear(); sessionStorage.clear(); })");
		await tab.close();
	}
}

const finish = start(["--disable-popup-blocking", "--lang=en"], async (at) => {
	({ newTab } = tabsAt(at));
	try {
		for (const size of sizes) for (const language of languages) for (const number of numbers)
			await (kind === "class" ? inAClass : onThePage)(...size.split("x").map(Number), language, number === "-" ? "" : number);
		console.log("clicks: " + count());
		finish(0);
	} catch (e) {
		console.log("FAILED " + e.stack);
		finish(1);
	}
});
endWhenStuck(() => { console.log("FAILED no tab says anything"); finish(1); });
