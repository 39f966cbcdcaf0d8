// The picture: the only part, with sheets.js, that knows how it is made.  A row's element
// has the id "r12" and its line is the first path; where a row is in the picture
// follows from the rows' heights and where two of those lines begin.
var svg = document.querySelector("#p-picture svg");
var canvas = svg;
var picture = svg; // what is seen of it: itself, or its sheets
var XMLNS = "http://www.w3.org/2000/svg";
var ABOVE = 17, BELOW = 8;         // of a row's line: its label, its foot
var NAMES = { top: 82, height: 64 }; // above the first line: the nodes' names,
                                     // as repeatNames measures them
var TYPE_LEAST = 10; // px of its smallest type
var PHONE = 600;     // px of a window where it is TYPE_PHONE, if the rows have room
var TYPE_PHONE = 12.1;
function typeRoom() { return nodes.length > 3 ? 9.7 : 11.5; } // of the picture's own units

function elementOf(row) {
	return document.getElementById("r" + row.seq);
}
function isUnseen(row) {
	var e = row.seq > position && picture.querySelector(".p-is-future");
	return !!e && getComputedStyle(e).visibility === "hidden";
}
function markRow(row, name, is) {
	var id = "r" + row.seq, e = document.getElementById(id);
	if (e) e.classList.toggle(name, is);
	(copies.get(id) || []).forEach(function (c) { c.classList.toggle(name, is); });
}

// The whole of it, measured once.
var extent = null;

// How far down what E holds is shifted: bundles of rows, in a long ladder.
function shiftOf(e) {
	var all = e.transform && e.transform.baseVal;
	return all && all.numberOfItems ? all.getItem(0).matrix.f : 0;
}

// The heights of a path's points, in their order.
function heightsOf(path) {
	var heights = [];
	path.getAttribute("d").replace(/([A-Za-z])([^A-Za-z]*)/g, function (all, way, rest) {
		var n = (rest.match(/-?[0-9]*\.?[0-9]+/g) || []).map(Number);
		if (/[ML]/.test(way)) heights.push(n[1]);
		else if (way === "V") heights.push(n[0]);
		return all;
	});
	return heights;
}

