// Panes of rung play at the position, but for what has a tab or a panel here.  Machines and network are pictures: the
// engine draws them, here classes change and what is under way moves, as virtual time does.
addWords({ panes: ["Panes", "面板"], whosenode: ["Node", "节点"],
	vocabulary: ["Names of", "名称"], hereacts: ["the one that acts", "当前执行动作的节点"], bywhat: [", by %1", "，由 %1 触发"],
	allof: ["All machines of %1: %2", "%1 的所有状态机：%2"],
	noneof: ["%1 has no state machine at present.", "%1 目前没有状态机。"],
	leftof: ["%1 s left", "剩余 %1 秒"], underway: ["In transit: %1", "传输中：%1"],
	nounderway: ["Nothing is in transit.", "没有消息在传输。"],
	morethere: ["In transit, but not shown: %1", "传输中但未显示：%1"] });

function svgOf(tag, attributes) {
	var e = document.createElementNS("http://www.w3.org/2000/svg", tag);
	Object.keys(attributes || {}).forEach(function (k) { e.setAttribute(k, attributes[k]); });
	return e;
}

// ---- a picture that stays, as long as it is the same ----

// LIT: elements and the classes that they have now.
var figure = { text: "", svg: null, lit: [], flights: new Map(), said: null };

function svgFrom(text) {
	var svg = document.adoptNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement);
	svg.style.setProperty("--w", svg.getAttribute("width") + "px");
	return svg;
}
function putFigure(box, text) {
	var svg;
	if (figure.text === text && figure.svg && figure.svg.parentNode === box) return;
	svg = svgFrom(text);
	figure.text = text;
	figure.svg = svg;
	figure.lit = [];
	figure.flights = new Map();
	box.replaceChildren(svg);
}
function lightUp(lit, just) {
	var was = figure.lit;
	figure.lit = lit.map(function (l) {
		return [figure.svg.querySelector("#" + l.id), "is-" + l.is];
	}).filter(function (l) { return l[0]; });
	was.forEach(function (l) { l[0].classList.remove(l[1], "is-just"); });
	if (just) void figure.svg.getBoundingClientRect(); // so that it begins anew
	figure.lit.forEach(function (l) {
		l[0].classList.add(l[1]);
		if (just && l[1] === "is-taken") l[0].classList.add("is-just");
	});
}

// What is lit by NAME is in sight: the panel scrolls to it, and the picture; the window does not.
function keepInSight(name) {
	var e = figure.svg && figure.svg.querySelector(name), boxes = [figure.svg.parentNode, by("a-panel")], r, p;
	if (!e) return;
	boxes.forEach(function (box) {
		r = e.getBoundingClientRect();
		p = box.getBoundingClientRect();
		if (box.scrollWidth > box.clientWidth + 1 && (r.left < p.left || r.right > p.right))
			box.scrollLeft += (r.left + r.right - p.left - p.right) / 2;
		if (box.scrollHeight > box.clientHeight + 1 && (r.top < p.top || r.bottom > p.bottom))
			box.scrollTop += (r.top + r.bottom - p.top - p.bottom) / 2;
	});
}

// ---- machines ----

var machine = { node: "", chosen: "" };

