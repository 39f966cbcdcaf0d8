// Each task of labs, solved in the page of a headless Chromium (BROWSER=firefox: Firefox) by clicks
// and keys alone: first a
// wrong answer, which the page has to call so, then the right one, as `rung check --teacher`
// and the model solution of answers.md have it.  A line for each task: "LAB NTH FORM solved",
// "LAB NTH FORM needs a terminal", or what is wrong.
//
//	node --experimental-websocket tests/page/solve.js RUNG PAGE LANGUAGE LAB…
"use strict";
const fs = require("fs"), os = require("os"), path = require("path");
const { execFileSync } = require("child_process");
const { open } = require(process.env.BROWSER === "firefox" ? "./firefox.js" : "./chromium.js");
const { watch } = require("./geometry.js");
const { rightOptions } = require("./predict.js");
const pace = require("./pace.js");
const [rung, file, language, ...labs] = process.argv.slice(2);
const downloads = fs.mkdtempSync(path.join(os.tmpdir(), "rung-solve-"));

// ---- what is right ----

// Of a task: what is written for it; lines of a ladder below each other.
function keysOf(lab) {
	const keys = [];
	const said = execFileSync(rung, ["check", "--teacher", "--width=2000", lab], { encoding: "utf8" });
	for (const line of said.split("\n\n# ")[0].split("\n")) {
		const first = /^(\d+): (.*)/.exec(line), further = /^ {3}(\S.*)/.exec(line);
		if (first) keys[Number(first[1]) - 1] = first[2];
		else if (further && / -> /.test(line)) keys[keys.length - 1] += "\n" + further[1];
	}
	return keys;
}
// The model solution's files, NAME -> text, and how its figure is made.
function modelOf(lab) {
	const text = fs.readFileSync(`labs/${lab}/answers.md`, "utf8").split("\n## Model solution\n")[1];
	const files = {};
	for (const m of text.matchAll(/^```(?:lua (\S+)|(figure|answers))\n([^]*?)^```$/gm))
		files[m[1] || m[2]] = m[3];
	return files;
}
// Something of the same kind that is not KEY.
function wrongOf(form, key) {
	if (form === "choice") return key[0] === "a" ? "b" : "a";
	if (form === "number") return "987654";
	if (form === "time") return "98765 s";
	if (form === "find") return key.replace(/=\S+/g, (part) => /^=\d+$/.test(part) ? "=1" : part)
		.replace(/node=\S+/, "node=nobody").replace(/rule=\S+/, "rule=rfc3261-1");
	if (form === "draw") return key.split("\n")[0].replace(/^(\S+) -> (\S+)/, "$2 -> $1");
	// A run with registrations alone refutes nothing of calls.
	return form !== "run" ? "zzzz" : /^registration/.test(key) ? "direct-call" : "registration";
}

// ---- what is seen, and what is done ----

let page, look;
const value = (expression) => page.value(expression);
async function until(expression) {
	if (!await pace.until(value, expression)) throw new Error("never: " + expression);
}
const settled = () => value("new Promise((r) => requestAnimationFrame(() => setTimeout(r)))");
// What SELECTOR finds is clicked, where it is what lies there.
async function click(selector) {
	await settled();
	const at = await value(`(() => { const e = document.querySelector(${JSON.stringify(selector)});
		e.scrollIntoView({ block: "center" });
		const r = e.getClientRects()[0], x = r.x + Math.min(r.width / 2, 60), y = r.y + r.height / 2;
		const there = document.elementFromPoint(x, y);
		return there && (e.contains(there) || there.contains(e) && there.localName === "label")
			? [x, y] : (there ? there.outerHTML.slice(0, 200) : "nothing"); })()`);
	if (!Array.isArray(at)) throw new Error("covered: " + selector + " by " + at);
	await page.clickAt(at[0], at[1]);
}
// Into the field that has the focus, in the place of what is in it.
async function write(text) {
	await page.selectAll();
	await page.type(text);
}
const ready = "!document.body.classList.contains('a-runs') && app.shown && document.querySelector('#a-page svg')";
const judged = "app.lesson && app.lesson.tasks.length > 0 && app.lesson.tasks.every((t) => t.verdict)" +
	" && document.querySelectorAll('#a-panel .a-task').length === app.lesson.tasks.length";

async function turn(panel) {
	const there = `document.getElementById("a-${panel}").getBoundingClientRect().width > 0`;
	if (!await value(there)) await click("#a-" + await value(`tabOf("${panel}")`));
	if (await value("openPanel") !== panel) await click("#a-" + panel);
	if (panel === "tasks") await until(judged);
}
const boxOf = (nth) => `#a-panel .a-task[data-task="${nth + 1}"]`;
const markOf = (nth) => value(`document.querySelector('${boxOf(nth)} .a-mark').textContent`);
// The task's Check is pressed; what is said of it then.
async function check(nth, key) {
	await value(`app.lesson.tasks[${nth}].verdict = null`);
	if (key) await page.press(key);
	else await click(boxOf(nth) + " form button:not([type])");
	await until(`app.lesson.tasks[${nth}].verdict`);
	return value(`document.querySelector('${boxOf(nth)} .a-verdict').textContent`);
}
async function expect(nth, right, said) {
	if ((await markOf(nth) === "✓") !== right)
		throw new Error((right ? "not right: " : "not wrong: ") + said.replace(/\s+/g, " ").slice(0, 300));
}

// ---- each form ----

