// What stands beside the picture: the step in words, the message, why it was
// sent, and what lives at the nodes then.
var MOST_CAUSES = 50, LAST_CAUSES = 10, MOST_EFFECTS = 30;
var explained = true, wanted = []; // words to be marked in messages

function empty(id) {
	var e = byId(id);
	e.replaceChildren(); // and so its top
	return e;
}

function recordLink(seq, text) {
	var a = make("a", "p-record", text || "#" + seq);
	a.href = "#record=" + seq;
	a.title = say(words.record, seq);
	return a;
}

function rfcLink(rfc, section, level) {
	var a = make("a", "p-rfc", "RFC " + rfc + (section ? " " + section : "") +
		(level ? ", " + level : ""));
	a.href = "https://www.rfc-editor.org/rfc/rfc" + rfc +
		(section ? "#section-" + section : "");
	a.rel = "noopener noreferrer";
	a.target = "_blank";
	return a;
}

function showNow(record, row) {
	var where = byId("p-place"), what = byId("p-caption");
	if (!record) {
		where.textContent = "";
		what.textContent = words.start;
		return;
	}
	var own = row && (row.seq === record.seq || row.end === record.seq);
	where.textContent = (own && row.nth ?
		say(words.of, row.nth, messages.length) + " · " : "") +
		say(words.at, record.seq, records[records.length - 1].seq,
			seconds(record.t));
	what.textContent = row && row.seq === record.seq ? row.caption
		: record.text;
}

// TEXT with the words that are searched for marked.
function marked(text) {
	var e = make("span"), low = text.toLowerCase(), at = 0;
	while (at < text.length) {
		var next = -1, long = 0;
		wanted.forEach(function (w) {
			var i = low.indexOf(w, at);
			if (i >= 0 && (next < 0 || i < next)) { next = i; long = w.length; }
		});
		if (next < 0) break;
		e.append(text.slice(at, next),
			make("mark", "", text.slice(next, next + long)));
		at = next + long;
	}
	e.append(text.slice(at));
	return e;
}

function sentences(box, label, text, name) {
	if (text === "") return;
	text.split("\n").forEach(function (s, i) {
		box.append(make("p", name,
			label && i === 0 ? make("b", "", label + " ") : null, s));
	});
}

function explanation(note) {
	var box = make("div", "p-note");
	var what = texts[note[0]];
	if (what || note[1])
		box.append(make("p", "p-what", what ? what + " " : null,
			note[1] ? rfcLink(note[1], note[2]) : note[2] || null));
	sentences(box, "", texts[note[3]], "p-says");
	sentences(box, words.outdated, texts[note[4]], "p-old");
	sentences(box, words.wrong, texts[note[5]], "p-wrong");
	return box;
}

// Each line of a message, and below it what it means.
function messageLines(pre, notes) {
	var box = make("div", "p-lines"), n = 0;
	pre.childNodes.forEach(function (e) {
		if (e.nodeType === 3) {
			if (e.data.indexOf("\n\n") >= 0) box.append(make("div", "p-gap"));
			return;
		}
		var line = make("div", "p-line",
			make("code", "", marked(e.textContent)));
		if (notes[n] !== undefined)
			line.append(explanation(data.notes[notes[n]]));
		n++;
		box.append(line);
	});
	return box;
}

// The row of the message that led to RECORD, or null.
function behind(record) {
	for (var r = record; r; r = recordOf.get(r.cause)) {
		var row = rowAt.get(r.seq);
		if (row && row.item === "message") return row;
	}
	return null;
}

// ROW's message; DIM where it is but the one that led to the present record.
function showMessage(row, dim) {
	var body = empty("p-message-body");
	body.classList.toggle("p-behind", dim);
	if (!row || row.item !== "message") {
		body.append(make("p", "p-dim", words.nomessage));
		return;
	}
	var known = notesOf.get(row.seq);
	var source = messageOf.get(known.first || row.seq);
	body.append(make("p", "p-head", make("b", "p-kind-" + row.kind, row.label),
		" " + nodes[row.from].name + " → " + nodes[row.to].name));
	if (known.first)
		body.append(make("p", "p-dim", say(words.again, known.first)));
	if (source.querySelector("pre"))
		body.append(messageLines(source.querySelector("pre"),
			(known.first ? notesOf.get(known.first) : known).notes));
	// What a fault made of it on its way, and what is missing.
	if (row.end > horizon()) return;
	messageOf.get(row.seq).querySelectorAll(
		".altered, .altered + pre, :not(pre) ~ .again").forEach(function (e) {
		if (!known.first || !e.classList.contains("again"))
			body.append(e.cloneNode(true));
	});
}

function step(record, told) {
	var li = make("li", "p-cause", recordLink(record.seq),
		make("span", "p-time", seconds(record.t) + " s"),
		make("span", "p-text", record.text));
	var rule = record.rule;
	if (!rule) return li;
	var p = make("p", "p-rule", rule[0] ? rfcLink(rule[0], rule[1], rule[3]) : null, " ");
	p.append(told && told.has(rule) ? "(" + words.same + ")" : rule[2]);
	if (told) told.add(rule);
	li.append(p);
	return li;
}

