// A person at a tab (tests/class/tab.js) of the page: presses what is there, and looks how the page
// lies in its window after each click (geometry.js).  STEPS=1: each click is said; EACH=FOLDER: a
// picture after each.
"use strict";
const fs = require("fs"), path = require("path");
const { watch } = require("./geometry.js");
const { press } = require("./spot.js");
let clicks = 0;
exports.count = () => clicks;
// The button below SELECTOR that says word KEY.
const wordOf = (selector, key) =>
	`[...document.querySelectorAll("${selector} button")].find((b) => b.textContent.startsWith(word("${key}", "%").split("%")[0].trim()))`;
exports.wordOf = wordOf;
// A person at TAB: what they press is what lies there.
exports.personAt = function (tab, who) {
	const look = watch(tab, who);
	async function done(what) {
		const nth = String(++clicks).padStart(3, "0");
		if (process.env.STEPS) console.log(`${who}: ${what}`);
		await tab.wait("!document.body.classList.contains('a-runs')");
		await look(what);
		if (process.env.EACH) fs.writeFileSync(path.join(process.env.EACH, `${nth}-${who}-${what.replace(/[^\w]+/g, "-")}.png`),
			Buffer.from(await tab.shot(), "base64"));
	}
	const me = { tab, done, who,
		has: (expression) => tab.is(`!!(${expression})`),
		// What EXPRESSION gives, an element, is pressed by the mouse where it is seen, and looked at LATER
		// (ms); nothing is no fault.
		press: async (what, expression, later) => {
			if (!await me.has(`((e) => e && !e.disabled && e.checkVisibility())(${expression})`)) return false;
			const why = await press(tab.is, tab.clickAt, expression);
			if (why) console.log(`GEOMETRY ${who}, ${what}: ${why}`);
			if (later) await tab.is(`new Promise((r) => setTimeout(r, ${later}))`);
			await done(what);
			return true;
		},
		word: (what, selector, key) => me.press(what, wordOf(selector, key)),
		// What has to come is waited for: another's news, say.
		needs: async (what, expression) => {
			await tab.wait(`((e) => !!e && !e.disabled && e.checkVisibility())(${expression})`);
			if (!await me.press(what, expression)) throw new Error(`${who}, ${what}: it is gone again`);
		},
		needsWord: (what, key) => me.needs(what, wordOf("#a-panel", key)),
		key: async (name) => {
			await tab.is(`document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "${name}", bubbles: true }))`);
			await done("key " + name);
		} };
	return me;
};
