// An enemy in a class at rung serve, with ten addresses of the loopback, 127.0.0.2 to
// 127.0.0.11, of which one has the code; forty honest pages have one address more, the teacher
// is at 127.0.0.1:
//
//	node tests/class/attack.js HOST:PORT CODE TEACHERCODE
//
// Prints a line for each way of attack: what it has cost whom.
"use strict";
const http = require("http"), net = require("net");
const [place, code, teacherCode] = process.argv.slice(2);
const [host, port] = place.split(":");
const CLASS = "127.0.0.20", EACH = 90, PAGES = 40, SILENCE_MS = 10000, SLOW_MS = 40000;
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const say = (what, is) => console.log(what + ": " + is);

// { status, body, cookie, ms } of REQUEST from ADDRESS; MORE are headers and an agent.
function post(address, token, request, more) {
	const begun = Date.now();
	return new Promise((resolve) => {
		const headers = Object.assign(token ? { Authorization: "Bearer " + token } : {},
			more && more.headers);
		const r = http.request({ host, port, localAddress: address, method: "POST", path: "/ask",
			agent: more && more.agent || false, headers }, (answer) => {
			let text = "";
			answer.setEncoding("utf8");
			answer.on("data", (d) => { text += d; });
			answer.on("end", () => {
				let body = {};
				try { body = JSON.parse(text); } catch (e) { /* none */ }
				resolve({ status: answer.statusCode, body, is: body.is || {},
					cookie: (answer.headers["set-cookie"] || [""])[0].split(";")[0],
					ms: Date.now() - begun });
			});
			answer.on("error", () => resolve({ status: 0, is: {}, body: {}, ms: Infinity }));
		});
		r.on("error", (e) => resolve({ status: 0, is: {}, body: { wrong: e.message }, ms: Infinity }));
		r.end(typeof request === "string" ? request : JSON.stringify(request));
	});
}
const join = (address, word, members, more) =>
	post(address, null, Object.assign({ ask: "join", code: word }, members), more);
// What comes to TEXT from ADDRESS within PATIENCE: first lines of answers.
function raw(address, text, patience) {
	return new Promise((resolve) => {
		const s = net.connect({ host, port: Number(port), localAddress: address });
		let got = "";
		const end = () => { s.destroy(); resolve(got.match(/HTTP\/1\.1 \d+/g) || []); };
		s.on("connect", () => s.write(text));
		s.on("data", (d) => { got += d; });
		s.on("error", end);
		s.on("close", end);
		setTimeout(end, patience || 300);
	});
}
const head = (more) => `POST /ask HTTP/1.1\r\nHost: ${place}\r\n${more || ""}`;

// ---- who is attacked ----

let busy = true, noticed = 0, slowest = 0;
// A page: it waits for what is new, over a connection that is kept, and says where it is.
async function page(i) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
	const m = (await join(CLASS, code, { number: "s" + i }, { agent })).is;
	let version = 0;
	while (busy) {
		const [news, told] = await Promise.all([
			post(CLASS, m.token, { ask: "wait", since: version }, { agent }),
			post(CLASS, m.token, { ask: "progress", lab: "busy", nth: i }, { agent })]);
		if (news.status !== 200 || told.status !== 200) noticed++;
		version = news.is.version;
		await sleep(100);
	}
	agent.destroy();
}
async function teach(token) {
	for (let nth = 0; busy; nth++) {
		// Each time over a new connection.
		const a = await post("127.0.0.1", token, { ask: "show", on: true, record: nth });
		slowest = Math.max(slowest, a.status === 200 ? a.ms : Infinity);
		await sleep(150);
	}
}

// ---- attacks ----

