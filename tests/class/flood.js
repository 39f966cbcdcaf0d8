// Fuzzed requests at a server of rung serve, N of them, over connections that are kept:
//
//	node tests/class/flood.js HOST:PORT CODE N
//
// Pieces of good requests cut, doubled, bent and put together, by a fixed seed.  Prints
// how many were answered, and whether anything of a member's was said to another.
"use strict";
const net = require("net");
const [place, code, many] = process.argv.slice(2);
const [host, port] = place.split(":");
let x = 88172645463325252n;
function random(n) {
	x ^= (x << 13n) & 0xffffffffffffffffn; x ^= x >> 7n; x ^= (x << 17n) & 0xffffffffffffffffn;
	return Number(x % BigInt(n));
}
const bodies = ["{\"id\":1,\"ask\":\"join\",\"code\":\"" + code + "\"}", "{\"ask\":\"wait\"}",
	"{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\",\"options\":[\"a\",\"b\"]}",
	"{\"ask\":\"who\"}", "{\"ask\":\"shown\"}", "{\"ask\":\"hand_in\",\"text\":\"../../x\"}",
	"[[[[[[[[", "{\"id\":1e99,\"ask\":\"page\"}", "\u0000\u0001"];
const pieces = ["GET ", "POST ", "/ask", "/", "/..", "/%00", " HTTP/1.1", " HTTP/1.0", " HTTP/9.9", "\r\n",
	"\r\n\r\n", "\n", "Host: " + place, "Host: x", "Content-Length: 5", "Content-Length: 99999999999999999999",
	"Transfer-Encoding: chunked", "0\r\n\r\n", "ffffffffffffffff\r\n", "Authorization: Bearer ", "Expect: 100-continue",
	"Connection: close", "Upgrade: websocket", "\0", "é", "a".repeat(3000), ":", " ", "Cookie: x=y", "%"];
function request() {
	const body = bodies[random(bodies.length)];
	let text = `POST /ask HTTP/1.1\r\nHost: ${place}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
	for (let i = random(4); i > 0; i--) {
		const at = random(text.length), how = random(3);
		if (how === 0) text = text.slice(0, at) + text.slice(at + 1 + random(20));
		else text = text.slice(0, at) + pieces[random(pieces.length)] + text.slice(how === 1 ? at : at + 1);
		if (text.length === 0) text = "x";
	}
	return text;
}
let sent = 0, answers = 0, secret = 0;
function connection() {
	return new Promise((resolve) => {
		const s = net.connect(Number(port), host);
		let patience;
		const more = () => {
			clearTimeout(patience);
			if (sent++ >= Number(many)) { s.destroy(); return; }
			s.write(request());
			patience = setTimeout(() => s.destroy(), 50);
		};
		s.on("connect", more);
		s.on("data", (d) => {
			answers += d.toString().split("HTTP/1.1 ").length - 1;
			if (/SECRET|root:x/.test(d)) secret++;
			more();
		});
		s.on("error", () => {});
		s.on("close", resolve);
	});
}
async function lane() { while (sent < Number(many)) await connection(); }
Promise.all(Array.from({ length: 64 }, lane)).then(() => {
	console.log("sent", sent, "answered", answers, "told", secret);
});
