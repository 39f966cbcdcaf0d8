// Opening and running: of a lab its texts, of an address what it says.
addWords({ wait: ["Running …", "正在运行……"],
	sofar: ["Running … %1 records", "正在运行……已有 %1 条记录"], link: ["Link", "链接"],
	ownrun: ["This is your own run, for number %1.", "这是你自己的运行，学号为 %1。"],
	nobodys: ["This is the lab's own run, without a student's number.", "这是本实验自身的运行，不带学号。"],
	samemessage: ["You are at the same message.", "你位于同一条消息处。"],
	nomessage: ["This run does not have the message where you were; you are at the last record before it.",
		"其中没有你之前所在的消息；你位于它之前的最后一条消息处。"],
	linked: ["The address is now a link to this run.", "现在的地址就是这次运行的链接。"] });

var RECORDED = "recorded.jsonl";
function hasLab(name) {
	return app.library.labs.en.some(function (l) { return l.name === name; });
}
// A browser has no firmware: of a lab with handsets there is what was recorded.
function isRecorded(name) { return "labs/" + name + "/" + RECORDED in app.library.texts; }

// The lab's own texts, that which is run first.
function textsOf(name) {
	var folder = "labs/" + name + "/", list = [];
	var first = folder + (isRecorded(name) ? RECORDED : "lab.lua");
	var texts = app.library.texts;
	Object.keys(texts).sort().forEach(function (path) {
		if (path.indexOf(folder) === 0 || path.indexOf("topologies/") === 0)
			list.push({ path: path, text: texts[path] });
	});
	list.sort(function (a, b) { return (b.path === first) - (a.path === first); });
	return list;
}

// Goes on with a run until it is done, or STILL says that it is no more wanted.  TOLD: when
// something was said of it last.
var TELL_EACH = 500; // ms
function advance(members, still, told) {
	var now = performance.now();
	return app.back.ask("advance", Object.assign({ budget: 8 }, members)).then(function (p) {
		if (still) still();
		if (p.failed) tellWrong({ message: p.failed, file: p.file, line: p.line });
		if (p.done) return p;
		if (now - (told || now) < TELL_EACH) return advance(members, still, told || now);
		tell(word("sofar", p.records.toLocaleString(document.documentElement.lang)));
		return advance(members, still, now);
	});
}
// What was wrong in a run that is done, and what of it is doubtful: { message, file, line }.
function amissIn(p) {
	var failed = { message: p.failed, file: p.file, line: p.line };
	return (p.failed ? [failed] : []).concat((p.doubts || []).map(function (d) {
		return { message: d.text, file: d.file, line: d.line, doubtful: true };
	}));
}
// What takes no longer needs no word; nor does it have time to be stopped.
var SLOW = 300; // ms
function tellRuns(still) {
	document.body.classList.remove("a-slow");
	document.body.classList.add("a-runs");
	tell("");
	setTimeout(function () {
		if (isStale({}, still) || !document.body.classList.contains("a-runs")) return;
		document.body.classList.add("a-slow");
		if (by("a-said").textContent === "") tell(word("wait"));
	}, SLOW);
}
// What runs is done: SAID, where nothing worse was.
function tellDone(said) {
	if (!by("a-said").classList.contains("a-bad")) tell(said);
}

function seedOf() { return Number(by("a-seed").value) || 0; }

// How many runs were opened.  What was asked of one that stands there no more is given up,
// without a word: another may be chosen before the last is done.
var opened = 0;
function stillOf(nth) {
	return function (value) {
		if (nth !== opened) throw Object.assign(new Error(""), { stale: true });
		return value;
	};
}

// What is waited for is no more: it says and shows nothing when it comes.
function giveUp() {
	opened++;
	document.body.classList.remove("a-runs");
}

function isStale(e, still) {
	try { still(); } catch (x) { return true; }
	return !!e.stale;
}

