// Slides: "?slides" in the address, or L.  The ladder takes the window, each step stands
// below it in one sentence, and what the plans of lessons (labs/plans) say of the lab.
// Space, PageDown and PageUp step, as a presenter's remote sends them; N hides the talk.

// The sections of plans in which a command names the lab.
function talkOf(lab) {
	var zh = app.language === "zh", said = [];
	Object.keys(app.library.texts).sort().forEach(function (path) {
		if (path.indexOf("plans/") !== 0 || /\.zh\.md$/.test(path) !== zh) return;
		app.library.texts[path].split(/\n(?=###? )/).forEach(function (part) {
			var commands = (part.match(/^ {4}rung .*$/gm) || []).join(" ").split(/\s+/);
			if (/^### /.test(part) && commands.indexOf(lab) >= 0)
				said.push(part.replace(/^### /, "").replace(/^ {4}.*$/gm, "").trim()
					.replace(/([^\n])\n(?!\n)/g, zh ? "$1" : "$1 "));
		});
	});
	return said.join("\n\n");
}

function areSlides() { return document.documentElement.classList.contains("a-slides"); }
function fillTalk() { by("a-talk").textContent = areSlides() && labShown() ? talkOf(labShown()) : ""; }
function turnSlides(on) {
	document.documentElement.classList.toggle("a-slides", on === undefined ? !areSlides() : on);
	fillTalk();
	window.dispatchEvent(new Event("resize"));
}
addFollower(function () { if (areSlides()) fillTalk(); });

document.addEventListener("keydown", function (event) {
	var id = { " ": "p-next", PageDown: "p-next", PageUp: "p-back" }[event.key];
	if (!areSlides() || event.ctrlKey || event.altKey || event.metaKey) return;
	if (event.key === "Escape") turnSlides(false);
	else if (event.key === "N") by("a-talk").hidden = !by("a-talk").hidden;
	else if (id) by(id).click();
	else return;
	event.preventDefault();
	event.stopImmediatePropagation();
}, true);
