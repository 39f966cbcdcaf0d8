// The options that are right in the first N questions about a lab's run, as rung serve
// rung engine has them: a number each.
//
//	node tests/page/predict.js RUNG LAB STUDENT N
"use strict";
const { spawn } = require("child_process"), fs = require("fs"), path = require("path");
function textOf(file) { return { path: file, text: fs.readFileSync(file, "utf8") }; }

async function rightOptions(rung, lab, student, many) {
	const service = spawn(rung, ["engine"], { stdio: ["pipe", "pipe", "inherit"] });
	const waiting = [];
	require("readline").createInterface({ input: service.stdout })
		.on("line", (line) => waiting.shift()(JSON.parse(line).is));
	const ask = (name, members) => new Promise((resolve) => {
		waiting.push(resolve);
		service.stdin.write(JSON.stringify(Object.assign({ ask: name }, members)) + "\n");
	});
	const own = path.join(lab, "lab.lua"), right = [];
	const files = [own].concat(fs.readdirSync(lab).map((f) => path.join(lab, f)),
		fs.readdirSync("topologies").map((f) => path.join("topologies", f)));
	await ask("open", { student, texts: [...new Set(files)].map(textOf) });
	await ask("advance", {});
	let place = { asks: "next", record: 0 }, work = { answers: {} };
	while (place && right.length < Number(many)) {
		const { question } = await ask("question", place);
		let option = 0, verdict;
		do verdict = (await ask("verdict", Object.assign({ text: String(++option) }, place)))
			.verdict;
		while (!verdict.right && option < question.options.length);
		// Counted once it is known.
		verdict = (await ask("verdict", Object.assign({ text: String(option), work }, place)))
			.verdict;
		right.push(option);
		work = { answers: verdict.answers };
		place = verdict.follows;
	}
	service.stdin.end();
	return right;
}
exports.rightOptions = rightOptions;
if (require.main === module)
	rightOptions(...process.argv.slice(2)).then((right) => console.log(right.join("\n")));
