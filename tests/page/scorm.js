// Labs of a SCORM package, unpacked in FOLDER, in a headless Chromium and a small learning platform
// (tests/page/lms.js), a line for each lab:
//
//	node --experimental-websocket tests/page/scorm.js RUNG FOLDER STUDENT
//
// Each is opened, its tasks are answered by the key of that student's number, it is closed, and
// opened again in a browser that knows nothing of it: with the same points.  Then, in the first
// lab alone, what does not fit and what platforms and windows are like.
"use strict";
const fs = require("fs"), http = require("http"), path = require("path");
const { execFileSync } = require("child_process");
const { open } = require("./chromium.js");
const pace = require("./pace.js");
const [rung, folder, student] = process.argv.slice(2);
const manifest = fs.readFileSync(path.join(folder, "imsmanifest.xml"), "utf8");
const items = Array.from(manifest.matchAll(/<item [^>]*parameters="([^"]*)"/g), (m) => m[1]);
const TYPES = { ".js": "text/javascript", ".html": "text/html" };

// ---- the platform's server ----

const server = http.createServer((request, response) => {
	const name = new URL(request.url, "http://x").pathname;
	const file = name === "/lms.js" ? path.join(__dirname, "lms.js") : path.join(folder, path.basename(name));
	response.setHeader("Content-Type", TYPES[path.extname(name)] || "text/html");
	if (name === "/") return response.end("<!DOCTYPE html><title>platform</title><body><script src='/lms.js'></script>");
	if (name === "/plain") return response.end("<!DOCTYPE html><title>no platform</title><body>");
	if (!fs.existsSync(file)) { response.statusCode = 204; return response.end(); }
	return response.end(fs.readFileSync(file));
});

// ---- what is done ----

let page, port;
const value = (expression) => page.value(expression);
async function until(expression) {
	let last = "";
	const seen = (e) => value(e).catch((x) => { last = String(x.message).slice(0, 100); });
	if (!await pace.until(seen, expression)) throw new Error(`never: ${expression} ${last}`);
}
const P = "lms.page()";
const isReady = (w) => `!!${w}.app && !!${w}.app.shown && !${w}.document.body.classList.contains("a-runs")`;
const isJudged = (w) => `${w}.openPanel === "tasks" && !!${w}.app.lesson && ${w}.app.lesson.tasks.length > 0 && ` +
	`${w}.app.lesson.tasks.every((t) => t.verdict)`;
async function openTasks(w) {
	await until(isReady(w));
	await value(`${w}.document.getElementById("a-tasks").click()`);
	await until(isJudged(w));
}
// Moodle puts a ? before the words behind an address.
async function begin(item, mode) {
	await value(`lms.begin("/index.html${item}", ${JSON.stringify(student)}, "${mode || ""}")`);
}
async function resume(item) {
	await begin(item);
	await openTasks(P);
}
async function leave(goes) {
	await value(`lms.leave(${goes})`);
	await until("lms.state() !== 'runs'");
}
// Nothing is told any more.
async function settle() {
	let last = null;
	for (let same = 0; same < 4;) {
		const now = await value(`JSON.stringify([lms.now, ${P}.lms.kept])`);
		same = now === last ? same + 1 : 0;
		last = now;
		await new Promise((r) => setTimeout(r, 25));
	}
}
const told = () => value("JSON.parse(JSON.stringify(lms.now))");
// What the page itself says, in hundredths.
const summed = () => value(`${P}.app.lesson.reached || null`);
// NUMBER: of a student; what was recorded is nobody's.
function keysOf(lab, number) {
	const keys = [], whose = number ? ["--student=" + number] : [];
	const text = execFileSync(rung, ["check", "--teacher", "--width=2000", ...whose, lab], { encoding: "utf8" });
	for (const line of text.split("\n\n# ")[0].split("\n")) {
		const first = /^(\d+): (.*)/.exec(line), further = /^ {3}(\S.*)/.exec(line);
		if (first) keys[Number(first[1]) - 1] = first[2];
		else if (further && / -> /.test(line)) keys[keys.length - 1] += "\n" + further[1];
	}
	return keys;
}
async function answer(nth, key, w = P) {
	const right = await value(`(async () => { const w = ${w}, t = w.app.lesson.tasks[${nth}], key = ${JSON.stringify(key)};
		t.form.set(t.q.form === "choice" ? key[0] : key); await w.checkTask(t); return t.verdict.right; })()`);
	expect(right, `the key of task ${nth + 1} is wrong: ${key}`);
}
function expect(is, what) { if (!is) throw new Error(what); }
async function noFaults() {
	const faults = await value("lms.faults");
	expect(faults.length === 0, "faults: " + faults.slice(0, 3).join("; "));
}

