// What the scripts of a page unpack is what 7zz and xz say of the same bytes, and nothing comes of
// bytes that were changed, a line for each part that is packed:
//
//	node tests/page/unpack.js UNPACKER PAGE…
"use strict";
const fs = require("fs"), os = require("os"), path = require("path"), vm = require("vm");
const { execFileSync } = require("child_process");
const [unpacker, ...pages] = process.argv.slice(2);
const of = { WebAssembly, Uint8Array, Response, Blob, DecompressionStream, atob };
vm.runInNewContext(fs.readFileSync(unpacker, "utf8") +
	fs.readFileSync(path.join(__dirname, "../../assets/page/unpack.js"), "utf8") + "\nthis.unpack = unpack;", of);

function unpackedElsewhere(bytes) {
	const most = { maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "ignore"] };
	if (bytes[0] !== 0x37) return execFileSync("xz", ["--format=lzma", "-dc"], { input: bytes, ...most });
	const archive = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "unpack-")), "a.7z");
	try {
		fs.writeFileSync(archive, bytes.subarray(0, bytes.length - 4));
		return execFileSync("7zz", ["x", "-so", archive], most);
	} finally { fs.rmSync(path.dirname(archive), { recursive: true }); }
}
// The middle of what is packed, changed: its length and form are as they were.
async function isNoticed(bytes, right) {
	const other = Buffer.from(bytes);
	other[32 + Math.floor(bytes.length / 3)] ^= 0x10;
	const came = await of.unpack(other.toString("base64")).catch(() => null);
	return came === null || Buffer.compare(Buffer.from(came), right) === 0 ? "noticed" : "taken as it is";
}

(async () => {
	for (const page of pages)
		for (const [, id, text] of fs.readFileSync(page, "utf8").matchAll(/ id="a-(texts|prose)"[^>]*>([^<]*)</g)) {
			const bytes = Buffer.from(text, "base64"), right = unpackedElsewhere(bytes);
			const came = await of.unpack(text).then((b) => Buffer.from(b), (e) => Buffer.from(String(e)));
			console.log(path.basename(page), id, Buffer.compare(came, right) === 0 ? "right" : "WRONG",
				bytes[0] === 0x37 ? await isNoticed(bytes, right) : "");
		}
})();
