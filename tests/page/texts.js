// The texts that a page has, as JSON:  node tests/page/texts.js PAGE
"use strict";
const fs = require("fs"), vm = require("vm"), os = require("os"), path = require("path");
const { execFileSync } = require("child_process");
vm.runInThisContext(fs.readFileSync("assets/page/app/library.js", "utf8"));
const page = fs.readFileSync(process.argv[2], "utf8");

// What element ID of the page has, by the programs that packed it: a page whose engine is
// none has nothing that unpacks.
function unpackedBy(id) {
	const bytes = Buffer.from(new RegExp(`id="${id}">([^<]*)<`).exec(page)[1], "base64");
	const most = { maxBuffer: 1 << 26 };
	if (bytes[0] === 0x1F) return execFileSync("gzip", ["-dc"], { input: bytes, ...most });
	if (bytes[0] !== 0x37) return execFileSync("xz", ["--format=lzma", "-dc"], { input: bytes, ...most });
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rung-texts-")), archive = path.join(folder, "a.7z");
	try {
		fs.writeFileSync(archive, bytes.subarray(0, -4));
		const text = execFileSync("7zz", ["x", "-so", archive], { stdio: ["ignore", "pipe", "ignore"], ...most });
		if (text.length !== bytes.readUInt32LE(bytes.length - 4)) throw new Error("another length");
		return text;
	} finally {
		fs.rmSync(folder, { recursive: true });
	}
}
const library = libraryOf(unpackedBy("a-texts"), () => unpackedBy("a-prose"));
library.prose().then(() => fs.writeFileSync(1, JSON.stringify(library)));
