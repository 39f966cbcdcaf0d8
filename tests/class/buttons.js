// Every button of the page and of a class is pressed, by a teacher and by a student, in both
// languages (PAGE=all: each in both); what stands there then is read: nothing of the program's own words may.
//
//	node --experimental-websocket tests/class/buttons.js HOST:PORT CODE TEACHERCODE
"use strict";
const { start } = require("../page/chromium.js");
const { tabsAt, endWhenStuck } = require("./tab.js");
const { watch } = require("../page/geometry.js");
const [place, code, teacherCode] = process.argv.slice(2);
const OWN = "/\\b(undefined|NaN|null)\\b|\\[object |%[123]/";

// What is wrong to read in a tab: texts, fields, what they are named by.
const WRONG = `[document.body.innerText].concat([...document.querySelectorAll("input, textarea, select, [title], [aria-label]")]
	.flatMap((e) => [e.value, e.title, e.getAttribute("aria-label"), e.placeholder]))
	.filter((t) => typeof t === "string" && ${OWN}.test(t)).map((t) => {
		const at = t.search(${OWN});
		return t.slice(Math.max(0, at - 40), at + 40).replace(/\\s+/g, " ");
	}).slice(0, 3)`;
// What would end the tab, or the class, is not pressed; nor what asks the system for a file, or begins
// runs for a minute (cli_page_handouts does).
const LEFT = "/^(leave|putout|begin|load|begins|further)$/";

let newTab, pressed = 0;
const looks = new Map();
async function read(tab, what) {
	const wrong = await tab.is(WRONG);
	if (!Array.isArray(wrong) || wrong.length > 0)
		console.log(`${what}: ${JSON.stringify(wrong)}`);
	if (!looks.has(tab)) looks.set(tab, watch(tab, "buttons"));
	await looks.get(tab)(what);
}
async function quiet(tab) {
	await tab.is("new Promise((r) => setTimeout(r, 60))");
	await tab.wait("!document.body.classList.contains('a-runs')");
}
// Each button of the panel NAME, found anew: what one does may have made others.
async function pressAll(tab, who, name) {
	for (let nth = 0; nth < 40; nth++) {
		await tab.is(`openPanel === "${name}" ? null : turnPanel("${name}")`);
		await quiet(tab);
		const told = await tab.is(`(() => {
			const left = Object.keys(words).filter((k) => ${LEFT}.test(k)).map((k) => word(k, "", "", ""));
			const all = [...document.querySelectorAll("#a-panel button, #a-panel [type=checkbox]")];
			const b = all[${nth}];
			if (!b) return null;
			const text = (b.textContent || b.parentNode.textContent).trim();
			// What a closed part has is not seen.
			const seen = b.checkVisibility() || b.labels && b.labels[0];
			return !seen || b.disabled || left.indexOf(text) >= 0 || !text ? "" : text;
		})()`);
		if (told === null || told === undefined) return;
		if (told === "") continue;
		await tab.press(`document.querySelectorAll("#a-panel button, #a-panel [type=checkbox]")[${nth}]`);
		pressed++;
		await quiet(tab);
		await read(tab, `${who}, ${name}, “${told}”`);
	}
}
async function visit(tab, who, languages) {
	const names = await tab.is("Object.keys(panels).filter((n) => !document.getElementById('a-' + n).disabled)");
	for (const language of languages) {
		if (await tab.is("app.language") !== language) await tab.press("document.getElementById('a-language')");
		await quiet(tab);
		for (const name of names) {
			await tab.is(`turnPanel("${name}", true)`);
			await quiet(tab);
			await read(tab, `${who}, ${name}`);
			await pressAll(tab, `${who} (${language})`, name);
		}
	}
}

