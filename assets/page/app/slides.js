// Slides: "?slides" in the address, or L.  The ladder takes the window, and each step stands
// below it in one sentence.  Space, PageDown and PageUp step, as a presenter's remote sends
// them.  Asked for alone: what is to come (F, or "?slides=future"), and notes, which the
// plans of lessons (labs/plans) have of the lab (N, or "?slides=notes").

// The sections of plans in which a command names the lab.
function talkOf(lab) {
	var zh = app.language === "zh", said = [];
	Object.keys(app.library.texts).sort().forEach(function (path) {
		if (path.indexOf("plans/") !== 0 || /\.zh\.md$/.test(path) !== zh) return;
		app.library.texts[path].split(/\n(?=###? )/).forEach(function (part) {
			var commands = (part.match(/^ {4}rung .*$/gm) || []).join(" ").split(/\s+/);
			if (/^### /.test(part) && commands.indexOf(lab) >= 0)
				said.push(part.replace(/^### /, "").replace(/^```step[^]*?^```$/gm, "").replace(/^ {4}.*$/gm, "").trim()
					.replace(/([^\n])\n(?!\n)/g, zh ? "$1" : "$1 "));
		});
	});
	return said.join("\n\n");
}

function areSlides() { return document.documentElement.classList.contains("a-slides"); }
function fillTalk() { by("a-talk").textContent = areSlides() && labShown() ? talkOf(labShown()) : ""; }
function turnSlides(on) {
	var asked = (/[?&]slides=([a-z,]*)/.exec(location.search) || ["", ""])[1].split(",");
	document.documentElement.classList.toggle("a-slides", on === undefined ? !areSlides() : on);
	document.documentElement.classList.toggle("a-future", asked.indexOf("future") >= 0);
	by("a-talk").hidden = asked.indexOf("notes") < 0;
	fillTalk();
	window.dispatchEvent(new Event("resize"));
	// The present step is in sight in the other size, too.
	if (app.shown) app.shown.pass(app.shown.at());
}
addFollower(function () { if (areSlides()) fillTalk(); });

document.addEventListener("keydown", function (event) {
	var id = { " ": "p-next", PageDown: "p-next", PageUp: "p-back" }[event.key];
	if (!areSlides() || event.ctrlKey || event.altKey || event.metaKey) return;
	if (event.key === "Escape") turnSlides(false);
	else if (event.key === "N") by("a-talk").hidden = !by("a-talk").hidden;
	else if (event.key === "F") document.documentElement.classList.toggle("a-future");
	else if (id) by(id).click();
	else return;
	event.preventDefault();
	event.stopImmediatePropagation();
}, true);
