// Act: something is done to a node or a message right after the record of the position.
addWords({ act: ["Act", "操作"], on: ["On", "对象"], verb: ["What", "做什么"],
	doit: ["Do it", "执行"],
	after: ["right after record %1", "紧接在第 %1 条记录之后"] });

function act(members) {
	return app.back.ask("act", members).then(function () {
		return advance({ act: true });
	}).then(function (p) { return advance({ branch: p.branch }); });
}
// The act becomes a branch, which is shown.
function doAct(members) {
	var still = stillOf(opened);
	tellRuns(still);
	return act(members).then(still).then(function (p) {
		keepDeed(members);
		return show(p.branch, members.record);
	}).then(function () { tellDone(""); }).finally(function () {
		if (!isStale({}, still)) document.body.classList.remove("a-runs");
	});
}

function givenIn(args) {
	var given = {};
	args.querySelectorAll("input").forEach(function (i) {
		if (i.value === "") return;
		if (i.name === "*") given[i.value.split("=")[0]] = i.value.split("=").slice(1).join("=");
		else given[i.name] = i.value;
	});
	return given;
}

addPanel("act", function (panel) {
	var at = app.shown.at(), on = el("select", {}), verb = el("select", {});
	var args = el("div", { class: "a-args" }), about = el("p", {}), list = [];

	function fillArgs() {
		var v = list[verb.selectedIndex];
		about.textContent = v ? v.text : "";
		args.replaceChildren();
		(v ? v.params : []).forEach(function (p) {
			args.append(el("label", {}, p.key === "*" ? "name=value" : p.key, " ",
				el("input", { name: p.key, placeholder: p.hint || "" })));
		});
	}
	function fillVerbs() {
		var of = on.value;
		// Those of another are not to be chosen meanwhile.
		list = [];
		verb.replaceChildren();
		fillArgs();
		return guarded(app.back.ask("verbs", { branch: app.branch, record: at,
			on: of }).then(function (v) {
			if (on.value !== of) return;
			list = v.verbs;
			verb.replaceChildren.apply(verb, list.map(function (x) {
				return el("option", { value: x.name, text: x.name });
			}));
			fillArgs();
		}));
	}
	app.shown.nodes.forEach(function (n) {
		on.append(el("option", { value: n.name, text: n.name }));
	});
	on.append(el("option", { value: "message", text: "message" }));
	on.addEventListener("change", fillVerbs);
	verb.addEventListener("change", fillArgs);
	panel.append(el("p", { text: word("after", at) }),
		el("label", {}, word("on"), " ", on), el("label", {}, word("verb"), " ", verb),
		about, args, buttonOf("doit", function () {
			guarded(doAct({ branch: app.branch, record: at, on: on.value,
				verb: verb.value, args: givenIn(args) }));
		}));
	return fillVerbs();
});
panels.act.follow = fillPanel;