function rfcOf(section) {
	var m = /^RFC (\d+) ([^\s,]+)/.exec(section);
	return m ? el("a", { href: "https://www.rfc-editor.org/rfc/rfc" + m[1] + "#section-" + m[2],
		rel: "noopener noreferrer", target: "_blank", class: "p-rfc", text: section }) : "";
}
function timerRow(t) {
	var bar = el("span", { class: "p-bar", "aria-hidden": "true" }, el("span"));
	var row = el("li", {}, el("span", { class: "k-timer", text: t.name }), el("b"), bar,
		el("small", { text: t.just }));
	row.timer = t;
	return row;
}
function countDown(now) {
	by("a-panel").querySelectorAll(".k-timers li").forEach(function (row) {
		var t = row.timer, left = Math.max(0, t.due - now);
		row.children[1].textContent = t.due < 0 ? "" : word("leftof", (left / 1e9).toFixed(3));
		row.children[2].hidden = t.due < 0 || t.length <= 0;
		row.children[2].firstChild.style.width = (t.length > 0 ? 100 * Math.min(1, left / t.length) : 0).toFixed(1) + "%";
	});
}
function machineName(m) { return m.kind + " " + m.id; }
function machineRow(m, node, look) {
	var b = el("button", { type: "button", "aria-pressed": String(m.shown), class: m.just ? "k-just" : "" },
		el("strong", { text: m.what || m.kind }), el("span", { text: m.what ? m.kind : "" }), el("em", { text: m.state }));
	b.addEventListener("click", function () {
		machine.chosen = machine.chosen === machineName(m) ? "" : machineName(m);
		machine.node = node;
		look();
	});
	return el("li", {}, b);
}
function stepOf(step) {
	return el("p", { class: "k-step" }, el("span", { class: "a-soft", text: app.shown.seconds(step.t) + " s " }),
		el("b", { text: (step.from || "•") + " → " + step.to + (step.event ? word("bywhat", step.event) : "") }), " ", rfcOf(step.section));
}
// The parts of what is shown of machines, made once.
function machineParts(place) {
	if (place.dataset.of !== "machines") {
		place.dataset.of = "machines";
		place.replaceChildren(el("div", { class: "k-said" }), el("div", { class: "k-picture", tabindex: "0", role: "group" }),
			el("ul", { class: "k-timers" }), el("h3"), el("ul", { class: "k-list" }), el("div"));
	}
	return place.children;
}
function showMachines(place, f, look) {
	var parts = machineParts(place), shown = f.machines.find(function (m) { return m.shown; });
	parts[1].hidden = f.svg === "";
	if (f.svg) {
		parts[0].replaceChildren(el("p", { class: "k-title" }, el("strong", { text: f.node + " · " + f.title }), " ",
			el("small", { text: f.id })), stepOf(f.step), el("p", { class: "a-soft k-text", text: f.step.text }));
		parts[1].setAttribute("aria-label", f.title);
		putFigure(parts[1], f.svg);
		lightUp(f.lit, shown && shown.just);
		if (shown && shown.just) keepInSight(".is-live");
	} else {
		parts[0].replaceChildren(el("p", { text: f.node ? word("noneof", f.node) : word("nothing") }));
	}
	parts[2].replaceChildren.apply(parts[2], f.timers.map(timerRow));
	parts[3].textContent = f.machines.length ? word("allof", f.node, f.machines.length) : "";
	parts[4].replaceChildren.apply(parts[4], f.machines.map(function (m) { return machineRow(m, f.node, look); }));
	parts[5].replaceChildren.apply(parts[5], f.lines.length ? [docOf(f.lines)] : []);
}

// ---- the network ----

