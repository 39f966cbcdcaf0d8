// Members of a class at rung serve without a browser, for the scripts of a class:
//
//	const { post, member, hear, open, end } = require("./member.js").at("HOST:PORT");
//	const student = await member(CODE, NUMBER);
//	await student.ask("vote", { option: 1 });
"use strict";
const fs = require("fs"), http = require("http");

exports.at = function (place) {
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
	return { post, member, hear, open, end: () => agent.destroy() };
};
