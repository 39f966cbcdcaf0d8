// Files that are dropped onto the page, or chosen: each is opened as what it is by its
// first bytes.
addWords({ file: ["Open a file", "打开文件"],
	filetext: ["A capture (pcap, pcapng), a server's log, a trace (.jsonl), a link or saved work. You can also drop the file onto the page. A file has at most %1 MB, or %2 MB compressed (.gz).",
		"抓包（pcap、pcapng）、服务器日志、跟踪记录（.jsonl）、链接或保存的作业；也可以拖放到页面上。文件最大 %1 MB，压缩后（.gz）最大 %2 MB。"],
	large: ["%1 is too large for a page: at most %2 MB.", "%1 太大，页面最多可打开 %2 MB。"] });

var FILE_MOST = 64 << 20, PACKED_MOST = 5 << 20;

function base64Of(bytes) {
	var text = "";
	for (var i = 0; i < bytes.length; i += 32768)
		text += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
	return btoa(text);
}

function through(bytes, stream) {
	return new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer()
		.then(function (b) { return new Uint8Array(b); });
}

// A capture, a log or a trace, shown as it is.
function openBytes(name, bytes) {
	var packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
	return (packed || bytes[0] === 0x7b || bytes.length < PACKED_MOST ? Promise.resolve(bytes)
		: through(bytes, new CompressionStream("gzip"))).then(function (small) {
		if (small.length > PACKED_MOST) throw new Error(word("large", name, PACKED_MOST >> 20));
		var putBack = whatIsOpen();
		var texts = [{ path: name, base64: base64Of(small) }];
		app.file = { name: name, bytes: bytes };
		app.linked = true;
		return open(texts, 0, { shown: true }).then(function () {
			// What was shown before is there still.
			if (app.texts !== texts && app.file && app.file.bytes === bytes && !app.stopped)
				putBack();
		});
	});
}

// [what its first bytes are like, what opens it]: the first that suits.
var FILES = [
	[/^[^\n]{0,400}#?\d+\.H4sI/, function (file, head) {
		return openLink("#" + head.trim().replace(/^[^#]*#|^rung:/, ""));
	}],
	[/^\s*\{\s*("seq"|"kind"\s*:\s*"trace")/, function (file) { return readBytes(file); }],
	[/^\s*\{/, function (file) { return loadWorks(file); }],
	[/^/, function (file) { return readBytes(file); }]
];

function readBytes(file) {
	return file.arrayBuffer().then(function (b) {
		return openBytes(file.name, new Uint8Array(b));
	});
}

function openFile(file) {
	if (file.size > FILE_MOST)
		return tell(word("large", file.name, FILE_MOST >> 20), true);
	return guarded(file.slice(0, 200000).text().then(function (head) {
		var row = FILES.find(function (f) { return f[0].test(head); });
		return row[1](file, head);
	}));
}

addPanel("file", function (panel) {
	var input = el("input", { type: "file", "aria-label": word("file") });
	input.addEventListener("change", function () { if (input.files[0]) openFile(input.files[0]); });
	panel.append(el("p", { text: word("filetext", FILE_MOST >> 20, PACKED_MOST >> 20) }), el("p", {}, input));
});
panels.file.alone = true;
document.addEventListener("dragover", function (event) { event.preventDefault(); });
document.addEventListener("drop", function (event) {
	var file = event.dataTransfer && event.dataTransfer.files[0];
	if (event.defaultPrevented) return;
	event.preventDefault();
	if (file) openFile(file);
});
