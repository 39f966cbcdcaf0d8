// Reports of the engine: what a run does not keep of the RFCs, and a message, a lab's or one's
// own, explained line by line.
addWords({ inspect: ["Inspect", "检查规范"], parse: ["Parse", "解析"], text: ["A SIP message", "一条 SIP 消息"],
	explains: ["Explain it", "解释"] });

addPanel("inspect", function (panel, r) { panel.append(docOf(r.lines)); }, "run");
panels.inspect.ask = function () {
	return askSeen("inspect", { branch: app.branch, width: columnsOf(by("a-panel").lastElementChild) });
};

var parsed = "";
addPanel("parse", function (panel) {
	var area = el("textarea", { rows: "9", "aria-label": word("text"), spellcheck: "false" }), place = el("div", { role: "status" });
	function explain() {
		var text = parsed = area.value;
		return guarded(refill(place, function () {
			if (text.trim() === "") return function () { place.replaceChildren(); };
			return app.back.ask("parse", { text: text.replace(/\r?\n/g, "\r\n"), width: columnsOf(place) }).then(function (r) {
				return function () {
					place.replaceChildren(el("p", { class: "a-bad", text: r.fault }), el("pre", { class: "a-doc", tabindex: "0", text: r.text }));
				};
			});
		}));
	}
	area.value = parsed;
	panel.append(area, el("p", {}, buttonOf("explains", explain)), place);
	return explain();
});
panels.parse.alone = true;
function parseText(text) {
	parsed = text;
	return turnPanel("parse", true);
}
