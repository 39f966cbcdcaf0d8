// How a page lies in its window, looked at after each step of a test of the page or of a class.
// The bar is at the top, the document is no larger than the window (a narrow one may scroll
// down), nothing extends over an edge or lies on something else, cards have three columns, and
// the ladder has its share while a panel is open.  Each step with a fault keeps a picture in
// $SHOTS.
//
//	const look = watch({ value, shot }, "student");
//	await look("click #a-tasks"); // a list of faults, which were printed, too
"use strict";
const fs = require("fs"), path = require("path");
const SHOTS = process.env.SHOTS || path.join("build", "shots");
const ROUNDS = 12; // of drawing, until a page that is drawn anew has to lie right

// In the page: what is wrong, a line each.
function faultsOfPage() {
	const NARROW = 900, CARDS = 1366, SHARE = 0.4, SLACK = 2;
	const wrong = new Set(), by = (id) => document.getElementById(id);
	const d = document.scrollingElement, narrow = innerWidth < NARROW;
	const styles = new Map(), styleOf = (e) => styles.get(e) || (styles.set(e, getComputedStyle(e)), styles.get(e));
	const nameOf = (e) => e.localName + (e.id ? "#" + e.id : e.classList.length ? "." + e.classList[0] : "") +
		(e.id ? "" : " “" + (e.textContent || e.value || "").trim().replace(/\s+/g, " ").slice(0, 24) + "”");
	const meet = (a, b) => ({ left: Math.max(a.left, b.left), top: Math.max(a.top, b.top),
		right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) });
	const isEmpty = (r) => r.right - r.left <= SLACK || r.bottom - r.top <= SLACK;
	const ALL = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };
	const WINDOW = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

	if (by("a-bar") && styleOf(by("a-bar")).display !== "none" && !narrow && by("a-bar").getBoundingClientRect().top !== 0)
		wrong.add("the bar is at " + by("a-bar").getBoundingClientRect().top);
	if (d.scrollWidth > innerWidth || scrollX !== 0) wrong.add("the document is " + d.scrollWidth + " wide, at " + scrollX);
	if (!narrow && (d.scrollHeight > innerHeight || scrollY !== 0)) wrong.add("the document is " + d.scrollHeight + " high, at " + scrollY);

	// What e is clipped by: [nearest that scrolls, what is seen of it]; null: it is not meant to be seen.
	const clips = new Map();
	function clipOf(e) {
		if (!e || e === document.body || e === d) return { by: d, seen: WINDOW, hidden: ALL, over: null };
		if (clips.has(e)) return clips.get(e);
		const s = styleOf(e), r = e.getBoundingClientRect();
		let up = s.position === "fixed" ? { by: null, seen: WINDOW, hidden: ALL, over: e } : clipOf(e.parentElement);
		if (up && (s.display === "none" || s.visibility === "hidden" || s.clipPath.startsWith("inset") || Number(s.opacity) === 0 ||
			e.parentElement.localName === "details" && !e.parentElement.open && e.localName !== "summary")) up = null;
		if (up && s.position === "sticky") up = { ...up, over: e };
		if (up && /auto|scroll|hidden|clip/.test(s.overflowX + s.overflowY))
			up = /auto|scroll/.test(s.overflowX + s.overflowY) ? { by: e, seen: meet(up.seen, r), hidden: ALL, over: up.over }
				: { by: up.by, seen: meet(up.seen, r), hidden: meet(up.hidden, r), over: up.over, cuts: s.textOverflow !== "ellipsis" && e };
		clips.set(e, up);
		return up;
	}
	// Whether what lies in E can be brought into sight, to the right (X) or down.
	function scrolls(e, x) {
		for (let p = e; p && p !== document.body; p = p.parentElement) {
			if (/auto|scroll/.test(x ? styleOf(p).overflowX : styleOf(p).overflowY)) return true;
			if (styleOf(p).position === "fixed") return false;
		}
		return !x && narrow;
	}

	// Boxes that a person reads or presses: texts and fields.
	const boxes = [], DRAWN = "svg, .e-box, .skip, option, script, style, template, noscript";
	function addBox(e, r, whole) {
		const clip = clipOf(e) && clipOf(whole ? e.parentElement : e), seen = clip && meet(r, clip.seen);
		const place = whole ? e.parentElement : e;
		if (!clip || r.right - r.left <= 0 || r.bottom - r.top <= 0) return;
		// What an ellipsis stands for is not there.
		const shown = meet(r, clip.hidden);
		boxes.push({ e, r: shown, seen, clip });
		if (shown.left < -SLACK && !scrolls(place, true) || shown.right > innerWidth + SLACK && !scrolls(place, true))
			wrong.add("over the edge: " + nameOf(e) + " from " + Math.round(shown.left) + " to " + Math.round(shown.right));
		if ((shown.top < -SLACK || shown.bottom > innerHeight + SLACK) && !scrolls(place, false))
			wrong.add("over the edge: " + nameOf(e) + " down from " + Math.round(shown.top) + " to " + Math.round(shown.bottom));
		if (clip.cuts && (r.right > clip.seen.right + SLACK || r.bottom > clip.seen.bottom + SLACK) && !isEmpty(clip.seen))
			wrong.add("cut: " + nameOf(e) + " by " + nameOf(clip.cuts));
	}
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
		acceptNode: (n) => n.nodeType === 1 && (n.matches(DRAWN) || !clipOf(n)) ? NodeFilter.FILTER_REJECT
			: NodeFilter.FILTER_ACCEPT });
	const range = document.createRange();
	while (walker.nextNode()) {
		const n = walker.currentNode;
		if (n.nodeType === 3) {
			if (n.data.trim() === "") continue;
			range.selectNodeContents(n);
			for (const r of range.getClientRects()) addBox(n.parentElement, r);
		} else if (n.matches("button, input:not([type=radio], [type=checkbox], [type=range]), select, textarea, progress, meter, audio, img")) {
			addBox(n, n.getBoundingClientRect(), true);
			if (n.localName === "button" && n.scrollWidth > n.clientWidth + SLACK && styleOf(n).overflowX === "visible")
				wrong.add("too narrow: " + nameOf(n));
		}
	}
	// What lies on what: two of one scrolled place as they are, else as far as they are seen.  What
	// stays when all else scrolls, and a dialog, lie on it.
	boxes.sort((a, b) => a.r.top - b.r.top);
	boxes.forEach((a, i) => {
		for (let k = i + 1; k < boxes.length && boxes[k].r.top < a.r.bottom - SLACK; k++) {
			const b = boxes[k], one = a.clip.by === b.clip.by;
			if (a.e.contains(b.e) || b.e.contains(a.e) || a.clip.over !== b.clip.over) continue;
			if (!isEmpty(one ? meet(a.r, b.r) : meet(a.seen, b.seen)))
				wrong.add("one on another: " + nameOf(a.e) + " and " + nameOf(b.e));
		}
	});
	// Places of the page, whole.
	const places = [...document.querySelectorAll("#a-bar, #a-start, #a-page > header, #a-page main, #a-page > footer, #a-side, #a-talk, #a-nothing")]
		.filter((e) => clipOf(e) && e.getBoundingClientRect().height > 0);
	places.forEach((a, i) => places.slice(i + 1).forEach((b) => {
		if (styleOf(a).position !== "sticky" && styleOf(b).position !== "sticky" && !isEmpty(meet(a.getBoundingClientRect(), b.getBoundingClientRect())))
			wrong.add("one on another: " + nameOf(a) + " and " + nameOf(b));
	}));

	if (innerWidth >= CARDS) document.querySelectorAll(".a-cards").forEach((e) => {
		const n = styleOf(e).gridTemplateColumns.split(" ").length;
		if (clipOf(e) && n < 3) wrong.add("cards in " + n + " columns");
	});
	const ladder = by("p-ladder");
	if (typeof openPanel !== "undefined" && openPanel !== null && ladder && app.shown && !app.starts) {
		const r = meet(ladder.getBoundingClientRect(), WINDOW), share = (r.bottom - r.top) / innerHeight;
		if (share < SHARE) wrong.add("the ladder has " + Math.round(100 * share) + " % in " + openPanel);
	}
	return [...wrong];
}