// Handouts and tasks come behind the first ladder, or when they are asked for.  What was opened
// without them is told to the engine then.
var opensWithout = null;
function giveProse() {
	var given = opensWithout, more;
	opensWithout = null;
	if (given === null || app.file) return null;
	more = textsOf(app.lab).filter(function (t) {
		return !given.some(function (g) { return g.path === t.path; });
	});
	given.push.apply(given, more);
	// What did not open has said so.
	return app.back.ask("texts", { texts: more }).catch(function () {});
}
var prose = null;
function proseComes() {
	prose = prose || app.library.prose().then(giveProse).then(fillTalk);
	return prose;
}

// MORE: members of the request; AFTER does the rest before something is shown; AT is the
// branch and the record to begin at.
function open(texts, seed, more, after, at) {
	var failed = null, remarks = "", still = stillOf(++opened);
	// A file that is dropped while somebody follows, say.
	if (app.follows) {
		app.alone = true;
		setFollows(false);
	}
	tellRuns(still);
	opensWithout = app.library.whole ? null : texts;
	return app.back.ask("open", Object.assign({ texts: texts, seed: seed,
		language: app.language, vocabulary: app.vocabulary }, more)).then(still).then(function (o) {
		remarks = (o.remarks || []).join(" ");
		app.texts = texts;
		app.branch = 0;
		return advance({ branch: 0 }, still);
	}).then(still).then(function (p) {
		var amiss = amissIn(p);
		markAmiss(amiss);
		remarks = amiss.filter(function (e) { return e.doubtful; }).map(placed)
			.concat(remarks || []).join(" · ");
	}).then(after && function () { return after(still); }).catch(function (e) {
		if (!e.again) throw e;
		failed = e;
	}).then(still).then(function () {
		return show(at ? at.branch : 0, at ? at.record : null);
	}).then(still).then(function () {
		tellDone(remarks);
		if (failed) tellWrong(failed);
	})
		.catch(function (e) {
			if (isStale(e, still)) return;
			tellWrong(e);
			markAmiss([e]);
			if (app.texts === texts) showNothing(word("unshown"), e.message, {});
		})
		.then(still).then(function () { document.body.classList.remove("a-runs"); })
		.catch(function () {});
}

// The request that opens lab NAME as whoever sits here has it.
function requestOf(name) {
	var recorded = isRecorded(name), changed = !recorded && isChanged();
	return { texts: (changed ? changedTexts() : []).concat(textsOf(name)),
		seed: recorded ? 0 : seedOf(), student: recorded ? "" : student(), shown: recorded,
		lab: changed ? "labs/" + name + "/lab.lua" : "", language: app.language, vocabulary: app.vocabulary };
}

// MORE: of a run beside the lab's own, its settings, acts, seed, detail (docs/TRACE.md).
function openLab(name, at, more) {
	var request, nth;
	// A number's run hangs on what its tasks draw, and what was recorded comes with them; what is
	// opened meanwhile stays.
	if (!app.library.whole && (student() || isRecorded(name))) {
		giveUp();
		nth = opened;
		return proseComes().then(function () { return nth === opened ? openLab(name, at, more) : null; });
	}
	lookNoMore();
	app.lab = name;
	app.file = null;
	app.linked = null;
	app.foreign = false;
	app.answersOf = "";
	app.more = more || null;
	app.from = null;
	tellMore();
	keepValue("lab", name);
	request = requestOf(name);
	return open(request.texts, request.seed, Object.assign({ student: request.student, shown: request.shown,
		lab: request.lab }, more), redo, at);
}

