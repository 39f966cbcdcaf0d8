// A class of N scripted students and their teacher at a server of rung serve:
//
//	node tests/class/clients.js HOST:PORT CODE TEACHERCODE N STEPS
//
// The teacher shows a run and steps through it; each student hears of each step, votes in
// two rounds, says where it is, hands in, and has an engine of its own.  Prints what was
// seen, a line for each thing, and last how long a step took to reach the students.
"use strict";
const [place, code, teacherCode, many, steps] = process.argv.slice(2);
const { post, member, hear, open, end } = require("./member.js").at(place);

function share(list, part) {
	const sorted = list.slice().sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

async function main() {
	const n = Number(many), teacher = await member(teacherCode, "");
	const students = [];
	for (let i = 0; i < n; i++) students.push(await member(code, "s" + i));
	console.log("records", await open(teacher, "two-proxies"));
	await teacher.ask("page", { branch: 0 });
	await teacher.ask("show", { on: true, record: 1, link: "#1.x" });
	await Promise.all(students.map((s) => hear(s, 1)));
	const shown = await Promise.all(students.map((s) => s.ask("shown")));
	console.log("the same page", new Set(shown.map((p) => JSON.stringify(p))).size,
		shown[0].link, shown[0].data.rows.length > 20);

	const took = [];
	for (let step = 2; step < 2 + Number(steps); step++) {
		const heard = students.map((s) => hear(s, step));
		// All of them are waiting before the step is made.
		await new Promise((r) => setTimeout(r, 30));
		const begun = process.hrtime.bigint();
		await teacher.ask("show", { on: true, record: step });
		(await Promise.all(heard)).forEach((t) => took.push(Number(t - begun) / 1e6));
	}
	console.log("steps heard", took.length);

	await teacher.ask("poll", { what: "begin", text: "?", options: ["a", "b"] });
	await Promise.all(students.map((s, i) => s.ask("vote", { option: 1 + (i % 2) })));
	await teacher.ask("poll", { what: "close" });
	await teacher.ask("poll", { what: "again" });
	await Promise.all(students.map((s) => s.ask("vote", { option: 2 })));
	await teacher.ask("poll", { what: "tell", right: 2 });
	console.log("votes", JSON.stringify((await students[0].ask("wait", { since: 0 })).vote.counts));

	await Promise.all(students.slice(0, 2).map((s, i) => s.ask("progress",
		{ lab: "busy", nth: i, stuck: i === 1 })));
	console.log("who", (await teacher.ask("who")).who.map((w) => w.number + (w.stuck ? "!" : ""))
		.sort().join(" "));

	// Each has an engine of its own; what one does there no other sees.
	const some = students.slice(0, 8);
	const records = await Promise.all(some.map((s, i) =>
		open(s, i % 2 ? "two-proxies" : "direct-call")));
	console.log("own engines", records.join(" "));
	const other = await some[1].ask("find", { words: "REGISTER@alice" });
	console.log("own run", other.record > 0, await some[0].ask("find", { words: "REGISTER@alice" })
		.then(() => "there", () => "not there"));
	console.log("stranger", (await post("0".repeat(32), { ask: "shown" })).kind);
	console.log("not the teacher", await some[0].ask("who").then(() => "may", (e) => e.message));
	await some[0].ask("stop");
	console.log("stopped", await some[0].ask("records").then(() => "runs", (e) => e.message));
	console.log("95 % of steps within ms:", share(took, 0.95).toFixed(1),
		"half:", share(took, 0.5).toFixed(1));
	end();
}
main().catch((e) => { console.log("FAILED", e.message); process.exit(1); });
