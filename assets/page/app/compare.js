// Compare: two branches beside each other, as rung diff draws them, and what differs as text.
addWords({ compare: ["Compare", "比较"], with: ["With", "与之比较"],
	onebranch: ["There is only one branch; an action in the past creates another.",
		"目前只有一个分支；在过去某处操作会产生另一个。"],
	alike: ["The branches are the same.", "两者相同。"] });

addPanel("compare", function (panel) {
	var select = el("select"), place = el("div");
	function compare() {
		var members = Object.assign(select.value === "" ? { texts: [{ path: app.before.name, text: app.before.text }] }
			: { branch: Number(select.value) }, { other: app.branch, width: 72 });
		function diff(format) {
			return askSeen("diff", Object.assign({ format: format }, members));
		}
		function put(both) {
			var at = URL.createObjectURL(new Blob([both[1].text], { type: "image/svg+xml" }));
			var image = el("img", { class: "a-diff", alt: word("compare"), src: at });
			image.addEventListener("load", function () { URL.revokeObjectURL(at); });
			place.replaceChildren(both[0].same ? el("p", { text: word("alike") }) : image,
				el("pre", { class: "a-doc", tabindex: 0, text: both[0].text }));
		}
		return guarded(refill(place, function () {
			return Promise.all([diff("txt"), diff("svg")]).then(function (both) { return put.bind(null, both); });
		}));
	}
	if (app.before) select.append(el("option", { value: "", text: app.before.name }));
	app.branches.forEach(function (b, i) {
		if (i !== app.branch) select.append(el("option", { value: i, text: b.name }));
	});
	if (select.options.length === 0) return panel.append(el("p", { text: word("onebranch") }));
	select.addEventListener("change", compare);
	panel.append(el("label", {}, word("with") + " ", select), place);
	return compare();
}, "run");