function flightOf(f) {
	var lost = f.stage === "lost";
	var g = svgOf("g", { class: "k-flight p-kind-" + f.kind + (f.current ? " k-current" : "") + (lost ? " k-lost" : "") });
	var label = svgOf("text");
	g.append(svgOf("path", { d: lost ? "M-5-5L5 5M5-5L-5 5" : "M7 0L-5-5.5V5.5Z" }), label);
	label.textContent = f.text;
	return g;
}
function showFlights(flights) {
	var old = figure.flights;
	figure.flights = new Map();
	flights.forEach(function (f) {
		var key = f.record + " " + f.stage + " " + f.current, was = old.get(key);
		if (f.legs.length === 0) return;
		figure.flights.set(key, { legs: f.legs, g: was ? was.g : flightOf(f) });
		if (was) old.delete(key);
		else figure.svg.append(figure.flights.get(key).g);
	});
	old.forEach(function (x) { x.g.remove(); });
}
// Where a message is at NOW, and the way it goes there: degrees.
function spotOf(legs, now) {
	var leg = legs[0], path, length, part, at, next, way;
	legs.forEach(function (l) { if (l.from <= now) leg = l; });
	path = figure.svg.querySelector("#k-l" + leg.link);
	length = path.getTotalLength();
	part = leg.to > leg.from ? Math.max(0, Math.min(leg.most, (now - leg.from) / (leg.to - leg.from))) : leg.most;
	way = leg.back ? 1 - part : part;
	at = path.getPointAtLength(length * way);
	next = path.getPointAtLength(Math.max(0, Math.min(length, length * way + (leg.back ? -1 : 1))));
	if (next.x === at.x && next.y === at.y) {
		next = path.getPointAtLength(length * way - (leg.back ? -1 : 1));
		next = { x: 2 * at.x - next.x, y: 2 * at.y - next.y };
	}
	return { x: at.x, y: at.y, turn: Math.atan2(next.y - at.y, next.x - at.x) * 180 / Math.PI };
}
// Names stand above their messages, each where no other does.
function moveFlights(now) {
	var taken = [], wide = figure.svg.viewBox.baseVal.width;
	figure.flights.forEach(function (f) {
		var s = spotOf(f.legs, now), label = f.g.lastChild, upright = Math.abs(s.turn % 180) > 45 && Math.abs(s.turn % 180) < 135;
		var half = label.getComputedTextLength() / 2 + 3, x = s.x + (upright ? half + 7 : 0), y = s.y + (upright ? 4 : -10);
		function hits(b) { return Math.abs(b.x - x) < b.half + half && Math.abs(b.y - y) < 13; }
		x = Math.max(half, Math.min(wide - half, x));
		while (taken.some(hits) && y > 12) y -= 7;
		taken.push({ x: x, y: y, half: half });
		f.g.firstChild.setAttribute("transform", "translate(" + s.x.toFixed(1) + " " + s.y.toFixed(1) + ") rotate(" + s.turn.toFixed(0) + ")");
		label.setAttribute("x", x.toFixed(1));
		label.setAttribute("y", Math.max(11, y).toFixed(1));
	});
}
function showNetwork(place, f) {
	if (place.dataset.of !== "network") {
		place.dataset.of = "network";
		place.replaceChildren(el("div", { class: "k-picture", tabindex: "0", role: "group" }), el("p", { class: "a-soft" }), el("div"));
	}
	putFigure(place.firstChild, f.svg);
	place.firstChild.setAttribute("aria-label", figure.svg.querySelector("title").textContent);
	lightUp(f.lit, false);
	showFlights(f.flights);
	place.lastChild.replaceChildren.apply(place.lastChild, f.lines.length ? [docOf(f.lines)] : []);
	place.children[1].textContent = f.more > 0 ? word("morethere", f.more) : f.flights.length === 0 ? word("nounderway")
		: word("underway", f.flights.map(function (x) { return x.text; }).join(", "));
}

// ---- the panel ----

// Tabs and panels of the page have these.
var ELSEWHERE = ["message", "why", "node", "log", "lab", "quiz"];

// How large a picture PLACE has room for, in cells.
var CELL = [7.2, 16];
function roomOf(place) {
	return { width: Math.max(44, Math.min(110, Math.floor(place.clientWidth / CELL[0]))),
		height: Math.max(18, Math.min(40, Math.floor((by("a-panel").clientHeight - 130) / CELL[1]))) };
}

// A line of PRE, the pane of faults, is a button: the branch in which its fault happens.
function leadFaults(pre, r) {
	var lines = [[]];
	if (by("a-act").disabled) return;
	Array.from(pre.childNodes).forEach(function (n) {
		lines[lines.length - 1].push(n);
		if (n.textContent === "\n") lines.push([]);
	});
	r.faults.forEach(function (f, i) {
		var b = el("button", { type: "button", class: "a-fault" }), line = lines[r.lines + i];
		if (!line) return;
		line[0].before(b);
		b.append.apply(b, line.slice(0, -1));
		b.addEventListener("click", function () {
			guarded(doAct({ branch: app.branch, record: f.record, on: f.on, verb: f.verb, args: f.args }));
		});
	});
}

