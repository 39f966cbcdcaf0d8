// A Chromium without a screen in a home of its own, for the scripts that open pages.
"use strict";
const { script } = require("./pace.js");
const { spawn } = require("child_process"), fs = require("fs"), os = require("os");
const path = require("path");

// Starts it with MORE options and calls KNOWN(place) when it listens at place, HOST:PORT.
// What it returns ends it: stop(status) ends this process, too, and leaves no file.
exports.start = function (more, known) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), "rung-page-"));
	// Timers of a tab behind another come as often as those before it, not once a second.
	const chrome = spawn("chromium", ["--headless=new", "--no-sandbox", "--disable-gpu",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding",
		"--disable-backgrounding-occluded-windows",
		"--remote-debugging-port=0", "--user-data-dir=" + home, ...more, "about:blank"], {
		env: { ...process.env, HOME: home, XDG_CACHE_HOME: home, XDG_RUNTIME_DIR: home },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const remove = (name) => {
		// Its children may still be writing, into a new folder of that name, too.
		for (let i = 0, gone = 0; i < 250 && gone < 10; i++) {
			gone = fs.existsSync(name) ? 0 : gone + 1;
			try { fs.rmSync(name, { recursive: true, force: true, maxRetries: 9 }); } catch (e) { /* again */ }
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
		}
	};
	let told = "", place = null;
	chrome.stderr.on("data", (data) => {
		told += data;
		const at = /DevTools listening on ws:\/\/([^/]+)\//.exec(told);
		if (at && !place) known(place = at[1]);
	});
	return function stop(status) {
		chrome.once("exit", () => {
			// It leaves the folder of its socket, to which its home has a link.
			try { remove(path.dirname(fs.readlinkSync(path.join(home, "SingletonSocket")))); } catch (e) { /* none */ }
			remove(home);
			process.exit(status);
		});
		chrome.kill();
	};
};

// What is asked at the other end of URL, as JSON with ids: send(method, params) is a promise of what
// it gives; told(message) hears all else.
exports.talk = function (url, told) {
	const socket = new WebSocket(url), waiting = new Map();
	let last = 0;
	socket.onmessage = (event) => {
		const m = JSON.parse(event.data);
		if (!waiting.has(m.id)) return told(m);
		waiting.get(m.id)(m.result || m.error || m);
		waiting.delete(m.id);
	};
	const send = (method, params) => new Promise((resolve) => {
		waiting.set(++last, resolve);
		socket.send(JSON.stringify({ id: last, method, params }));
	});
	return new Promise((resolve) => { socket.onopen = () => resolve(send); });
};

// What a key does by itself wants its number, too.
const NUMBERS = { " ": { windowsVirtualKeyCode: 32, text: " " }, Enter: { windowsVirtualKeyCode: 13, text: "\r" }, Tab: { windowsVirtualKeyCode: 9 } };

// A page of WIDTH and HEIGHT, in which a person could do the same; what goes wrong in it is
// printed.  Downloads go into OPTIONS.downloads; OPTIONS.before is a script that runs before its
// own; OPTIONS.flags are its program's.  tests/page/firefox.js has the same.
exports.open = async function (address, width, height, options) {
	let known, choosing;
	const place = new Promise((resolve) => { known = resolve; });
	const stop = exports.start([`--window-size=${width},${height}`, ...(options.flags || [])], (at) => known(at));
	const list = await (await fetch(`http://${await place}/json/list`)).json();
	const send = await exports.talk(list.find((t) => t.type === "page").webSocketDebuggerUrl, (m) => {
		if (m.method === "Runtime.exceptionThrown")
			console.log("EXCEPTION " + (m.params.exceptionDetails.exception || {}).description);
		if (m.method === "Log.entryAdded" && m.params.entry.level === "error")
			console.log("ERROR " + m.params.entry.text);
		if (m.method === "Page.fileChooserOpened") choosing(m.params.backendNodeId);
	});
	const key = (more) => Promise.all(["keyDown", "keyUp"].map((type) =>
		send("Input.dispatchKeyEvent", Object.assign({ type }, more))));
	for (const domain of ["Runtime", "Log", "Page"]) await send(domain + ".enable", {});
	if (options.downloads)
		await send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: options.downloads });
	await send("Page.addScriptToEvaluateOnNewDocument", { source: script + (options.before || "") });
	await send("Page.navigate", { url: address });
	return {
		stop, go: (url) => send("Page.navigate", { url }),
		value: async (expression) => {
			const r = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
			if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception.description);
			return r.result.value;
		},
		press: (name) => key(Object.assign({ key: name, code: name }, NUMBERS[name])),
		selectAll: () => key({ key: "a", modifiers: 2, commands: ["selectAll"] }),
		type: (text) => Promise.all(Array.from(text, (c) => key(c === "\n"
			? Object.assign({ key: "Enter", code: "Enter" }, NUMBERS.Enter) : { key: c, text: c }))),
		insert: (text) => send("Input.insertText", { text }),
		clickAt: async (x, y) => {
			for (const type of ["mousePressed", "mouseReleased"])
				await send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
		},
		touchAt: async (x, y) => {
			await send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
			await send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
		},
		// CLICK makes it ask for a file: that is NAME.
		choose: async (name, click) => {
			const node = new Promise((resolve) => { choosing = resolve; });
			await send("Page.setInterceptFileChooserDialog", { enabled: true });
			await click();
			await send("DOM.setFileInputFiles", { files: [name], backendNodeId: await node });
		},
		resize: (w, h) => send("Emulation.setDeviceMetricsOverride",
			{ width: w, height: h, deviceScaleFactor: 1, mobile: false }),
		prefer: (name, is) => send("Emulation.setEmulatedMedia", { features: [{ name, value: is }] }),
		shot: async () => (await send("Page.captureScreenshot", { format: "png" })).data,
	};
};
