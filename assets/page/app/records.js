// Records: those that a filter finds, as rung show tells them; they are marked in the ladder,
// and n and N go from one to the next.
addWords({ records: ["Records", "记录"], filter: ["Filter", "筛选"],
	filtertext: ["status=486, method=INVITE src=alice, kind=timer node=bob, from=2s …",
		"status=486、method=INVITE src=alice、kind=timer node=bob、from=2s……"],
	whole: ["Messages with their text", "显示消息全文"], show: ["Show", "显示"],
	foundn: ["%1 records", "%1 条记录"], listed: ["%1 records; the first %2 are here.", "%1 条记录，此处列出前 %2 条。"] });

var LISTED_MOST = 500;
var sought = { words: "", whole: false };

function recordRow(r) {
	var text = sought.whole ? app.shown.textOf(r.seq) : "", link = el("button", { type: "button", class: "a-record" },
		el("span", { class: "a-soft", text: "#" + r.seq + "  " + app.shown.seconds(r.t) + " s" }), el("span", { text: r.text })), row = el("li", {}, link);
	link.addEventListener("click", function () { app.shown.go(r.seq); });
	if (text) row.append(el("pre", { class: "a-doc", tabindex: "0", text: text }));
	return row;
}

addPanel("records", function (panel) {
	var input = el("input", { value: sought.words, placeholder: word("filtertext"), "aria-label": word("filter"), spellcheck: "false",
		autocomplete: "off" });
	var whole = el("input", { type: "checkbox" }), place = el("div", { role: "status" });
	var form = el("form", {}, input, " ", el("button", { text: word("show") }));
	function list() {
		var wish = sought = { words: input.value.trim(), whole: whole.checked };
		return guarded(refill(place, function () {
			return askSeen("list", { branch: app.branch, words: wish.words }).then(function (r) { return put.bind(null, r); });
		}));
		function put(r) {
			var rows = el("ol", { class: "a-records" });
			if (app.shown) app.shown.mark(wish.words ? r.found.map(function (x) { return x.seq; }) : []);
			r.found.slice(0, LISTED_MOST).forEach(function (x) { rows.append(recordRow(x)); });
			place.replaceChildren(el("p", { class: "a-soft", text: r.found.length > LISTED_MOST ?
				word("listed", r.found.length, LISTED_MOST) : word("foundn", r.found.length) }), rows);
			tell("");
		}
	}
	whole.checked = sought.whole;
	whole.addEventListener("change", list);
	form.addEventListener("submit", function (event) {
		event.preventDefault();
		list();
	});
	panel.append(form, el("label", { class: "a-check" }, whole, word("whole")), place);
	return list();
}, "run");
function showRecords(words, whole) {
	sought = { words: words, whole: whole };
	return turnPanel("records", true);
}
