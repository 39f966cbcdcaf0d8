// Tabs of one browser in a class of rung serve: loaded again, doubled, closed and opened
// again, with another number, and the teacher's.
//
//	node --experimental-websocket tests/class/tabs.js HOST:PORT CODE TEACHERCODE
"use strict";
const { start } = require("../page/chromium.js");
const [place, code, teacherCode] = process.argv.slice(2);
const { tabsAt, endWhenStuck } = require("./tab.js");
const { LIMIT } = require("../page/pace.js");
function fail(why) {
	console.log("FAILED " + why);
	finish(1);
}
let targets, tabOf, newTab;
// A tab like TAB, with what that keeps of its own.
async function double(tab) {
	const before = new Set((await targets()).map((t) => t.id));
	await tab.is("(() => { const a = document.createElement('a'); a.href = location.href; " +
		"a.target = '_blank'; a.rel = 'opener'; document.body.append(a); a.click(); a.remove(); })()");
	for (const until = Date.now() + LIMIT; Date.now() < until;) {
		const found = (await targets()).find((t) => t.type === "page" && !before.has(t.id));
		if (found) return tabOf(found);
		await new Promise((r) => setTimeout(r, 50));
	}
	throw new Error("no tab");
}

async function main() {
	const say = (what, is) => console.log(what + ": " + is);
	const page = `http://${place}/`, teacher = await newTab(page + "#code=" + teacherCode);
	await teacher.ready();
	await teacher.is("app.back.ask('poll', { what: 'begin', text: '?', options: ['a', 'b'] })");

	const first = await newTab(page + "?1#code=" + code);
	await first.ready();
	await first.is("(() => { const e = document.getElementById('a-student'); e.value = '7'; " +
		"e.dispatchEvent(new Event('change')); })()");
	await first.is("app.back.ask('vote', { option: 2 })");
	await first.is("app.back.ask('progress', { lab: 'busy', number: '7' })");
	await first.reload();
	await first.ready();
	say("loaded again", await first.mine() + (await first.is("app.tellsWhere") ? ", tells" : ""));

	const second = await double(first);
	say("doubled", await second.door());
	say("meanwhile", await first.mine());
	await second.goOn();
	await second.ready();
	say("goes on", await second.mine());
	say("the other", await first.door());
	say("is refused", await first.is("app.back.ask('vote', { option: 1 }).then(() => 'votes', (e) => e.message)"));
	await first.goOn();
	await first.ready();
	say("back", await first.mine());
	say("and the other", await second.door());
	await second.close();
	await first.close();

	const third = await newTab(page + "?3#code=" + code);
	say("opened again", await third.door());
	await third.goOn();
	await third.ready();
	say("is who it was", await third.mine() + " " +
		await third.is("document.getElementById('a-student').value"));
	say("once", JSON.stringify((await teacher.is("app.back.ask('who', {})")).who.map((w) => w.number)));
	await third.is("(() => { const e = document.getElementById('a-student'); e.value = '8'; " +
		"e.dispatchEvent(new Event('change')); })()");
	say("another number", await third.mine());
	await third.is("takeStudent('7')");
	say("the first again", await third.mine());
	await third.is("leaveClass()");
	say("left", await third.door());

	const fourth = await newTab(page + "?4#code=" + code);
	say("who is next", await fourth.door());
	await fourth.close();

	await teacher.is("turnPanel('class')");
	await teacher.wait("!!document.querySelector('#a-panel .a-check input')");
	await teacher.press("document.querySelector('#a-panel .a-check input')");
	await teacher.wait("app.back.ask('wait', { since: 0 }).then((n) => !!n.page)");
	await teacher.reload();
	await teacher.ready();
	await teacher.wait("!!app.showsClass");
	say("the teacher", await teacher.is("app.back.teaches()"));
	say("doubled", await (await double(teacher)).door());
	finish(0);
}

endWhenStuck(() => fail("no tab says anything"));
const finish = start(["--disable-popup-blocking", "--lang=en"], (at) => {
	({ targets, tabOf, newTab } = tabsAt(at));
	main().catch((e) => fail(e.message));
});
