// Export: the run as files, as rung export and rung run write them; PNG by the browser.
addWords({ export: ["Export", "导出"],
	exporttext: ["The branch that is shown, as a file:", "将当前分支导出为文件："],
	xsave: ["Save %1", "保存 %1"], xtitle: ["Title", "标题"], xown: ["the run's own", "运行自己的标题"],
	xtime: ["A time axis with a scale", "按比例的时间轴"],
	xnumbers: ["Messages are numbered: F1, F2 …", "给消息编号：F1、F2 ……"],
	xfrom: ["From", "从"], xto: ["To", "到"], xbegin: ["begin", "开头"], xend: ["end", "结尾"],
	xsize: ["Width in print, mm", "印刷宽度（mm）"], xpixels: ["Width, pixels", "宽度（像素）"],
	xcells: ["Width in characters", "宽度（字符）"], xasis: ["as it is", "原有宽度"],
	xpreview: ["Preview", "预览"], xmore: ["… and %1 more lines", "……还有 %1 行"],
	xnotime: ["“%1” is not a time such as 1.5s, 300ms or 2min.", "“%1”不是 1.5s、300ms、2min 这样的时间。"],
	xnowidth: ["“%1” is not a width from %2 to %3.", "“%1”不是 %2 到 %3 之间的宽度。"],
	nopicture: ["The browser can't draw such a large figure.", "浏览器无法绘制这么大的图片。"] });

// [ending, type, what it is for; English, Chinese; which options it has beside those of
// all ladders].  A trace has none.
var EXPORTS = [
	["svg", "image/svg+xml", "a figure for a report, sharp at every size", "报告用图，任意缩放都清晰", "time size"],
	["png", "image/png", "a figure of dots, for slides and chats", "位图，用于幻灯片和聊天", "time pixels"],
	["html", "text/html", "a page of its own to step through, for any browser", "可逐步查看的独立网页，任何浏览器都能打开", "time"],
	["md", "text/markdown", "the ladder for notes and issues in Markdown", "用于 Markdown 笔记和问题单", ""],
	["txt", "text/plain", "the ladder in characters, for mail and comments", "用字符绘制，用于邮件和注释", "cells"],
	["mmd", "text/plain", "Mermaid, which wikis and Git servers draw", "Mermaid，由 wiki 和 Git 服务器绘制", ""],
	["puml", "text/plain", "PlantUML, to go on drawing with", "PlantUML，可继续编辑", ""],
	["gv", "text/plain", "DOT, for Graphviz", "DOT，供 Graphviz 使用", "time"],
	["json", "application/json", "columns and rows of the ladder, for a program", "流程图的行和列，供程序读取", ""],
	["jsonl", "application/x-ndjson", "the trace with every record, which rung opens again", "含全部记录的跟踪记录，rung 可再次打开", null]
];
// What was chosen last, as it was written.
var exporting = { format: "svg", title: "", time: false, numbers: false, from: "", to: "",
	size: "", pixels: "1600", cells: "80" };
// [least, most] of each width.
var WIDTHS = { size: [13, 5080], pixels: [100, 8000], cells: [20, 1000] };

// TEXT as virtual time in ns; 0 where nothing is written.
function timeOf(text) {
	var m = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min)?\s*$/.exec(text);
	if (text.trim() === "") return 0;
	if (!m) throw new Error(word("xnotime", text));
	return Math.round(Number(m[1]) * { ms: 1e6, s: 1e9, min: 6e10 }[m[2] || "s"]);
}
// The width that KIND has, 0 where nothing is written.
function widthOf(kind) {
	var text = exporting[kind], n = Number(text);
	if (text.trim() === "") return 0;
	if (!(n >= WIDTHS[kind][0] && n <= WIDTHS[kind][1]))
		throw new Error(word("xnowidth", text, WIDTHS[kind][0], WIDTHS[kind][1]));
	return Math.round(n);
}

function formatOf(ending) { return EXPORTS.find(function (x) { return x[0] === ending; }); }
// Whether option NAME does something in the format ROW.
function hasOption(row, name) {
	return row[4] !== null && (name in WIDTHS || name === "time" ? row[4].split(" ").indexOf(name) >= 0 : true);
}

