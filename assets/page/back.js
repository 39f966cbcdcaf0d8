// What answers a page's requests: the engine in a worker.  ask(NAME, MEMBERS) is
// a promise of what docs/SERVICE.md says; it fails with the sentence that is
// wrong, an Error with `kind`, `file`, `line`.
function bytesOf(id) {
	var text = atob(document.getElementById(id).textContent.trim());
	var bytes = new Uint8Array(text.length);
	for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return new Response(new Blob([bytes]).stream().pipeThrough(
		new DecompressionStream("gzip"))).arrayBuffer();
}

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
			if (m.is !== undefined) { w.resolve(m.is); return; }
			var e = new Error(m.wrong);
			e.kind = m.kind;
			e.file = m.file;
			e.line = m.line;
			w.reject(e);
		};
		return bytesOf("a-engine").then(function (wasm) {
			worker.postMessage({ wasm: wasm }, [wasm]);
		});
	}

	var ready = begin();
	return {
		ask: function (name, members) {
			var id = ++last;
			return ready.then(function () {
				return new Promise(function (resolve, reject) {
					waiting.set(id, { resolve: resolve,
						reject: reject });
					worker.postMessage(JSON.stringify(Object.assign(
						{ id: id, ask: name }, members)));
				});
			});
		},
		// What runs ends at once; all that was asked is wrong.
		stop: function () {
			worker.terminate();
			waiting.forEach(function (w) {
				w.reject(new Error("stopped"));
			});
			waiting.clear();
			ready = begin();
		}
	};
}
