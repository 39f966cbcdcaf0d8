# The page for a browser: its picture fits into its place and can be read, what
# is yet to come too; times of nanoseconds have the room they need, roles are in
# its language.
. tests/fixtures/check.sh

"$RUNG" export -f html labs/lying-location -o "$work/en.html"
"$RUNG" export -f html --lang=zh labs/lying-location -o "$work/zh.html"
ok "the picture is as wide as its place" \
	grep -qF "width: calc(max(100%, var(--least)) * var(--zoom))" \
	"$work/en.html"
ok "times are as wide as they are" \
	grep -qF "minmax(5.2em, max-content)" "$work/en.html"
ok "a user agent" grep -qF '["","alice","user agent"' "$work/en.html"
ok "in Chinese, too" grep -qF '["","alice","用户代理"' "$work/zh.html"

# In a browser: nothing is wider than its place, no time upon its sentence.
if command -v chromium > /dev/null; then
	"$RUNG" export -f html labs/handset-call -o "$work/h.html"
	cat > "$work/look.js" << 'JS'
window.addEventListener("load", function () {
	var pane = document.getElementById("p-ladder"), over = 0;
	document.querySelectorAll(".p-cause").forEach(function (li) {
		var time = li.querySelector(".p-time");
		var text = li.querySelector(".p-text");
		if (time && text && time.scrollWidth > time.clientWidth + 1) over++;
	});
	document.title = "wide " + (pane.scrollWidth > pane.clientWidth + 1) +
		" over " + over;
});
JS
	sed -e '/Content-Security-Policy/d' -e 's/content="default-src[^>]*>//' \
		"$work/h.html" > "$work/open.html"
	{
		echo "<script>"
		cat "$work/look.js"
		echo "</script>"
	} >> "$work/open.html"
	HOME=$work timeout "$patience" chromium --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$work/profile" --window-size=1280,800 \
		--dump-dom "file://$work/open.html#step=14" \
		> "$work/dom" 2> /dev/null || :
	# A window too narrow for the picture: the picture scrolls, not the page.
	cat > "$work/page.js" << 'JS'
window.addEventListener("load", function () {
	var page = document.documentElement;
	document.title = "page " + (page.scrollWidth > page.clientWidth ||
		page.scrollHeight > page.clientHeight);
});
JS
	{
		sed -e '/Content-Security-Policy/d' "$work/h.html"
		echo "<script>"
		cat "$work/page.js"
		echo "</script>"
	} > "$work/page.html"
	HOME=$work timeout "$patience" chromium --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$work/profile" --window-size=1100,800 \
		--dump-dom "file://$work/page.html" \
		> "$work/paged" 2> /dev/null || :
	# Five lifelines on a small notebook: how high the smallest type is, what
	# contrast (WCAG 2.1) the palest has, what is cut.
	"$RUNG" export -f html labs/forking -o "$work/f.html"
	cat > "$work/type.js" << 'JS'
window.addEventListener("load", function () {
	var svg = document.querySelector("#p-picture > svg"), least = 99;
	var pane = document.getElementById("p-ladder"), contrast = 99;
	var from = document.getElementById("p-from");
	function light(rgb) {
		var c = rgb.match(/[0-9.]+/g).slice(0, 3).map(function (v) {
			v /= 255;
			return v <= 0.03928 ? v / 12.92
				: Math.pow((v + 0.055) / 1.055, 2.4);
		});
		return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
	}
	svg.querySelectorAll("text").forEach(function (e) {
		var style = getComputedStyle(e);
		least = Math.min(least, svg.getScreenCTM().d *
			parseFloat(style.fontSize));
		contrast = Math.min(contrast, 1.05 /
			(light(style.fill) + 0.05) * style.opacity);
	});
	document.title = "type " + Math.floor(10 * least + 0.01) +
		" contrast " + Math.floor(10 * contrast) +
		" veiled " + (svg.querySelector("g[id] ~ .p-future") !== null) +
		" to come " + (svg.querySelectorAll(".p-is-future").length > 9) +
		" scrolls " + (pane.scrollWidth > pane.clientWidth) +
		" cut " + (from.scrollWidth > from.clientWidth);
});
JS
	{
		sed -e '/Content-Security-Policy/d' "$work/f.html"
		echo "<script>"
		cat "$work/type.js"
		echo "</script>"
	} > "$work/type.html"
	HOME=$work timeout "$patience" chromium --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$work/profile" --window-size=1366,800 \
		--dump-dom "file://$work/type.html#step=9" \
		> "$work/typed" 2> /dev/null || :
	if grep -q "<title>wide" "$work/dom"; then
		ok "type of 10 px at the least" \
			grep -q "<title>type 1[0-9][0-9] " "$work/typed"
		ok "a contrast of 4.5 at the least" \
			grep -q "contrast \(4[5-9]\|[5-9][0-9]\|1[0-9][0-9]\) veiled false to come true" \
			"$work/typed"
		ok "nothing of it is cut" \
			grep -q "scrolls false cut false<" "$work/typed"
		ok "the page does not scroll" \
			grep -q "<title>page false<" "$work/paged"
		ok "nothing lies upon anything" \
			grep -q "<title>wide false over 0" "$work/dom"
	else
		skip "the browser did not run"
	fi
else
	skip "no browser"
fi
finish
