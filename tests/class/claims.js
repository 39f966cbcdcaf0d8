// One program says the numbers of a whole class and hands in an empty work for each; then
// the students come, and the teacher assigns each number to its student:
//
//	node tests/class/claims.js HOST:PORT CODE TEACHERCODE FOLDER STEP NUMBER…
//
// STEP is "take" (the program), "come" (the students, with FOLDER/NUMBER.rung; WORD of
// $WORDS each), "say" (a number and nothing more) or "assign".  Prints what each is answered.
"use strict";
const fs = require("fs"), http = require("http");
const [place, code, teacherCode, folder, step, ...numbers] = process.argv.slice(2);
const [host, port] = place.split(":");
const words = (process.env.WORDS || "").split(" ");

function post(token, request) {
	return new Promise((resolve, reject) => {
		const r = http.request({ host, port, method: "POST", path: "/ask",
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
const join = async (members) => post(null, Object.assign({ ask: "join", code }, members));
const empty = (number) => JSON.stringify({ kind: "hand-in", version: 1, rung: "0.3.0",
	lab: "direct-call", student: number, date: "2026-11-21T16:00:00Z", answers: {} });

async function handIn(number, word, text) {
	const in_ = await join({ number, word });
	if (in_.wrong) return in_.wrong;
	const h = await post(in_.is.token, { ask: "hand_in", text });
	await post(in_.is.token, { ask: "progress", lab: "direct-call", number, word });
	return h.wrong || h.is.file + " " + h.is.doubled;
}

async function main() {
	if (step === "take") for (const n of numbers) console.log(await handIn(n, undefined, empty(n)));
	if (step === "come") for (const [i, n] of numbers.entries())
		console.log(await handIn(n, words[i], fs.readFileSync(folder + "/" + n + ".rung", "utf8")));
	if (step === "say") for (const n of numbers) await join({ number: n });
	if (step !== "assign") return;
	const teacher = (await join({ code: teacherCode })).is.token;
	const list = (await post(teacher, { ask: "who" })).is.who;
	console.log(list.map((w) => w.number + (w.doubled ? "!" : "")).sort().join(" "));
	for (const n of numbers) await post(teacher, { ask: "assign",
		member: Math.max(...list.filter((w) => w.number === n).map((w) => w.member)) });
}
main().catch((e) => { console.log("FAILED", e.message); process.exit(1); });
