// The trace of TEXT, whose records are without their numbers, with times and causes told by
// how far they are away (put_record in src/interface/web/web_library.c).
function traceOf(text) {
	var seq = 0, t = 0;
	return text.split("\n").map(function (line) {
		var behind = line.indexOf(",");
		if (line[0] !== "+") return line;
		seq++;
		t += Number(line.slice(1, behind));
		return "{\"seq\":" + seq + ",\"t\":" + t + line.slice(behind)
			.replace(/"cause":-(\d+)/, function (all, far) { return "\"cause\":" + (seq - far); });
	}).join("\n");
}

// The texts of PARTS, each behind its path, into TEXTS; a trace is made whole when it is read.
function takeTexts(texts, parts) {
	function take(path, text) {
		if (!/\/recorded\.jsonl$/.test(path)) texts[path] = text;
		else Object.defineProperty(texts, path, { configurable: true, enumerable: true, get: traceOf.bind(null, text) });
	}
	for (var i = 1; i < parts.length; i += 2) take(parts[i], parts[i + 1]);
}
function partsOf(bytes) { return new TextDecoder().decode(bytes).split("\0"); }

// The labs of BYTES, titles as JSON and their texts.  Handouts, tasks, plans and traces, in whose
// place an empty one stands, may come later: PROSE begins with that, and is a promise of their bytes.  Of the library `whole` says that
// all is there; prose() sees to it, as a promise.
function libraryOf(bytes, prose) {
	var parts = partsOf(bytes), library = JSON.parse(parts[0]), comes = null;
	library.texts = {};
	takeTexts(library.texts, parts);
	library.whole = !prose;
	library.prose = function () {
		comes = comes || Promise.resolve(prose && prose()).then(function (late) {
			if (late) takeTexts(library.texts, partsOf(late));
			library.whole = true;
		});
		return comes;
	};
	return library;
}
