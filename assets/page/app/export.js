// Export: the run as files, as rung export and rung run write them; PNG by the browser.
addWords({ export: ["Export", "导出"], wide: ["Width of the picture", "图片宽度"],
	exporttext: ["The branch that is shown, as a file:", "将当前分支导出为文件："],
	nopicture: ["The browser can't draw a picture as large as that.", "浏览器无法绘制这么大的图片。"] });

var EXPORTS = [
	["svg", "image/svg+xml"], ["html", "text/html"], ["jsonl", "application/x-ndjson"],
	["md", "text/markdown"], ["txt", "text/plain"], ["mmd", "text/plain"],
	["puml", "text/plain"], ["gv", "text/plain"], ["json", "application/json"]
];

function exported(format) {
	return app.back.ask("export", { branch: app.branch, format: format })
		.then(function (x) { return x.text; });
}

function fileName(ending) {
	return (app.file ? app.file.name.replace(/\.[a-z]+$/, "") : app.lab || "rung") +
		(app.branch > 0 ? "-" + app.branch : "") + "." + ending;
}

// SVG, drawn WIDTH pixels wide on white: a promise of a Blob.
function drawn(svg, width) {
	var image = new Image();
	image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
	return image.decode().then(function () {
		var canvas = el("canvas"), pen = canvas.getContext("2d");
		canvas.width = width;
		canvas.height = Math.round(width * image.naturalHeight / image.naturalWidth);
		pen.fillStyle = "#fff";
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.drawImage(image, 0, 0, canvas.width, canvas.height);
		return new Promise(function (resolve, reject) {
			canvas.toBlob(function (blob) {
				if (blob) resolve(blob);
				else reject(new Error(word("nopicture")));
			});
		});
	}, function () { throw new Error(word("nopicture")); }).finally(function () {
		URL.revokeObjectURL(image.src);
	});
}

addPanel("export", function (panel) {
	var width = el("input", { type: "number", min: 100, max: 8000, value: 1600 });
	var row = el("div", { class: "a-row" });
	function button(ending, deed) {
		var b = el("button", { type: "button", text: ending.toUpperCase() });
		b.addEventListener("click", function () { guarded(deed()); });
		row.append(b);
	}
	EXPORTS.forEach(function (x) {
		button(x[0], function () {
			return exported(x[0]).then(function (text) {
				download(fileName(x[0]), text, x[1]);
			});
		});
	});
	button("png", function () {
		return exported("svg").then(function (svg) {
			return drawn(svg, Math.min(8000, Math.max(100, Number(width.value) || 1600)));
		}).then(function (blob) { download(fileName("png"), blob, "image/png"); });
	});
	panel.append(el("p", { text: word("exporttext") }), row,
		el("label", {}, word("wide") + " (PNG) ", width));
});
