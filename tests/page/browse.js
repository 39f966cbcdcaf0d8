// Steps in the page in a headless Chromium, or Firefox where BROWSER says so, told one after the
// other: "wait CONDITION", "do SCRIPT", "is EXPRESSION", "key KEY", "type TEXT", "click SELECTOR"
// and "press EXPRESSION" (an element; by the mouse, where it is seen), "either EXPRESSION" (it is pressed if it is there), "open PANEL" (by clicks),
// "look first" (at what tasks hide), "shot FILE", "size W H", "media FEATURE VALUE", "saved FILE" (is downloaded, all of it).  Prints
// what each `is` gives.  What is downloaded goes into $DOWNLOADS; $BEFORE is a script that runs
// before those of the page.  After each step the page lies right in its window
// (tests/page/geometry.js), or that is printed, too; HASTE=1: nobody looks, for steps of which
// each has its time.
//
//	node --experimental-websocket tests/page/browse.js ADDRESS WIDTH HEIGHT < STEPS
"use strict";
const fs = require("fs"), path = require("path");
const { open } = require(process.env.BROWSER === "firefox" ? "./firefox.js" : "./chromium.js");
const { watch } = require("./geometry.js");
const { until, LIMIT } = require("./pace.js");
const spot = require("./spot.js");
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
	const element = (selector) => `document.querySelector(${JSON.stringify(selector)})`;
	// Why it could not be pressed, or null.
	const press = async (expression) => {
		const why = await spot.press(value, page.clickAt, expression);
		await value(SETTLED);
		return why || null;
	};
	// What tasks hide is shown, by the button that a person has for it.
	const lookFirst = async () => {
		const known = "(!isCoverable() || app.library.whole && cover.of === workName())";
		if (!await until(value, known)) return "what is hidden is not known";
		await value("pace.quiet()");
		const button = "[...document.querySelectorAll('.a-covered button')].pop()";
		while (await value(`!!${button}`)) {
			const why = await press(button);
			if (why) return why;
			await value("pace.quiet()");
		}
		return "";
	};
	for (const line of fs.readFileSync(0, "utf8").split("\n")) {
		const verb = line.split(" ")[0], rest = line.slice(verb.length + 1);
		if (["key", "type", "click", "press", "either", "open"].includes(verb)) await value(SETTLED);
		if (verb === "wait") {
			if (!await until(value, rest)) return fail("wait " + rest);
		} else if (verb === "do") {
			const v = await value(rest);
			if (/^EXCEPTION/.test(v)) console.log(v);
		} else if (verb === "saved") {
			const there = async () => fs.existsSync(path.join(process.env.DOWNLOADS, rest));
			if (!await until(async (e) => e.includes("saved()") ? there() : value(e), "saved()")) return fail(line);
		} else if (verb === "is") {
			console.log(String(await value(rest)));
		} else if (verb === "key") {
			await page.press(rest);
		} else if (verb === "type") {
			await page.insert(rest);
		} else if (verb === "either") {
			if (await value(`!!${rest}`)) await press(rest);
		} else if (verb === "click" || verb === "press") {
			const why = await press(verb === "press" ? rest : element(rest));
			if (why) return fail(`${line}: ${why}`);
		} else if (verb === "open") {
			const there = `document.getElementById("a-${rest}").getBoundingClientRect().width > 0`;
			if (!await value(there)) await press(element("#a-" + await value(`tabOf("${rest}")`)));
			await value(SETTLED);
			if (!await value(there)) return fail("open " + rest + ": it has no button");
			if (await value("openPanel") !== rest) await press(element("#a-" + rest));
			await value(SETTLED);
		} else if (verb === "look") {
			const why = await lookFirst();
			if (why) return fail(`${line}: ${why}`);
		} else if (verb === "size") {
			await page.resize(...rest.split(" ").map(Number));
			await value(SETTLED);
		} else if (verb === "media") { // "prefers-reduced-motion reduce"
			await page.prefer(...rest.split(" "));
			await value(SETTLED);
		} else if (verb === "shot") {
			fs.writeFileSync(rest, Buffer.from(await page.shot(), "base64"));
		}
		if (["do", "click", "press", "either", "open", "key", "size"].includes(verb)) await look(line.slice(0, 60));
	}
	page.stop(0);
}

setInterval(() => {
	if (Date.now() - heard > LIMIT) fail("the page says nothing");
}, 1000).unref();
open(address, width, height, { downloads: process.env.DOWNLOADS, before: process.env.BEFORE })
	.then((opened) => { page = opened; return run(); }).catch((e) => fail(String(e)));
