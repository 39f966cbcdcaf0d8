// Playing: virtual time goes on by itself, as fast as is chosen or event by event, and the
// page follows it.  Below the ladder: play, a slider through virtual time, the speed; p and
// Space begin and stop.
addWords({ play: ["Play", "播放"], pause: ["Pause", "暂停"], speed: ["Speed", "速度"],
	events: ["event by event", "逐个事件"], times: ["%1× the clock", "%1 倍速"],
	time: ["Virtual time", "虚拟时间"], timeat: ["%1 of %2 s", "%1 / %2 秒"] });

// How long an event is looked at: one that has a row in the ladder, and another; ms.
var LOOKED_AT = 700, PASSED_BY = 320;
// By the clock the page is not drawn more often, ms.
var OFTEN = 80;
var SPEEDS = [["0.25", "¼"], ["0.5", "½"], ["1", "1"], ["2", "2"], ["4", "4"], ["8", "8"]];
// NOW: virtual time, ns; PLACE: how many records there are up to it; LAST: when the page was
// drawn last; WAITS: how long the event is looked at already, ms.
var play = { on: false, now: 0, place: 0, last: 0, waits: 0, rows: new Set() };

function isStill() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }
function playable() {
	return !!app.shown && !app.starts && !app.follows && app.shown.records.length > 0 &&
		!document.documentElement.classList.contains("p-predicts") && !document.body.classList.contains("a-runs");
}
function timeOfPlace(place) { return place > 0 ? app.shown.records[place - 1].t : 0; }
function endOf() { return timeOfPlace(app.shown.records.length); }
// How many records there are up to the position.
function placeOfRecord(seq) {
	var all = app.shown.records, low = 0, high = all.length, mid;
	while (low < high) {
		mid = (low + high) >> 1;
		if (all[mid].seq <= seq) low = mid + 1; else high = mid;
	}
	return low;
}

function tellTime() {
	var slider = by("a-time"), said;
	if (!slider || !app.shown) return;
	said = word("timeat", app.shown.seconds(Math.round(play.now / 1e6) * 1e6), app.shown.seconds(endOf()));
	slider.value = play.now;
	slider.setAttribute("aria-valuetext", said);
	by("a-clock").textContent = said;
	if (openPanel !== null && panels[openPanel].clock) panels[openPanel].clock(play.now);
}
function tellPlay() {
	if (!by("a-play")) return;
	by("a-play").setAttribute("aria-label", word(play.on ? "pause" : "play"));
	by("a-play").title = word(play.on ? "pause" : "play") + " (p)";
	by("a-play").setAttribute("aria-pressed", String(play.on));
}

// To so many records, without a word to the address; false: not all of them may be seen.
function passTo(place) {
	play.waits = 0;
	app.shown.pass(place > 0 ? app.shown.records[place - 1].seq : 0);
	play.place = placeOfRecord(app.shown.at()); // as far as may be seen
	return play.place === place;
}

// DT ms later by the clock.
function goOnByClock(dt, speed) {
	var all = app.shown.records, place = play.place;
	play.now = Math.min(endOf(), play.now + dt * 1e6 * speed);
	play.waits += dt;
	while (place < all.length && all[place].t <= play.now) place++;
	if (place !== play.place && play.waits >= OFTEN && !passTo(place)) return false;
	return play.place < all.length;
}
// The same event by event: until the next one time goes as far as that is off.
function goOnByEvents(dt) {
	var all = app.shown.records, next = all[play.place], lasts, from = timeOfPlace(play.place);
	if (!next) return false;
	lasts = play.place > 0 && !play.rows.has(all[play.place - 1].seq) ? PASSED_BY : LOOKED_AT;
	play.waits += dt;
	if (play.waits >= lasts && !passTo(play.place + 1)) return false;
	play.now = play.waits === 0 ? next.t : from + (next.t - from) * play.waits / lasts;
	return play.place < all.length;
}

function frame(at) {
	var dt = Math.min(250, at - play.last), speed = by("a-speed") && by("a-speed").value;
	if (!play.on) return;
	play.last = at;
	if (!playable() || !speed || !(speed === "events" ? goOnByEvents(dt) : goOnByClock(dt, Number(speed)))) {
		pausePlay();
		return;
	}
	if (!isStill() || play.waits === 0) tellTime();
	requestAnimationFrame(frame);
}

