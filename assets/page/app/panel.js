// The side: what the step is, and below it one of its tabs: the message, why it was sent,
// what lives then, or a panel; some panels share a tab and have a line of their own below it.
// It can be made wider or narrower, folded up to the step alone, and put below the ladder.
addWords({ message: ["Message", "消息"], why: ["Why", "原因"], state: ["State", "状态"],
	change: ["Change", "更改"], look: ["Look", "查看"], tools: ["Tools", "工具"],
	fold: ["Fold", "收起"], unfold: ["Unfold", "展开"], below: ["Below", "置于下方"],
	beside: ["Beside", "置于右侧"], size: ["Size of the side", "侧栏大小"] });

var STEPS = ["message", "why", "state"];
// The tabs beside STEPS, each with its panels.  Panels of no tab have their buttons in the bar.
var TABS = { tasks: ["tasks"], change: ["act", "edit", "compare"], look: ["panes", "records", "inspect"],
	tools: ["search", "sweep", "parse", "sound", "export"] };
var lastOf = {}; // the panel of each tab that was open last
function tabOf(name) { return Object.keys(TABS).find(function (tab) { return TABS[tab].includes(name); }) || name; }
var side = { tab: "message", folded: kept("folded") === "yes", below: kept("below") === "yes",
	size: Number(kept("side")) || 0 };

function tellSide() {
	var root = document.documentElement, shown = openPanel === null ? side.tab : openPanel;
	by("a-side").dataset.tab = openPanel === null ? side.tab : "panel";
	by("a-panel").hidden = openPanel === null;
	Object.keys(panels).concat(STEPS, Object.keys(TABS)).forEach(function (name) {
		by("a-" + name).setAttribute("aria-pressed",
			String(name === shown || name === tabOf(shown)));
	});
	if (openPanel !== null) lastOf[tabOf(openPanel)] = openPanel;
	by("a-within").hidden = !TABS[tabOf(shown)] || TABS[tabOf(shown)].length < 2;
	by("a-within").setAttribute("aria-label", by("a-within").hidden ? "" : word(tabOf(shown)));
	Array.from(by("a-within").children).forEach(function (b) { b.hidden = b.dataset.tab !== tabOf(shown); });
	root.classList.toggle("a-folded", side.folded);
	root.classList.toggle("a-below", side.below);
	root.classList.toggle("a-opened", openPanel !== null);
	if (side.size) root.style.setProperty("--side", side.size + "px");
	else root.style.removeProperty("--side");
	by("a-fold").textContent = word(side.folded ? "unfold" : "fold");
	by("a-below").textContent = word(side.below ? "beside" : "below");
	by("a-sizer").setAttribute("aria-label", word("size"));
	by("a-sizer").setAttribute("aria-orientation", side.below ? "horizontal" : "vertical");
	by("a-sizer").setAttribute("aria-valuenow", Math.round(sideSize()));
	window.dispatchEvent(new Event("resize"));
}
// On a phone the head, the ladder and the tabs stay: an element that is scrolled to must not lie below them.
function tellHead() {
	var root = document.documentElement, head = document.querySelector("#a-page header");
	if (!head) return;
	root.style.setProperty("--head", head.offsetHeight + "px");
	root.style.scrollPaddingTop = head.offsetHeight + by("p-ladder").offsetHeight + by("a-panels").offsetHeight +
		by("a-within").offsetHeight + "px";
}
function sideSize() {
	var box = by("a-side").getBoundingClientRect();
	return side.below ? box.height : box.width;
}
function resizeSide(size) {
	var most = (side.below ? innerHeight : innerWidth) * 0.75;
	side.size = Math.round(Math.max(200, Math.min(most, size)));
	keepValue("side", side.size);
	tellSide();
}
// KEY of the side, kept, is turned.
function turnSide(key) {
	side[key] = !side[key];
	keepValue(key === "folded" ? "folded" : "below", side[key] ? "yes" : "no");
	if (key === "below") {
		side.size = 0;
		keepValue("side", "");
	}
	tellSide();
}
// The step's own tab NAME in the side.
function turnStep(name) {
	side.tab = name;
	if (side.folded) turnSide("folded");
	if (openPanel !== null) turnPanel(openPanel);
	else tellSide();
}
// What the page that is shown has beside its ladder.
function takeSide() {
	by("a-step").replaceChildren.apply(by("a-step"),
		by("p-beside") ? [by("p-beside")] : []);
}

function startSide() {
	var sizer = by("a-sizer");
	function turner(key) { return function () { turnSide(key); }; }
	function button(place, name, deed) {
		var b = el("button", { type: "button", id: "a-" + name, "data-word": name, "data-tab": tabOf(name) });
		by(place).append(b);
		b.addEventListener("click", deed);
	}
	STEPS.forEach(function (name) { button("a-panels", name, function () { turnStep(name); }); });
	Object.keys(TABS).forEach(function (tab) {
		button("a-panels", tab, function () { turnTab(tab); });
		TABS[tab].forEach(function (name) {
			if (name !== tab) button("a-within", name, function () { turnPanel(name, true); });
		});
	});
	Object.keys(panels).forEach(function (name) {
		if (!by("a-" + name)) button("a-alone", name, function () {
			if (app.starts) turnStart(false);
			turnPanel(name);
		});
	});
	by("a-below").addEventListener("click", turner("below"));
	by("a-fold").addEventListener("click", turner("folded"));
	window.addEventListener("resize", tellHead);
	sizer.addEventListener("pointerdown", function (event) { sizer.setPointerCapture(event.pointerId); });
	sizer.addEventListener("pointermove", function (event) {
		if (!sizer.hasPointerCapture(event.pointerId)) return;
		resizeSide(side.below ? innerHeight - event.clientY : innerWidth - event.clientX);
	});
	sizer.addEventListener("keydown", function (event) {
		var by = { ArrowLeft: 24, ArrowUp: 24, ArrowRight: -24, ArrowDown: -24 }[event.key];
		if (event.key === "Enter") turnSide("folded");
		else if (by) resizeSide(sideSize() + by);
		else return;
		event.preventDefault();
		event.stopPropagation();
	});
	sizer.addEventListener("dblclick", function () {
		side.size = 0;
		keepValue("side", "");
		tellSide();
	});
}