// Connections that cost their places as long as they can.  Each gives the milliseconds until
// the server has ended it.
const slow = [
	["says nothing", () => {}],
	["a head a byte each time", (s) => { s.write("GET / HTTP/1.1\r\nX: "); return "a"; }],
	["a body a byte each time", (s) => { s.write(head("Content-Length: 4000\r\n\r\n")); return " "; }],
	["Expect: 100-continue", (s) => { s.write(head("Expect: 100-continue\r\nContent-Length: 4000\r\n\r\n")); }],
	["answers not read", (s) => {
		s.pause();
		// Its end is seen by who writes; to read what is under way takes a busy machine longer than the end.
		setTimeout(() => { if (!s.destroyed) s.probe = setInterval(() => s.write(" "), 200); }, SILENCE_MS + 1500);
		s.write(`GET /app.js HTTP/1.1\r\nHost: ${place}\r\n\r\n`.repeat(40));
	}],
	["half of TLS", (s) => { s.write("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"); }],
];
function hold(address, deed) {
	return new Promise((resolve) => {
		const begun = Date.now(), s = net.connect({ host, port: Number(port), localAddress: address });
		let more;
		const end = () => { clearInterval(more); clearInterval(s.probe); s.destroy(); resolve(Date.now() - begun); };
		s.on("connect", () => {
			const byte = deed(s);
			if (byte) more = setInterval(() => s.write(byte), 400);
		});
		s.on("data", () => {});
		s.on("error", end);
		s.on("close", end);
		setTimeout(end, SLOW_MS + 2000);
	});
}
async function siege(teacher) {
	const pages = Array.from({ length: PAGES }, (_, i) => page(i)), held = slow.map(() => []);
	await sleep(1000);
	const watch = teach(teacher);
	for (let i = 0; i < 10 * EACH; i++) {
		const kind = i % slow.length;
		held[kind].push(hold("127.0.0." + (2 + i % 10), slow[kind][1]));
		if (i % 50 === 0) await sleep(20);
	}
	// Beside it: connections that come and go, wrong tokens, junk in a row.
	for (let i = 0; i < 20; i++)
		await Promise.all(Array.from({ length: 20 }, (_, k) => k % 2 ?
			post("127.0.0.3", "0".repeat(32), { ask: "shown" }) : raw("127.0.0.4", "\0\r\n\r\nGET", 50)));
	const ends = await Promise.all(held.map((h) => Promise.all(h)));
	ends.forEach((ms, k) => say(slow[k][0] + ", ended in time", ms.every((t) => t < SLOW_MS)));
	busy = false;
	await post("127.0.0.1", teacher, { ask: "show", on: true, record: 9999 });
	await Promise.all(pages.concat(watch));
	say("the teacher is answered within 1 s", slowest < 1000 || slowest);
	say("pages that noticed", noticed);
}
async function codes() {
	const wrong = await Promise.all(Array.from({ length: 30 }, () => join("127.0.0.2", "WRONG")));
	say("a wrong code costs a second", wrong.every((a) => a.ms > 900));
	const right = await join("127.0.0.2", code);
	say("not the address", !!right.is.token && right.ms < 900);
}
async function heads() {
	const token = (await join("127.0.0.5", code)).is.token, mine = `Authorization: Bearer ${token}\r\n`;
	const is = async (what, text) => say(what, (await raw("127.0.0.5", text)).join(" ") || "closed");
	await is("5 KiB without a token", head("Content-Length: 5000\r\n\r\n"));
	await is("with one", head(mine + "Content-Length: 5000\r\n\r\n") + " ".repeat(5000));
	await is("5 KiB in chunks", head("Transfer-Encoding: chunked\r\n\r\n") +
		("400\r\n" + " ".repeat(1024) + "\r\n").repeat(5));
	await is("two lengths", head("Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}"));
	await is("length and chunks", head("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
	await is("a thousand fields", head("A: b\r\n".repeat(4000) + "\r\n"));
	for (const since of ["9223372036854775807", "1e400", "-1"])
		say("since " + since, (await post("127.0.0.5", token, `{"ask":"wait","since":${since}}`)).status);
	for (const number of ["7\u202e1", "7\n8", "\ud800", "7".repeat(33)])
		say("no number", (await join("127.0.0.5", code, { number })).body.kind);
}
async function votes(teacher) {
	const own = (await join(CLASS, code, { number: "7" }));
	await post("127.0.0.1", teacher, { ask: "poll", what: "begin", text: "?", options: ["a", "b"] });
	const more = { headers: { Cookie: own.cookie } }, seats = [own];
	for (const number of ["8", "9", ""]) seats.push(await join(CLASS, code, { number }, more));
	for (const s of seats) await post(CLASS, s.is.token, { ask: "vote", option: 1 });
	await post("127.0.0.6", (await join("127.0.0.6", code)).is.token, { ask: "vote", option: 2 });
	const vote = (await post("127.0.0.1", teacher, { ask: "wait", since: 0 })).is.vote;
	say("a browser's votes", vote.voted - 1);
	say("by address", (await post("127.0.0.1", teacher, { ask: "who" })).is.addresses
		.filter((a) => a.voted > 0).map((a) => a.address + " " + a.voted).join(", "));
	await post(CLASS, seats[1].is.token, { ask: "progress", lab: "busy" });
	const row = (await post("127.0.0.1", teacher, { ask: "who" })).is.who.find((w) => w.number === "8");
	say("put out by a student", (await post(CLASS, own.is.token,
		{ ask: "put_out", member: row.member })).body.kind);
	await post("127.0.0.1", teacher, { ask: "put_out", member: row.member });
	say("who is put out", (await post(CLASS, seats[1].is.token, { ask: "wait" })).status + " " +
		(await join(CLASS, code, {}, more)).body.kind);
}
const work = (student) => JSON.stringify({ kind: "hand-in", version: 1, rung: "0.3.0", lab: "busy", student, answers: {} });
async function handins() {
	const hand = async (m, address, student) => {
		const a = await post(address, m, { ask: "hand_in", text: work(student) });
		return a.is.file || a.body.kind;
	};
	const as = async (address, number) => (await join(address, code, { number })).is.token;
	const own = await as(CLASS, "70"), other = await as("127.0.0.7", "70"), eight = await as("127.0.0.7", "80");
	say("before its owner", await hand(other, "127.0.0.7", "70"));
	say("as another", await hand(eight, "127.0.0.7", "70"));
	let last;
	for (let i = 0; i < 60; i++) last = await hand(other, "127.0.0.7", "70");
	say("sixty times", last);
	say("its owner", await hand(own, CLASS, "70"));
	say("and again", await hand(own, CLASS, "70"));
}
async function seats(teacher) {
	const mine = [];
	for (let i = 0; i < 300; i++) mine.push((await join("127.0.0.8", code)).is.token);
	say("all seats asked for", mine.every((t) => t) || mine.filter((t) => t).length);
	say("another address", !!(await join("127.0.0.9", code)).is.token);
	say("the teacher anew", (await join("127.0.0.1", teacherCode)).is.teacher);
	say("the teacher of before", (await post("127.0.0.1", teacher, { ask: "who" })).status);
}
async function main() {
	const teacher = (await join("127.0.0.1", teacherCode)).is.token;
	await siege(teacher);
	await codes();
	await heads();
	await votes(teacher);
	await handins();
	await seats(teacher);
	process.exit(0);
}
main().catch((e) => { console.log("FAILED", e); process.exit(1); });
