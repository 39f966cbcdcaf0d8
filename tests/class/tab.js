// Tabs of a Chromium that listens for development tools, for the scripts of a class.
"use strict";
const { script, until, LIMIT } = require("../page/pace.js");
const { talk } = require("../page/chromium.js");
const { press } = require("../page/spot.js");

// When a tab has said something last: who waits for one that says nothing waits for ever.
let heard = Date.now();
exports.endWhenStuck = (end) => setInterval(() => {
	if (Date.now() - heard > LIMIT) end();
}, 1000).unref();

// What makes tabs at DEVTOOLS, HOST:PORT: targets() are those there are, newTab(ADDRESS),
// tabOf(TARGET), newPerson(ADDRESS).
exports.tabsAt = function (devtools) {
	async function targets() { return (await fetch(`http://${devtools}/json/list`)).json(); }

	// What has happened in all tabs: one waits for another.
	const tabs = new Set();
	async function elsewhere() {
		return (await Promise.all([...tabs].map((t) => t.is("window.pace && pace.happened")))).join();
	}
	// What can be done with the tab of TARGET.
	async function tabOf(target) {
		const socket = new WebSocket(target.webSocketDebuggerUrl), waiting = new Map();
		let last = 0;
		socket.onmessage = (event) => {
			const m = JSON.parse(event.data);
			heard = Date.now();
			if (m.method === "Runtime.exceptionThrown")
				console.log("EXCEPTION " + (m.params.exceptionDetails.exception || {}).description);
			if (waiting.has(m.id)) waiting.get(m.id)(m.result || m.error);
		};
		await new Promise((resolve) => { socket.onopen = resolve; });
		const send = (method, params) => new Promise((resolve) => {
			waiting.set(++last, resolve);
			socket.send(JSON.stringify({ id: last, method, params }));
		});
		const tab = {
			value: (expression) => tab.is(expression),
			is: async (expression) => ((await send("Runtime.evaluate", { expression,
				awaitPromise: true, returnByValue: true, userGesture: true })).result || {}).value,
			wait: async (expression) => {
				if (!await until(tab.is, expression, elsewhere)) throw new Error("wait " + expression + ": " +
					await tab.is("document.body.innerText.slice(0, 300)"));
			},
			ready: () => tab.wait("!!app.shown && !document.body.classList.contains('a-runs') && " +
				"!document.getElementById('a-door')"),
			reload: async () => {
				await tab.is("window.old = true");
				await send("Page.reload", {});
				await tab.wait("!window.old && document.readyState === 'complete'");
			},
			go: (url) => send("Page.navigate", { url }),
			resize: (width, height) => send("Emulation.setDeviceMetricsOverride",
				{ width, height, deviceScaleFactor: 1, mobile: false }),
			/* A mouse goes there and presses. */
			clickAt: async (x, y) => {
				const mouse = (type, button) => send("Input.dispatchMouseEvent", { type, x, y, button, clickCount: 1 });
				// A tab that is not yet before the others does not answer.
				for (let there = false, i = 0; !there && i < 10; i++) {
					await send("Page.bringToFront", {});
					there = await Promise.race([mouse("mouseMoved", "none").then(() => true), new Promise((r) => setTimeout(r, 3000))]);
				}
				for (const type of ["mousePressed", "mouseReleased"]) await mouse(type, "left");
			},
			press: async (expression) => {
				const why = await press(tab.is, tab.clickAt, expression);
				if (why) throw new Error(`press ${expression}: ${why}`);
			},
			shot: async () => (await send("Page.captureScreenshot", { format: "png" })).data,
			door: async () => {
				await tab.wait("!!document.getElementById('a-door')");
				return tab.is("[...document.querySelectorAll('#a-door p, #a-door button')]" +
					".map((e) => e.textContent).filter((t) => t !== '').join(' | ')");
			},
			goOn: () => tab.press("document.querySelector('#a-door button[type=button]')"),
			mine: () => tab.is("app.back.ask('wait', { since: 0 }).then((n) => n.here + ' here, voted ' + " +
				"(n.vote ? n.vote.mine : 'never'))"),
			close: async () => {
				tabs.delete(tab);
				await fetch(`http://${devtools}/json/close/${target.id}`);
				socket.close();
			}
		};
		await send("Runtime.enable", {});
		await send("Page.enable", {});
		await send("Page.addScriptToEvaluateOnNewDocument", { source: script });
		await tab.is(script);
		tabs.add(tab);
		return tab;
	}
	// A tab of TARGET, in which the script above runs before those of ADDRESS.
	async function openIn(target, address) {
		const tab = await tabOf(target);
		await tab.go(address);
		return tab;
	}
	async function newTab(address) {
		return openIn(await (await fetch(`http://${devtools}/json/new?about:blank`, { method: "PUT" })).json(), address);
	}
	// The same as of somebody with a browser of their own, which keeps nothing of the others.
	async function newPerson(address) {
		const version = await (await fetch(`http://${devtools}/json/version`)).json();
		const send = await talk(version.webSocketDebuggerUrl, () => {});
		const { browserContextId } = await send("Target.createBrowserContext", {});
		const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
		return openIn((await targets()).find((t) => t.id === targetId), address);
	}
	return { targets, tabOf, newTab, newPerson };
};