addPanel("panes", function (panel, p) {
	var select = el("select", { "aria-label": word("panes") }), place = el("div", { class: "k-place" });
	var nodes = el("select", { "aria-label": word("whosenode") });
	// In whose words states and events are named; what the teacher shows is in the teacher's.
	var names = el("select", { "aria-label": word("vocabulary") },
		el("option", { value: "rfc", text: "RFC 3261" }), el("option", { value: "osip", text: "libosip2" }));

	function request(members) {
		return Object.assign({ pane: select.value, branch: app.branch, record: app.shown.at(),
			past: document.documentElement.classList.contains("p-predicts") }, members);
	}
	function lines() {
		var faults = select.value === "faults" && app.back.ask("faults", { branch: app.branch, record: app.shown.at() });
		return Promise.all([askSeen("pane", request({ width: columnsOf(place), height: 30 })), faults]).then(function (both) {
			return function () {
				place.dataset.of = "lines";
				place.replaceChildren(docOf(both[0].lines));
				if (both[1]) leadFaults(place.firstChild, both[1]);
			};
		});
	}
	// Of a machine that was chosen its place among the others is asked for, which changes.
	function machines() {
		var members = Object.assign(roomOf(place), machine.node ? { node: machine.node } : {});
		return askSeen("figure", request(members)).then(function (f) {
			var m = f.machines.find(function (x) { return machineName(x) === machine.chosen; });
			if (!m || m.shown) return f;
			return askSeen("figure", request(Object.assign({ has_machine: true, machine: m.nth }, members)));
		}).then(function (f) {
			return function () {
				showMachines(place, f, look);
				nodes.value = machine.node;
			};
		});
	}
	function network() {
		return askSeen("figure", request(roomOf(place))).then(function (f) {
			return f.svg ? showNetwork.bind(null, place, f) : lines();
		});
	}
	// Of what runs nothing is asked: when it is done the panel is filled anew.
	function isRunning() { return document.body.classList.contains("a-runs"); }
	function follow() { return isRunning() ? null : look(isRunning); }
	function look(isVain) {
		nodes.hidden = select.value !== "machines";
		names.hidden = nodes.hidden || app.follows;
		return guarded(refill(place, function () {
			if (!place.isConnected || !app.shown || isVain === isRunning && isRunning()) return null;
			return ({ machines: machines, network: network }[select.value] || lines)();
		}).then(function () {
			if (!place.isConnected) return;
			panels.panes.clock(play.now);
			if (place.dataset.of === "network") keepInSight(".k-current path");
		}));
	}
	nodes.append(el("option", { value: "", text: word("hereacts") }));
	app.shown.nodes.forEach(function (n) {
		if (n.role) nodes.append(el("option", { value: n.name, text: n.name }));
	});
	if (!app.shown.nodes.some(function (n) { return n.name === machine.node; })) machine.node = "";
	nodes.value = machine.node;
	nodes.addEventListener("change", function () {
		machine.node = nodes.value;
		machine.chosen = "";
		look();
	});
	names.value = app.vocabulary;
	names.addEventListener("change", function () {
		app.vocabulary = names.value;
		keepValue("vocabulary", app.vocabulary);
		reopen(here());
	});
	panel.append(el("p", { class: "k-choice" }, select, " ", nodes, " ", names), place);
	panels.panes.follow = follow;
	panels.panes.clock = function (now) {
		if (place.dataset.of === "machines") countDown(now);
		if (place.dataset.of === "network" && place.contains(figure.svg)) moveFlights(now);
	};
	p.panes.forEach(function (x) {
		if (!ELSEWHERE.includes(x.pane)) select.append(el("option", { value: x.pane, text: x.title }));
	});
	if (kept("pane") && select.querySelector("[value=\"" + CSS.escape(kept("pane")) + "\"]"))
		select.value = kept("pane");
	select.addEventListener("change", function () {
		keepValue("pane", select.value);
		look();
	});
	return look();
});
panels.panes.ask = function () { return app.back.ask("panes", { branch: app.branch }); };
