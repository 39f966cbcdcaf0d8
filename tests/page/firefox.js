// Steps in the page in a headless Firefox, by WebDriver BiDi: "wait CONDITION", "do SCRIPT",
// "is EXPRESSION", "key KEY", "shot FILE", as tests/page/browse.js has them.
//
//	node --experimental-websocket tests/page/firefox.js ADDRESS WIDTH HEIGHT < STEPS
"use strict";
const { spawn } = require("child_process"), fs = require("fs"), os = require("os");
const path = require("path");
const [address, width, height] = process.argv.slice(2);
const home = fs.mkdtempSync(path.join(os.tmpdir(), "rung-page-"));
const PATIENCE = Number(process.env.PATIENCE || 20000);
// What keys are called there (WebDriver 17.4.2).
const KEYS = { ArrowRight: "\uE014", ArrowLeft: "\uE012", Escape: "\uE00C", Tab: "\uE004", Enter: "\uE007" };
const firefox = spawn("firefox-esr", ["--headless", "--no-remote", "--profile", home,
	"--remote-debugging-port=0", `--width=${width}`, `--height=${height}`, "about:blank"],
{ stdio: ["ignore", "ignore", "pipe"], env: Object.assign({}, process.env, { HOME: home }) });

function finish(status) {
	firefox.once("exit", () => {
		// Its children may still be writing.
		try { fs.rmSync(home, { recursive: true, force: true, maxRetries: 9 }); } catch (e) { /* left */ }
		process.exit(status);
	});
	firefox.kill();
}
function fail(why) {
	console.log("FAILED " + why);
	finish(1);
}
function connect(url) {
	const socket = new WebSocket(url), waiting = new Map();
	let last = 0;
	socket.onmessage = (event) => {
		const m = JSON.parse(event.data);
		if (m.method === "log.entryAdded" && m.params.level === "error")
			console.log("ERROR " + m.params.text);
		if (!waiting.has(m.id)) return;
		waiting.get(m.id)(m.result || m);
		waiting.delete(m.id);
	};
	const send = (method, params) => new Promise((resolve) => {
		waiting.set(++last, resolve);
		socket.send(JSON.stringify({ id: last, method, params }));
	});
	return new Promise((resolve) => { socket.onopen = () => resolve(send); });
}

async function run(send) {
	await send("session.new", { capabilities: {} });
	await send("session.subscribe", { events: ["log.entryAdded"] });
	const context = (await send("browsingContext.getTree", {})).contexts[0].context;
	await send("browsingContext.setViewport", { context,
		viewport: { width: Number(width), height: Number(height) } });
	await send("browsingContext.navigate", { context, url: address, wait: "complete" });
	const value = async (expression) => {
		const r = await send("script.evaluate", { expression, target: { context },
			awaitPromise: true });
		if (r.type !== "success")
			return "EXCEPTION " + JSON.stringify(r.exceptionDetails ? r.exceptionDetails.text : r);
		return r.result.value;
	};
	for (const line of fs.readFileSync(0, "utf8").split("\n")) {
		const verb = line.split(" ")[0], rest = line.slice(verb.length + 1);
		if (verb === "wait") {
			const until = Date.now() + PATIENCE;
			let held = false;
			while (!held && Date.now() < until) {
				const v = await value(`Promise.resolve(${rest}).then(Boolean)`);
				held = v === true;
				if (!held) await new Promise((r) => setTimeout(r, 50));
			}
			if (!held) return fail("wait " + rest);
		} else if (verb === "do") {
			const v = await value(`Promise.resolve((() => { ${rest} })()).then(() => "")`);
			if (v) console.log(v);
		} else if (verb === "is") {
			console.log(String(await value(rest)));
		} else if (verb === "key") {
			const key = KEYS[rest] || rest;
			await send("input.performActions", { context, actions: [{ type: "key", id: "keys",
				actions: [{ type: "keyDown", value: key }, { type: "keyUp", value: key }] }] });
		} else if (verb === "shot") {
			const s = await send("browsingContext.captureScreenshot", { context });
			fs.writeFileSync(rest, Buffer.from(s.data, "base64"));
		}
	}
	finish(0);
}

setTimeout(() => fail("too slow"), 6 * PATIENCE).unref();
let told = "";
firefox.stderr.on("data", (d) => {
	const was = /WebDriver BiDi listening on (ws:\S+)/.test(told);
	told += d;
	const m = /WebDriver BiDi listening on (ws:\S+)/.exec(told);
	if (m && !was) connect(m[1] + "/session").then(run).catch((e) => fail(e.stack));
});
