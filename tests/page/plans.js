// Each step of each plan of labs/plans, in both languages, as a page does it (docs/LESSONS.md):
// its lab opens, its moment is a record there, rung has a question at it, whose right option it
// knows, its sheet has tasks of the lab, its figure is written, and its commands are obeyed.
// Three votes at least are the plan's own, each made from a misconception of the sixty.
//
//	node tests/page/plans.js RUNG FOLDER [PLANS]
"use strict";
const fs = require("fs"), path = require("path"), { spawn, spawnSync } = require("child_process");
const [rung, work, PLANS = "labs/plans"] = process.argv.slice(2);
const engine = spawn(rung, ["engine"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = [];
let rest = "", nth = 0, at = "", votes = 0, tasks = 0;
engine.stdout.on("data", (d) => {
	const lines = (rest + d).split("\n");
	rest = lines.pop();
	lines.forEach((l) => waiting.shift()(JSON.parse(l)));
});
const say = (text) => console.log(`${at}: ${text}`);
async function ask(name, members) {
	engine.stdin.write(JSON.stringify({ id: ++nth, ask: name, ...members }) + "\n");
	const answer = await new Promise((done) => waiting.push(done));
	if (!answer.is) say(`${name}: ${answer.wrong}`);
	return answer.is || {};
}
const read = (file) => fs.readFileSync(file, "utf8");
function textsOf(lab) {
	const folder = `labs/${lab}`, texts = [];
	for (const [where, name] of [[folder, /\.(lua|gv|zone|sip|md)$/], ["topologies", /\.(gv|lua|zone|sip)$/]])
		for (const f of fs.readdirSync(where).sort())
			if (name.test(f)) texts.push({ path: `${where}/${f}`, text: read(`${where}/${f}`) });
	return texts.sort((a, b) => (b.path === `${folder}/lab.lua`) - (a.path === `${folder}/lab.lua`));
}

let open = "";
async function openLab(lab, language) {
	if (open === lab + language) return true;
	open = "";
	if (!fs.existsSync(`labs/${lab}/lab.lua`)) { say(`there is no lab ${lab}`); return false; }
	await ask("open", { texts: textsOf(lab), language });
	if (!(await ask("advance", { branch: 0, budget: 0 })).done) return false;
	open = lab + language;
	return true;
}
// Misconceptions that votes are made from, as their steps say them.
const known = new Set([...read("docs/MISCONCEPTIONS.md").matchAll(/^\| (\d+) \|/gm)].map((m) => m[1]));
let believed = new Set();
async function vote(step, record) {
	if (step.vote === "") return;
	votes++;
	if (step.vote !== "rung") {
		if (!(step.right >= 1 && step.right <= step.options.length)) say("no option is right");
		if (new Set(step.options).size < step.options.length) say("two options are the same");
		for (const [, n] of step.text.matchAll(/(?:misconception|误解) (\d+)/g)) {
			if (!known.has(n)) say(`there is no misconception ${n}`);
			believed.add(n);
		}
		return;
	}
	const place = { asks: "next", branch: 0, record, width: 1000, work: { answers: {} } };
	const { question } = await ask("question", place);
	if (!question) return;
	const { verdict } = await ask("verdict", { ...place, text: "?" });
	if (question.options.length < 2 || question.options.length > 10 || !verdict || !verdict.verdicts.includes("right"))
		say("rung's question can't be voted on");
}
async function sheet(line, language) {
	const [lab, ...words] = line.split(/\s+/);
	if (!await openLab(lab, language)) return;
	const { question } = await ask("question", { asks: "lesson" }), numbers = question.parts.filter((p) => p.task).map((p) => p.task.number);
	for (const part of words.filter((w) => /^\d/.test(w)).join(",").split(",").filter(Boolean)) {
		const [from, to] = part.split("-").map(Number);
		for (let n = from; n <= (to || from); n++, tasks++) if (!numbers.includes(n)) say(`${lab} has no task ${n}`);
	}
}
const program = path.resolve(rung);
// What is played needs a terminal: the lab is run.  A line that was obeyed is not typed twice.
const obeyed = new Set();
let commands = 0;
function command(line) {
	commands++;
	if (obeyed.has(line)) return;
	obeyed.add(line);
	const words = line.replace(/^rung play (\S+) --present$/, "rung run -q $1").split(/\s+/).slice(1), o = words.indexOf("-o");
	const done = spawnSync(program, words, { cwd: work, encoding: "utf8" });
	// Some have a status of 1 for what they find.
	if (done.status !== 0 && !(/^rung (inspect|diff|check|search) /.test(line) && done.status === 1)) say(`${line}: ${done.stderr}`);
	else if (o < 0 ? done.stdout.trim() === "" && !/^rung copy /.test(line) && !words.includes("-q") : !fs.statSync(path.join(work, words[o + 1])).size) say(`${line} says nothing`);
}
function figure(line) {
	if (/ -o [a-z0-9.-]+$/.test(line)) command(line);
	else say(`${line} writes no file`);
}
// What the text tells to type, but not as a line of its own, names a lab that there is.
function spoken(text) {
	for (const [, lab] of text.matchAll(/`rung (?:copy|run|play|show|explain|export|search|check) ([a-z0-9][a-z0-9.-]*)[^`]*`/g))
		if (lab !== "mine" && !fs.existsSync(`labs/${lab}/lab.lua`)) say(`there is no lab ${lab}`);
}

(async () => {
	const shapes = {};
	for (const file of fs.readdirSync(PLANS).sort()) {
		const language = /\.zh\.md$/.test(file) ? "zh" : "en", name = file.replace(/(\.zh)?\.md$/, "");
		at = file;
		const text = read(path.join(PLANS, file)), counted = votes, plan = await ask("plan", { text });
		for (const key of ["title", "aim", "wrong", "homework"]) if (!plan[key]) say(`it has no ${key}`);
		const table = [...text.matchAll(/^\| (\d+)–(\d+) \|/gm)].map((m) => m[1] + "–" + m[2]).join();
		if (table !== plan.steps.map((s) => `${s.from}–${s.to}`).join()) say("its table has other minutes than its steps");
		believed = new Set();
		tasks = commands = 0;
		spoken(text.replace(/\n/g, " "));
		for (const [i, step] of plan.steps.entries()) {
			let record = 0;
			at = `${file}, step ${i + 1}`;
			if (!step.says || !step.text || !step.title) say("the class says nothing");
			if (step.lab && !await openLab(step.lab, language)) continue;
			if (step.moment) ({ record } = await ask("find", { branch: 0, words: step.moment, record: 0, by: /=/.test(step.moment) ? 1 : 0 }));
			if (step.moment && !record) say(`there is no ${step.moment}`);
			await vote(step, record || 0);
			for (const line of step.sheets) await sheet(line, language);
			if (language === "en") step.figures.forEach((f) => figure(f));
		}
		at = file;
		if (language === "en") for (const [line] of text.matchAll(/(?<=^ {4})rung .*/gm)) command(line);
		if (plan.steps.filter((s) => s.vote && s.vote !== "rung").length < 3 || believed.size < 3)
			say("it has fewer than three votes made from misconceptions");
		for (const key of ["sheets", "figures"]) if (!plan.steps.some((s) => s[key].length > 0)) say(`it has no ${key}`);
		// Both languages are one plan.
		const shape = JSON.stringify(plan.steps.map((s) => [s.from, s.to, s.lab, s.moment, s.sheets, s.figures, s.right, s.options.length, s.vote === "rung"]));
		if (shape !== (shapes[name] = shapes[name] || shape)) say("the other language has other steps");
		console.log(`${name}: ${plan.minutes} minutes, ${plan.steps.length} steps, ${votes - counted} votes, ${tasks} tasks${language === "en" ? `, ${commands} commands` : ""}`);
	}
	engine.stdin.end();
})();
