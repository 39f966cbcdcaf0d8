// The engine's memory and a page's objects: a request becomes a line of JSON
// there, and the line that answers it becomes an object again.
function askerOf(engine) {
	var encoder = new TextEncoder(), decoder = new TextDecoder();
	return function (line) {
		var bytes = encoder.encode(line), at = engine._page_room(bytes.length);
		if (at === 0) throw new Error("out of memory");
		engine.HEAPU8.set(bytes, at);
		if (engine._page_ask(bytes.length) !== 0)
			throw new Error("out of memory");
		at = engine._page_answer();
		return decoder.decode(engine.HEAPU8.subarray(at,
			at + engine._page_answer_length()));
	};
}
