// The picture: the only part that knows how it is made.  A row's element has
// the id "r12" and its line is the first path; where a row is in the picture
// follows from the rows' heights and where two of those lines begin.
var svg = document.querySelector("#p-picture svg");
var canvas = svg;
var XMLNS = "http://www.w3.org/2000/svg";
var ABOVE = 17, BELOW = 8;         // of a row's line: its label, its foot
var NAMES = { top: 82, height: 64 }; // above the first line: the nodes' names,
                                     // as repeatNames measures them
var TYPE_LEAST = 10; // px of its smallest type

function elementOf(row) {
	return document.getElementById("r" + row.seq);
}

// The whole of it, measured once.
var extent = null;

// How far down what E holds is shifted: bundles of rows, in a long ladder.
function shiftOf(e) {
	var all = e.transform && e.transform.baseVal;
	return all && all.numberOfItems ? all.getItem(0).matrix.f : 0;
}

// From a row's height to the picture's: y * scale.by + scale.at.
var scale = null;
function measure() {
	function known(r) {
		var e = elementOf(r), line = e && e.querySelector("path");
		return line ? { y: r.y, at: line.getPointAtLength(0).y +
			shiftOf(e.parentNode) } : null;
	}
	var a = null, b = null, i;
	for (i = 0; i < messages.length && !a; i++) a = known(messages[i]);
	if (!a) return;
	for (i = messages.length; !b; i--) b = known(messages[i - 1]);
	var by = b.y > a.y ? (b.at - a.at) / (b.y - a.y) : 27;
	scale = { by: by, at: a.at - a.y * by };
}
function heightOf(y) { return scale.at + y * scale.by; }

function bar(name) {
	var r = document.createElementNS(XMLNS, "rect");
	r.setAttribute("class", name);
	r.setAttribute("x", extent.x);
	r.setAttribute("width", extent.width);
	return r;
}
function place(r, top, bottom) {
	r.setAttribute("y", top);
	r.setAttribute("height", Math.max(0, bottom - top));
}

// How wide it is drawn at least: its type can be read.
function leastWidth() {
	var sizes = canvas.querySelector("style, .a-style").textContent
		.match(/font-size:[0-9.]+/g) || [];
	var type = Math.min.apply(null, sizes.map(function (s) {
		return Number(s.slice("font-size:".length));
	}).concat([TYPE_LEAST]));
	return svg.viewBox.baseVal.width * TYPE_LEAST / type;
}

// What stands below the rows is veiled, but for the times: type that is yet to
// come can be read.  Only where it is asked for nothing of it may be seen.
function hang() {
	var first = elementOf(messages[0]);
	while (first.parentNode !== canvas) first = first.parentNode;
	veil = bar("p-future");
	curtain = bar("p-curtain");
	first.before(veil);
	Array.from(canvas.children).forEach(function (e) {
		if (e !== first && (e.matches(".times") ||
		    e.querySelector(".times"))) first.before(e);
	});
	canvas.append(curtain);
}

var now, veil, curtain, zoom = 1;
var fitted = 0; // which step of fit() it is at
function startLadder() {
	if (!svg) return;
	measure();
	if (!scale) return;
	extent = svg.viewBox.baseVal;
	var background = canvas.querySelector(":scope > rect");
	now = bar("p-bright");
	if (background) background.after(now); else canvas.prepend(now);
	hang();
	repeatNames();
	svg.addEventListener("click", function (event) {
		var point = new DOMPoint(event.clientX, event.clientY)
			.matrixTransform(canvas.getScreenCTM().inverse());
		var y = (point.y - scale.at) / scale.by, best = null;
		rows.forEach(function (r) {
			if (best === null || Math.abs(r.y - y - 0.2) <
			    Math.abs(best.y - y - 0.2)) best = r;
		});
		if (best && best.seq <= horizon()) go(best.seq);
	});
	var pane = byId("p-ladder");
	pane.addEventListener("scroll", function () {
		var names = heightOf(0) - NAMES.top, m = canvas.getScreenCTM();
		pane.classList.toggle("p-scrolled", names * m.d + m.f + 8 <
			pane.getBoundingClientRect().top);
	}, { passive: true });
	resize(0);
}

// Larger or smaller than what the place has room for.
function resize(by) {
	fitted = 0;
	setZoom(Math.min(3, Math.max(Math.min(0.5, zoom),
		zoom * Math.pow(1.2, by))));
}

// In turn: all columns in their place, all of the ladder, type to be read.
function fit() {
	if (!scale) return;
	var pane = byId("p-ladder"), size = svg.getBoundingClientRect();
	var room = getComputedStyle(byId("p-picture"));
	var width = pane.clientWidth - parseFloat(room.paddingLeft) -
		parseFloat(room.paddingRight);
	var height = pane.clientHeight - parseFloat(room.paddingTop) -
		parseFloat(room.paddingBottom);
	var wide = Math.min(1, width * zoom / size.width);
	var whole = Math.min(wide, height * zoom / size.height);
	var steps = [1, wide, whole];
	for (var i = 0; i < steps.length; i++) {
		fitted = (fitted + 1) % steps.length;
		if (Math.abs(steps[fitted] - zoom) > 0.01) break;
	}
	setZoom(steps[fitted]);
}

function setZoom(to) {
	zoom = to;
	document.documentElement.style.setProperty("--zoom", zoom.toFixed(3));
	if (!scale) return;
	document.documentElement.style.setProperty("--natural",
		extent.width + "px");
	document.documentElement.style.setProperty("--least",
		leastWidth().toFixed(1) + "px");
}

// Keeps the row in sight, with what comes before and after it.
function follow(row) {
	var pane = byId("p-ladder"), a = now.getBoundingClientRect();
	var p = pane.getBoundingClientRect(), head = 90;
	if (a.top < p.top + head || a.bottom > p.bottom - p.height * 0.25)
		pane.scrollTop += a.top - p.top - p.height * 0.45;
	var e = elementOf(row);
	if (!e || pane.scrollWidth <= pane.clientWidth) return;
	var b = e.getBoundingClientRect();
	if (b.left < p.left || b.right > p.right)
		pane.scrollLeft += (b.left + b.right) / 2 - (p.left + p.right) / 2;
}

// ROW (null: none yet) is the present one, and all that has happened is not
// behind the veil.
function showLadder(row, seq) {
	if (!scale) return;
	var top, bottom;
	rows.forEach(function (r) {
		var e = elementOf(r);
		if (!e) return;
		e.classList.toggle("p-is-hidden", r.seq > horizon());
		e.classList.toggle("p-is-future", r.seq > seq);
		if (r.item === "message")
			e.classList.toggle("p-is-now", r === row);
	});
	top = heightOf(row ? row.y : rows.length ? rows[0].y : 0) - ABOVE;
	bottom = row ? heightOf(Math.max(row.y, row.yEnd)) + BELOW : top;
	if (row && (row.item === "timer" || row.yEnd < row.y))
		bottom = heightOf(row.y) + BELOW;
	place(now, top, bottom);
	now.classList.toggle("p-none", !row);
	place(veil, bottom, extent.y + extent.height);
	place(curtain, bottom, extent.y + extent.height);
	if (row) follow(row);
}

function markFound(found) {
	canvas && canvas.querySelectorAll(".p-found").forEach(function (e) {
		e.remove();
	});
	if (!scale) return;
	found.forEach(function (row) {
		var r = bar("p-found");
		r.setAttribute("width", 5);
		place(r, heightOf(row.y) - ABOVE, heightOf(row.y) + BELOW);
		canvas.append(r);
	});
}
