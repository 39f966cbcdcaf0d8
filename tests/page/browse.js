// Steps in the page in a headless Chromium, told one after the other: "wait CONDITION",
// "do SCRIPT", "is EXPRESSION", "key KEY", "type TEXT", "click SELECTOR", "shot FILE", "size W H",
// "media FEATURE VALUE".
// Prints what each `is` gives.  What is downloaded goes into $DOWNLOADS;
// $BEFORE is a script that runs before those of the page.
//
//	node --experimental-websocket tests/page/browse.js ADDRESS WIDTH HEIGHT < STEPS
"use strict";
const fs = require("fs"), { start, connect, press } = require("./chromium.js");
const [address, width, height] = process.argv.slice(2);
const PATIENCE = Number(process.env.PATIENCE || 20000);

// What was pressed before has come to the page.
const SETTLED = "new Promise((r) => requestAnimationFrame(() => setTimeout(r)))";
function fail(why) {
	console.log("FAILED " + why);
	finish(1);
}

async function run(send) {
	const value = async (expression) => {
		const r = await send("Runtime.evaluate",
			{ expression, awaitPromise: true, returnByValue: true });
		return r.exceptionDetails ? "EXCEPTION " + r.exceptionDetails.exception.description
			: r.result.value;
	};
	for (const line of fs.readFileSync(0, "utf8").split("\n")) {
		const verb = line.split(" ")[0], rest = line.slice(verb.length + 1);
		if (["key", "type", "click"].includes(verb)) await value(SETTLED);
		if (verb === "wait") {
			const until = Date.now() + PATIENCE;
			const holds = async () => {
				const v = await value(rest);
				return v && !/^EXCEPTION/.test(v);
			};
			while (!(await holds()) && Date.now() < until)
				await new Promise((r) => setTimeout(r, 50));
			if (Date.now() >= until) return fail("wait " + rest);
		} else if (verb === "do") {
			const v = await value(rest);
			if (/^EXCEPTION/.test(v)) console.log(v);
		} else if (verb === "is") {
			console.log(String(await value(rest)));
		} else if (verb === "key") {
			await press(send, rest);
		} else if (verb === "type") {
			await send("Input.insertText", { text: rest });
		} else if (verb === "click") {
			const at = await value(`(() => { const e = document.querySelector(${
				JSON.stringify(rest)}); e.scrollIntoView({ block: "center" });
				const r = e.getBoundingClientRect();
				return [r.x + r.width / 2, r.y + r.height / 2]; })()`);
			if (!Array.isArray(at)) return fail("click " + rest + ": " + at);
			for (const type of ["mousePressed", "mouseReleased"])
				await send("Input.dispatchMouseEvent", { type, x: at[0], y: at[1],
					button: "left", clickCount: 1 });
		} else if (verb === "size") {
			const [width, height] = rest.split(" ").map(Number);
			await send("Emulation.setDeviceMetricsOverride",
				{ width, height, deviceScaleFactor: 1, mobile: false });
			await value(SETTLED);
		} else if (verb === "media") { // "prefers-reduced-motion reduce"
			const [name, is] = rest.split(" ");
			await send("Emulation.setEmulatedMedia", { features: [{ name, value: is }] });
			await value(SETTLED);
		} else if (verb === "shot") {
			const s = await send("Page.captureScreenshot", { format: "png" });
			fs.writeFileSync(rest, Buffer.from(s.data, "base64"));
		}
	}
	finish(0);
}

setTimeout(() => fail("too slow"), 6 * PATIENCE).unref();
const finish = start([`--window-size=${width},${height}`], async (place) => {
	const list = await (await fetch(`http://${place}/json/list`)).json();
	const send = await connect(list.find((t) => t.type === "page").webSocketDebuggerUrl);
	await send("Runtime.enable", {});
	await send("Log.enable", {});
	await send("Page.enable", {});
	if (process.env.DOWNLOADS)
		await send("Browser.setDownloadBehavior",
			{ behavior: "allow", downloadPath: process.env.DOWNLOADS });
	if (process.env.BEFORE)
		await send("Page.addScriptToEvaluateOnNewDocument",
			{ source: process.env.BEFORE });
	await send("Page.navigate", { url: address });
	run(send).catch((e) => fail(String(e)));
});
