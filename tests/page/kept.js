// What a person has done in a panel stays when the panel is filled anew: for each panel, each
// part that opens is opened, each field is typed into, each button that wants a second press gets
// its first, the panel is scrolled and something has the focus; then it is filled anew, once and
// twice at a time, also while somebody goes on typing, and in a class by news.  Of two choices, panels,
// runs and branches in a moment the second is what is there at the end.  Answers may come late
// and in another order (pace.js).  Prints the panels, and of which something was lost.
//
//	[ANSWERS=SEED] node --experimental-websocket tests/page/kept.js page PAGE
//	[ANSWERS=SEED] node --experimental-websocket tests/page/kept.js class HOST:PORT,CODE,TEACHERCODE
"use strict";
const { start } = require("./chromium.js");
const { tabsAt, endWhenStuck } = require("../class/tab.js");
const [kind, place] = process.argv.slice(2);

// In the page: what is done in the panel, and what there is to be seen of it.
const HELPERS = `window.keptTest = {
	all: (selector) => [...document.querySelectorAll("#a-panel " + selector)].filter((e) => e.checkVisibility()),
	fields: () => keptTest.all("input:not([type=file], [type=radio], [type=checkbox]), textarea"),
	typed: () => keptTest.fields().filter((f) => !f.readOnly && !f.closest(".e-box")),
	nameOf: (e) => [(e.closest("[data-task]") || { dataset: {} }).dataset.task, e.getAttribute("aria-label"), e.name,
		e.localName === "summary" ? e.textContent : "", e.closest("label") ? e.closest("label").textContent : ""].join(),
	seen: () => ({ open: keptTest.all("details").map((d) => d.firstElementChild.textContent + " " + d.open).join(),
		typed: keptTest.fields().map((f) => f.value).join("|"),
		chosen: keptTest.all("select").map((s) => s.value).join(),
		sure: keptTest.all("[data-sure]").length,
		top: Math.round(document.getElementById("a-panel").scrollTop),
		focus: (keptTest.all("*").find((e) => e === document.activeElement) || { textContent: "nothing" }).textContent.slice(0, 40) +
			" " + keptTest.fields().indexOf(document.activeElement) + " " + document.activeElement.selectionStart,
		parts: keptTest.all("details, input, textarea, select, button, pre").length }),
	told: () => document.getElementById("a-panel").innerText.replace(/\\s+/g, " "),
	act: async () => {
		keptTest.all("details").forEach((d) => { if (!d.name && !d.open) d.firstElementChild.click(); });
		const thing = keptTest.all("details[name]").pop();
		if (thing && !thing.open) thing.firstElementChild.click();
		const verb = keptTest.all("[data-verb=edit]").pop();
		if (verb && keptTest.all(".a-form").length === 0) verb.click();
		await pace.quiet();
		keptTest.typed().forEach((f) => { f.focus(); if (!f.value.endsWith("7")) f.value += "7"; f.dispatchEvent(new Event("input", { bubbles: true })); });
		keptTest.all("[data-key]").forEach((b) => { if (!b.dataset.sure) b.click(); });
		keptTest.all("select").forEach((s) => { if (s.options.length > 1) { s.selectedIndex = s.options.length - 1; s.dispatchEvent(new Event("change", { bubbles: true })); } });
		await pace.quiet();
		const field = keptTest.fields().pop() || keptTest.all("summary, button:not(:disabled)").pop();
		if (field) field.focus();
		document.getElementById("a-panel").scrollTop = 30;
		await pace.quiet();
	},
	// What is opened a moment before counts.
	fill: async (times) => {
		keptTest.all("details:not([name])[open]").forEach((d) => { d.firstElementChild.click(); d.firstElementChild.click(); });
		for (let i = 0; i < times; i++) fillPanel();
		await pace.quiet();
	},
	// It is filled while a hand goes on, in what is there then; what is not as the hand has left it.
	meanwhile: async () => {
		const done = new Map();
		for (let round = 0; round < 16; round++) {
			if (round % 5 === 0) fillPanel();
			await new Promise((r) => setTimeout(r, 25));
			const fields = keptTest.typed(), f = fields[round % fields.length], parts = keptTest.all("details:not([name]) > summary").filter((p) => !p.parentElement.querySelector("input, textarea"));
			const s = round % 4 === 1 && parts[round % parts.length];
			if (f) {
				f.focus();
				f.setRangeText("8", f.value.length, f.value.length, "end");
				f.dispatchEvent(new Event("input", { bubbles: true }));
				done.set("typed " + keptTest.nameOf(f), [f.value, f === document.activeElement]);
				done.set("focus", keptTest.nameOf(f));
			}
			if (!s) continue;
			s.click();
			done.set("open " + keptTest.nameOf(s), [s.parentElement.open]);
		}
		await pace.quiet();
		keptTest.typed().forEach((f) => {
			const was = done.get("typed " + keptTest.nameOf(f));
			if (was && was[0] === f.value) done.delete("typed " + keptTest.nameOf(f));
			if (f === document.activeElement && f.selectionStart === f.value.length && done.get("focus") === keptTest.nameOf(f)) done.delete("focus");
		});
		keptTest.all("details > summary").forEach((s) => {
			const was = done.get("open " + keptTest.nameOf(s));
			if (was && was[0] === s.parentElement.open) done.delete("open " + keptTest.nameOf(s));
		});
		return [...done.keys()].join("; ");
	},
	// What is there after DEEDS, which come in a moment, and after the last of them alone.
	both: async (deeds, see) => {
		deeds.forEach((d) => d());
		await pace.quiet();
		const quick = see();
		for (const d of deeds) { d(); await pace.quiet(); }
		return quick === see() ? "" : "is " + quick + " instead of " + see();
	},
	// Two choices in each thing of the panel that has them.
	choices: () => {
		const panel = document.getElementById("a-panel"), first = (selector) => panel.querySelector(selector);
		const change = (e) => e.dispatchEvent(new Event("change", { bubbles: true }));
		const list = [...panel.querySelectorAll("select")].filter((s) => s.options.length > 2).map((s, nth) => [1, 2].map((i) => () => {
			const now = panel.querySelectorAll("select")[nth];
			now.selectedIndex = i;
			change(now);
		}));
		if (openPanel === "export") list.push([1, 3, 5, 2].map((i) => () => panel.querySelectorAll("[name=a-format]")[i].click()));
		if (openPanel === "records") list.push(["method=INVITE", "method=ACK", "status=180"].map((words) => () => {
			first("form input").value = words;
			first("form").requestSubmit();
		}));
		if (openPanel === "parse") list.push(["OPTIONS sip:a@b SIP/2.0\\n\\n", "BYE sip:c@d SIP/2.0\\n\\n"].map((text) => () => {
			first("textarea").value = text;
			[...panel.querySelectorAll("button")].pop().click();
		}));
		return list;
	} }`;

