// Boxes of the page are often filled again, for example when a class has news.  refill() does it, of
// each box one after the other, and keeps a person's work in it: open parts, typed text, choices, the
// first press of a button that needs two, the focus and the scroll positions.

var FIELDS = "input:not([type=file], [type=checkbox], [type=radio], [type=range]), textarea, select";
var SCROLLED = "pre, textarea, ul, ol";
// The text that the program wrote into each field; any other value was typed by a person.
var fieldTexts = new WeakMap();

// A name for an element, from its label, row, task and part.  It is the same after the next fill.
function titleOfElement(e) {
	var row = e.closest("tr"), task = e.closest("[data-task]"), part = e.parentElement.closest("details");
	return [e.localName, e.dataset.key || e.getAttribute("aria-label") || e.name || e.id || (e.localName === "details" ?
		e.firstElementChild : e.closest("label") || e).textContent.slice(0, 80), row ? row.firstElementChild.textContent : "",
	task ? task.dataset.task : "", part ? part.firstElementChild.textContent : ""].join("\n");
}
// FN(element, name) for each in BOX that SELECTOR finds; of the same title the name is numbered.
function eachNamed(box, selector, fn) {
	var counts = new Map();
	box.querySelectorAll(selector).forEach(function (e) {
		var title = titleOfElement(e), n = counts.get(title) || 0;
		counts.set(title, n + 1);
		fn(e, title + n);
	});
}
function hasScrolled(e) { return e.scrollLeft > 0 || e.scrollTop > 0; }

// Adds the present state of BOX to KEPT, which is created if it is missing, and returns KEPT.
function keepDone(box, kept) {
	var at = document.activeElement, selector = at && at.localName;
	kept = kept || { open: new Map(), typed: new Map(), sure: new Map(), scrolled: new Map(), given: new WeakSet() };
	eachNamed(box, "details", function (e, name) { kept.open.set(name, e.open); });
	eachNamed(box, "[data-key]", function (e, name) { kept.sure.set(name, !!e.dataset.sure); });
	eachNamed(box, SCROLLED, function (e, name) {
		if (hasScrolled(e)) kept.scrolled.set(name, [e.scrollLeft, e.scrollTop]);
		else kept.scrolled.delete(name);
	});
	eachNamed(box, FIELDS, function (e, name) {
		if (fieldTexts.has(e) && e.value !== fieldTexts.get(e)) kept.typed.set(name, { is: e.value, written: fieldTexts.get(e) });
		else kept.typed.delete(name);
	});
	if (at && at !== box && box.contains(at)) eachNamed(box, selector, function (e, name) {
		if (e === at) kept.focus = { selector: selector, name: name, from: e.selectionStart, to: e.selectionEnd };
	});
	else if (at !== document.body) kept.focus = null;
	return kept;
}
// A field whose text the program has not changed meanwhile has what was typed.
function giveTyped(e, typed) {
	if (!fieldTexts.has(e)) fieldTexts.set(e, e.value);
	if (!typed || e.value !== typed.written || e.value === typed.is) return;
	e.value = typed.is;
	["input", "change"].forEach(function (type) { e.dispatchEvent(new Event(type, { bubbles: true })); });
}
// KEPT is done again in what BOX has now, once in each element.
function giveDone(box, kept) {
	function eachNew(selector, fn) {
		eachNamed(box, selector, function (e, name) {
			if (!kept.given.has(e)) fn(e, name);
		});
	}
	eachNew("details", function (e, name) { if (kept.open.has(name)) e.open = kept.open.get(name); });
	eachNew("[data-key]", function (e, name) { if (kept.sure.get(name) && !e.dataset.sure) e.click(); });
	eachNew(FIELDS, function (e, name) { giveTyped(e, kept.typed.get(name)); });
	eachNew(SCROLLED, function (e, name) { if (kept.scrolled.has(name)) e.scrollTo.apply(e, kept.scrolled.get(name)); });
	if (kept.focus && document.activeElement === document.body) eachNew(kept.focus.selector, function (e, name) {
		if (name !== kept.focus.name || e.disabled) return;
		e.focus({ preventScroll: true });
		if (typeof kept.focus.from === "number") e.setSelectionRange(kept.focus.from, kept.focus.to);
	});
	box.querySelectorAll("*").forEach(function (e) { kept.given.add(e); });
}

// For each box: the waiting request, and the promise of the last one.
var turns = new WeakMap();
// MAKE is called when what was asked for BOX before is done; of those that wait, only the last is.
// So no answer is overtaken by an earlier one, and many requests do not delay the last.
function inTurn(box, make) {
	var turn = turns.get(box) || { waits: null, last: Promise.resolve() };
	if (!turn.waits) turn.last = turn.last.catch(function () {}).then(function () {
		var now = turn.waits;
		turn.waits = null;
		return now();
	});
	turn.waits = make;
	turns.set(box, turn);
	return turn.last;
}

// The state of boxes that are being filled: not all of their elements have come.
var keeping = new WeakMap();
// Fills BOX again, and restores its state.  MAKE gives, perhaps as a promise, the function that fills it at
// once, or nothing; if more comes later the function returns a promise.  GIVEN is called after
// each part.
function refill(box, make, given) {
	return inTurn(box, function () {
		return Promise.resolve(make()).then(function (fill) {
			var kept, watch;
			function give() {
				giveDone(box, kept);
				if (given) given();
			}
			if (!fill || !box.isConnected) return null;
			kept = Object.assign(keepDone(box, keeping.get(box)), { given: new WeakSet() });
			keeping.set(box, kept);
			watch = new MutationObserver(give);
			watch.observe(box, { childList: true, subtree: true });
			return new Promise(function (resolve) { resolve(fill()); }).finally(function () {
				watch.disconnect();
				if (box.isConnected) give();
				keeping.delete(box);
			});
		});
	});
}