// What the platform was told, beside what the page says.
async function compare() {
	const now = await told(), sum = await summed();
	const tasks = await value(`${P}.app.lesson.tasks.filter((t) => !${P}.isElsewhere(t.q)).map((t) =>
		({ number: t.q.number, verdict: t.verdict.verdict, points: t.verdict.points, of: t.q.points }))`);
	if (tasks.length === 0) return now;
	expect(now["cmi.core.score.raw"] === String(Math.round(10000 * sum.points / sum.of) / 100),
		`${now["cmi.core.score.raw"]} % of ${JSON.stringify(sum)}`);
	expect(now["cmi.core.score.min"] === "0" && now["cmi.core.score.max"] === "100", "from 0 to 100");
	expect(now["cmi.core.lesson_status"] === (sum.answered === sum.tasks ? "completed" : "incomplete"), now["cmi.core.lesson_status"]);
	tasks.forEach((t, i) => {
		const at = `cmi.objectives.${i}.`;
		expect(now[at + "id"] === "task_" + t.number, at + now[at + "id"]);
		expect(now[at + "score.raw"] === String(Math.round(10000 * t.points / (t.of || 1)) / 100), at + now[at + "score.raw"]);
		expect((now[at + "status"] === "passed") === (t.verdict === "GOOD"), `${at} ${t.verdict}: ${now[at + "status"]}`);
	});
	expect(!((`cmi.objectives.${tasks.length}.id`) in now), "more objectives than tasks");
	return now;
}
async function tryLab(item, nth) {
	const lab = decodeURIComponent(item.slice("#lab=".length));
	await value("localStorage.clear(), lms.forget()");
	await begin((nth % 2 ? "?" : "") + item);
	await until(isReady(P));
	expect(await value(`${P}.app.lab`) === lab, "another lab is open");
	expect(await value(`${P}.document.getElementById("a-student").value`) === student, "another number");
	expect(await value("lms.now['cmi.core.lesson_status']") === "incomplete", "its status at the beginning");
	await openTasks(P);
	if (await value(`${P}.app.lesson.set`)) return trySet(item);
	const keys = keysOf(lab, await value(`${P}.isRecorded(${P}.app.lab)`) ? "" : student);
	const forms = await value(`${P}.app.lesson.tasks.map((t) => ${P}.isElsewhere(t.q) ? "elsewhere" : t.q.form)`);
	let answered = 0;
	for (let i = 0; i < forms.length; i++)
		if (keys[i] && !["elsewhere", "goal", "build", "agent", "figure", "predict", "run"].includes(forms[i])) {
			await answer(i, keys[i]);
			answered++;
		}
	await settle();
	const before = await compare(), sum = await summed();
	expect(answered === 0 || Number(before["cmi.core.score.raw"]) > 0 && before["cmi.suspend_data"] !== "", "nothing kept");
	await leave(nth % 2 === 0);
	await noFaults();
	expect(await value("lms.calls.filter((c) => c === 'Finish').length") === 1, "LMSFinish, once");
	await value("localStorage.clear()");
	await resume(item);
	await settle();
	const after = await compare();
	expect(JSON.stringify(await summed()) === JSON.stringify(sum), `resumed: ${JSON.stringify(await summed())}, not ${JSON.stringify(sum)}`);
	expect(after["cmi.core.score.raw"] === before["cmi.core.score.raw"], "another score");
	await leave(nth % 2 !== 0);
	await noFaults();
}
// Of a graded set nothing is worth something here; what was answered is told.
async function trySet(item) {
	await value(`(async () => { const w = ${P}, t = w.app.lesson.tasks[0]; t.form.set("a"); await w.checkTask(t); })()`);
	await settle();
	const now = await told(), many = await value(`${P}.app.lesson.tasks.length`);
	expect(!Object.keys(now).some((e) => /score/.test(e)), "a score");
	for (let i = 0; i < many; i++)
		expect(now[`cmi.objectives.${i}.status`] === (i === 0 ? "completed" : "not attempted"), now[`cmi.objectives.${i}.status`]);
	expect(now["cmi.core.lesson_status"] === "incomplete", now["cmi.core.lesson_status"]);
	await leave(true);
	await value("localStorage.clear()");
	await resume(item);
	expect(await value(`${P}.keptAnswer(0).text`) === "a", "the answer is gone");
	await leave(true);
	await noFaults();
}