let newTab;
const lost = (who, what) => console.log(`LOST ${who}, ${what}`.slice(0, 400));
async function eachPanel(tab, who, names) {
	await tab.is(HELPERS + ", 0");
	for (const name of names) {
		await tab.is(`turnPanel("${name}", true), pace.quiet()`);
		await tab.is("keptTest.act()");
		// What was typed is judged, perhaps, and has another part then.
		await tab.is("keptTest.fill(1).then(() => keptTest.act())");
		const before = await tab.is("keptTest.seen()");
		for (const times of [1, 2]) {
			await tab.is(`keptTest.fill(${times})`);
			const after = await tab.is("keptTest.seen()");
			for (const key of Object.keys(before)) if (before[key] !== after[key])
				lost(who, `${name}, filled ${times} at once: ${key} was ${before[key]}, is ${after[key]}`);
		}
		const left = await tab.is("keptTest.meanwhile()");
		if (left !== "") lost(who, `${name}, filled meanwhile: ${left}`);
		for (let i = 0; i < await tab.is("keptTest.choices().length"); i++) {
			const wrong = await tab.is(`keptTest.both(keptTest.choices()[${i}], keptTest.told)`);
			if (wrong !== "") lost(who, `${name}, two choices at once: ${wrong}`);
		}
		const wrong = await tab.is(`keptTest.both(["keys", "${name}", "tasks", "act", "${name}"].map((n) => () => { turnPanel(n, true); }),
			() => keptTest.told() + (openPanel === "tasks" ? app.lesson.tasks.map((t) => t.box.isConnected) : ""))`);
		if (who === "page" && wrong !== "") lost(who, `${name}, other panels meanwhile: ${wrong}`);
		console.log(`${who}: ${name}`);
	}
}
// Of runs and branches that are opened in a moment the last one is there, whatever its panel.
async function eachRun(tab) {
	for (const name of ["tasks", "act", "panes"]) {
		await tab.is(`turnPanel("${name}", true), pace.quiet()`);
		for (const [what, deeds] of [
			["runs", "['direct-call', 'two-proxies', 'direct-call'].map((lab) => () => { openLab(lab, { branch: 0, record: 5 }); })"],
			["branches", "[1, 2, 0, 1].map((n) => () => { const e = document.getElementById('a-branch'); e.value = n; e.dispatchEvent(new Event('change')); })"]]) {
			if (what === "branches") await tab.is("openLab('two-proxies').then(() => pace.quiet())");
			const wrong = await tab.is(`keptTest.both(${deeds}, () => [app.branch, document.getElementById("a-branch").value,
				document.getElementById("a-branch").options.length, app.shown.records.length, document.querySelectorAll("#p-picture svg [id^=r]").length,
				keptTest.told()].join(" "))`);
			if (wrong !== "") lost("page", `${name}, ${what} at once: ${wrong}`);
		}
	}
	console.log("page: runs and branches");
}
// The news of a class fill the panel by themselves; what is there stays meanwhile.
async function byNews(tab, other, who) {
	await tab.is("turnPanel('class', true), keptTest.act()");
	await tab.is("document.activeElement.blur(), pace.quiet()");
	const before = await tab.is("keptTest.seen()");
	await tab.is(`window.looks = 0, window.gone = 0, window.looker = setInterval(() => { looks++;
		if (keptTest.all("td button").length === 0) gone++; }, 30)`);
	for (let i = 0; i < 9; i++) {
		await other.is(`app.back.ask("progress", { lab: "busy", nth: ${i}, stuck: ${i % 2 === 1}, number: "" })`);
		const version = await other.is("app.back.ask('wait', { since: 0 }).then((n) => n.version)");
		if (i % 3 === 2) await tab.wait(`lesson.version >= ${version}`);
	}
	await tab.is("pace.quiet().then(() => clearInterval(looker))");
	const after = await tab.is("keptTest.seen()"), gone = await tab.is("gone");
	for (const key of ["open", "typed", "sure", "top"]) if (before[key] !== after[key])
		lost(who, `by news: ${key} was ${before[key]}, is ${after[key]}`);
	if (gone > 0) lost(who, `by news: the list was gone at ${gone} of ${await tab.is("looks")} looks`);
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
	await tab.is("lookFirst(cover.hold.open), judging");
	// Branches, to be compared.
	for (const nth of [0, 1])
		await tab.is(`doAct({ branch: 0, record: app.shown.messages[${nth}].seq, on: "message", verb: "drop", args: {} }).then(() => pace.quiet())`);
	await tab.is("app.shown.go(app.shown.messages[2].seq)");
	await eachPanel(tab, "page", await tab.is(PANELS));
	await eachRun(tab);
}
async function inAClass() {
	const [at, code, teacherCode] = place.split(",");
	const teacher = await newTab(`http://${at}/?lang=en#code=${teacherCode}`);
	await teacher.resize(1366, 768);
	await teacher.ready();
	const student = await newTab(`http://${at}/?1&lang=en#code=${code}`);
	await student.resize(1366, 768);
	await student.ready();
	await student.is("takeStudent('7'), pace.quiet()");
	await student.is("app.tellsWhere = true, tellWhere(), pace.quiet()");
	await eachPanel(student, "student", ["class", "tasks"]);
	await teacher.is("beginPlan('plans/first-call.md')");
	await teacher.ready();
	await eachPanel(teacher, "teacher", ["class", "tasks"]);
	await byNews(teacher, student, "teacher");
	await teacher.is("endPlan(), pace.quiet()");
	await eachPanel(teacher, "teacher without a plan", ["class"]);
}

const finish = start(["--lang=en"], async (at) => {
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
