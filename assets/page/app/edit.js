// Edit: the lab's script and topology; what is changed there is run.
addWords({ edit: ["Edit", "编辑"], run: ["Run", "运行"], undo: ["Undo all changes", "撤销所有改动"],
	notexts: ["What is shown came as a file or a link: its texts are not here.",
		"当前内容来自文件或链接，这里没有它的文本。"],
	texts: ["The texts of this lab: what is changed is run, and kept.",
		"本实验的文本：改动后的内容会被运行并保存。"] });

// What the lab's script names, as it stands there.
function isTopology(path) {
	var script = app.library.texts["labs/" + app.lab + "/lab.lua"] || "";
	var named = /topology\s*=\s*"([^"]+)"/.exec(script);
	return named !== null && path === "topologies/" + named[1];
}
// Neither the handout nor what is right is a run's.
function isEdited(path) {
	return path.indexOf("labs/" + app.lab + "/") === 0
		? !/(\/check\.lua|\.md|\.jsonl)$/.test(path) : isTopology(path);
}

addPanel("edit", function (panel) {
	var own = Object.keys(app.library.texts).filter(isEdited).sort(function (a, b) {
		return /lab\.lua$/.test(b) - /lab\.lua$/.test(a);
	});
	var select = el("select", { "aria-label": word("edit") });
	var area = el("textarea", { spellcheck: "false", rows: "26", "aria-label": word("edit") });
	if (labShown() === null) return panel.append(el("p", { text: word("notexts") }));
	own.forEach(function (path) { select.append(el("option", { value: path, text: path })); });
	function fill() {
		var texts = work().texts;
		area.value = select.value in texts ? texts[select.value]
			: app.library.texts[select.value] || "";
	}
	select.addEventListener("change", fill);
	area.addEventListener("input", function () { changeText(select.value, area.value); });
	// What was recorded runs as it was.
	area.readOnly = isRecorded(app.lab);
	panel.append(el("p", { text: word(area.readOnly ? "recorded" : "texts") }), select, area);
	if (!area.readOnly) panel.append(
		buttonOf("run", function () { openLab(app.lab); }), " ",
		buttonOf("undo", function () {
			own.forEach(function (p) { changeText(p, app.library.texts[p]); });
			openLab(app.lab);
		}));
	fill();
});
panels.edit.alone = true;
