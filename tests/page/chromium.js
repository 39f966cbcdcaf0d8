// A Chromium without a screen in a home of its own, for the scripts that open pages.
"use strict";
const { spawn } = require("child_process"), fs = require("fs"), os = require("os");
const path = require("path");

// Starts it with MORE options and calls KNOWN(place) when it listens at place, HOST:PORT.
// What it returns ends it: stop(status) ends this process, too, and leaves no file.
exports.start = function (more, known) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), "rung-page-"));
	const chrome = spawn("chromium", ["--headless=new", "--no-sandbox", "--disable-gpu",
		"--remote-debugging-port=0", "--user-data-dir=" + home, ...more, "about:blank"], {
		env: { ...process.env, HOME: home, XDG_CACHE_HOME: home },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const remove = (name) => {
		// Its children may still be writing.
		for (let i = 0; i < 50 && fs.existsSync(name); i++) {
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

// Asks the page behind URL; what goes wrong in it is printed.  SEND.next(EVENT) is a promise of
// what that event tells.
exports.connect = function (url) {
	const socket = new WebSocket(url), waiting = new Map(), awaited = new Map();
	let last = 0;
	socket.onmessage = (event) => {
		const m = JSON.parse(event.data);
		if (m.method === "Runtime.exceptionThrown")
			console.log("EXCEPTION " + (m.params.exceptionDetails.exception || {}).description);
		if (m.method === "Log.entryAdded" && m.params.entry.level === "error")
			console.log("ERROR " + m.params.entry.text);
		if (awaited.has(m.method)) awaited.get(m.method)(m.params);
		if (waiting.has(m.id)) waiting.get(m.id)(m.result || m.error);
	};
	const send = (method, params) => new Promise((resolve) => {
		waiting.set(++last, resolve);
		socket.send(JSON.stringify({ id: last, method, params }));
	});
	send.next = (event) => new Promise((resolve) => { awaited.set(event, resolve); });
	return new Promise((resolve) => { socket.onopen = () => resolve(send); });
};

// What a key does by itself wants its number, too.
const KEYS = { Enter: { windowsVirtualKeyCode: 13, text: "\r" }, Tab: { windowsVirtualKeyCode: 9 } };
// Key NAME, or a character, goes down and up.
exports.press = async function (send, name, more) {
	for (const type of ["keyDown", "keyUp"])
		await send("Input.dispatchKeyEvent", Object.assign({ type, key: name, code: name },
			KEYS[name], more));
};
