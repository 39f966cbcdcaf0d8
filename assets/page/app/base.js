// What the files of the page share: its words, its elements, what is kept.
var app = { lab: null, texts: null, branch: 0, branches: [], shown: null, deeds: [], whose: null, language: "en",
	library: null, back: null };

// ---- words: addWords({ KEY: [English, Chinese] }) beside their use ----

var words = {};
function addWords(list) { Object.assign(words, list); }
function word(key, value, second, third) {
	return words[key][app.language === "zh" ? 1 : 0].replace("%1", value).replace("%2", second)
		.replace("%3", third);
}

// "?lang=zh" in the address is asked for; links that the page makes have it, too.
function languageAsked() { return (/[?&]lang=(en|zh)\b/.exec(location.search) || [])[1]; }
function addressOf(hash) {
	var rest = location.search.replace(/^\?/, "").split("&").filter(function (m) { return m && !/^lang=/.test(m); });
	return "?" + rest.concat("lang=" + app.language).join("&") + hash;
}

// The lab that is shown: none, where a file is, or the link of a lab that is elsewhere.
function labShown() { return app.file || app.foreign ? null : app.lab; }

// ---- elements ----

function el(tag, attributes) {
	var e = document.createElement(tag);
	Object.keys(attributes || {}).forEach(function (k) {
		if (k === "text") e.textContent = attributes[k];
		else e.setAttribute(k, attributes[k]);
	});
	for (var i = 2; i < arguments.length; i++) e.append(arguments[i]);
	return e;
}
function by(id) { return document.getElementById(id); }
// A button of the panel that does DEED.
function buttonOf(key, deed, value) {
	var b = el("button", { type: "button", text: word(key, value) });
	b.addEventListener("click", deed);
	return b;
}

// ---- what is said ----

function tell(text, bad) {
	by("a-said").textContent = text || "";
	by("a-said").classList.toggle("a-bad", !!bad);
}
function placed(e) { return (e.file ? e.file + (e.line ? ":" + e.line : "") + ": " : "") + e.message; }
function tellWrong(e) { tell(placed(e), true); }
// What fails is told; nothing else happens.
function guarded(promise) { return promise.catch(tellWrong); }

// ---- kept between visits, where the browser lets a page keep something ----

addWords({ left: ["This browser stores nothing here. Save your work to a file.",
	"浏览器无法在此保存内容，请把作业保存为文件。"] });
function kept(key) {
	try { return localStorage.getItem("rung." + key); } catch (e) { return null; }
}
function keepValue(key, value) {
	try { localStorage.setItem("rung." + key, value); app.unkept = false; } catch (e) {
		app.unkept = true;
		tell(word("left"), true);
	}
}

// ---- the panel at the side, one of several ----

// FN fills the element that it is given, and may return a promise of what comes later; its second argument is
// what FN.ask gave, perhaps as a promise, before the panel is emptied.  FN.follow hears of each new
// position; a panel with FN.alone needs no run; one with FN.stays is not filled again.  SHOWS says
// what cover.js has to cover: "run", the panel shows what may be seen of the run; "runs", it shows others.
var panels = {}, openPanel = null;
function addPanel(name, fn, shows) { panels[name] = Object.assign(fn, { shows: shows }); }
// FN is called at each new position.
var followers = [];
function addFollower(fn) { followers.push(fn); }