// From a row's height to the picture's: y * scale.by + scale.at.
var scale = null;
function measure() {
	function known(r) {
		var e = elementOf(r), line = e && e.querySelector("path");
		return line ? { y: r.y, at: heightsOf(line)[0] +
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
function hang(sheet) {
	var all = Array.from(sheet.svg.children), paper = sheet.svg.querySelector(":scope > rect.paper");
	var first = all.find(function (e) { return e.matches("[id^=r]") || e.querySelector("[id^=r]"); });
	["now", "veil", "curtain"].forEach(function (name) { sheet[name] = bar(BARS[name]); });
	if (paper) paper.after(sheet.now); else sheet.svg.prepend(sheet.now);
	if (paper) paper.setAttribute("y", sheet.top);
	sheet.svg.insertBefore(sheet.veil, first || null);
	all.forEach(function (e) {
		if (e !== first && (e.matches(".times") || e.querySelector(".times")))
			sheet.svg.insertBefore(e, first || null);
	});
	sheet.svg.append(sheet.curtain);
}

var zoom = 1;
var fitted = 0; // which step of fit() it is at
function startLadder() {
	if (!svg) return;
	join();
	measure();
	if (!scale) return;
	extent = svg.viewBox.baseVal;
	repeatNames();
	cutPicture(boxesOf());
	sheets.forEach(hang);
	picture.addEventListener("click", function (event) {
		var y = (pictureAt(event) - scale.at) / scale.by, best = null;
		rows.forEach(function (r) {
			if (best === null || Math.abs(r.y - y - 0.2) <
			    Math.abs(best.y - y - 0.2)) best = r;
		});
		// Nobody goes to what is not seen.
		if (best && isUnseen(best)) deeds.next();
		else if (best && best.seq <= horizon()) go(best.seq);
	});
	var pane = byId("p-ladder");
	pane.addEventListener("scroll", function () {
		pane.classList.toggle("p-scrolled", screenAt(heightOf(0) - NAMES.top) + 8 <
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
	var pane = byId("p-ladder"), size = picture.getBoundingClientRect();
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
	// Between sheets is what does not shrink with them.
	for (var turn = 0; fitted === 2 && turn < 4 && pane.scrollHeight > pane.clientHeight + 1; turn++)
		setZoom(zoom * (pane.clientHeight - 1) / pane.scrollHeight);
}

function setZoom(to) {
	zoom = to;
	document.documentElement.style.setProperty("--zoom", zoom.toFixed(3));
	if (!scale) return;
	document.documentElement.style.setProperty("--natural",
		extent.width + "px");
	document.documentElement.style.setProperty("--least",
		leastWidth().toFixed(1) + "px");
	document.documentElement.style.setProperty("--type", innerWidth > PHONE ? "0px" :
		Math.min(typeRoom(), TYPE_PHONE * extent.width / picture.getBoundingClientRect().width).toFixed(2) + "px");
}

// Keeps the row, from TOP to BOTTOM, in sight, with what comes before and after it.
function follow(row, top, bottom) {
	var pane = byId("p-ladder"), p = pane.getBoundingClientRect(), head = 90;
	var from = screenAt(top), to = screenAt(bottom);
	if (from < p.top + head || to > p.bottom - p.height * 0.25)
		pane.scrollTop += from - p.top - p.height * 0.45;
	var e = elementOf(row);
	if (!e || pane.scrollWidth <= pane.clientWidth) return;
	var b = e.getBoundingClientRect();
	if (b.left < p.left || b.right > p.right)
		pane.scrollLeft += (b.left + b.right) / 2 - (p.left + p.right) / 2;
}

// ---- what rows are marked with ----

var inTurn = rows.slice().sort(function (a, b) { return a.seq - b.seq; });
var present = null; // the row that is bright
// Rows behind this record are so: none is in the beginning.
var behindOf = { "p-is-hidden": Infinity, "p-is-future": Infinity };

// How many rows come up to SEQ.
function rowsUpTo(seq) {
	var low = 0, high = inTurn.length;
	while (low < high) {
		var mid = (low + high) >> 1;
		if (inTurn[mid].seq <= seq) low = mid + 1; else high = mid;
	}
	return low;
}
// Rows behind SEQ are NAME: those that were not, or are no more, change.
function markBehind(name, seq) {
	var from = rowsUpTo(Math.min(seq, behindOf[name]));
	var to = rowsUpTo(Math.max(seq, behindOf[name]));
	for (var i = from; i < to; i++)
		markRow(inTurn[i], name, seq < behindOf[name]);
	behindOf[name] = seq;
}
function markPresent(row) {
	if (row === present) return;
	if (present) markRow(present, "p-is-now", false);
	present = row;
	if (present) markRow(present, "p-is-now", true);
}

// ROW (null: none yet) is the present one, and all that has happened is not
// behind the veil.
function showLadder(row, seq) {
	if (!scale) return;
	var top, bottom;
	markBehind("p-is-hidden", horizon());
	markBehind("p-is-future", seq);
	markPresent(row && row.item === "message" ? row : null);
	top = heightOf(row ? row.y : rows.length ? rows[0].y : 0) - ABOVE;
	bottom = row ? heightOf(Math.max(row.y, row.yEnd)) + BELOW : top;
	if (row && (row.item === "timer" || row.yEnd < row.y))
		bottom = heightOf(row.y) + BELOW;
	placeBars("now", top, bottom);
	placeBars("veil", bottom, extent.y + extent.height);
	placeBars("curtain", bottom, extent.y + extent.height);
	if (row) follow(row, top, bottom);
	else byId("p-ladder").scrollTop = 0;
}

function markFound(found) {
	byId("p-picture").querySelectorAll(".p-found").forEach(function (e) {
		e.remove();
	});
	if (!scale) return;
	found.forEach(function (row) {
		var r = bar("p-found"), y = heightOf(row.y);
		r.setAttribute("width", 5);
		r.setAttribute("y", y - ABOVE);
		r.setAttribute("height", ABOVE + BELOW);
		sheetAt(y).svg.append(r);
	});
}
