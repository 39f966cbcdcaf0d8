// A student with a number walks through labs in the page of a headless Chromium, from task 1 to the
// last: *Next task*, what the task's commands do, an answer, by mouse, finger and key in turn.  Before
// each answer nothing that a task asks ahead (assets/page/app/cover.js) is in the ladder, a list or a
// report, and all that lies before it is.  A line for each thing that is wrong, a sum at the end.
//
//	node --experimental-websocket tests/page/walk.js PAGE LANGUAGE NUMBER LAB…
"use strict";
const { open } = require("./chromium.js");
const pace = require("./pace.js");
const { spot } = require("./spot.js");
const [file, language, number, ...labs] = process.argv.slice(2);
const sum = { labs: 0, tasks: 0, ahead: 0, commands: 0, wrong: 0 };

let page, at = "";
const value = (expression) => page.value(expression);
function wrong(text) {
	sum.wrong++;
	console.log(`WRONG ${at}, ${number}: ${String(text).replace(/\s+/g, " ").slice(0, 300)}`);
}
async function until(expression) {
	if (!await pace.until(value, expression)) throw new Error("never: " + expression + ": " + await value("document.getElementById('a-said').textContent"));
}
const settled = () => value("new Promise((r) => requestAnimationFrame(() => setTimeout(r)))");

// ---- mouse, finger, key ----

let presses = 0;
// What EXPRESSION gives, an element, is pressed where it is seen; a key presses what has the focus.
async function press(expression) {
	const way = presses++ % 3;
	await settled();
	const place = await value(spot(expression));
	if (!Array.isArray(place)) throw new Error(`press ${expression}: ${place}`);
	if (way === 2) await value(`${expression}.focus()`);
	if (way === 0) await page.clickAt(...place);
	else if (way === 1) await page.touchAt(...place);
	else await page.press("Enter");
	await settled();
	await value("pace.quiet()");
}
async function type(expression, text) {
	await page.clickAt(...await value(spot(expression)));
	await page.selectAll();
	await page.type(text);
}
const turn = async (panel) => {
	const there = `document.getElementById("a-${panel}").getBoundingClientRect().width > 0`;
	if (!await value(there)) await press(`document.getElementById("a-" + tabOf("${panel}"))`);
	if (await value("openPanel") !== panel) await press(`document.getElementById("a-${panel}")`);
	if (panel === "tasks") await until(judged);
};
const quiet = "!document.body.classList.contains('a-runs') && !!app.shown && !!document.querySelector('#a-page svg')";
const judged = `${quiet} && app.lesson && app.lesson.tasks.length > 0 && app.lesson.tasks.every((t) => t.verdict)
	&& document.querySelectorAll("#a-panel .a-task").length === app.lesson.tasks.length`;

// ---- what is seen ----

// Of record SEQ and those behind it nothing, of those before it all.
async function seen() {
	const held = await value("coverHold() === Infinity ? null : coverHold()");
	await page.press("End");
	await settled();
	const last = await value(`app.shown.messages.map((m) => m.seq).filter((s) => ${held} === null || s <= ${held}).reduce((a, b) => Math.max(a, b), 0)`);
	const now = await value("app.shown.at()");
	if (held !== null && now > held) wrong(`the ladder shows record ${now} of ${held}`);
	if (now < last) wrong(`the ladder ends at record ${now} before ${last}`);
	if (await value("sought.words !== ''")) await value("sought = { words: '', whole: false }");
	await turn("records");
	await until("!!document.querySelector('#a-panel .a-records')");
	const listed = await value("[...document.querySelectorAll('#a-panel .a-record')].map((b) => Number(b.textContent.replace('#', '').split(' ')[0]))");
	if (held !== null && (listed.some((s) => s > held) || listed.length !== Math.min(held, 500))) wrong(`listed are ${listed.length} records up to ${listed[listed.length - 1]}, not ${held}`);
	await turn("tasks");
}

// ---- a task ----

