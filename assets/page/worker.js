// In a worker of its own: the engine, which answers line by line.
var asked = null;

self.onmessage = function (event) {
	var m = event.data;
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
