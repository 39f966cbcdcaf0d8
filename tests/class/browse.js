// Steps in tabs of a class, told one after the other, as tests/page/browse.js has them for one
// page: "TAB open ADDRESS", "TAB size W H", "TAB wait CONDITION", "TAB do SCRIPT", "TAB is
// EXPRESSION", "TAB press EXPRESSION", "TAB shot FILE".  Prints what each `is` gives, and what does not lie right after a
// step (tests/page/geometry.js).
//
//	node --experimental-websocket tests/class/browse.js < STEPS
"use strict";
const fs = require("fs");
const { start } = require("../page/chromium.js");
const { tabsAt, endWhenStuck } = require("./tab.js");
const { watch } = require("../page/geometry.js");
const tabs = {}, looks = {};

async function step(newTab, line) {
	const [name, verb] = line.split(" "), rest = line.slice(name.length + verb.length + 2), tab = tabs[name];
	if (verb === "open") looks[name] = watch(tabs[name] = await newTab(rest), name);
	else if (verb === "size") await tab.resize(...rest.split(" ").map(Number));
	else if (verb === "wait") await tab.wait(rest.replace(/^ready$/, "!!window.app && !!app.shown && " +
		"!document.body.classList.contains('a-runs') && !document.getElementById('a-door')"));
	else if (verb === "shot") fs.writeFileSync(rest, Buffer.from(await tab.shot(), "base64"));
	else if (verb === "press") await tab.press(rest);
	else if (verb === "is") console.log(String(await tab.is(rest)));
	else await tab.is(rest);
	if (["do", "press", "size"].includes(verb)) await looks[name](line.slice(0, 60));
}

function fail(why) {
	console.log("FAILED " + why);
	finish(1);
}
endWhenStuck(() => fail("no tab says anything"));
const finish = start(["--disable-popup-blocking", "--lang=en", "--window-size=1366,900"], async (at) => {
	const { newTab } = tabsAt(at);
	try {
		for (const line of fs.readFileSync(0, "utf8").split("\n"))
			if (line !== "") await step(newTab, line);
		finish(0);
	} catch (e) { fail(e.message); }
});
