// Where nothing can be shown the page says why, and what goes on from there: what runs was
// stopped, and the engine with it, or a run is too large for a page.
addWords({ stop: ["Stop", "停止"], stopped: ["It was stopped before it was complete.", "尚未完成就已停止。"],
	stoppedtext: ["The run and everything that belonged to it have ended. Answers, branches and changed texts are saved.",
		"正在运行的内容已被结束，原先打开的内容也随之关闭。答案、分支和改动过的文本仍然保留。"],
	unshown: ["This run is not shown.", "此次运行未能显示。"],
	reopen: ["Open again", "重新打开"], changetexts: ["Change the texts", "修改文本"],
	nothing: ["Nothing is open.", "没有打开任何内容。"] });

function whyNothing() {
	return document.body.classList.contains("a-runs") ? word("wait") : app.nothing || word("nothing");
}

// In place of the page: WHY in a line, TEXT, and buttons, which do what is told beside their
// words.
function showNothing(why, text, ways) {
	var row = el("p", { class: "a-row" });
	var box = el("section", { id: "a-nothing", tabindex: "-1" }, el("h1", { text: why }),
		el("p", { text: text }), row);
	Object.keys(ways).forEach(function (key) { row.append(buttonOf(key, ways[key])); });
	if (labShown() !== null && !isRecorded(app.lab))
		row.append(buttonOf("changetexts", function () { turnPanel("edit", true); }));
	if (app.shown) app.shown.end();
	app.shown = null;
	app.nothing = why;
	by("a-page").replaceChildren(box);
	takeSide();
	by("a-branch").replaceChildren();
	document.title = "rung";
	if (openPanel !== null && !panels[openPanel].alone) fillPanel();
	// Who writes goes on writing.
	if (!by("a-panel").contains(document.activeElement)) box.focus();
}

function showStopped() {
	showNothing(word("stopped"), word("stoppedtext"), { reopen: function () { reopen(); } });
	tell(word("stopped"));
}
function stopAll() {
	giveUp();
	app.stopped = true;
	guarded(Promise.resolve(app.back.stop()));
	showStopped();
}