// The state of each panel (refill.js) and its scroll position; panels of a lab have one for each work.
var doneIn = new Map();
function nameOfFill() { return openPanel === null ? "" : openPanel + (panels[openPanel].alone ? "" : " " + workName()); }
function leavePanel(box) {
	var of = box.dataset.of, place = box.lastElementChild, kept = place && keeping.get(place);
	if (!of || !place) return;
	if (kept) giveDone(place, kept);
	doneIn.set(of, Object.assign(keepDone(place, kept), kept ? {} : { top: box.scrollTop, down: scrollY }));
}
// Scrolls to WANT, as far as there is something, until somebody else scrolls.
function scroller(get, set, want) {
	var last = null;
	return function () {
		if (last !== null && get() !== last) return;
		set(want);
		last = get();
	};
}
// Restores the scroll positions of BOX, the panel and the window from KEPT.
function scrollersOf(box, kept) {
	var list = [scroller(function () { return box.scrollTop; }, function (y) { box.scrollTop = y; }, kept.top || 0)];
	return kept.again ? list.concat([scroller(function () { return scrollY; }, function (y) { scrollTo(scrollX, y); }, kept.down)]) : list;
}
// Returns the function that fills PLACE with panel NAME after its answers have come; null if the panel has changed.
function panelIn(place, name) {
	var panel = panels[name];
	function into() {
		var inner = el("div", { class: "a-filled" }), again = !!place.firstChild;
		Object.assign(keeping.get(place), { again: again }, again ? { top: by("a-panel").scrollTop, down: scrollY } : {});
		place.replaceChildren(inner);
		return inner;
	}
	if (!app.shown && !panel.alone) return function () { into().append(el("p", { text: whyNothing() })); };
	if (panel.shows === "runs" && holdsNow(true)) return function () { into().append(noteCovered("coverrun", holdsNow(true))); };
	return Promise.resolve(panel.ask && panel.ask()).then(function (answer) {
		return (app.shown || panel.alone) && function () { return panel(into(), answer); };
	});
}
// Fills the panel again; its contents stay until all answers have come.
function fillPanel() {
	var box = by("a-panel"), of = nameOfFill(), name = openPanel, place = box.lastElementChild, again = box.dataset.of === of;
	var scrolls = null;
	tellSide();
	if (name !== null && app.library && !app.library.whole) return proseComes().then(fillPanel);
	if (!again) leavePanel(box);
	box.dataset.of = of;
	if (name === null || panels[name].stays && panels[name].stays()) return Promise.resolve();
	if (!again) {
		place = el("div");
		keeping.set(place, doneIn.get(of));
		box.replaceChildren(el("h2"), place);
	}
	box.firstElementChild.textContent = word(name);
	return guarded(refill(place, function () { return place.isConnected ? panelIn(place, name) : null; }, function () {
		scrolls = scrolls || scrollersOf(box, keeping.get(place));
		scrolls.forEach(function (fn) { fn(); });
	}));
}

// Opens panel NAME, or closes it, unless it is to STAY.  The focus goes into it and back.
function turnPanel(name, stay) {
	var last = openPanel;
	openPanel = openPanel === name && !stay ? null : name;
	if (side.folded && openPanel !== null) turnSide("folded");
	return fillPanel().then(function () {
		by(openPanel !== null ? "a-panel" : "a-" + tabOf(last || side.tab)).focus();
	});
}
// The panel of TAB that was open last, or its first one that may be opened; an open tab is closed.
function turnTab(tab) {
	var may = TABS[tab].filter(function (name) { return !by("a-" + name).disabled; });
	if (openPanel !== null && tabOf(openPanel) === tab) return turnPanel(openPanel);
	return may.length === 0 ? null : turnPanel(may.includes(lastOf[tab]) ? lastOf[tab] : may[0]);
}

// How many columns a doc in E has room for, within what a reader likes.
function columnsOf(e) {
	var probe = el("pre", { class: "a-doc", text: "0".repeat(64) }), wide;
	probe.style.width = "max-content";
	e.append(probe);
	wide = probe.getBoundingClientRect().width / 64;
	probe.remove();
	return Math.max(40, Math.min(64, Math.floor(e.clientWidth / wide)));
}

// A doc's lines, each piece in its style.
function docOf(lines) {
	var pre = el("pre", { class: "a-doc", tabindex: "0" });
	lines.forEach(function (l) {
		l.pieces.forEach(function (p) {
			pre.append(el("span", { class: "s-" + p.style, text: p.text }));
		});
		pre.append("\n");
	});
	return pre;
}
