// Where a person presses what an expression gives, an element, and whether that was hit.  A label
// stands for its field.  What is still to come is waited for.
"use strict";
// [x, y] in the middle of what is seen of it, or why nobody can press it, a sentence.
const spot = exports.spot = (expression) => `(async () => {
	const boxOf = (e) => e && e.checkVisibility && !e.checkVisibility() && e.labels && e.labels[0] || e;
	const find = async () => {
		const e = (${expression}), box = boxOf(e);
		if (!box) return "it is not there";
		if (e.disabled) return "it can't be pressed";
		box.scrollIntoView({ block: "center", behavior: "instant" });
		/* A tab behind another draws no frames, and may not know yet that it is behind. */
		await new Promise((r) => { setTimeout(r, 100); requestAnimationFrame(() => setTimeout(r)); });
		const r = box.getClientRects()[0];
		if (!r) return "nothing of it is seen";
		const x = r.x + Math.min(r.width / 2, 40), y = r.y + r.height / 2, there = document.elementFromPoint(x, y);
		if (!there || !box.contains(there) && !there.contains(box)) return "it lies below " + (there ? there.outerHTML.slice(0, 120) : "nothing");
		/* What another does may move it under the mouse. */
		const shot = window.shot = { missed: true };
		document.addEventListener("click", (event) => {
			const now = boxOf(${expression});
			shot.missed = event.target !== there && !(now && now.contains(event.target));
		}, { capture: true, once: true });
		return [x, y];
	};
	let is = await find();
	for (let i = 0; i < 40 && !Array.isArray(is); i++) {
		await new Promise((r) => setTimeout(r, 50));
		is = await find();
	}
	return is;
})()`;
// A person whose mouse missed it presses again.  IS gives what an expression is, CLICK_AT presses: ""
// or why it could not be pressed.
exports.press = async (is, clickAt, expression) => {
	for (let i = 0; i < 3; i++) {
		const at = await is(spot(expression));
		if (!Array.isArray(at)) return i === 0 ? at : "";
		await clickAt(at[0], at[1]);
		if (await is("!!window.shot && shot.missed") !== true) return "";
	}
	return "it moves away";
};
