// What nobody should send, at a server of rung serve:
//
//	node tests/class/hostile.js HOST:PORT CODE
//
// Prints what each got, and last whether the server still lets a member in.
"use strict";
const net = require("net");
const [place, code] = process.argv.slice(2);
const [host, port] = place.split(":");

// The first line of the answer to TEXT, "closed" where there is none.
function send(text, patience) {
	return new Promise((resolve) => {
		const s = net.connect(Number(port), host);
		let got = "";
		const end = (how) => { s.destroy(); resolve(got.split("\r\n")[0] || how); };
		s.on("connect", () => s.write(text));
		s.on("data", (d) => { got += d; if (got.includes("\r\n\r\n")) end("…"); });
		s.on("error", () => end("closed"));
		s.on("close", () => end("closed"));
		setTimeout(() => end("nothing"), patience || 3000);
	});
}
function get(path, headers) {
	return send(`GET ${path} HTTP/1.1\r\nHost: ${place}\r\n${headers || ""}\r\n`);
}
function post(body, headers) {
	return send(`POST /ask HTTP/1.1\r\nHost: ${place}\r\n${headers || ""}Content-Length: ${
		Buffer.byteLength(body)}\r\n\r\n${body}`);
}
async function main() {
	const say = async (what, answer) => console.log(what + ": " + await answer);
	await say("page", get("/"));
	await say("labs", get("/labs"));
	for (const path of ["/../../etc/passwd", "/%2e%2e/etc/passwd", "/labs.json", "//etc/passwd", "/app.js/..",
		"/\0app.js", "/" + "a".repeat(5000)])
		await say("path", get(path));
	await say("another host", send(`GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`));
	await say("no host", send(`GET / HTTP/1.0\r\n\r\n`));
	await say("another page", post("{}", "Origin: http://evil.example\r\n"));
	await say("its own page", post("{}", `Origin: http://${place}\r\n`));
	await say("another path", send(`POST / HTTP/1.1\r\nHost: ${place}\r\nContent-Length: 0\r\n\r\n`));
	await say("another method", send(`DELETE / HTTP/1.1\r\nHost: ${place}\r\n\r\n`));
	await say("no request", post("not JSON"));
	await say("many brackets", post("[".repeat(100000)));
	await say("a large head", get("/", "X: " + "a".repeat(60000) + "\r\n"));
	await say("a negative length", send(`POST /ask HTTP/1.1\r\nHost: ${place}\r\nContent-Length: -1\r\n\r\n`));
	await say("too long", send(`POST /ask HTTP/1.1\r\nHost: ${place}\r\nContent-Length: ${9 << 20}\r\n\r\n`));
	await say("chunks that are none", send(`POST /ask HTTP/1.1\r\nHost: ${place}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`));
	await say("no HTTP", send("\x16\x03\x01\x02\x00\x01\x00" + "\xff".repeat(200), 300));
	await say("half a request", send("POST /ask HT", 300));
	// Connections that say nothing do not keep others out for long.
	const idle = [];
	for (let i = 0; i < 400; i++) {
		idle.push(net.connect(Number(port), host));
		idle[i].on("error", () => {});
	}
	await say("beside 400 that say nothing", post(`{"ask":"join","code":"${code}"}`));
	idle.forEach((s) => s.destroy());
}
main();
