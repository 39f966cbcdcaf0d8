// The branch that is shown: its page (assets/html) below the bar, as rung export makes it.
function fillBranches() {
	return inTurn(by("a-branch"), function () {
		return app.back.ask("branches", {}).then(function (b) {
			app.branches = b.branches;
			by("a-branch").replaceChildren.apply(by("a-branch"), b.branches.map(
				function (x, i) { return el("option", { value: i, text: x.name }); }));
			by("a-branch").value = app.branch;
			by("a-act").disabled = !b.branches[app.branch].may_act ||
				!!app.follows;
		});
	});
}

// A figure's own style: the page's policy takes none of an element, nor does it let one be
// parsed.
function plainStyles(text) {
	return text.replace(/<style\b/g, "<metadata class=\"a-style\"")
		.replace(/<\/style>/g, "</metadata>");
}
// What is small in the ladder is as large as assets/html/ladder.js says.
function growing(style) { return style.replace(/font-size:([789][.\d]*px)/g, "font-size:max($1,var(--type,0px))"); }
function adoptStyles(body) {
	document.adoptedStyleSheets = Array.from(body.querySelectorAll(".a-style"), function (s) {
		var sheet = new CSSStyleSheet();
		sheet.replaceSync(growing(s.textContent));
		return sheet;
	});
}

function parse(text) {
	return new DOMParser().parseFromString("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" +
		text + "</body></html>", "application/xhtml+xml");
}
// A promise of a page's body.  Of a long one the messages are made in pieces, and the page
// answers meanwhile.
var PIECE = 200000;
function bodyOf(text) {
	var mark = "<details open=\"open\" id=\"p-text", close = "</details>";
	var from = text.indexOf(mark), to = text.lastIndexOf(close) + close.length, body, list;
	function further() {
		var end = from + PIECE < to ? text.indexOf(mark, from + PIECE) : to;
		var piece = text.slice(from, end < 0 ? to : end);
		from += piece.length;
		list.append.apply(list, parse(piece).body.childNodes);
		return from < to ? pause().then(further) : body;
	}
	function pause() { return new Promise(function (resolve) { setTimeout(resolve); }); }
	if (from < 0 || to - from < PIECE) return Promise.resolve(parse(plainStyles(text)));
	body = parse(plainStyles(text.slice(0, from) + text.slice(to)));
	list = body.querySelector("#p-messages");
	return pause().then(further).then(pause).then(function () { return body; });
}

// What a page of assets/html shows, in place of what was shown.
function showBody(p, body) {
	if (app.starts) turnStart(false);
	adoptStyles(body);
	if (app.shown) app.shown.end();
	by("a-page").replaceChildren.apply(by("a-page"),
		Array.from(body.body.childNodes).map(function (n) {
			return document.adoptNode(n);
		}));
	document.title = p.title ? p.title + " – rung" : "rung";
	takeSide();
	tellSide();
	app.shown = showPage(p.data, livingAsker);
	app.stopped = false;
	app.nothing = null;
	performance.mark("shown");
}
function showParts(p) { showBody(p, parse(plainStyles(p.body))); }

// How wide the picture would be in print, points: its smallest type is 10 pixels on this
// screen then.
function pictureWidth() { return Math.round(Math.max(200, Math.min(640, innerWidth * (innerWidth > 600 ? 0.83 : 0.55)))); }

// BRANCH, at record AT (null: where a page begins).
function show(branch, at) {
	var still = stillOf(opened);
	return inTurn(by("a-page"), function () {
		return learnCover().then(still).then(function () {
			return app.back.ask("page", { branch: branch, width: pictureWidth() });
		}).then(function (p) {
			return bodyOf(p.body).then(still).then(function (body) {
				app.branch = branch;
				if (at !== null) history.replaceState(null, "", "#record=" + at);
				showBody(p, body);
				holdBack();
				guarded(proseComes());
			});
		});
	}).then(function () { return fillBranches().then(fillPanel); }, function (e) {
		if (!isStale(e, still)) throw e;
	});
}
