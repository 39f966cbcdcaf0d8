// In a worker of its own: the engine, which answers line by line; or one that only unpacks.
var asked = null;

self.onmessage = function (event) {
	var m = event.data;
	if (m.packed) {
		unpack(m.packed).then(function (bytes) { self.postMessage(bytes.slice()); },
			function (e) { self.postMessage(String(e)); });
		return;
	}
	if (m.engine) {
		asked = unpack(m.engine).then(function (wasm) {
			return rungEngine({ wasmBinary: wasm });
		}).then(askerOf);
		return;
	}
	asked.then(function (ask) { return ask(m); }).catch(function (e) {
		return JSON.stringify({ id: JSON.parse(m).id, wrong: String(e),
			kind: "STATE" });
	}).then(function (answer) { self.postMessage(answer); });
};