// What is drawn anew by a click lies right a moment later.
const LOOK = `new Promise((done) => {
	const faults = ${faultsOfPage};
	let rounds = 0;
	/* A tab behind another draws no frames. */
	const drawn = (then) => {
		const once = () => { const first = then; then = null; if (first) first(); };
		setTimeout(once, 100);
		requestAnimationFrame(() => requestAnimationFrame(once));
	};
	const next = () => drawn(() => {
		const busy = !document.body || document.body.classList.contains("a-runs"), wrong = busy ? [] : faults();
		if (!busy && wrong.length === 0 || ++rounds === ${ROUNDS}) done(wrong);
		else setTimeout(next, 100);
	});
	next();
})`;

let shots = 0;
// A fault that stays is told once.
exports.watch = function (tab, who) {
	let told = [];
	return async function look(step) {
		// A page that was loaded anew meanwhile is looked at then.
		const all = await tab.value(LOOK).catch(() => tab.value(LOOK));
		const wrong = (Array.isArray(all) ? all : []).filter((w) => !told.includes(w));
		told = Array.isArray(all) ? all : [];
		if (wrong.length === 0) return [];
		const name = `${who}-${++shots}.png`;
		fs.mkdirSync(SHOTS, { recursive: true });
		fs.writeFileSync(path.join(SHOTS, name), Buffer.from(await tab.shot(), "base64"));
		wrong.slice(0, 6).forEach((w) => console.log(`GEOMETRY ${who}, ${step}: ${w} (${name})`));
		return wrong;
	};
};
