// A small learning platform for a page in a frame, strict about SCORM 1.2 (Run-Time Environment 3.3
// and 3.4): each call that it does not allow is among `lms.faults`.  Where the standard's readers
// differ, the narrower reading holds: identifiers of letters, digits and _, texts in ASCII, two
// digits behind a point, scores from 0 to 100.
"use strict";
(function () {
	const WORDS = (words) => (v) => words.split("|").includes(v);
	const FORM = (form) => (v) => form.test(v);
	const PERCENT = (v) => /^\d{1,3}(\.\d{1,2})?$/.test(v) && Number(v) <= 100;
	const TEXT = (most) => (v) => v.length <= most && /^[\t\n\r -~]*$/.test(v);
	const STATUS = "passed|completed|failed|incomplete|browsed";
	// What may be done with each element, and what it may be; "optional": a platform may lack it.
	const MODEL = {
		"cmi.core._children": ["r"], "cmi.core.student_id": ["r"], "cmi.core.student_name": ["r"],
		"cmi.core.lesson_location": ["rw", TEXT(255)], "cmi.core.credit": ["r"], "cmi.core.entry": ["r"],
		"cmi.core.lesson_status": ["rw", WORDS(STATUS)], "cmi.core.total_time": ["r"],
		"cmi.core.score._children": ["r"], "cmi.core.score.raw": ["rw", PERCENT],
		"cmi.core.score.min": ["rw", PERCENT, "optional"], "cmi.core.score.max": ["rw", PERCENT, "optional"],
		"cmi.core.lesson_mode": ["r", null, "optional"],
		"cmi.core.exit": ["w", WORDS("time-out|suspend|logout|")],
		"cmi.core.session_time": ["w", FORM(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/)],
		"cmi.suspend_data": ["rw", TEXT(4096)], "cmi.launch_data": ["r"],
		"cmi.objectives._children": ["r", null, "optional"], "cmi.objectives._count": ["r", null, "optional"],
		"cmi.objectives.n.id": ["rw", FORM(/^\w{1,255}$/), "optional"],
		"cmi.objectives.n.score.raw": ["rw", PERCENT, "optional"],
		"cmi.objectives.n.score.min": ["rw", PERCENT, "optional"],
		"cmi.objectives.n.score.max": ["rw", PERCENT, "optional"],
		"cmi.objectives.n.status": ["rw", WORDS(STATUS + "|not attempted"), "optional"],
	};
	const lms = window.lms = { faults: [], kept: {}, now: null, calls: [], lacks: false, refuses: false };
	let state = "none", error = "0", changed = false;

	function fail(code, what) {
		error = code;
		// What is optional may be tried.
		if (!(lms.lacks && code === "401")) lms.faults.push(code + " " + what);
		return "false";
	}
	// Of an element's NAME its row, or the error; of an objective its number.
	function find(name) {
		const at = /^cmi\.objectives\.(0|[1-9]\d*)\./.exec(name);
		const model = name.replace(/^(cmi\.objectives\.)\d+\./, "$1n."), row = MODEL[model];
		if (!row) return { error: /^cmi\./.test(name) ? "401" : "201" };
		if (lms.lacks && row[2]) return { error: "401" };
		return { may: row[0], fits: row[1], at: at ? Number(at[1]) : -1 };
	}
	const count = () => Object.keys(lms.now).filter((k) => /^cmi\.objectives\.\d+\.id$/.test(k)).length;
	window.API = {
		LMSInitialize(none) {
			lms.calls.push("Initialize");
			if (lms.refuses) return "false";
			if (none !== "") return fail("201", "LMSInitialize " + none);
			if (state !== "begun") return fail("101", "LMSInitialize");
			state = "runs";
			error = "0";
			return "true";
		},
		LMSGetValue(name) {
			if (state !== "runs") { fail("301", "LMSGetValue " + name); return ""; }
			const row = find(name);
			let wrong = row.error;
			if (!wrong && row.may === "w") wrong = "404";
			if (!wrong && row.at >= count()) wrong = "201";
			error = "0";
			if (wrong) { fail(wrong, "LMSGetValue " + name); return ""; }
			if (name === "cmi.objectives._count") return String(count());
			return name in lms.now ? lms.now[name] : "";
		},
		LMSSetValue(name, value) {
			if (state !== "runs") return fail("301", "LMSSetValue " + name);
			const row = find(name);
			let wrong = row.error;
			if (!wrong && /\._(children|count|version)$/.test(name)) wrong = "402";
			if (!wrong && row.may === "r") wrong = "403";
			if (!wrong && (typeof value !== "string" || !row.fits(value))) wrong = "405";
			// One after the other, the identifier first.
			if (!wrong && (row.at > count() || row.at === count() && !name.endsWith(".id"))) wrong = "201";
			if (wrong) return fail(wrong, "LMSSetValue " + name + " " + String(value).slice(0, 80));
			lms.now[name] = value;
			lms.calls.push(name);
			changed = true;
			error = "0";
			return "true";
		},
		LMSCommit(none) {
			if (none !== "") return fail("201", "LMSCommit " + none);
			if (state !== "runs") return fail("301", "LMSCommit");
			lms.calls.push("Commit");
			Object.assign(lms.kept, lms.now);
			changed = false;
			error = "0";
			return "true";
		},
		LMSFinish(none) {
			if (none !== "") return fail("201", "LMSFinish " + none);
			if (state !== "runs") return fail("301", "LMSFinish");
			lms.calls.push("Finish");
			if (changed) return fail("101", "LMSFinish without LMSCommit");
			if (lms.now["cmi.core.session_time"] === undefined && lms.mode !== "review") return fail("101", "LMSFinish without a time");
			state = "ended";
			return "true";
		},
		LMSGetLastError: () => error,
		LMSGetErrorString: (code) => code === "0" ? "No error" : "Error " + code,
		LMSGetDiagnostic: (code) => "about " + code,
	};
	lms.state = () => state;
	const remove = () => document.querySelectorAll("iframe").forEach((f) => f.remove());
	// A session of STUDENT in the object at ADDRESS, with what was kept before.  MODE: of the lesson.
	lms.begin = function (address, student, mode) {
		remove();
		lms.mode = mode || "normal";
		lms.now = Object.assign({}, lms.kept, { "cmi.core.student_id": student, "cmi.core.student_name": "Li, Hua",
			"cmi.core.credit": "credit", "cmi.core.lesson_mode": lms.mode,
			"cmi.core.entry": lms.kept["cmi.core.exit"] === "suspend" ? "resume" : "ab-initio",
			"cmi.core.lesson_status": lms.kept["cmi.core.lesson_status"] || "not attempted" });
		delete lms.now["cmi.core.session_time"];
		delete lms.now["cmi.core.exit"];
		lms.calls = [];
		state = "begun";
		changed = false;
		const frame = document.createElement("iframe");
		frame.style = "width: 100%; height: 850px; border: 0";
		frame.src = address;
		document.body.append(frame);
		lms.page = () => frame.contentWindow;
	};
	// The frame goes, or the page in it does.
	lms.leave = function (goes) {
		const frame = document.querySelector("iframe");
		if (goes) frame.remove();
		else frame.src = "about:blank";
	};
	lms.forget = () => { remove(); lms.kept = {}; lms.faults = []; lms.lacks = lms.refuses = false; };
}());
