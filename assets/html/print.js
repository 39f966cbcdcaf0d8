// On paper: the picture in pieces that fit a page each, cut between two rows,
// the nodes' names above each.  A wide one takes its pages crosswise.
var TALL = { width: 688, height: 925 }; // of a page, A4 or letter, in px
var CROSS = { width: 910, height: 650 };
var HEADER = 60;                        // the page's title, on the first

function piece(boxes, left, top, width, height) {
	var copy = document.createElementNS(XMLNS, "svg");
	var all = document.createElementNS(XMLNS, "g");
	boxes.forEach(function (b) {
		if (b.bottom < top || b.top > top + height) return;
		all.append(b.element.cloneNode(true));
	});
	all.querySelectorAll("[id], title").forEach(function (e) {
		if (e.localName === "title") e.remove();
		else e.removeAttribute("id");
	});
	copy.setAttribute("viewBox", [left, top, width, height].join(" "));
	copy.append(all);
	return copy;
}

// From where to where E goes, by what is written there: a long picture need not be laid out
// for it.  Null: that does not tell.
var SPANS = {
	rect: function (e) {
		var y = Number(e.getAttribute("y")), height = e.getAttribute("height");
		return height === "100%" ? [extent.y, extent.y + extent.height]
			: [y, y + Number(height)];
	},
	text: function (e) {
		var y = Number(e.getAttribute("y"));
		return e.children.length > 0 ? null : [y - 11, y + 3];
	},
	path: function (e) {
		var heights = heightsOf(e);
		return /[^MLHVz0-9. -]/.test(e.getAttribute("d")) ? null :
			[Math.min.apply(null, heights) - 4, Math.max.apply(null, heights) + 4];
	},
	g: function (e) {
		var all = Array.from(e.children, spanOf), shift = shiftOf(e);
		return all.length === 0 || all.indexOf(null) >= 0 ? null : [
			Math.min.apply(null, all.map(function (s) { return s[0]; })) + shift,
			Math.max.apply(null, all.map(function (s) { return s[1]; })) + shift];
	}
};
function spanOf(e) {
	var tells = SPANS[e.localName], turned = e.localName !== "g" && e.hasAttribute("transform");
	return tells && !turned ? tells(e) : null;
}
function boxOf(e) {
	var span = isLong() ? spanOf(e) : null, b = span ? null : e.getBBox();
	return { element: e, top: span ? span[0] : b.y + shiftOf(e),
		bottom: span ? span[1] : b.y + b.height + shiftOf(e) };
}

function boxesOf() {
	return uncut || Array.from(canvas.children).filter(function (e) {
		return e.getBBox && e.localName !== "defs";
	}).map(boxOf);
}

// What of the boxes belongs to the names.
function namesOf(boxes) {
	var top = heightOf(0) - NAMES.top;
	return boxes.filter(function (b) {
		return b.top >= top - 6 && b.bottom <= top + NAMES.height + 2;
	});
}

// Below the title, above the first row.
function measureNames() {
	var title = canvas.querySelector(":scope > text"), top, bottom;
	var box = title && boxOf(title), end = heightOf(0) - ABOVE;
	var all = boxesOf().filter(function (b) {
		return box && b.top >= box.bottom && b.bottom <= end;
	});
	if (all.length === 0) return;
	top = Math.min.apply(null, all.map(function (b) { return b.top; }));
	bottom = Math.max.apply(null, all.map(function (b) { return b.bottom; }));
	NAMES = { top: heightOf(0) - top + 3, height: bottom - top + 6 };
}

// The nodes' names once more, for when they have been scrolled away.
function repeatNames() {
	measureNames();
	byId("p-names").replaceChildren(piece(namesOf(boxesOf()), extent.x,
		heightOf(0) - NAMES.top, svg.viewBox.baseVal.width, NAMES.height));
}

// Where to cut: the last row's top within reach.
function cutAfter(tops, from, most, end) {
	if (from + most >= end) return end;
	var best = from + most;
	tops.forEach(function (t) {
		if (t > from + most / 2 && t <= from + most) best = t;
	});
	return best;
}

function layPages() {
	var box = extent, boxes = boxesOf(), names = namesOf(boxes);
	var wide = box.width > 760, page = wide ? CROSS : TALL;
	var by = Math.min(page.width / box.width, 1.15), pages = byId("p-pages");
	var end = box.y + box.height, from = box.y, header = HEADER;
	var tops = rows.map(function (r) { return heightOf(r.y) - ABOVE; })
		.sort(function (a, b) { return a - b; });
	document.documentElement.classList.toggle("p-wide", wide);
	while (from < end - 1) {
		var part = make("div", "p-sheet"), first = from === box.y;
		var to = cutAfter(tops, from, (page.height - header) / by, end);
		var svgs = first ? [] : [piece(names, box.x,
			heightOf(0) - NAMES.top, box.width, NAMES.height)];
		svgs.push(piece(boxes, box.x, from, box.width, to - from));
		svgs.forEach(function (s) {
			s.setAttribute("width", Math.round(box.width * by));
			part.append(s);
		});
		pages.append(part);
		from = to;
		header = NAMES.height * by;
	}
}

window.addEventListener("beforeprint", function () {
	takeBack();
	if (!scale) return;
	document.documentElement.classList.add("p-paged");
	byId("p-pages").replaceChildren();
	layPages();
}, { signal: life.signal });
window.addEventListener("afterprint", function () {
	document.documentElement.classList.remove("p-paged", "p-wide");
	byId("p-pages").replaceChildren();
	putAside();
}, { signal: life.signal });
