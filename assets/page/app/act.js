// Act: something is done right after the record of the position: first of all to the message
// that one stands at, else to a call, a node, a link.  What can be done to each stands in
// groups; a value that is missing or wrong is asked for, and nothing is done meanwhile.
addWords({ act: ["Act", "操作"], doit: ["Do it", "执行"],
	after: ["Right after record %1:", "紧接在第 %1 条记录之后："],
	thismessage: ["This message", "这条消息"], drop: ["Lose it", "让它丢失"], delay: ["Delay it", "让它迟到"],
	amend: ["Change it", "修改它"], duplicate: ["Double it", "让它到达两次"],
	kcall: ["Calls", "呼叫"], knode: ["Nodes", "节点"], klink: ["Links", "链路"], router: ["router", "路由器"],
	gcalls: ["Calls", "呼叫"], gplace: ["Registration and address", "注册与位置"], gtalk: ["Messages and state", "消息与状态"],
	gown: ["Its own actions", "自有操作"], gself: ["Itself", "自身"],
	needed: ["“%1” is missing.", "缺少“%1”。"], freely: ["may stay empty", "可留空"],
	unchanged: ["Nothing was changed.", "没有任何改动。"], nowis: ["now %1", "当前 %1"] });

function act(members) {
	return app.back.ask("act", members).then(function () {
		return advance({ act: true });
	}).then(function (p) { return advance({ branch: p.branch }); });
}
// The act becomes a branch, which is shown.
function doAct(members) {
	var still = stillOf(opened), inside = by("a-panel").contains(document.activeElement);
	tellRuns(still);
	return act(members).then(still).then(function (p) {
		var doubt = (p.doubts || []).filter(function (d) { return !d.file; }).pop();
		keepDeed(members);
		return show(p.branch, members.record).then(function () {
			tellDone(doubt ? doubt.text : "");
			if (inside) by("a-panel").focus();
		});
	}).finally(function () {
		if (!isStale({}, still)) document.body.classList.remove("a-runs");
	});
}

// ---- what is asked for ----

// The open parts of the panel and the form for an action; the panel asks for its contents again at each new position.
var acting = { on: "message", things: [], form: null };

// By their names; what is in none of these only its role has.
var GROUPS = [
	["gcalls", /^(invite|replace|barge|refer|pickup|redial|connect|dial|press|answer|hangup|hang_up|lift|put_down|off_hook|on_hook|bye|cancel|reject|ring$|redirect|follow|hold|resume|mute|unmute|join|swap|transfer|hand-over|confer|dtmf)/],
	["gtalk", /^(message|options|subscribe|unsubscribe|publish|unpublish|admit|info|update|reinvite|refresh)/],
	["gplace", /^(register|unregister|discover|bind|unbind|deregister|profile)/],
	["gown", /^(?!(send|crash|restart|set|down|up)$)/],
	["gself", /^/]
];
function groupOf(verb) { return GROUPS.find(function (g) { return g[1].test(verb.name); })[0]; }

