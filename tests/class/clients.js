// A class of N scripted students and their teacher at a server of rung serve:
//
//	node tests/class/clients.js HOST:PORT CODE TEACHERCODE N STEPS
//
// The teacher shows a run and steps through it; each student hears of each step, votes in
// two rounds, says where it is, hands in, and has an engine of its own.  Prints what was
// seen, a line for each thing, and last how long a step took to reach the students.
"use strict";
const fs = require("fs"), http = require("http");
const [place, code, teacherCode, many, steps] = process.argv.slice(2);
const [host, port] = place.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1000 });

function post(token, request) {
	return new Promise((resolve, reject) => {
		const r = http.request({ host, port, agent, method: "POST", path: "/ask",
			headers: token ? { Authorization: "Bearer " + token } : {} }, (answer) => {
			let text = "";
			answer.setEncoding("utf8");
			answer.on("data", (d) => { text += d; });
			answer.on("end", () => resolve(JSON.parse(text)));
		});
		r.on("error", reject);
		r.end(JSON.stringify(request));
	});
}
async function member(word, number) {
	const in_ = await post(null, { ask: "join", code: word, number });
	if (!in_.is) throw new Error(in_.wrong);
	const ask = async (name, members) => {
		const a = await post(in_.is.token, Object.assign({ ask: name }, members));
		if (a.wrong) throw new Error(a.wrong);
		return a.is;
	};
	return { ask, number, version: 0, seen: new Map() };
}
// Hears what is new until RECORD is shown.
async function hear(m, record) {
	while (m.record !== record) {
		const news = await m.ask("wait", { since: m.version });
		m.version = news.version;
		m.record = news.record;
		m.news = news;
	}
	return process.hrtime.bigint();
}
async function open(m, lab) {
	const folder = "labs/" + lab + "/", network = lab + ".gv";
	const texts = [folder + "lab.lua", "topologies/" + network, folder + "check.lua"]
		.filter((path) => fs.existsSync(path))
		.map((path) => ({ path, text: fs.readFileSync(path, "utf8") }));
	await m.ask("open", { texts });
	return (await m.ask("advance", {})).records;
}
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
	agent.destroy();
}
main().catch((e) => { console.log("FAILED", e.message); process.exit(1); });