const boxOf = (nth) => `document.querySelector('#a-panel .a-task[data-task="${nth + 1}"]')`;
// What the command DOES does, which may lead to another run: the way back.
async function obey(nth, k) {
	const button = `${boxOf(nth)}.querySelectorAll(".a-commands button, .a-do")[${k}]`;
	await value("tell(''), void (window.was = [openPanel, app.shown.at(), side.tab].join())");
	await press(button);
	await until(`${quiet} && (!trials[openPanel] || !trials[openPanel].works && !!trials[openPanel].told)
		&& (!/^(records|sound)$/.test(openPanel) || !!document.querySelector("#a-panel .a-records, #a-panel audio, #a-panel .a-bad"))`);
	sum.commands++;
	if (await value("document.getElementById('a-said').classList.contains('a-bad')")) wrong(`${nth + 1}, command ${k + 1}: ` + await value("document.getElementById('a-said').textContent"));
	if (await value("!!document.querySelector('#a-panel > div > .a-filled > .a-covered:only-child')")) wrong(`${nth + 1}, command ${k + 1} is covered`);
	const nothing = await value(`openPanel === "sound" && !document.querySelector("#a-panel audio") ? "no sound"
		: openPanel === "records" && coverHold() === Infinity && !document.querySelector("#a-panel .a-records li") ? "no record: " + sought.words
		: trials[openPanel] && !document.querySelector("#a-panel .a-line") ? "no table" : ""`);
	if (nothing) wrong(`${nth + 1}, command ${k + 1}: ${nothing}`);
	if (await value("labShown() + !!app.more") !== at + "false") {
		await value(`openLab("${at}")`);
		await until(quiet);
	}
	await turn("tasks");
}
async function answer(nth, form) {
	const box = boxOf(nth);
	if (form === "choice" && presses % 3 === 2) {
		await value(`${box}.querySelector("[type=radio]").focus()`);
		await page.press(" ");
	} else if (form === "choice") await press(`${box}.querySelector("[type=radio]").parentNode`);
	else if (await value(`!!${box}.querySelector("form input:not([type]), form textarea")`))
		await type(`${box}.querySelector("form input:not([type]), form textarea")`, form === "draw" ? "alice -> bob INVITE" : "1");
	if (await value(`!${box}.querySelector("form button:not([type])")`)) return;
	await value(`app.lesson.tasks[${nth}].verdict = null`);
	await press(`${box}.querySelector("form button:not([type])")`);
	await until(`app.lesson.tasks[${nth}].verdict`);
}
// What commands of the handout a page has not: what writes a file, and what a file is shown of.
async function lacks() {
	const left = await value(`[...document.querySelectorAll("#a-panel .a-command > small")].map((s) => s.previousElementSibling.textContent)
		.filter((c) => !/^rung (export|show|parse) /.test(c) && !(/^rung run /.test(c) && isRecorded(app.lab)) && !/^rung inspect .*[.](pcapng|jsonl|gv)( |$)/.test(c))`);
	for (const command of left) wrong(`only for a terminal: ${command}`);
}
// The task to which *Next task* leads: FIRST, or the one that hides what that is about.
async function nextTask(first) {
	await press("document.querySelector('#a-panel .a-sum button')");
	const nth = await value("Number((document.activeElement.closest('.a-task') || { dataset: {} }).dataset.task) - 1");
	const want = await value(`isAskedLater(app.lesson.tasks[${first}]) ? holdsNow() - 1 : ${first}`);
	if (nth !== want) wrong(`${want + 1}: Next task leads to ${nth + 1}`);
	return want;
}
async function walkTask(nth, task, before) {
	// Open: it is asked ahead, and has no try yet.
	const isOpen = task.ahead && await value(`!(keptAnswer(${nth}).text || "").trim()`);
	if (isOpen && await value("coverHold() === Infinity && !holdsNow(true)")) wrong(`${nth + 1} is asked ahead, and nothing is held`);
	if (isOpen && await value(`!!${boxOf(nth)}.querySelector(".a-hint button")`)) wrong(`${nth + 1} sells a hint of a run that is hidden`);
	if (isOpen || before !== await value("coverHold()")) await seen();
	for (let k = 0, n = isOpen ? 0 : await value(`${boxOf(nth)}.querySelectorAll(".a-commands button:enabled, .a-do:enabled").length`); k < n; k++) await obey(nth, k);
	if (!task.elsewhere) await answer(nth, task.form);
	if (isOpen && await value(`holdsNow() === ${nth + 1}`)) wrong(`${nth + 1} was tried, and holds still`);
	sum.tasks++;
	sum.ahead += isOpen;
}
async function walk(lab) {
	at = lab;
	await page.go(`file://${file}?lang=${language}#lab=${lab}`);
	await until(`app.lab === ${JSON.stringify(lab)} && ${quiet} && cover.of === workName()`);
	await until("pace.quiet().then(() => true)");
	if (await value("app.shown.at() === 0 && app.shown.messages.length > 0 && app.shown.messages[0].seq <= coverHold()")) wrong("it opens before its first message");
	await turn("tasks");
	const tasks = await value("app.lesson.tasks.map((t) => ({ form: t.q.form, ahead: t.q.ahead, elsewhere: isElsewhere(t.q) }))");
	await lacks();
	let before = null;
	const open = new Set(tasks.keys());
	tasks.forEach((t, nth) => { if (t.elsewhere) open.delete(nth); });
	while (open.size > 0) {
		const held = await value("coverHold()"), nth = await nextTask([...open][0]);
		open.delete(nth);
		await walkTask(nth, tasks[nth], before);
		before = held;
	}
	for (const [nth, task] of tasks.entries()) if (task.elsewhere) await walkTask(nth, task, before);
	if (await value("(work().answers.tasks || []).some((a) => a.looked || a.taught)")) wrong("the work says that it was looked first");
	sum.labs++;
}

async function main() {
	page = await open(`file://${file}?lang=${language}#lab=${labs[0]}`, 1366, 768, {});
	await until(quiet);
	await type("document.getElementById('a-student')", number);
	await page.press("Enter");
	for (const lab of labs) await walk(lab).catch((e) => wrong(e.message));
	console.log(Object.entries(sum).map((s) => s.reverse().join(" ")).join(", "));
}
main().catch((e) => console.log("WRONG " + e.stack)).finally(() => page.stop(0));
