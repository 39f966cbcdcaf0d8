// A script for a page in which nothing is covered (assets/page/app/cover.js), as for somebody who
// has tried what is asked ahead in all labs.  COVERED=1: it is empty.
"use strict";
module.exports = process.env.COVERED ? "" : `(() => {
	const uncover = () => {
		if (!window.isCoverable) return;
		window.isCoverable = () => false;
		if (app.shown) holdBack();
	};
	if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", uncover);
	else uncover();
})();`;
