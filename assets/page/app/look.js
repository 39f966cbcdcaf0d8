// Look: the panes of rung play at the position.
addWords({ panes: ["Look", "查看"] });

addPanel("panes", function (panel) {
	var select = el("select", { "aria-label": word("panes") }), place = el("div");
	function look() {
		keepValue("pane", select.value);
		return guarded(app.back.ask("pane", { pane: select.value, branch: app.branch,
			record: app.shown.at(), width: columnsOf(place), height: 30,
			past: document.documentElement.classList.contains("p-predicts") }).then(function (p) {
			place.replaceChildren(docOf(p.lines));
		}));
	}
	panel.append(select, place);
	return app.back.ask("panes", { branch: app.branch }).then(function (p) {
		p.panes.forEach(function (x) {
			select.append(el("option", { value: x.pane, text: x.title }));
		});
		if (kept("pane") && select.querySelector("[value=\"" + CSS.escape(kept("pane")) + "\"]"))
			select.value = kept("pane");
		select.addEventListener("change", look);
		panels.panes.follow = look;
		return look();
	});
});