function pausePlay() {
	if (!play.on) return;
	play.on = false;
	tellPlay();
	if (!app.shown) return;
	app.shown.go(app.shown.at());
	play.now = timeOfPlace(play.place);
	tellTime();
}
function turnPlay() {
	if (play.on) return pausePlay();
	if (!playable()) return null;
	if (play.place === app.shown.records.length) {
		play.now = 0;
		passTo(0);
	}
	play.on = true;
	play.waits = 0;
	play.last = performance.now();
	tellPlay();
	requestAnimationFrame(frame);
	return null;
}

// Where the position was moved by somebody else, time is there.
addFollower(function () {
	var place;
	if (!app.shown) return;
	place = placeOfRecord(app.shown.at());
	if (place === play.place) return;
	play.place = place;
	play.now = timeOfPlace(place);
	play.waits = 0;
	tellTime();
});

// Where messages are sent, below the slider.
function ticksOf() {
	var end = endOf() || 1, svg = svgOf("svg");
	var path = svgOf("path"), seen = new Set();
	app.shown.messages.forEach(function (m) {
		var r = app.shown.records[placeOfRecord(m.seq) - 1];
		if (r) seen.add(Math.round(r.t / end * 1000));
	});
	path.setAttribute("d", Array.from(seen, function (x) { return "M" + x + " 0V4"; }).join(""));
	svg.setAttribute("viewBox", "0 0 1000 4");
	svg.setAttribute("preserveAspectRatio", "none");
	svg.setAttribute("aria-hidden", "true");
	svg.append(path);
	return svg;
}

function playBar() {
	var button = el("button", { type: "button", id: "a-play", "aria-pressed": "false" });
	var slider = el("input", { type: "range", id: "a-time", min: 0, max: endOf(), step: "any",
		"aria-label": word("time") });
	var speed = el("select", { id: "a-speed", "aria-label": word("speed"), title: word("speed") });
	speed.append(el("option", { value: "events", text: word("events") }));
	SPEEDS.forEach(function (s) {
		speed.append(el("option", { value: s[0], text: s[1] + "×", "aria-label": word("times", s[1]) }));
	});
	speed.value = kept("speed") || "events";
	if (!speed.value) speed.value = "events";
	speed.addEventListener("change", function () {
		play.waits = 0;
		keepValue("speed", speed.value);
	});
	button.addEventListener("click", turnPlay);
	slider.addEventListener("input", function () {
		var place = 0, all = app.shown.records, to = Number(slider.value);
		while (place < all.length && all[place].t <= to) place++;
		passTo(place);
		play.place = placeOfRecord(app.shown.at()); // as far as may be seen
		play.now = play.place === place ? to : timeOfPlace(play.place);
		tellTime();
	});
	slider.addEventListener("change", function () { if (!play.on) app.shown.go(app.shown.at()); });
	return el("section", { id: "a-playing", "aria-label": word("play") }, button,
		el("div", { id: "a-track" }, slider, ticksOf()),
		el("output", { id: "a-clock", for: "a-time" }), speed);
}

// Another run is shown: it has a bar of its own.
function beginPlay() {
	var main = by("a-page").querySelector("main");
	if (!app.shown || !main || by("a-playing")) return;
	play.on = false;
	play.place = placeOfRecord(app.shown.at());
	play.now = timeOfPlace(play.place);
	play.rows = new Set();
	app.shown.rows.forEach(function (r) { play.rows.add(r.seq).add(r.end); });
	main.append(playBar());
	tellPlay();
	tellTime();
}
new MutationObserver(beginPlay).observe(by("a-page"), { childList: true });

document.addEventListener("keydown", function (event) {
	var within = event.target.closest ? event.target : document.body;
	if (event.key !== "p" && event.key !== " " || event.ctrlKey || event.altKey || event.metaKey ||
	    event.defaultPrevented || !playable()) return;
	if (within.closest("select, textarea, input:not([type=range]), [role=dialog]")) return;
	// What has the focus is pressed, or scrolls.
	if (event.key === " " && within.closest("button, a, summary, .body, #a-panel, #a-talk")) return;
	event.preventDefault();
	if (!event.repeat) turnPlay();
});
