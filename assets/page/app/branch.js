// The branch that is shown: its page (assets/html) below the bar, as rung export makes it.
function fillBranches() {
	return app.back.ask("branches", {}).then(function (b) {
		app.branches = b.branches;
		by("a-branch").replaceChildren.apply(by("a-branch"), b.branches.map(
			function (x, i) { return el("option", { value: i, text: x.name }); }));
		by("a-branch").value = app.branch;
		by("a-act").disabled = !b.branches[app.branch].may_act ||
			!!app.follows;
	});
}

// A figure's own style: the page's policy takes none of an element, nor does it let one be
// parsed.
function plainStyles(text) {
	return text.replace(/<style\b/g, "<metadata class=\"a-style\"")
		.replace(/<\/style>/g, "</metadata>");
}
function adoptStyles(body) {
	document.adoptedStyleSheets = Array.from(body.querySelectorAll(".a-style"), function (s) {
		var sheet = new CSSStyleSheet();
		sheet.replaceSync(s.textContent);
		return sheet;
	});
}

// What a page of assets/html shows, in place of what was shown.
function showParts(p) {
	var body = new DOMParser().parseFromString("<html xmlns=\"" +
		"http://www.w3.org/1999/xhtml\"><body>" + plainStyles(p.body) + "</body></html>",
		"application/xhtml+xml");
	adoptStyles(body);
	if (app.shown) app.shown.end();
	by("a-page").replaceChildren.apply(by("a-page"),
		Array.from(body.body.childNodes).map(function (n) {
			return document.adoptNode(n);
		}));
	by("p-data").textContent = JSON.stringify(p.data);
	document.title = p.title ? p.title + " – rung" : "rung";
	app.shown = showPage(livingAsker);
	app.stopped = false;
	app.nothing = null;
	performance.mark("shown");
}

// BRANCH, at record AT (null: where a page begins).
function show(branch, at) {
	return app.back.ask("page", { branch: branch }).then(function (p) {
		app.branch = branch;
		if (at !== null) history.replaceState(null, "", "#record=" + at);
		showParts(p);
		return fillBranches();
	}).then(function () { return fillPanel(); });
}
