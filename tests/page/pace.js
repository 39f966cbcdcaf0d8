// What happens between the page and its engine, for tests: how much was asked and answered, and,
// where $ANSWERS is a number, answers that come late and in another order, the same for the same
// number.  "pace.slow = 400" in a page: all answers but news come so many ms later.  Tests wait by
// what happens, not by the clock: a slow machine is waited for, a page in which nothing happens any
// more is not.
"use strict";
// The usual end of waiting, in rounds of 50 ms in which nothing happens; while an answer is due ten
// times as many, and after LIMIT (ms) whatever happens.
const PATIENCE = Number(process.env.PATIENCE || 20000), ROUND = 50, LIMIT = 30 * PATIENCE;

// A script that runs before those of the page.
exports.script = `(() => {
	if (window.pace) return;
	const seed = ${Number(process.env.ANSWERS || 0)}, LATE = [0, 0, 10, 30, 80, 200];
	let state = seed;
	const pace = window.pace = { happened: 0, due: 0, slow: 0, begins() { pace.due++; pace.happened++; }, ends() { pace.due--; pace.happened++; } };
	const late = (slow) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		const ms = slow + (seed ? LATE[(state >>> 16) % LATE.length] : 0);
		return ms ? new Promise((r) => setTimeout(r, ms)) : Promise.resolve();
	};
	/* Nothing was asked or answered for some turns of the page. */
	pace.quiet = async () => {
		for (let turns = 0, last = -1; turns < 8; turns++) {
			if (pace.due > 0 || pace.happened !== last) turns = 0;
			last = pace.happened;
			await new Promise((r) => setTimeout(r, 15));
		}
	};
	const ask = window.fetch, Base = window.Worker;
	window.fetch = (at, options) => {
		/* What is asked for when there is news, or again and again, is not due. */
		const counts = !/^live/.test(at) && !/"ask":"wait"/.test((options || {}).body);
		if (counts) pace.begins();
		return ask(at, options).finally(() => late(counts ? pace.slow : 0)).finally(() => { if (counts) pace.ends(); });
	};
	window.Worker = class extends Base {
		postMessage(m) {
			if (!m.engine) { pace.begins(); this.due = (this.due || 0) + 1; }
			super.postMessage(m);
		}
		set onmessage(fn) {
			super.onmessage = async (event) => {
				await late(pace.slow);
				if (this.over) return;
				this.due--;
				pace.ends();
				fn(event);
			};
		}
		terminate() {
			this.over = true;
			for (; this.due > 0; this.due--) pace.ends();
			super.terminate();
		}
	};
})();`;

// Whether EXPRESSION comes to hold where VALUE(EXPRESSION) is what it gives, a promise; ELSEWHERE()
// a promise of what has happened in other pages, for which this one may wait.
exports.until = async function (value, expression, elsewhere) {
	const end = Date.now() + LIMIT;
	let idle = 0, last = null, there = null;
	async function stays() {
		const now = elsewhere && await elsewhere();
		if (now !== there) idle = 0;
		there = now;
		return idle > 0;
	}
	while (Date.now() < end && (idle < PATIENCE / ROUND || !await stays())) {
		if (await value(`(async () => !!await (${expression}))()`).catch(() => false) === true) return true;
		const [happened, due] = await value(`new Promise((r) => setTimeout(() => r(window.pace ? [pace.happened, pace.due] : [0, 0]), ${ROUND}))`)
			.catch(() => 0) || [0, 0];
		idle = happened !== last ? 0 : idle + (due > 0 ? 0.1 : 1);
		last = happened;
	}
	return false;
};
exports.PATIENCE = PATIENCE;
exports.LIMIT = LIMIT;
