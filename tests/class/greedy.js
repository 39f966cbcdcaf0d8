// Engines that grow, at a server of rung serve that was begun with --limit=ram, and hand-ins
// that are large:
//
//	node tests/class/greedy.js HOST:PORT CODE TEACHERCODE engines|full|kill PID
"use strict";
const fs = require("fs");
const [place, code, teacherCode, what, pid] = process.argv.slice(2);
const post = async (token, request) => (await (await fetch(`http://${place}/ask`, { method: "POST",
	headers: token ? { Authorization: "Bearer " + token } : {}, body: JSON.stringify(request) })).json());
const join = async (word, number) => (await post(null, { ask: "join", code: word, number })).is.token;
const texts = ["labs/direct-call/lab.lua", "topologies/direct-call.gv"]
	.map((path) => ({ path, text: fs.readFileSync(path, "utf8") }));

// MiB that engines of the server PID have to themselves.
function weigh(pid) {
	return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").reduce((sum, child) => {
		try {
			return sum + Number(/Private_Dirty: *(\d+)/.exec(fs.readFileSync(
				`/proc/${child}/smaps_rollup`, "utf8"))[1]) / 1024;
		} catch (e) { return sum; }
	}, 0);
}
async function engines() {
	const small = await join(code, "1");
	let most = 0;
	const watch = setInterval(() => { most = Math.max(most, weigh(pid)); }, 20);
	await post(small, { ask: "open", texts });
	const large = await Promise.all(Array.from({ length: 6 }, async (_, i) => {
		const token = await join(code, "g" + i);
		await post(token, { ask: "open", texts: texts.concat({ path: "x.lua", text: "-- x\n".repeat(1200000) }) });
		return (await post(token, { ask: "advance" })).wrong;
	}).map((p) => p.catch(() => "ended")));
	clearInterval(watch);
	console.log("had too much:", large.some((w) => w) || most, "all together:", most < 100 || most);
	console.log("a small one goes on:", (await post(small, { ask: "advance" })).is !== undefined);
}
async function handins() {
	const teacher = await join(teacherCode), all = [];
	const hand = async (i, n) => post(await join(code, "" + i), { ask: "hand_in", text: JSON.stringify({
		kind: "hand-in", version: 1, rung: "0.3.0", lab: "busy", student: "" + i, answers: { a: "x".repeat(n) } }) });
	for (let i = 100; i < 110; i++) all.push(hand(i, 600000).catch(() => ({})));
	if (what === "kill") return Promise.any(all);
	console.log("large:", (await Promise.all(all)).map((a) => a.wrong).find((w) => w));
	console.log("the teacher hears:", (await post(teacher, { ask: "wait" })).is.trouble);
	console.log("small:", (await hand(99, 1)).is.file, (await post(teacher, { ask: "wait" })).is.trouble);
}
(what === "engines" ? engines() : handins()).then(() => process.exit(0), (e) => console.log("FAILED", e));