async function answer(nth, form, text, right) {
	const box = boxOf(nth);
	let said;
	if (form === "choice") {
		await click(`${box} input[value="${text[0]}"]`);
		said = await check(nth);
	} else {
		await click(`${box} ${form === "draw" ? "textarea" : "form input"}`);
		if (form === "draw" && await value("getComputedStyle(document.getElementById('p-picture')).visibility") !==
		    (right ? "visible" : "hidden")) throw new Error("the ladder is " + (right ? "" : "not ") + "covered");
		await write(text);
		said = await check(nth, form === "draw" ? null : "Enter");
		if (form === "draw" && await value("getComputedStyle(document.getElementById('p-picture')).visibility") !== "visible")
			throw new Error("the ladder is covered still");
	}
	await expect(nth, right, said);
}
// FILE of the lab, of those that are edited, becomes TEXT, which is run.
async function edit(file, text) {
	await turn("edit");
	await until("editor && document.querySelector('#a-panel textarea')");
	if (!(await value("editor.path")).endsWith("/" + file)) {
		await value("document.getElementById('a-panel').focus()");
		await page.press("Tab");
		const many = await value("editor.own.length");
		for (let i = 0; i < many && !(await value("editor.path")).endsWith("/" + file); i++)
			await page.press("ArrowDown");
	}
	await click("#a-panel textarea");
	await page.selectAll();
	// A new line begins where the one before it does: none is moved in.
	await page.type(text.replace(/^[ \t]+/gm, ""));
	const was = await value("opened");
	await until(`opened > ${was} || editor.timer === 0`);
	await until(`(${ready}) && editor.area.value === textNow(editor.path)`);
	await turn("tasks");
}
async function figure(nth, options, right) {
	await turn("export");
	for (const name of ["from", "to"]) {
		await click("#a-x-" + name);
		await write(options[name]);
		await page.press("Tab");
	}
	fs.readdirSync(downloads).forEach((f) => fs.rmSync(path.join(downloads, f)));
	await click("#a-panel .a-row button");
	const until = Date.now() + pace.LIMIT, made = () => fs.readdirSync(downloads).find((f) => f.endsWith(".svg"));
	while (!made() && Date.now() < until) await new Promise((r) => setTimeout(r, 50));
	await turn("tasks");
	await page.choose(path.join(downloads, made()), () => click(boxOf(nth) + " input[type=file]"));
	await settled();
	await expect(nth, right, await check(nth));
}
async function predict(nth, lab, many) {
	const right = await rightOptions(rung, "labs/" + lab, "", many + 1);
	await page.press("Escape");
	await page.press("Home");
	await turn("tasks");
	await click(boxOf(nth) + " form button");
	for (let i = 0; i <= many; i++) {
		await until("document.querySelector('.p-option:enabled')");
		if (i > 0) {
			if (i % 2) await page.press(String(right[i]));
			else await click(`#p-asks li:nth-child(${right[i]}) .p-option`);
		} else {
			await page.press(String(right[0] % 2 + 1));
			await until("document.querySelector('#p-verdict .p-no')");
			await click("#p-solve");
		}
		await until("!document.getElementById('p-goon').hidden");
		if (i === 0) await expect(nth, false, "predicted");
		if (i < many) await click("#p-goon");
	}
	await page.press("Escape");
	await until(`document.querySelector('${boxOf(nth)} .a-mark').textContent === "✓"`);
}

async function solveTask(lab, nth, q, key, model) {
	if (await value(`!!document.querySelector('${boxOf(nth)} .a-terminal')`)) return "needs a terminal";
	if (q.form === "predict") await predict(nth, lab, q.predictions);
	else if (q.form === "figure") {
		const o = /--from=(\S+) --to=(\S+)/.exec(model.figure);
		await figure(nth, { from: "0s", to: "0.5s" }, false);
		await figure(nth, { from: o[1], to: o[2] }, true);
	} else if (["goal", "build", "agent"].includes(q.form)) {
		await expect(nth, false, await check(nth));
		for (const [file, from] of [["agent.lua", "agent.lua"], ["lab.lua", `goal-${nth + 1}.lua`]])
			if (from in model) await edit(file, model[from]);
		await expect(nth, true, await check(nth));
	} else {
		await answer(nth, q.form, wrongOf(q.form, key), false);
		await answer(nth, q.form, key, true);
	}
	return "solved";
}
async function solveLab(lab) {
	const keys = keysOf(lab), model = modelOf(lab);
	await page.go(`file://${file}#lab=${lab}`);
	await until(`app.lab === ${JSON.stringify(lab)} && (${ready}) && document.documentElement.lang.slice(0, 2) === "${language}"`);
	await turn("tasks");
	const forms = await value("app.lesson.tasks.map((t) => ({ form: t.q.form, predictions: t.q.predictions }))");
	let tasks = 0;
	for (let nth = 0; nth < forms.length; nth++) {
		let said;
		try { said = await solveTask(lab, nth, forms[nth], keys[nth], model); } catch (e) { said = "BAD " + e.message; }
		const faults = await look(`${lab} ${nth + 1}`);
		if (faults.length > 0) said = "BAD " + faults[0];
		if (said !== "needs a terminal") tasks++;
		console.log(`${lab} ${nth + 1} ${forms[nth].form} ${said}`);
		await turn("tasks").catch(() => {});
	}
	const sum = await value("document.querySelector('.a-sum p').textContent");
	if (!new RegExp(`^(${tasks} of ${tasks} answered|已答 ${tasks} / ${tasks}) `).test(sum + " "))
		console.log(`${lab} BAD sum: ${sum}`);
}

async function main() {
	page = await open(`file://${file}#lab=${labs[0]}`, 1400, 900, { downloads });
	look = watch(page, "solve");
	await until(ready);
	if ((await value("app.language")) !== language) await click("#a-language");
	for (const lab of labs)
		await solveLab(lab).catch((e) => console.log(`${lab} BAD ${e.message}`));
}
main().catch((e) => console.log("BAD " + e.stack)).finally(() => {
	fs.rmSync(downloads, { recursive: true, force: true });
	page.stop(0);
});
