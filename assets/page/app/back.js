// What answers a page's requests.  library() is a promise of the labs that there are
// and their texts; ask(NAME, MEMBERS) one of what docs/TRACE.md says, which fails with
// the sentence that is wrong, an Error with `kind`, `file`, `line`; stop() ends what runs.
function isOf(m) {
	var e;
	if (m.is !== undefined) return m.is;
	e = new Error(m.wrong);
	e.kind = m.kind;
	e.file = m.file;
	e.line = m.line;
	throw e;
}

// ---- the engine in a worker, from the page itself ----

// What a browser must have: where one of these is missing, nothing would come.
addWords({ starts: ["rung is starting …", "rung 正在启动……"],
	lacks: ["This browser has no %1, which rung needs. A browser of 2023 or later has it (Firefox, Chrome, Edge, Safari), " +
		"unless a policy or a lockdown mode turns it off.",
		"此浏览器没有 rung 所需的 %1。2023 年或以后的 Firefox、Chrome、Edge、Safari 都有，除非被策略或锁定模式关闭。"] });
var NEEDS = ["WebAssembly", "Worker", "DecompressionStream", "TextDecoder"];

// In the page's place until something stands there: TEXT.
function tellWaits(text) { by("a-waits").textContent = text; }
// From the engine's first answer on there is something else to say.
function wake() { document.body.classList.add("a-awake"); }
function tellLack(name) {
	document.body.classList.add("a-lacks");
	tellWaits(word("lacks", name));
	return new Error(word("lacks", name));
}

// The engine and the labs stand behind this script: a promise of what element ID has, when
// all of it has come.
function packedIn(id) {
	function all() {
		var e = by(id);
		return e && (e.nextElementSibling || document.readyState !== "loading") ? e.textContent : null;
	}
	return new Promise(function (resolve) {
		var watch = new MutationObserver(look);
		function look() {
			var text = all();
			if (text === null) return;
			watch.disconnect();
			document.removeEventListener("DOMContentLoaded", look);
			resolve(text);
		}
		watch.observe(document.body, { childList: true });
		document.addEventListener("DOMContentLoaded", look);
		look();
	});
}

function workerBack() {
	var worker, waiting = new Map(), asked = 0;
	var lack = NEEDS.filter(function (name) { return typeof window[name] === "undefined"; })[0];

	if (lack) return { library: function () { return Promise.reject(tellLack(lack)); } };
	tellWaits(word("starts"));
	function start() {
		var source = document.getElementById("a-worker").textContent;
		var at = URL.createObjectURL(new Blob([source],
			{ type: "text/javascript" }));
		var started = new Worker(at);
		URL.revokeObjectURL(at);
		return started;
	}
	// A promise of what element ID has, unpacked beside the engine.
	function unpacked(id) {
		return packedIn(id).then(function (packed) {
			return new Promise(function (resolve, reject) {
				var beside = start();
				beside.onmessage = function (event) {
					beside.terminate();
					if (typeof event.data === "string") reject(new Error(event.data));
					else resolve(event.data);
				};
				beside.onerror = function () { reject(tellLack("Worker")); };
				beside.postMessage({ packed: packed });
			});
		});
	}
	function begin() {
		var started = worker = start();
		worker.onmessage = function (event) {
			var m = JSON.parse(event.data), w = waiting.get(m.id);
			wake();
			waiting.delete(m.id);
			if (w === undefined) return;
			try { w.resolve(isOf(m)); } catch (e) { w.reject(e); }
		};
		worker.onerror = function () {
			if (!document.body.classList.contains("a-awake")) tellLack("Worker");
		};
		packedIn("a-engine").then(function (text) { started.postMessage({ engine: text }); });
	}

	begin();
	return {
		library: function () {
			return unpacked("a-texts").then(function (bytes) {
				return libraryOf(bytes, unpacked.bind(null, "a-prose"));
			});
		},
		ask: function (name, members) {
			var id = ++asked;
			return new Promise(function (resolve, reject) {
				waiting.set(id, { resolve: resolve, reject: reject });
				worker.postMessage(JSON.stringify(Object.assign(
					{ id: id, ask: name }, members)));
			});
		},
		// What runs ends at once; all that was asked is wrong.
		stop: function () {
			worker.terminate();
			waiting.forEach(function (w) {
				w.reject(new Error(word("stopped")));
			});
			waiting.clear();
			begin();
		}
	};
}

// ---- an engine of one's own at rung serve (docs/SERVE.md) ----