function chainOf(record) {
	var chain = [];
	for (var r = record; r; r = recordOf.get(r.cause)) chain.push(r);
	return chain;
}

// Why the call of RECORD ended, from its last message on, unless something is hidden.
function showEnd(body, record) {
	var row = behind(record), e = row && endOf.get(row.call);
	if (!e || e.last > record.seq || horizon() < Infinity) return;
	var p = make("p", e.trouble ? "p-end p-wrong" : "p-end", e.text);
	e.proof.forEach(function (seq) {
		if (recordOf.has(seq)) p.append(" ", recordLink(seq));
	});
	body.append(p);
	if (e.next) body.append(make("p", "p-dim", e.next));
}

function showWhy(record) {
	var body = empty("p-why-body");
	if (!record) return;
	showEnd(body, record);
	var chain = chainOf(record), list = make("ol"), told = new Set();
	var left = chain.length - MOST_CAUSES - LAST_CAUSES;
	chain.forEach(function (r, i) {
		if (left > 0 && i === MOST_CAUSES)
			list.append(make("li", "p-dim", say(words.more, left)));
		if (left <= 0 || i < MOST_CAUSES || i >= MOST_CAUSES + left)
			list.append(step(r, told));
	});
	body.append(list);
	var ends = chain[chain.length - 1].ends;
	if (ends) body.append(make("p", "p-dim", ends));
	body.append(make("h3", "", words.came));
	var effects = make("ul");
	var came = record.effects.filter(function (r) {
		return r.seq <= horizon();
	});
	came.slice(0, MOST_EFFECTS).forEach(function (r) {
		effects.append(step(r, null));
	});
	if (came.length === 0)
		body.append(make("p", "p-dim", words.nothing));
	else
		body.append(effects);
	if (came.length > MOST_EFFECTS)
		body.append(make("p", "p-dim",
			say(words.more, came.length - MOST_EFFECTS)));
}

// When E ends, or should have: "31 s left".
function left(e, t) {
	return e.due < 0 ? "" : e.due < t ? say(words.due, seconds(e.due))
		: say(words.left, length(e.due - t));
}

function timerItem(e, t) {
	var li = make("li", "p-timer", make("span", "p-name", e.name), " ",
		make("b", "", left(e, t)));
	li.title = e.about;
	if (e.due < t) return li;
	var bar = make("span", "p-bar"), part = make("span");
	part.style.width = (e.due > e.since ?
		100 * (e.due - t) / (e.due - e.since) : 0).toFixed(1) + "%";
	bar.append(part);
	bar.setAttribute("aria-hidden", "true");
	li.append(bar);
	return li;
}

function liveItem(e, timers, t, seq) {
	var li = make("li", e.seq === seq ? "p-fresh" : "",
		make("span", "p-name", e.name), " ");
	if (e.state)
		li.append(make("b", "p-state", e.state), " ",
			make("span", "p-since", say(words.since, seconds(e.since))));
	else
		li.append(make("span", "p-since", left(e, t)));
	sentences(li, "", e.about, "p-about");
	var own = timers.filter(function (x) {
		return e.owns !== "" && x.owner === e.owns;
	});
	if (own.length > 0) {
		var list = make("ul");
		own.forEach(function (x) { list.append(timerItem(x, t)); });
		li.append(list);
	}
	own.forEach(function (x) { timers.splice(timers.indexOf(x), 1); });
	return li;
}

function nodeCard(node, all, t, seq) {
	var timers = all.filter(function (e) { return e.group === 3; });
	var list = make("ul");
	all.filter(function (e) { return e.group !== 3; })
		.sort(function (a, b) { return a.group - b.group || a.place - b.place; })
		.forEach(function (e) { list.append(liveItem(e, timers, t, seq)); });
	timers.forEach(function (e) { list.append(timerItem(e, t)); });
	return make("article", "p-node", make("h3", "", node.name + " ",
		make("small", "", (node.label ? node.label + " · " : "") +
			node.role)), all.length > 0 ? list
		: make("p", "p-dim", words.idle));
}

function showState(record) {
	var body = empty("p-state-body"), cards = make("div", "p-cards");
	var seq = record ? record.seq : 0, all = liveAt(seq);
	var t = record ? record.t : 0;
	nodes.forEach(function (node, i) {
		var card = nodeCard(node, all.filter(function (e) {
			return e.node === i;
		}), t, seq);
		card.classList.toggle("p-here", !!record && record.node === i);
		cards.append(card);
	});
	body.append(cards);
	var here = cards.querySelector(".p-here");
	if (here && here.offsetTop + 60 > body.offsetTop + body.clientHeight)
		body.scrollTop = here.offsetTop - body.offsetTop - 4;
}