// A request to begin with, as in rung play.
function templateOf(on) {
	var address = (acting.things.find(function (t) { return t.on === on; }) || {}).address || "192.0.2.254";
	return ["OPTIONS sip:bob SIP/2.0", "Via: SIP/2.0/UDP " + address + ";branch=z9hG4bK-hand-" + app.shown.at(),
		"Max-Forwards: 70", "From: <sip:" + on + "@" + address + ">;tag=hand", "To: <sip:bob>",
		"Call-ID: hand-" + app.shown.at() + "@" + address, "CSeq: 1 OPTIONS", "Content-Length: 0", "", ""].join("\n");
}
// What VERB wants of ON: of some an editor opens.
function paramsOf(on, verb) {
	if (on === "message" && verb.name === "edit")
		return [{ key: "text", needed: true, text: acting.message.text.replace(/\r\n/g, "\n") }];
	if (verb.name === "send" && on.indexOf("/") < 0)
		return [{ key: "to", needed: true, own: true, hint: "bob, 192.0.2.3:5060" },
			{ key: "raw", needed: true, own: true, text: templateOf(on) }];
	return verb.params;
}
function fieldOf(p, verb) {
	var label = (p.key === "*" ? "name=value" : p.key) + (verb.now ? " (" + word("nowis", verb.now) + ")" : "");
	var field = p.text !== undefined ? el("textarea", { rows: 12, spellcheck: "false" })
		: el("input", { autocomplete: "off", spellcheck: "false", list: /^(target|to|first|second|focus)$/.test(p.key) ? "a-nodes" : "" });
	field.name = p.key;
	field.value = p.text || "";
	if (p.hint) field.placeholder = p.hint;
	if (p.needed) field.required = true;
	return { param: p, field: field, label: el("label", {}, label + (p.needed ? "" : " · " + word("freely")), " ", field) };
}
// A promise of what the fields give, of which the first that is wrong is told.
function takeFields(members, fields, said) {
	var given = {};
	function check(f) {
		var value = f.field.value.trim(), key = f.param.key;
		if (f.param.text !== undefined) value = f.field.value.replace(/\r?\n/g, "\r\n");
		return Promise.resolve().then(function () {
			if (f.param.own && value === "") throw new Error(word("needed", key));
			if (f.param.text !== undefined && !f.param.own && f.field.value === f.param.text)
				throw new Error(word("unchanged"));
			return app.back.ask("check", { branch: members.branch, on: members.on, verb: members.verb,
				key: key, value: value });
		}).then(function () {
			if (key === "*") given[value.split("=")[0].trim()] = value.split("=").slice(1).join("=").trim();
			else if (value !== "") given[key] = value;
		}, function (e) {
			said.textContent = e.message;
			f.field.setAttribute("aria-invalid", "true");
			f.field.focus();
			throw Object.assign(e, { asked: true });
		});
	}
	said.textContent = "";
	fields.forEach(function (f) { f.field.removeAttribute("aria-invalid"); });
	return fields.reduce(function (before, f) {
		return before.then(function () { return check(f); });
	}, Promise.resolve()).then(function () { return given; });
}
// A form for what VERB wants, below PLACE; nothing wanted, it is done.
function beginVerb(on, verb, place) {
	var record = on === "message" ? acting.message.record : app.shown.at();
	var members = { branch: app.branch, record: record, on: on, verb: verb.name, args: {} };
	var fields = paramsOf(on, verb).map(function (p) { return fieldOf(p, verb); });
	var said = el("p", { class: "a-bad", role: "alert" }), form = el("form", { class: "a-form" });
	by("a-panel").querySelectorAll(".a-form").forEach(function (f) { f.remove(); });
	if (fields.length === 0) return guarded(doAct(members));
	form.noValidate = true;
	form.append(el("p", {}, el("strong", { text: verb.name }), " – " + verb.text));
	fields.forEach(function (f) { form.append(f.label); });
	form.append(said, el("button", { text: word("doit") }));
	form.addEventListener("submit", function (event) {
		event.preventDefault();
		guarded(takeFields(members, fields, said).then(function (given) {
			acting.form = null;
			return doAct(Object.assign(members, { args: given }));
		}).catch(function (e) { if (!e.asked) throw e; }));
	});
	acting.form = form;
	form.members = members;
	place.after(form);
	fields[0].field.focus();
	fields[0].field.setSelectionRange(0, 0);
	fields[0].field.scrollTop = 0;
	return null;
}

// ---- what can be acted on ----

