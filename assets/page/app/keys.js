// Keys, those of rung play where the page has what they do (docs/PLAY.md); keys of the
// ladder itself are assets/html/main.js.
addWords({ keys: ["Keys", "按键"] });

function pane(name) {
	return function () {
		if (by("a-panes").disabled) return null;
		keepValue("pane", name);
		return turnPanel("panes", true);
	};
}
function turner(name) { return function () { return by("a-" + name).disabled ? null : turnPanel(name); }; }
function press(id) {
	return function () { if (!by(id).disabled) by(id).click(); };
}

// [key, what it does; English, Chinese]
var KEYS = [
	["1", function () { turnStep("message"); }, "the message", "消息"],
	["2", function () { turnStep("why"); }, "why it was sent", "为何发送"],
	["3", pane("machines"), "pane: machines", "面板：状态机"],
	["4", pane("network"), "pane: the network", "面板：网络"],
	["5", function () { turnStep("state"); }, "the state of the nodes", "各节点当前的状态"],
	["6", turner("records"), "the records", "记录"],
	["8", turner("tasks"), "the lab's tasks", "实验的任务"],
	["9", pane("pair"), "pane: changes that a B2BUA makes", "面板：中间设备如何改写消息"],
	["M", pane("media"), "pane: who hears whom", "面板：谁听到谁"],
	["F", pane("faults"), "pane: what a fault would cost", "面板：故障的代价"],
	["c", pane("calls"), "the list of calls", "呼叫列表"],
	["a", turner("act"), "act", "操作"],
	["b", function () { by("a-branch").focus(); }, "branches", "分支"],
	["B", turner("compare"), "compare two branches", "比较两个分支"],
	["F2", turner("export"), "export", "导出"],
	["O", turner("file"), "open a file", "打开文件"],
	["E", turner("edit"), "edit the lab's texts", "编辑实验文本"],
	["W", press("a-language"), "the other language", "另一种语言"],
	["L", function () { turnSlides(); }, "slides; there N: notes, F: what is to come", "幻灯片；其中 N：备注，F：后面的内容"],
	["?", turner("keys"), "these keys", "这些按键"],
	["Escape", null, "closes a panel", "关闭面板"],
	["→ ←", null, "one message on, back", "前进、后退一条消息"],
	["Shift+→ ←", null, "one record on, back", "前进、后退一条记录"],
	["Home End", null, "to the beginning, to the end", "到开头、到结尾"],
	["p Space", null, "plays, stops", "播放、停止"],
	["/ n N", null, "find; the next, the previous match", "查找；下一个、上一个"],
	["Q", null, "predict", "预测"],
	["e + − 0", null, "explain; larger, smaller, fit", "解释；放大、缩小、适应"]
];

addPanel("keys", function (panel) {
	var table = el("table", { class: "a-keys" });
	KEYS.forEach(function (k) {
		table.append(el("tr", {}, el("td", {}, el("kbd", { text: k[0] })),
			el("td", { text: k[app.language === "zh" ? 3 : 2] })));
	});
	panel.append(table);
});
panels.keys.alone = true;

function isTyped(target) {
	return target.matches && target.matches("input, select, textarea");
}

document.addEventListener("keydown", function (event) {
	var key = KEYS.find(function (k) { return k[1] && k[0] === event.key; });
	var inside = by("a-panel").contains(event.target);
	var predicts = document.documentElement.classList.contains("p-predicts");
	if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
	if (event.key === "Escape" && (inside || !isTyped(event.target) && !predicts) &&
	    openPanel !== null) {
		turnPanel(openPanel);
		return;
	}
	if (!key || isTyped(event.target) || predicts) return;
	event.preventDefault();
	key[1]();
});
