// Lessons held by their plans (labs/plans) with a real mouse, on the page, or in a class with a
// student of a number: each step shows its lab at its moment, of which nothing is hidden, the student
// sees the same and stands at the same message when they go on alone.  A line for each plan, and for
// each thing that is wrong.
//
//	node --experimental-websocket tests/page/hold.js page PAGE LANGUAGE NUMBER PLAN…
//	node --experimental-websocket tests/page/hold.js class HOST:PORT,CODE,TEACHERCODE LANGUAGE NUMBER PLAN…
"use strict";
const { start } = require("./chromium.js");
const { tabsAt, endWhenStuck } = require("../class/tab.js");
const { wordOf } = require("./person.js");
const [kind, place, language, number, ...plans] = process.argv.slice(2);
const QUIET = "!document.body.classList.contains('a-runs')";

let teacher, student, at = "";
const wrong = (text) => console.log(`WRONG ${at}: ${String(text).replace(/\s+/g, " ").slice(0, 300)}`);
// The message of the position, and whether all of the run may be seen.
const HERE = `(() => { const m = messagesTo(app.shown.at()).pop(); return m ? m.name : ""; })()`;
async function begin(plan) {
	await teacher.is("void (app.starts || turnStart(true))");
	await teacher.wait("app.starts && !!document.querySelector('#a-start select')");
	await teacher.is(`document.querySelector("#a-start select").value = planPath("plans/${plan}.md")`);
	await teacher.press(wordOf("#a-start", "planbegin"));
	await teacher.wait(`course && course.is && course.path === planPath("plans/${plan}.md")`);
}
async function step(nth) {
	if (process.env.STEPS) console.log(`${at}, step ${nth + 1}`);
	if (nth > 0) await teacher.press("document.querySelector('.a-plan-next')");
	await teacher.wait(`course.at === ${nth} && ${QUIET} && document.querySelector(".a-plan strong").textContent === planStep().title`);
	await teacher.is("pace.quiet()");
	const want = await teacher.is(`(async () => { const s = planStep(), r = s.moment && hasLab(s.lab) ? await app.back.ask("find",
		{ branch: 0, words: s.moment, record: 0, by: s.moment.indexOf("=") < 0 ? 0 : 1 }) : { record: 0 };
		return { lab: hasLab(s.lab) ? s.lab : "", record: r.record }; })()`);
	const now = await teacher.is("({ lab: labShown(), record: app.shown.at(), held: coverHold() === Infinity ? null : coverHold() })");
	if (want.lab && now.lab !== want.lab) wrong(`it shows ${now.lab}, not ${want.lab}`);
	if (want.lab && now.record !== want.record) wrong(`it stands at record ${now.record}, not ${want.record}`);
	if (now.held !== null) wrong(`it is hidden from record ${now.held + 1} on`);
	return want.lab !== "";
}
// The student follows, goes on alone from here, and follows again.
async function followed() {
	const message = await teacher.is(HERE), record = await teacher.is("app.shown.at()");
	await student.wait(`!!app.follows && app.shown.at() === ${record}`);
	await student.is("void (openPanel === 'class' || turnPanel('class', true))");
	await student.wait(`((b) => !!b && b.checkVisibility())(${wordOf("#a-panel", "alone")})`);
	await student.press(wordOf("#a-panel", "alone"));
	await student.wait(`!app.follows && ${QUIET} && !!app.shown`);
	await student.is("pace.quiet()");
	const mine = await student.is(HERE), own = await student.is("messagesTo(Infinity).map((m) => m.name)");
	if (message && own.includes(message) && mine !== message) wrong(`the student stands at ${mine}, not at ${message}`);
	if (await student.is("(work().answers.tasks || []).some((a) => a.looked)")) wrong("the student looked first");
	await student.is("void (openPanel === 'class' || turnPanel('class', true))");
	await student.press("[...document.querySelectorAll('#a-panel .a-check')].find((l) => l.textContent === word('follow')).firstChild");
	await student.wait("!!app.follows");
}
async function hold(plan) {
	at = plan;
	await begin(plan);
	const many = await teacher.is("course.is.steps.length");
	let shown = 0;
	for (let nth = 0; nth < many; nth++) {
		at = `${plan}, step ${nth + 1}`;
		shown += await step(nth);
		if (student) await followed();
	}
	console.log(`${plan}: ${many} steps, ${shown} with a lab`);
}
async function main(newTab) {
	if (kind === "class") {
		const [where, code, teacherCode] = place.split(",");
		teacher = await newTab(`http://${where}/?lang=${language}#code=${teacherCode}`);
		await teacher.ready();
		student = await newTab(`http://${where}/?1&lang=${language}#code=${code}`);
		await student.ready();
		await student.is(`takeStudent("${number}")`);
	} else {
		teacher = await newTab(`file://${place}?lang=${language}#start`);
		await teacher.wait("!!window.app && app.starts && app.library && app.library.whole");
		await teacher.is(`takeStudent("${number}")`);
	}
	for (const tab of [teacher, student]) if (tab) await tab.resize(1366, 900);
	for (const plan of plans) await hold(plan);
}
const finish = start(["--disable-popup-blocking", "--lang=en"], async (devtools) => {
	const { newTab } = tabsAt(devtools);
	await main(newTab).catch((e) => wrong(e.message));
	finish(0);
});
endWhenStuck(() => { wrong("no tab says anything"); finish(1); });
