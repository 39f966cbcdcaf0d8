// What is packed in the page, as base64: gzip by what the browser has, LZMA (xz --format=lzma)
// and PPMd (a 7z archive with the file's length behind it) by unpack.c, as WebAssembly.
function bytesOf(text) {
	if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
	var plain = atob(text), bytes = new Uint8Array(plain.length);
	for (var i = 0; i < plain.length; i++) bytes[i] = plain.charCodeAt(i);
	return bytes;
}

// A promise of what TEXT has packed.
function unpack(text) {
	var bytes = bytesOf(text);
	if (bytes[0] === 0x1F) return new Response(new Blob([bytes]).stream().pipeThrough(
		new DecompressionStream("gzip"))).arrayBuffer()
		.then(function (b) { return new Uint8Array(b); });
	return WebAssembly.instantiate(bytesOf(UNPACKER)).then(function (unpacker) {
		var by = unpacker.instance.exports, from = by.room(bytes.length), to;
		new Uint8Array(by.memory.buffer).set(bytes, from);
		to = bytes[0] === 0x37 ? by.ppmd(from, bytes.length) : by.lzma(from, bytes.length);
		if (to === 0) throw new Error("cut");
		return new Uint8Array(by.memory.buffer, to, by.length());
	});
}
