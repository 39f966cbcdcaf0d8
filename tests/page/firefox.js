// A headless Firefox, by WebDriver BiDi, with what tests/page/chromium.js has: open.
"use strict";
const { script } = require("./pace.js");
const { spawn } = require("child_process"), fs = require("fs"), os = require("os");
const path = require("path"), { talk } = require("./chromium.js");
// What keys are called there (WebDriver 17.4.2).
const KEYS = { Enter: "\uE007", Tab: "\uE004", Escape: "\uE00C", Home: "\uE011", End: "\uE010", Delete: "\uE017",
	ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Backspace: "\uE003",
	PageUp: "\uE00E", PageDown: "\uE00F", F2: "\uE032", "\n": "\uE007" };
const CONTROL = "\uE009";

// A value of the page as one of here.
function decode(r) {
	if (r.type === "array") return r.value.map(decode);
	if (r.type === "number") return Number(r.value);
	if (r.type === "null") return null;
	if (r.type === "object" && Array.isArray(r.value))
		return Object.fromEntries(r.value.map(([k, v]) => [k, decode(v)]));
	return r.type === "undefined" || ["string", "boolean"].includes(r.type) ? r.value : r;
}

exports.open = async function (address, width, height, options) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), "rung-page-"));
	fs.writeFileSync(path.join(home, "user.js"), [["focusmanager.testmode", true], ["browser.download.folderList", 2],
		["browser.download.dir", options.downloads || home], ["browser.download.alwaysOpenPanel", false]]
		.map(([name, is]) => `user_pref("${name}", ${JSON.stringify(is)});\n`).join(""));
	const firefox = spawn("firefox-esr", ["--headless", "--no-remote", "--profile", home,
		"--remote-debugging-port=0", `--width=${width}`, `--height=${height}`, "about:blank"],
	{ stdio: ["ignore", "ignore", "pipe"], env: Object.assign({}, process.env, { HOME: home }) });
	const at = await new Promise((resolve) => {
		let told = "";
		firefox.stderr.on("data", (d) => {
			const m = /WebDriver BiDi listening on (ws:\S+)/.exec(told += d);
			if (m) resolve(m[1]);
		});
	});
	let choosing;
	const send = await talk(at + "/session", (m) => {
		if (m.method === "log.entryAdded" && m.params.level === "error") console.log("ERROR " + m.params.text);
		if (m.method === "input.fileDialogOpened") choosing(m.params.element);
	});
	await send("session.new", { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: "accept", file: "ignore" } } } });
	await send("session.subscribe", { events: ["log.entryAdded", "input.fileDialogOpened"] });
	// The first tab never has the focus, and hears of none.
	const { context } = await send("browsingContext.create", { type: "tab" });
	const resize = (w, h) => send("browsingContext.setViewport", { context, viewport: { width: w, height: h } });
	const go = (url) => send("browsingContext.navigate", { context, url, wait: "complete" });
	const act = (type, actions) => send("input.performActions", { context, actions: [{ type, id: type, actions }] });
	const strokes = (keys) => act("key", keys.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
	await resize(Number(width), Number(height));
	await send("script.addPreloadScript", { functionDeclaration: `() => { ${script} ${options.before || ""} }` });
	await go(address);
	return {
		go, resize,
		stop: (status) => {
			firefox.once("exit", () => {
				// Its children may still be writing.
				try { fs.rmSync(home, { recursive: true, force: true, maxRetries: 9 }); } catch (e) { /* left */ }
				process.exit(status);
			});
			firefox.kill();
		},
		value: async (expression) => {
			const r = await send("script.evaluate", { expression, target: { context }, awaitPromise: true,
				userActivation: false, serializationOptions: { maxDomDepth: 0, maxObjectDepth: 4 } });
			if (r.type !== "success") throw new Error(r.exceptionDetails ? r.exceptionDetails.text : JSON.stringify(r));
			return decode(r.result);
		},
		press: (name) => strokes([KEYS[name] || name]),
		selectAll: () => act("key", [{ type: "keyDown", value: CONTROL }, { type: "keyDown", value: "a" },
			{ type: "keyUp", value: "a" }, { type: "keyUp", value: CONTROL }]),
		type: (text) => strokes(Array.from(text, (c) => KEYS[c] || c)),
		insert: (text) => strokes(Array.from(text)),
		clickAt: (x, y) => act("pointer", [{ type: "pointerMove", x: Math.round(x), y: Math.round(y) },
			{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }]),
		choose: async (name, click) => {
			const element = new Promise((resolve) => { choosing = resolve; });
			await click();
			await send("input.setFiles", { context, element: await element, files: [name] });
		},
		prefer: (name, is) => Promise.reject(new Error("no way to prefer " + name + " " + is)),
		shot: async () => (await send("browsingContext.captureScreenshot", { context })).data,
	};
};
