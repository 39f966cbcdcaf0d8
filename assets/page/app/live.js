// A run that goes on where this page is from (rung live --page): its trace is fetched as it
// grows, and given to the engine.  Who stands at its end, now, sees what comes; who looks back
// goes on looking, and → or End lead to now.
addWords({ livenow: ["● Live", "● 实时"], livemore: ["● To now: %1 more records", "● 回到当前：新增 %1 条记录"],
	liveend: ["The run has ended", "运行已结束"], livegone: ["No connection to the server", "服务器已断开"],
	livesaid: ["This run continues. Act in the terminal: rung live --play.",
		"此运行仍在继续。操作请在终端中进行：rung live --play。"],
	liveover: ["This run has ended; all of it is here.", "此运行已结束，全部内容都在这里。"],
	livelost: ["No connection to the server. This is what it sent until now.", "服务器已断开：此前收到的内容都在这里。"],
	livenone: ["No run continues here; start one with rung live FILE --page.", "这里没有正在进行的运行：rung live FILE --page 可以启动。"] });

var LIVE_EACH = 500, LIVE_TAKES = 2000; // ms
// A picture is not made anew before as long as it took has passed.
var LIVE_RESTS = 1;
// RECORDS: so many have come, DRAWN: so many are shown; NOW: whoever looks stands at the end.
var live = null;

function liveAsked() { return !!app.back.serves && /[?&]live\b/.test(location.search); }
function isLive() { return !!live && live.nth === opened; }

function tellLive(state) {
	var badge = by("a-live"), said = { end: "liveover", gone: "livelost" }[state];
	if (!badge) {
		badge = el("button", { type: "button", id: "a-live" });
		badge.addEventListener("click", function () { if (!isLive()) openLive(); });
		by("a-labs").after(badge);
	}
	badge.dataset.state = state;
	badge.textContent = state ? word("live" + state) : live.drawn < live.records && !live.now
		? word("livemore", live.records - live.drawn) : word("livenow");
	if (live.state === state) return;
	live.state = state;
	tell(word(said || "livesaid"), state === "gone");
}

function lastShown() {
	return app.shown.messages.reduce(function (last, m) { return Math.max(last, m.seq); }, 0);
}
// That the trace has no end is nothing to warn of yet.
function leaveOutEnd(body) {
	var warning = body.querySelector("#p-warning");
	if (!warning) return;
	body.querySelectorAll("#p-picture text").forEach(function (e) {
		if (e.textContent === warning.textContent) e.remove();
	});
	warning.remove();
}
// All that has come is drawn, and whoever stood at the end is at the end.
function drawLive() {
	var still = stillOf(live.nth), began = performance.now(), records = live.records, zoom = app.shown && app.shown.zoom();
	live.draws = true;
	return inTurn(by("a-page"), function () {
		return app.back.ask("page", { branch: 0, width: pictureWidth() }).then(function (p) {
			return bodyOf(p.body).then(function (body) {
				if (isStale({}, still)) return;
				if (!live.done) leaveOutEnd(body);
				showBody(p, body);
				live.drawn = records;
				if (zoom) app.shown.zoom(zoom);
				if (live.now) app.shown.go(lastShown());
			});
		});
	}).finally(function () {
		live.draws = false;
		live.due = performance.now() + LIVE_RESTS * (performance.now() - began);
	});
}
// Nothing is drawn anew below somebody who looks back, types or predicts.
function goToNow() {
	if (!isLive() || !app.shown || !live.now || live.draws || play.on || isTyped(document.activeElement) ||
	    document.documentElement.classList.contains("p-predicts")) return null;
	if (app.shown.at() < lastShown()) app.shown.go(lastShown());
	if (live.drawn === live.records || performance.now() < live.due) return null;
	return drawLive().then(function () { if (isLive()) tellLive(live.state); });
}
addFollower(function () {
	if (!isLive() || !live.now || !app.shown || app.shown.at() >= lastShown()) return;
	live.now = false;
	tellLive(live.state);
});
// End, and a step on from the last that is shown.
function leadToNow(last, next) {
	if (!isLive() || !app.shown || live.now || !(last || next && app.shown.at() >= lastShown())) return;
	live.now = true;
	live.due = 0;
	tellLive(live.state);
	guarded(Promise.resolve(goToNow()));
}
document.addEventListener("keydown", function (event) {
	if (!isTyped(event.target)) leadToNow(event.key === "End", /^Arrow(Right|Down)$/.test(event.key));
}, true);
document.addEventListener("click", function (event) {
	leadToNow(event.target.closest("#p-last, #a-live"), event.target.closest("#p-next"));
}, true);

// Takes what has come since; a promise of whether there may be more at once.
function takeLive() {
	return app.back.live(live.records).then(function (text) {
		if (text === "" || !isLive()) return false;
		return (live.begun ? app.back.ask("grow", { text: text }) : app.back.ask("open", { shown: true,
			texts: [{ path: "live.jsonl", text: text }], language: app.language })).then(function (b) {
			live.begun = true;
			live.records = b.branches[0].records;
			live.done = b.branches[0].done;
			return !live.done;
		});
	});
}
// All of it, but for what comes faster than it is taken.
function takeAll(until) {
	return takeLive().then(function (more) { return more && performance.now() < until ? takeAll(until) : null; });
}
function takeAWhile() { return takeAll(performance.now() + LIVE_TAKES); }
function pollLive() {
	var mine = live;
	setTimeout(function () {
		if (mine !== live || !isLive()) return;
		takeAWhile().then(function () {
			if (!isLive()) return null;
			tellLive(live.done ? "end" : "");
			return goToNow();
		}).catch(function (e) {
			if (!isLive()) return;
			// What the engine does not take, it does not take a second time.
			if (!e.kind) return tellLive("gone");
			live = null;
			tellWrong(e);
		}).then(function () {
			if (isLive() && (!live.done || live.drawn < live.records)) pollLive();
		});
	}, LIVE_EACH);
}
function openLive() {
	var still;
	live = { nth: ++opened, records: 0, drawn: 0, now: true, due: 0 };
	still = stillOf(opened);
	app.file = { name: "live.jsonl" };
	app.linked = true;
	app.texts = [];
	app.branch = 0;
	return guarded(takeAWhile().then(still).then(drawLive).then(fillBranches).then(fillPanel).then(function () {
		tellLive(live.done ? "end" : "");
		pollLive();
	}).catch(function (e) {
		live = null;
		app.file = null;
		return openLab(app.lab).then(function () { tell(e.status === 404 ? word("livenone") : e.message, true); });
	}));
}
