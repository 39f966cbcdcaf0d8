// A picture is drawn in sheets below each other.  A short one is one sheet; a long one is cut
// between its rows, and of its sheets the browser lays out and paints those that are near
// (content-visibility).  The browser's own search finds what stands in any of them.
var SHEET_ROWS = 300;    // more make a picture long
var SHEET_HEIGHT = 1200; // of a sheet at least, in units of the picture
var sheets = [];         // { svg, top, bottom, now, veil, curtain }, from top to bottom
var uncut = null;        // what a picture that was cut had in it: boxes as of boxesOf
var copies = new Map();  // id → what of that element stands in further sheets

// What is drawn over the height of all of them, and its class.
var BARS = { now: "p-bright", veil: "p-future", curtain: "p-curtain" };

function isLong() { return rows.length > SHEET_ROWS; }

// Where no row is, far enough from each other.
function cutsOf(boxes) {
	var cuts = [], from = extent.y, reach = extent.y;
	boxes.filter(function (b) {
		return b.element.localName === "g" && b.bottom - b.top < SHEET_HEIGHT;
	}).sort(function (a, b) { return a.top - b.top; }).forEach(function (b) {
		if (b.top > reach && b.top - from >= SHEET_HEIGHT) {
			from = (reach + b.top) / 2;
			cuts.push(from);
		}
		reach = Math.max(reach, b.bottom);
	});
	return cuts;
}

function isOn(sheet, box) { return box.bottom >= sheet.top && box.top <= sheet.bottom; }

// What of E is on SHEET; its ids are those of the first copy.
function copyOf(e, sheet) {
	var copy = e.cloneNode(true), shift = shiftOf(e);
	var own = e.querySelectorAll("[id], text:not([transform])");
	copy.querySelectorAll("[id], text:not([transform])").forEach(function (c, i) {
		var b = boxOf(own[i]);
		if (!isOn(sheet, { top: b.top + shift, bottom: b.bottom + shift })) c.remove();
	});
	[copy].concat(Array.from(copy.querySelectorAll("[id]"))).forEach(function (c) {
		if (!copies.has(c.id)) {
			copies.set(c.id, []);
			return;
		}
		copies.get(c.id).push(c);
		c.removeAttribute("id");
	});
	return copy;
}

function makeSheet(sheet) {
	var s = document.createElementNS(XMLNS, "svg"), box = make("div");
	var height = sheet.bottom - sheet.top;
	s.setAttribute("viewBox", [extent.x, sheet.top, extent.width, height].join(" "));
	s.setAttribute("font-family", svg.getAttribute("font-family"));
	box.style.aspectRatio = extent.width + " / " + height;
	box.append(s);
	sheet.svg = s;
	return box;
}

// BOXES become sheets; what is on several of them is copied, before anything moves.  The
// picture itself keeps what others refer to: its styles, its arrowheads.
function layOut(boxes) {
	var places = boxes.map(function (b) {
		var on = sheets.filter(function (s) { return isOn(s, b); });
		return on.length < 2 ? [[on[0] || sheets[0], b.element]] : on.map(function (s, i) {
			var copy = copyOf(b.element, s);
			if (i > 0) copy.dataset.copy = "";
			return [s, copy];
		});
	});
	picture = make("div", "p-sheets");
	picture.setAttribute("role", "img");
	picture.setAttribute("aria-label", svg.querySelector("title").textContent);
	sheets.forEach(function (s) { picture.append(makeSheet(s)); });
	boxes.forEach(function (b) { b.element.remove(); });
	places.flat().forEach(function (p) { p[0].svg.append(p[1]); });
	svg.removeAttribute("role");
	svg.classList.add("p-holder");
	svg.after(picture);
}

// The picture of a page that was saved as it stood, as it was before all of this.
function join() {
	var old = byId("p-picture").querySelector(".p-sheets");
	if (old) {
		svg.append.apply(svg, old.querySelectorAll("svg > :not([data-copy])"));
		svg.classList.remove("p-holder");
		old.remove();
	}
	svg.querySelectorAll(".p-found, ." + Object.values(BARS).join(", ."))
		.forEach(function (e) { e.remove(); });
	svg.querySelectorAll("[id^=r]").forEach(function (e) {
		e.classList.remove("p-is-hidden", "p-is-future", "p-is-now");
	});
}

function cutPicture(boxes) {
	var end = extent.y + extent.height;
	var tops = [extent.y].concat(isLong() ? cutsOf(boxes) : []);
	sheets = tops.map(function (top, i) {
		return { svg: svg, top: top, bottom: i + 1 < tops.length ? tops[i + 1] : end };
	});
	if (sheets.length < 2) return;
	layOut(boxes);
	uncut = boxes;
}

// ---- what is drawn over all of its height ----

function bar(name) {
	var r = document.createElementNS(XMLNS, "rect");
	r.setAttribute("class", name);
	r.setAttribute("x", extent.x);
	r.setAttribute("width", extent.width);
	return r;
}

// From TOP to BOTTOM of the picture each sheet's bar NAME, where it is another.
function placeBars(name, top, bottom) {
	sheets.forEach(function (s) {
		var r = s[name], y = Math.min(Math.max(top, s.top), s.bottom);
		var height = Math.max(0, Math.min(bottom, s.bottom) - y);
		if (s[name + "At"] === y + " " + height) return;
		s[name + "At"] = y + " " + height;
		r.setAttribute("y", y);
		r.setAttribute("height", height);
	});
}
function sheetAt(y) {
	return sheets.find(function (s) { return y <= s.bottom; }) || sheets[sheets.length - 1];
}

// ---- from the picture to the screen, and back ----

function screenAt(y) {
	var box = picture.getBoundingClientRect();
	return box.top + (y - extent.y) * box.height / extent.height;
}
function pictureAt(event) {
	var on = event.target.closest("svg") || sheets[0].svg;
	return new DOMPoint(event.clientX, event.clientY)
		.matrixTransform(on.getScreenCTM().inverse()).y;
}
