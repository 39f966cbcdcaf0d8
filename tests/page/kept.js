// What a person has done in a panel stays when the panel is filled anew: for each panel, each
// part that opens is opened, each field is typed into, each button that wants a second press gets
// its first, the panel is scrolled and something has the focus; then it is filled anew, once and
// twice at a time, and in a class by news.  Prints the panels, and of which something was lost.
//
//	node --experimental-websocket tests/page/kept.js page PAGE
//	node --experimental-websocket tests/page/kept.js class HOST:PORT,CODE,TEACHERCODE
"use strict";
const { start } = require("./chromium.js");
const { tabsAt, endWhenStuck } = require("../class/tab.js");
const [kind, place] = process.argv.slice(2);

// In the page: what is done in the panel, and what there is to be seen of it.
const HELPERS = `window.keptTest = {
	all: (selector) => [...document.querySelectorAll("#a-panel " + selector)].filter((e) => e.checkVisibility()),
	fields: () => keptTest.all("input:not([type=file], [type=radio], [type=checkbox]), textarea"),
	seen: () => ({ open: keptTest.all("details").map((d) => d.firstElementChild.textContent + " " + d.open).join(),
		typed: keptTest.fields().map((f) => f.value).join("|"),
		chosen: keptTest.all("select").map((s) => s.value).join(),
		sure: keptTest.all("[data-sure]").length,
		top: Math.round(document.getElementById("a-panel").scrollTop),
		focus: (keptTest.all("*").find((e) => e === document.activeElement) || { textContent: "nothing" }).textContent.slice(0, 40) +
			" " + keptTest.fields().indexOf(document.activeElement),
		parts: keptTest.all("details, input, textarea, select, button, pre").length }),
	act: async () => {
		const later = () => new Promise((r) => setTimeout(r, 400));
		keptTest.all("details").forEach((d) => { if (!d.name && !d.open) d.firstElementChild.click(); });
		const thing = keptTest.all("details[name]").pop();
		if (thing && !thing.open) thing.firstElementChild.click();
		await later();
		keptTest.fields().forEach((f) => { if (!f.readOnly && !f.closest(".e-box")) { f.focus(); if (!f.value.endsWith("7")) f.value += "7"; f.dispatchEvent(new Event("input", { bubbles: true })); } });
		keptTest.all("[data-key]").forEach((b) => { if (!b.dataset.sure) b.click(); });
		keptTest.all("select").forEach((s) => { if (s.options.length > 1) { s.selectedIndex = s.options.length - 1; s.dispatchEvent(new Event("change", { bubbles: true })); } });
		await later();
		const field = keptTest.fields().pop() || keptTest.all("summary, button:not(:disabled)").pop();
		if (field) field.focus();
		document.getElementById("a-panel").scrollTop = 30;
		await later();
	},
	// What is opened a moment before counts.
	fill: async (times) => {
		keptTest.all("details:not([name])[open]").forEach((d) => { d.firstElementChild.click(); d.firstElementChild.click(); });
		for (let i = 0; i < times; i++) fillPanel();
		await new Promise((r) => setTimeout(r, 900));
	} }`;

let newTab;
async function eachPanel(tab, who, names) {
	await tab.is(HELPERS + ", 0");
	for (const name of names) {
		await tab.is(`turnPanel("${name}", true)`);
		await tab.is("new Promise((r) => setTimeout(r, 500))");
		await tab.is("keptTest.act()");
		// What was typed is judged, perhaps, and has another part then.
		await tab.is("keptTest.fill(1).then(() => keptTest.act())");
		const before = await tab.is("keptTest.seen()");
		for (const times of [1, 2]) {
			await tab.is(`keptTest.fill(${times})`);
			const after = await tab.is("keptTest.seen()");
			for (const key of Object.keys(before)) if (before[key] !== after[key])
				console.log(`LOST ${who}, ${name}, filled ${times} at once: ${key} was ${before[key]}, is ${after[key]}`.slice(0, 300));
		}
		console.log(`${who}: ${name}`);
	}
}
// The news of a class fill the panel by themselves.
async function byNews(tab, other, who) {
	await tab.is("turnPanel('class', true)");
	await tab.is("keptTest.act(), new Promise((r) => setTimeout(r, 1500))");
	await tab.is("document.activeElement.blur()");
	const before = await tab.is("keptTest.seen()");
	for (let i = 0; i < 3; i++) {
		await other.is(`app.back.ask("progress", { lab: "busy", nth: ${i}, stuck: ${i % 2 === 1}, number: "" })`);
		await tab.is("new Promise((r) => setTimeout(r, 700))");
	}
	const after = await tab.is("keptTest.seen()");
	for (const key of ["open", "typed", "sure", "top"]) if (before[key] !== after[key])
		console.log(`LOST ${who}, by news: ${key} was ${before[key]}, is ${after[key]}`.slice(0, 300));
	console.log(`${who}: by news`);
}
const PANELS = "[...document.querySelectorAll('#a-alone > button, #a-within > button')].concat(document.getElementById('a-tasks'))" +
	".filter((b) => !b.disabled).map((b) => b.id.slice(2))";

async function onThePage() {
	const tab = await newTab(`file://${place}?lang=en#lab=two-proxies`);
	await tab.resize(1366, 768);
	await tab.ready();
	await tab.wait("app.library.whole");
	await tab.is("beginPlan('plans/first-call.md').then(() => openLab('two-proxies'))");
	await tab.ready();
	await tab.is("cover.asks.forEach((t) => lookFirst(t.nth)), judging");
	await eachPanel(tab, "page", await tab.is(PANELS));
}
async function inAClass() {
	const [at, code, teacherCode] = place.split(",");
	const teacher = await newTab(`http://${at}/?lang=en#code=${teacherCode}`);
	await teacher.resize(1366, 768);
	await teacher.ready();
	const student = await newTab(`http://${at}/?1&lang=en#code=${code}`);
	await student.resize(1366, 768);
	await student.ready();
	await student.is("takeStudent('7'), new Promise((r) => setTimeout(r, 500))");
	await student.is("app.tellsWhere = true, tellWhere()");
	await eachPanel(student, "student", ["class", "tasks"]);
	await teacher.is("beginPlan('plans/first-call.md')");
	await teacher.ready();
	await eachPanel(teacher, "teacher", ["class", "tasks"]);
	await byNews(teacher, student, "teacher");
	await teacher.is("endPlan()");
	await teacher.is("new Promise((r) => setTimeout(r, 500))");
	await eachPanel(teacher, "teacher without a plan", ["class"]);
}

const finish = start(["--lang=en", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
	"--disable-backgrounding-occluded-windows"], async (at) => {
	({ newTab } = tabsAt(at));
	try {
		await (kind === "class" ? inAClass : onThePage)();
		finish(0);
	} catch (e) {
		console.log("FAILED " + e.stack);
		finish(1);
	}
});
endWhenStuck(() => { console.log("FAILED no tab says anything"); finish(1); });