async function main() {
	const page = `http://${place}/`, teacher = await newTab(page + "#code=" + teacherCode + "&lab=two-proxies");
	await teacher.ready();
	const student = await newTab(page + "?1#code=" + code);
	await student.ready();
	await student.is("takeStudent('7')");

	// The lecture's main button: rung's question, with the right option.
	await teacher.is("turnPanel('class', true)");
	await teacher.is("app.shown.go(20)");
	await teacher.press("[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent === word('take'))");
	await teacher.wait("!!lesson.known && !!document.querySelector('#a-panel textarea').value");
	const asked = await teacher.is("document.querySelector('#a-panel textarea').value");
	await teacher.press("[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent === word('begin'))");
	await student.wait("!!lesson.vote");
	console.log("asked: " + (await student.is("lesson.vote.text") === asked && asked !== "" && !/undefined/.test(asked)));
	console.log("options: " + await student.is("lesson.vote.options.length > 1"));
	await student.press("document.querySelector('.a-option')");
	await read(student, "vote");
	await teacher.is("app.back.ask('poll', { what: 'close' })");
	await teacher.wait("!!lesson.vote && !lesson.vote.open && !!document.querySelector('.a-known')");
	console.log("the right one is marked: " + await teacher.is(
		"[...document.querySelectorAll('.a-known')].length === 1"));
	await teacher.press("[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent === word('project'))");
	console.log("projected: " + await teacher.is("document.querySelector('.a-projected .a-bar-of').getBoundingClientRect().width > innerWidth * 0.6"));
	await teacher.is("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))");
	console.log("and back: " + await teacher.is("!document.querySelector('.a-projected')"));
	await teacher.press("document.querySelector('.a-known')");
	await student.wait("lesson.vote && lesson.vote.right > 0");
	console.log("told: " + await student.is("/✓/.test(document.getElementById('a-panel').innerText)"));

	// Who follows has a number, and hands in.
	if (!await teacher.is("app.showsClass")) await teacher.press("document.querySelector('#a-panel .a-check input')");
	await student.wait("!!app.follows");
	console.log("a number while following: " + await student.is(
		"!document.getElementById('a-student').disabled"));
	await student.is("(() => { const e = document.getElementById('a-student'); e.value = '8'; " +
		"e.dispatchEvent(new Event('change')); })()");
	await student.wait("app.back.seat().number === '8' && !!app.follows");
	await student.is("handInHere()");
	console.log("hands in: " + await student.is("document.getElementById('a-said').textContent"));
	// A teacher's tab that is closed is told; loaded anew, the class is led again.
	await teacher.reload();
	await teacher.ready();
	await student.wait("lesson.led === true");
	await teacher.is("location.href = 'about:blank'");
	await student.wait("/\\bclosed\\b/.test((document.querySelector('#a-panel .a-note') || {}).textContent)");
	console.log("nobody leads: " + await student.is("!!app.follows"));
	await student.press("[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent === word('alone'))");
	await student.wait("!app.follows");
	await student.ready();
	console.log("goes on alone: " + await student.is("!!app.shown"));
	await teacher.is("history.back()");
	await teacher.wait("document.readyState === 'complete' && !!window.app && !!app.shown");
	await teacher.ready();
	await teacher.is("turnPanel('class', true)");
	await teacher.wait("!!document.querySelector('#a-panel .a-check input')");
	await teacher.press("document.querySelector('#a-panel .a-check input')");

	// The start page says which class one is in, and how others come into it.
	for (const [tab, who] of [[student, "a student"], [teacher, "the teacher"]]) {
		await tab.is("turnStart(true)");
		await tab.wait("document.getElementById('a-classes').textContent.indexOf('" + code + "') > 0");
		console.log(who + " is told of the class: " + (await tab.is("document.getElementById('a-classes').textContent"))
			.replaceAll(code, "CODE").replace(page, "PAGE"));
		await read(tab, who + ", start");
		await tab.is("startLab('direct-call')");
		await tab.ready();
	}

	const all = process.env.PAGE === "all";
	await visit(student, "student", all ? ["en", "zh"] : ["zh"]);
	await visit(teacher, "teacher", all ? ["zh", "en"] : ["en"]);
	console.log("pressed: " + (pressed > 40));
	finish(0);
}

endWhenStuck(() => { console.log("FAILED no tab says anything"); finish(1); });
const finish = start(["--disable-popup-blocking", "--lang=en"], (at) => {
	({ newTab } = tabsAt(at));
	main().catch((e) => {
		console.log("FAILED " + e.message);
		finish(1);
	});
});
