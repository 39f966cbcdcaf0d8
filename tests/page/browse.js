// Steps in the page in a headless Chromium, or Firefox where BROWSER says so, told one after the
// other: "wait CONDITION", "do SCRIPT", "is EXPRESSION", "key KEY", "type TEXT", "click SELECTOR",
// "open PANEL" (by clicks), "shot FILE", "size W H", "media FEATURE VALUE".
// Prints what each `is` gives.  What is downloaded goes into $DOWNLOADS;
// $BEFORE is a script that runs before those of the page.  After each step the page lies right in
// its window (tests/page/geometry.js), or that is printed, too; HASTE=1: nobody looks, for steps
// of which each has its time.
//
//	node --experimental-websocket tests/page/browse.js ADDRESS WIDTH HEIGHT < STEPS
"use strict";
const fs = require("fs");
const { open } = require(process.env.BROWSER === "firefox" ? "./firefox.js" : "./chromium.js");
const { watch } = require("./geometry.js");
const { until, LIMIT } = require("./pace.js");
const [address, width, height] = process.argv.slice(2);

// What was pressed before has come to the page.
const SETTLED = "new Promise((r) => requestAnimationFrame(() => setTimeout(r)))";
let page = null, heard = Date.now(); // when the page has said something last

function fail(why) {
	console.log("FAILED " + why);
	if (page) page.stop(1);
	else process.exit(1);
}

async function run() {
	const look = process.env.HASTE ? () => [] : watch(page, "page");
	const value = (expression) => page.value(expression).catch((e) => "EXCEPTION " + e.message).finally(() => { heard = Date.now(); });
	// Where it is clicked; else why not.
	const click = async (selector) => {
		const at = await value(`(() => { const e = document.querySelector(${
			JSON.stringify(selector)}); e.scrollIntoView({ block: "center" });
			const r = e.getBoundingClientRect();
			return [r.x + r.width / 2, r.y + r.height / 2]; })()`);
		if (Array.isArray(at)) await page.clickAt(at[0], at[1]);
		return Array.isArray(at) ? null : at;
	};
	for (const line of fs.readFileSync(0, "utf8").split("\n")) {
		const verb = line.split(" ")[0], rest = line.slice(verb.length + 1);
		if (["key", "type", "click", "open"].includes(verb)) await value(SETTLED);
		if (verb === "wait") {
			if (!await until(value, rest)) return fail("wait " + rest);
		} else if (verb === "do") {
			const v = await value(rest);
			if (/^EXCEPTION/.test(v)) console.log(v);
		} else if (verb === "is") {
			console.log(String(await value(rest)));
		} else if (verb === "key") {
			await page.press(rest);
		} else if (verb === "type") {
			await page.insert(rest);
		} else if (verb === "click") {
			const why = await click(rest);
			if (why) return fail("click " + rest + ": " + why);
		} else if (verb === "open") {
			const there = `document.getElementById("a-${rest}").getBoundingClientRect().width > 0`;
			if (!await value(there)) await click("#a-" + await value(`tabOf("${rest}")`));
			await value(SETTLED);
			if (!await value(there)) return fail("open " + rest + ": it has no button");
			if (await value("openPanel") !== rest) await click("#a-" + rest);
			await value(SETTLED);
		} else if (verb === "size") {
			await page.resize(...rest.split(" ").map(Number));
			await value(SETTLED);
		} else if (verb === "media") { // "prefers-reduced-motion reduce"
			await page.prefer(...rest.split(" "));
			await value(SETTLED);
		} else if (verb === "shot") {
			fs.writeFileSync(rest, Buffer.from(await page.shot(), "base64"));
		}
		if (["do", "click", "open", "key", "size"].includes(verb)) await look(line.slice(0, 60));
	}
	page.stop(0);
}

setInterval(() => {
	if (Date.now() - heard > LIMIT) fail("the page says nothing");
}, 1000).unref();
open(address, width, height, { downloads: process.env.DOWNLOADS, before: process.env.BEFORE })
	.then((opened) => { page = opened; return run(); }).catch((e) => fail(String(e)));