// The branch in FORMAT with what was chosen: a promise of its text.
function exported(format) {
	var row = formatOf(format);
	return Promise.resolve().then(function () {
		return row[4] === null ? {} : { title: exporting.title,
			true_time: exporting.time && hasOption(row, "time"), numbers: exporting.numbers,
			from: timeOf(exporting.from), to: timeOf(exporting.to),
			size: hasOption(row, "size") ? widthOf("size") : 0,
			width: hasOption(row, "cells") ? widthOf("cells") : 0 };
	}).then(function (members) {
		return askSeen("export", Object.assign({ branch: app.branch, format: format }, members));
	}).then(function (x) { return x.text; });
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

// Saves it in the format that is chosen.
function saveExport() {
	var row = formatOf(exporting.format), picture;
	picture = row[0] !== "png" ? exported(row[0]) : exported("svg").then(function (svg) {
		return drawn(svg, widthOf("pixels") || 1600);
	});
	return guarded(picture.then(function (made) { download(fileName(row[0]), made, row[1]); }));
}

// What is saved, to be seen: pictures as such, the beginning of texts.
var PREVIEW_LINES = 120;
function previewOf(format) {
	var isPicture = ["svg", "png", "html"].indexOf(format) >= 0;
	return exported(isPicture ? "svg" : format).then(function (text) {
		var lines, at, image;
		if (!isPicture) {
			lines = text.split("\n");
			return el("pre", { class: "a-doc", tabindex: 0, text: lines.slice(0, PREVIEW_LINES)
				.join("\n") + (lines.length > PREVIEW_LINES ? "\n" + word("xmore",
				lines.length - PREVIEW_LINES) : "") });
		}
		at = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
		image = el("img", { class: "a-diff", alt: word("xpreview"), src: at });
		image.addEventListener("load", function () { URL.revokeObjectURL(at); });
		return image;
	});
}

addPanel("export", function (panel) {
	var place = el("div", { class: "a-preview" }), fields = {};
	var save = el("button", { type: "button" });
	var formats = el("fieldset", { class: "a-formats" }, el("legend", { text: word("exporttext") }));
	var wrong = el("p", { class: "a-bad", role: "status" });
	// A format has its own options alone.
	function follow() {
		var row = formatOf(exporting.format);
		save.textContent = word("xsave", fileName(row[0]));
		Object.keys(fields).forEach(function (k) {
			fields[k].hidden = !hasOption(row, k);
		});
		return refill(place, function () {
			return previewOf(row[0]).then(function (seen) {
				return function () {
					wrong.textContent = "";
					place.replaceChildren(seen);
				};
			}, function (e) { return function () { wrong.textContent = e.message; }; });
		});
	}
	function field(name, key, attributes) {
		var input = el("input", Object.assign({ id: "a-x-" + name, autocomplete: "off" }, attributes));
		if (attributes.type === "checkbox") input.checked = exporting[name];
		else input.value = exporting[name];
		input.addEventListener("change", function () {
			exporting[name] = input.type === "checkbox" ? input.checked : input.value;
			follow();
		});
		fields[name] = el("label", attributes.type === "checkbox" ? { class: "a-check" } : {},
			input, el("span", { text: word(key) }));
		return fields[name];
	}
	EXPORTS.forEach(function (x) {
		var radio = el("input", { type: "radio", name: "a-format", value: x[0] });
		radio.checked = x[0] === exporting.format;
		radio.addEventListener("change", function () {
			exporting.format = x[0];
			follow();
		});
		formats.append(el("label", {}, radio, el("strong", { text: x[0].toUpperCase() }),
			el("span", { class: "a-soft", text: x[app.language === "zh" ? 3 : 2] })));
	});
	save.addEventListener("click", saveExport);
	panel.append(formats, el("div", { class: "a-options" },
		field("title", "xtitle", { placeholder: word("xown") }),
		field("from", "xfrom", { placeholder: word("xbegin") }),
		field("to", "xto", { placeholder: word("xend") }),
		field("size", "xsize", { placeholder: word("xasis"), inputmode: "numeric" }),
		field("pixels", "xpixels", { placeholder: "1600", inputmode: "numeric" }),
		field("cells", "xcells", { placeholder: "80", inputmode: "numeric" }),
		field("time", "xtime", { type: "checkbox" }), field("numbers", "xnumbers", { type: "checkbox" })),
		el("div", { class: "a-row" }, save), wrong, el("h3", { text: word("xpreview") }), place);
	return follow();
}, "run");
