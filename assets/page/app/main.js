// The bar, and how the page begins.
addWords({ lab: ["Lab", "实验"], branch: ["Branch", "分支"], seed: ["Seed", "种子"],
	other: ["中文", "English"], student: ["Student's number", "学号"],
	nolab: ["This page has no lab %1.", "本页面中没有实验 %1。"] });

function speak() {
	document.documentElement.lang = app.language === "zh" ? "zh-CN" : "en";
	document.querySelectorAll("[data-word]").forEach(function (e) {
		e.textContent = word(e.dataset.word);
	});
	document.querySelectorAll("#a-bar label input").forEach(function (e) {
		e.placeholder = e.parentNode.firstElementChild.textContent;
	});
	if (app.starts) fillStart();
}

// What the bar's elements do.
var bar = {
	run: function () { openLab(app.lab); },
	stop: stopAll,
	labs: function () {
		if (!app.starts) turnStart(true);
		else if (app.shown) turnStart(false);
	},
	link: tellLink,
	language: function () {
		app.language = app.language === "en" ? "zh" : "en";
		keepValue("language", app.language);
		if (languageAsked()) history.replaceState(null, "", addressOf(location.hash));
		speak();
		if (app.starts) return;
		// What the teacher shows is in the teacher's.
		if (app.follows) fillPanel();
		else if (app.stopped) showStopped();
		else reopen(here());
	}
};
function here() { return { branch: app.branch, record: app.shown ? app.shown.at() : null }; }

function startBar() {
	startSide();
	Object.keys(bar).forEach(function (name) {
		by("a-" + name).addEventListener("click", bar[name]);
	});
	by("a-student").addEventListener("change", function () {
		takeStudent(student());
		// What the teacher shows is the same for all.
		if (app.starts) fillStart();
		else if (!app.follows) openLab(app.lab);
	});
	by("a-branch").addEventListener("change", function () {
		guarded(show(Number(this.value), app.shown ? app.shown.at() : null));
	});
	new MutationObserver(function () {
		if (openPanel !== null && panels[openPanel].follow) panels[openPanel].follow();
		followers.forEach(function (fn) { fn(); });
	}).observe(document.body, { attributeFilter: ["data-record"] });
}

function decode(text) {
	try { return decodeURIComponent(text); } catch (e) { return text; }
}
function labAsked() {
	var asked = /[#&]lab=([^&]+)/.exec(location.hash);
	return asked ? decode(asked[1]) : null;
}
// An address that is put into a page that is there already: where it leads nowhere, what was
// open stays open, in the address too.
function goWhereAsked(event) {
	var link = isLink(location.hash), name = labAsked();
	if (app.follows || !link && name === null) return;
	event.stopImmediatePropagation();
	if (link) openLink(location.hash, null, event.oldURL);
	else if (hasLab(name)) openLab(name);
	else {
		history.replaceState(null, "", event.oldURL);
		tell(word("nolab", name), true);
	}
}
function begin(library) {
	var names = library.labs.en.map(function (l) { return l.name; });
	var name = labAsked() || kept("lab");
	app.library = library;
	by("a-student").value = by("a-student").value || kept("student") || "";
	app.lab = hasLab(name) ? name : names[0];
	startBar();
	speak();
	turnSlides(/[?&]slides\b/.test(location.search));
	window.addEventListener("hashchange", goWhereAsked);
	if (labAsked() !== null && !hasLab(labAsked())) tell(word("nolab", labAsked()), true);
	if (!app.back.serves && (/^#?(start)?$/.test(location.hash) || labAsked() !== null && !hasLab(labAsked())))
		return proseComes().then(function () { turnStart(true); });
	if (liveAsked()) return openLive();
	return isLink(location.hash) ? openLink(location.hash) : openLab(app.lab);
}

app.vocabulary = kept("vocabulary") === "osip" ? "osip" : "rfc";
app.language = languageAsked() || kept("language") || (/^zh/.test(navigator.language) ? "zh" : "en");
app.back = by("a-worker") ? workerBack() : serverBack();
guarded((app.back.serves ? enterClass() : Promise.resolve()).then(app.back.library).then(beginPlatform).then(begin).then(function () {
	if (app.back.serves) listen();
}));