// The messages up to record SEQ: what each is, of whom, and the how many-th of these.
function messagesTo(seq) {
	var shown = app.shown, counts = new Map();
	function nameOf(place) { return (shown.nodes[place] || {}).name; }
	return shown.messages.slice().sort(function (a, b) { return a.seq - b.seq; }).map(function (m) {
		var what = [m.label, nameOf(m.from), nameOf(m.to)].join(" "), n = (counts.get(what) || 0) + 1;
		counts.set(what, n);
		return { seq: m.seq, name: what + " " + n };
	}).filter(function (m) { return m.seq <= seq; });
}
// The run of lab NAME that is one's own, by the number in the bar, at the message where one stands; else
// at the last one before that it has.  SEEN: a teacher has shown the run up to there.
function openOwn(name, seen) {
	var place = messagesTo(app.shown.at()), known = seen < Infinity ? messagesTo(seen) : [], shown = app.shown;
	by("a-seed").value = "";
	return openLab(name).then(function () {
		var own = new Map(), last, found, at;
		function hasIt(m) { return own.has(m.name); }
		if (app.shown === shown || !app.shown || app.linked) return null;
		messagesTo(Infinity).forEach(function (m) { own.set(m.name, m.seq); });
		last = place[place.length - 1];
		found = place.filter(hasIt).pop();
		at = found ? own.get(found.name) : 0;
		known = known.filter(hasIt).map(function (m) { return own.get(m.name); });
		return noteTaught(seen === Infinity ? seen : Math.max.apply(null, known.concat(0))).then(function () {
			app.shown.go(at);
			tellDone((student() ? word("ownrun", student()) : word("nobodys")) + " " +
				word(found === last && app.shown.at() === at ? "samemessage" : "nomessage"));
		});
	});
}

// What was opened last, once more; AT as of open.
function reopen(at) {
	if (app.file && !app.file.bytes) return openLive();
	if (app.file) return guarded(openBytes(app.file.name, app.file.bytes));
	return app.linked ? openLink(app.linked, at) : openLab(app.lab, at, app.more);
}

// What is open, to be put back where another thing does not open.
function whatIsOpen() {
	var was = { lab: app.lab, file: app.file, linked: app.linked, foreign: app.foreign,
		answersOf: app.answersOf, deeds: app.deeds, whose: app.whose }, number = student();
	return function () {
		Object.assign(app, was);
		by("a-student").value = number;
	};
}

// ---- a run as an address (docs/PAGE.md) ----

// Of another version the engine says so.
function isLink(hash) { return /^#\d+\./.test(hash); }

// What is longer, packed or not, the engine refuses, too.
var LINK_MOST = 100000, LINK_HOLDS = 1 << 20;
function unpackLink(packed) {
	var from = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
	var parts = [], n = 0;
	function further() {
		return from.read().then(function (r) {
			if (r.done) return new Blob(parts).text();
			parts.push(r.value);
			n += r.value.length;
			if (n <= LINK_HOLDS) return further();
			from.cancel();
			throw new Error("long");
		});
	}
	return further();
}
// What "#1.…" holds.
function readLink(hash) {
	return Promise.resolve().then(function () {
		if (hash.length > LINK_MOST) throw new Error("long");
		return unpackLink(Uint8Array.from(atob(hash.replace(/^#1\./, "").replace(/-/g, "+")
			.replace(/_/g, "/")), function (c) { return c.charCodeAt(0); }));
	}).then(JSON.parse).then(function (j) { return isObject(j) ? j : {}; });
}

// AT as of open.  Of a link that does not open nothing stays, where something else is open;
// ADDRESS is the page's then.
function openLink(hash, at, address) {
	var putBack = whatIsOpen();
	return readLink(hash).catch(function () { return {}; }).then(function (j) {
		var name = j.inputs ? j.inputs.lab : "", own = hasLab(name);
		var link = { path: own ? "labs/" + name + "/run.link" : "run.link", text: hash };
		app.lab = own ? name : app.lab;
		app.file = null;
		if (app.linked !== hash) app.deeds = [];
		app.linked = hash;
		app.foreign = !own;
		app.answersOf = own && j.kind === "hand-in" ? "#" : "";
		if (!app.answersOf) lookNoMore();
		else {
			lookAs(String(j.student));
			works.set(workName(), workOf(j));
		}
		var texts = [link].concat(textsOf(app.lab));
		return open(texts, 0, { student: student() }, redo, at).then(function () {
			if (app.texts === texts || app.linked !== hash || app.stopped) return;
			putBack();
			if (address) history.replaceState(null, "", address);
		});
	});
}

function tellLink() {
	if (!app.shown) return tell(whyNothing());
	return guarded(app.back.ask("link", { branch: app.branch }).then(function (l) {
		history.replaceState(null, "", addressOf(l.link));
		tell(word("linked"));
	}));
}
