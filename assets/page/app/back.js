// What answers a page's requests.  library() is a promise of the labs that there are
// and their texts; ask(NAME, MEMBERS) one of what docs/SERVICE.md says, which fails with
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

function packedIn(id) { return document.getElementById(id).textContent; }

function workerBack() {
	var worker, waiting = new Map(), last = 0;

	function begin() {
		var source = document.getElementById("a-worker").textContent;
		var at = URL.createObjectURL(new Blob([source],
			{ type: "text/javascript" }));
		worker = new Worker(at);
		URL.revokeObjectURL(at);
		worker.onmessage = function (event) {
			var m = JSON.parse(event.data), w = waiting.get(m.id);
			waiting.delete(m.id);
			if (w === undefined) return;
			try { w.resolve(isOf(m)); } catch (e) { w.reject(e); }
		};
		worker.postMessage({ engine: packedIn("a-engine") });
	}

	begin();
	return {
		library: function () {
			return unpack(packedIn("a-texts")).then(function (bytes) {
				return JSON.parse(new TextDecoder().decode(bytes));
			});
		},
		ask: function (name, members) {
			var id = ++last;
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
				w.reject(new Error("stopped"));
			});
			waiting.clear();
			begin();
		}
	};
}

// ---- an engine of one's own at rung serve (docs/SERVE.md) ----

function serverBack() {
	var token = sessionStorage.getItem("rung.token"), last = 0;

	function ask(name, members) {
		return fetch("ask", { method: "POST", headers: token ?
			{ Authorization: "Bearer " + token } : {},
			body: JSON.stringify(Object.assign({ id: ++last, ask: name }, members))
		}).then(function (r) {
			return r.json().then(isOf).catch(function (e) {
				e.stranger = r.status === 401;
				throw e;
			});
		});
	}
	return {
		serves: true,
		library: function () {
			return fetch("labs.json").then(function (r) { return r.json(); });
		},
		ask: ask,
		// Lets in who has the CODE; fails with the sentence why not.
		join: function (code, number) {
			return ask("join", { code: code, number: number }).then(function (m) {
				token = m.token;
				sessionStorage.setItem("rung.token", token);
				sessionStorage.setItem("rung.teacher", String(m.teacher));
			});
		},
		// Whether an earlier visit is still one.
		joined: function () {
			return token === null ? Promise.resolve(false) :
				ask("wait", { since: 0 }).then(function () { return true; },
					function () { return false; });
		},
		teaches: function () { return sessionStorage.getItem("rung.teacher") === "true"; },
		stop: function () { return ask("stop", {}); }
	};
}