// ---- what happens beside it ----

const note = () => value(`((e) => !e || e.hidden ? "" : e.textContent)(${P}.document.getElementById("a-cut"))`);
const said = () => value(`${P}.document.getElementById("a-said").textContent`);
const kept = () => value("lms.now['cmi.suspend_data'].length");
// N characters that can't be packed.
const NOISE = "(n) => Array.from({ length: n }, () => String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20000))).join('')";
const put = (what) => value(`(() => { const w = ${P}, noise = ${NOISE}, k = w.work(); ${what}; w.keepWork(); })()`);
async function start(item, mode) {
	await value("localStorage.clear(), lms.forget()");
	await begin(item, mode);
	await openTasks(P);
}

const beside = {
	// Figure, texts, branches, runs from the oldest, predictions, answers from the last task.
	"what does not fit": async (item, key) => {
		await start(item);
		await answer(0, key);
		const parts = ["figure", "changed texts", "branches", "runs that met the goal of a task", "predictions", "answers to the last tasks"];
		const puts = ["k.figure = noise(9000)", "k.texts = { 'labs/x/a.lua': noise(3000) }", "k.deeds = { '': [{ verb: noise(3000) }] }",
			"k.runs = [noise(3000), '#1.short']", "k.answers = Object.assign({}, k.answers, { predictions: [{ seq: 1, chosen: noise(3000) }] })",
			"k.answers = Object.assign({}, k.answers, { tasks: k.answers.tasks.concat([{ task: 2, text: noise(3000) }]) })"];
		for (let i = 0; i < parts.length; i++) {
			await put(puts[i]);
			await settle();
			expect(await kept() <= 4096, "too long: " + await kept());
			const told = await note();
			expect(told.includes(parts[i]), `not told of ${parts[i]}: ${told}`);
			const left = await value(`${P}.readLink(lms.now["cmi.suspend_data"])`);
			expect(JSON.stringify(left.cut.map((c) => ["figure", "texts", "deeds", "runs", "predictions", "tasks"].indexOf(c))) ===
				JSON.stringify(parts.slice(0, i + 1).map((_, n) => n)), "cut: " + left.cut);
			expect(left.answers.tasks[0].text[0] === key[0], "the first answer is not kept");
			// The oldest runs go first.
			expect(i !== 3 || JSON.stringify(left.runs) === '["#1.short"]', "runs: " + left.runs);
		}
		await noFaults();
	},
	// Up to the last hundred characters, and not beyond.
	"what fits is kept": async (item) => {
		await start(item);
		let most = 0;
		for (let n = 1000; n < 2000; n += 30) {
			await put(`k.texts = { "labs/x/a.lua": noise(${n}) }`);
			await settle();
			if (await note() !== "") break;
			most = await kept();
		}
		expect(most > 3900 && (await note()).includes("changed texts"), `at most ${most}, ${await note()}`);
		await noFaults();
	},
	"what this browser has of it comes back": async (item, key) => {
		await start(item);
		await put("k.figure = noise(9000)");
		await answer(0, key);
		await settle();
		const figure = await value(`${P}.work().figure`);
		await leave(true);
		await resume(item);
		await settle();
		expect(await value(`${P}.work().figure`) === figure, "another figure");
		expect((await note()).includes("stays in this browser: the figure"), "note: " + await note());
		await noFaults();
	},
	// As if what was cut had met the first task.
	"no score falls by what was cut": async (item, key) => {
		await start(item);
		await answer(0, key);
		await put("k.figure = noise(9000)");
		await settle();
		const before = await told();
		await leave(true);
		await value("lms.kept['cmi.suspend_data'] = '', localStorage.clear()");
		await begin(item);
		await until(isReady(P));
		const data = await value(`${P}.packLink(JSON.stringify({ at: 1, answers: {}, cut: ["figure"] }))`);
		await leave(true);
		await value(`lms.kept["cmi.suspend_data"] = ${JSON.stringify(data)}, localStorage.clear()`);
		await resume(item);
		await settle();
		const after = await told();
		for (const e of ["cmi.core.score.raw", "cmi.objectives.0.score.raw", "cmi.objectives.0.status", "cmi.core.lesson_status"])
			expect(after[e] === before[e], `${e}: ${before[e]}, then ${after[e]}`);
		expect((await note()).includes("not in this browser: the figure"), "note: " + await note());
		await leave(true);
		// Nothing is missing: it falls.
		const whole = await value(`lms.kept["cmi.suspend_data"]`);
		expect(whole.length > 0, "nothing kept");
		await value(`localStorage.clear(), lms.kept["cmi.suspend_data"] = ""`);
		await resume(item);
		await settle();
		expect((await told())["cmi.core.score.raw"] === "0", "without an answer: " + (await told())["cmi.core.score.raw"]);
		await noFaults();
	},
	// What the platform has is older, or damaged; work of another browser is newer.
	"the newer work counts": async (item, key) => {
		await start(item);
		await answer(0, key);
		await settle();
		const before = await told(), pack = (at) => value(`${P}.packLink(JSON.stringify({ at: ${at}, answers: {} }))`);
		const older = await pack(1), newer = await pack("Date.now() + 3600000");
		await leave(true);
		for (const [data, raw] of [[older, true], [before["cmi.suspend_data"].slice(0, -9), true], ["<&", true], [newer, false]]) {
			await value(`lms.kept["cmi.suspend_data"] = ${JSON.stringify(data)}`);
			await resume(item);
			await settle();
			expect((await told())["cmi.core.score.raw"] === (raw ? before["cmi.core.score.raw"] : "0"), "another score, with " + data);
			await leave(true);
		}
		await noFaults();
	},
	"a platform without what is optional": async (item, key) => {
		await start(item);
		await leave(true);
		await value("lms.forget(), lms.lacks = true");
		await resume(item);
		await answer(0, key);
		await settle();
		const now = await told();
		expect(Number(now["cmi.core.score.raw"]) > 0 && !("cmi.objectives.0.id" in now), JSON.stringify(now).slice(0, 300));
		expect(await said() === "", "it says " + await said());
		await leave(false);
		await noFaults();
	},
	"a review changes nothing": async (item, key) => {
		await start(item, "review");
		await answer(0, key);
		await settle();
		expect(await value("lms.calls.join()") === "Initialize", await value("lms.calls.join()"));
		await leave(true);
		expect(await value("lms.calls.join()") === "Initialize,Commit,Finish", await value("lms.calls.join()"));
		await noFaults();
	},
	"a platform that does not begin": async (item) => {
		await start(item);
		await leave(true);
		await value("lms.forget(), lms.refuses = true");
		await begin(item);
		await until(isReady(P));
		expect(await value(`${P}.lms === null && !${P}.document.getElementById("a-student").readOnly`), "it goes on as with one");
		await openTasks(P);
		await value("lms.leave(true)");
		expect(await value("lms.calls.join()") === "Initialize", await value("lms.calls.join()"));
	},
	"without the words behind its address": async (item, key) => {
		await value("localStorage.clear(), lms.forget()");
		await begin("");
		await openTasks(P);
		await answer(0, key);
		await settle();
		expect(Number((await told())["cmi.core.score.raw"]) > 0, "no score");
		await leave(true);
		await noFaults();
	},
	// Another lab in the page is the student's own affair.
	"another lab is not reported": async (item, key) => {
		await start(item);
		await answer(0, key);
		await settle();
		const before = await value("JSON.stringify(lms.now)");
		await value(`${P}.app.lab = "nowhere", ${P}.keepWork(), ${P}.tellSum()`);
		await settle();
		expect(await value("JSON.stringify(lms.now)") === before, "it was told");
		await leave(true);
		await noFaults();
	},
	"in a window of its own": async (item) => {
		await value("localStorage.clear(), lms.forget()");
		await begin("");
		await value("document.querySelector('iframe').remove()");
		await value(`void (lms.page = () => lms.window, lms.window = window.open("/index.html${item}"))`);
		await until(isReady(P));
		expect(await value(`${P}.document.getElementById("a-student").value`) === student, "another number");
		await value("lms.window.close()");
		await until("lms.state() === 'ended'");
		await noFaults();
	},
	// A frame of another site's, and none; both without a platform.
	"without a platform": async (item, key) => {
		await page.go(`http://localhost:${port}/plain`);
		await until("document.title === 'no platform'");
		await value(`document.body.innerHTML = '<iframe src="http://localhost:${port}/index.html${item}" width="1200" height="800"></iframe>'`);
		for (const w of ["document.querySelector('iframe').contentWindow", "window"]) {
			if (w === "window") await page.go(`http://127.0.0.1:${port}/index.html${item}`);
			await until(isReady(w));
			expect(await value(`${w}.lms === null && !${w}.document.getElementById("a-student").readOnly`), "a platform in " + w);
			await value(`${w}.takeStudent(${JSON.stringify(student)}), ${w}.openLab(${w}.app.lab)`);
			await openTasks(w);
			await answer(0, key, w);
			expect(await value(`!("at" in ${w}.work())`), "the work is another");
			expect(await value(`${w}.document.getElementById("a-cut") === null || ${w}.document.getElementById("a-cut").hidden`), "a note");
		}
	},
};

async function attempt(what, deed) {
	const began = Date.now();
	try {
		await deed();
		console.log(what + " ok");
	} catch (e) { console.log(`${what}: ${String(e.message).slice(0, 400)}`); }
	if (process.env.TIMES) console.error(`${what} ${Date.now() - began} ms`);
}
async function run() {
	await until("!!window.lms && !!window.API");
	for (let i = 0; i < items.length; i++)
		await attempt(decodeURIComponent(items[i].slice(5)), () => tryLab(items[i], i));
	const key = keysOf(decodeURIComponent(items[0].slice(5)), student)[0];
	for (const [what, deed] of Object.entries(beside))
		await attempt(what, () => deed(items[0], key));
	server.close();
	page.stop(0);
}
server.listen(0, "127.0.0.1", async () => {
	port = server.address().port;
	page = await open(`http://127.0.0.1:${port}/`, 1400, 900, { flags: ["--host-resolver-rules=MAP localhost 127.0.0.1", "--disable-popup-blocking"] });
	run().catch((e) => { console.log("FAILED " + e); page.stop(1); });
});