// Who one is in a class, a seat: { code, number, teacher, token }.  The tab has its own; the
// browser keeps those of the last tabs, by which one comes back.
var SEATS_MOST = 8;
function isSeat(s) {
	return s !== null && typeof s === "object" && ["code", "number", "token"].every(function (k) {
		return typeof s[k] === "string";
	});
}
function readKept(storage, key) {
	try { return JSON.parse(window[storage].getItem("rung." + key)); } catch (e) { return null; }
}
function writeKept(storage, key, value) {
	try { window[storage].setItem("rung." + key, JSON.stringify(value)); } catch (e) { /* not kept */ }
}
function keptSeats() {
	var list = readKept("localStorage", "seats");
	return Array.isArray(list) ? list.filter(isSeat) : [];
}
function isSameSeat(a, b) {
	return a.code === b.code && a.number === b.number && !!a.teacher === !!b.teacher;
}
// The one like SEAT by which the last tab went on.
function newestSeat(seat) {
	return keptSeats().filter(function (s) { return isSameSeat(s, seat); })[0] || seat;
}
function forgetSeat(seat) {
	writeKept("localStorage", "seats", keptSeats().filter(function (s) {
		return s.token !== seat.token && !isSameSeat(s, seat);
	}));
}

function serverBack() {
	wake();
	var seat = null, last = 0, ready = Promise.resolve(), taken = [];
	var channel = window.BroadcastChannel ? new BroadcastChannel("rung") : null;

	function post(name, members) {
		return fetch("ask", { method: "POST", keepalive: name === "away", headers: seat ?
			{ Authorization: "Bearer " + seat.token } : {},
			body: JSON.stringify(Object.assign({ id: ++last, ask: name }, members))
		}).then(function (r) {
			return r.json().then(isOf).catch(function (e) {
				e.stranger = r.status === 401;
				e.elsewhere = r.status === 409;
				throw e;
			});
		});
	}
	// Who comes in is asked for before anything else is.
	function sit(members, code) {
		var done = ready.then(function () { return post("join", members); })
			.then(function (m) {
				if (m.back) forgetSeat({ token: members.again });
				seat = { code: code, number: m.number, teacher: m.teacher,
					token: m.token };
				forgetSeat(seat);
				writeKept("sessionStorage", "seat", seat);
				writeKept("localStorage", "seats",
					keptSeats().concat([seat]).slice(-SEATS_MOST));
				return m;
			});
		ready = done.catch(function () {});
		return done;
	}
	if (channel) channel.onmessage = function (event) {
		var m = event.data || {};
		if (seat && m.who && m.who.indexOf(seat.token) >= 0)
			channel.postMessage({ at: seat.token });
		if (m.at) taken.push(m.at);
	};
	return {
		serves: true,
		library: function () {
			return fetch("labs").then(function (r) { return r.arrayBuffer(); })
				.then(function (bytes) { return libraryOf(bytes, null); });
		},
		ask: function (name, members) {
			return ready.then(function () { return post(name, members); });
		},
		// The lines of the run that goes on there behind record SINCE.
		live: function (since) {
			return ready.then(function () {
				return fetch("live?since=" + since, { headers: { Authorization: "Bearer " + seat.token } });
			}).then(function (r) {
				if (r.ok) return r.text();
				throw Object.assign(new Error(r.status), { status: r.status });
			});
		},
		seat: function () { return seat; },
		// What this tab had when it was here last: a doubled tab has that of the other.
		ownSeat: function () {
			var own = readKept("sessionStorage", "seat");
			return isSeat(own) ? own : null;
		},
		// Those of LIST that other tabs of this browser are at, after a moment.
		takenOf: function (list) {
			taken = [];
			if (!channel || list.length === 0) return Promise.resolve(taken);
			channel.postMessage({ who: list.map(function (s) { return s.token; }) });
			return new Promise(function (resolve) { setTimeout(resolve, 250); })
				.then(function () {
					return list.filter(function (s) {
						return taken.indexOf(s.token) >= 0;
					});
				});
		},
		// Lets in who has the CODE; fails with the sentence why not.
		join: function (code, number, slip) {
			var to = newestSeat({ code: code, number: number });
			return sit({ code: code, number: number, word: slip,
				again: number === "" ? undefined : to.token }, code);
		},
		// To the seat of an earlier visit.
		back: function (to) {
			return sit({ again: to.token, number: to.number }, to.code);
		},
		leave: function () {
			return this.ask("leave", {}).then(function () {
				forgetSeat(seat);
				seat = null;
				writeKept("sessionStorage", "seat", null);
			});
		},
		// Who says another number is somebody else, or comes back as that.
		number: function (number) {
			var to;
			if (!seat || seat.teacher || number === "" || number === seat.number) return null;
			to = newestSeat({ code: seat.code, number: number });
			return sit({ code: seat.code, number: number,
				again: to.token || seat.token }, seat.code);
		},
		teaches: function () { return !!seat && !!seat.teacher; },
		stop: function () { return post("stop", {}); }
	};
}