var MESSAGE_VERBS = ["drop", "delay", "edit", "duplicate"];
// A form that is open stays at its record.
function moveForm(box, on) {
	var m = acting.form && acting.form.members, b;
	if (!m || m.on !== on || m.branch !== app.branch || m.record !== (on === "message" ? acting.message.record : app.shown.at())) return;
	b = box.querySelector("[data-verb=\"" + CSS.escape(m.verb) + "\"]");
	if (b) b.closest(".a-row, .a-verbs").after(acting.form);
}
// Buttons for what can be done to ON, into BOX.
function fillVerbs(box, on) {
	return guarded(refill(box, function () {
		return app.back.ask("verbs", { branch: app.branch, record: on === "message" ? acting.message.record : app.shown.at(), on: on })
			.then(function (v) { return function () { putVerbs(box, on, v.verbs); }; });
	}));
}
function putVerbs(box, on, verbs) {
	var message = on === "message", groups = new Map(GROUPS.map(function (g) { return [g[0], []]; }));
	verbs.forEach(function (x) {
		var shown = message ? [word(x.name === "edit" ? "amend" : x.name)]
			: [el("strong", { text: x.name }), el("span", { text: x.text })];
		var b = el("button", { type: "button", title: x.text, "data-verb": x.name });
		b.append.apply(b, shown);
		// Bytes that are not text have no editor.
		if (message && x.name === "edit" && acting.message.text === undefined) return;
		b.addEventListener("click", function () { beginVerb(on, x, b.closest(".a-row, .a-verbs")); });
		groups.get(message ? "gcalls" : groupOf(x)).push(b);
	});
	box.replaceChildren();
	groups.forEach(function (list, key) {
		if (list.length === 0) return;
		list.sort(function (a, b) {
			return message ? MESSAGE_VERBS.indexOf(a.dataset.verb) - MESSAGE_VERBS.indexOf(b.dataset.verb) : 0;
		});
		if (!message) box.append(el("h4", { text: word(key) }));
		var row = el("div", { class: message ? "a-row" : "a-verbs" });
		row.append.apply(row, list);
		box.append(row);
	});
	moveForm(box, on);
}
// A node, link or call with its actions, which appear when a person opens it.  COMES gets a
// promise for each thing that is already open.
function thingOf(t, comes) {
	var verbs = el("div"), text = t.text || (t.kind === "node" ? word("router") : "");
	var box = el("details", { class: "a-thing", "data-on": t.on, name: "a-thing" },
		el("summary", {}, el("strong", { text: t.on }), t.kind === "link" ? "" : " " + text), verbs);
	function opened() {
		if (!box.open || box.dataset.asked) return null;
		acting.on = t.on;
		box.dataset.asked = "yes";
		return fillVerbs(verbs, t.on);
	}
	box.open = acting.on === t.on;
	box.addEventListener("toggle", opened);
	comes.push(opened());
	return box;
}
function fillThings(panel, t) {
	var message = el("section", { class: "a-acts" }), row = el("div"), comes = [];
	acting.things = t.things;
	acting.message = t.message;
	panel.append(el("p", { class: "a-soft", text: word("after", app.shown.at()) }));
	panel.append(el("datalist", { id: "a-nodes" }));
	if (t.message) {
		message.append(el("h3", {}, word("thismessage") + ": " + t.message.node + " " + t.message.summary), row);
		panel.append(message);
	}
	["call", "node", "link"].forEach(function (kind) {
		var list = t.things.filter(function (x) { return x.kind === kind; });
		var box = el("section", { class: "a-acts" }, el("h3", { text: word("k" + kind) }));
		// Those that are asked to do most first, the record's own before them.
		if (kind === "node") list = list.slice(0, 1).concat(list.slice(1).sort(function (a, b) { return b.offers - a.offers; }));
		if (kind === "node") list.forEach(function (x) { by("a-nodes").append(el("option", { value: x.on })); });
		if (list.length === 0) return;
		box.append.apply(box, list.map(function (x) { return thingOf(x, comes); }));
		panel.append(box);
	});
	return Promise.all(comes.concat(t.message ? fillVerbs(row, "message") : null));
}

addPanel("act", fillThings);
panels.act.ask = function () { return app.back.ask("things", { branch: app.branch, record: app.shown.at() }); };
panels.act.follow = fillPanel;
