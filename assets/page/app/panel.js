// The panel at the side: which one is open, and what is in it.

function fillPanel() {
	by("a-panel").hidden = openPanel === null;
	Object.keys(panels).forEach(function (name) {
		by("a-" + name).setAttribute("aria-pressed", String(name === openPanel));
	});
	if (openPanel === null) return null;
	by("a-panel").replaceChildren(el("h2", { text: word(openPanel) }));
	if (!app.shown && !panels[openPanel].alone)
		return by("a-panel").append(el("p", { text: whyNothing() }));
	return guarded(Promise.resolve(panels[openPanel](by("a-panel"))));
}

// Opens panel NAME, or closes it, unless it is to STAY.  The focus goes into it and back.
function turnPanel(name, stay) {
	var last = openPanel;
	openPanel = openPanel === name && !stay ? null : name;
	return Promise.resolve(fillPanel()).then(function () {
		by(openPanel === null ? "a-" + last : "a-panel").focus();
	});
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
