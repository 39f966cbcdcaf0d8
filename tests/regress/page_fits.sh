# The page for a browser: its picture fits into its place, times of nanoseconds
# have the room they need, roles are in its language.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

"$RUNG" export -f html labs/lying-location -o "$work/en.html"
"$RUNG" export -f html --lang=zh labs/lying-location -o "$work/zh.html"
ok "the picture is as wide as its place" \
	grep -qF "width: calc(100% * var(--zoom))" "$work/en.html"
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
	# Five lifelines on a small notebook: how high the labels' type is.
	"$RUNG" export -f html labs/forking -o "$work/f.html"
	cat > "$work/type.js" << 'JS'
window.addEventListener("load", function () {
	var svg = document.querySelector("#p-picture > svg");
	var text = document.querySelector("#p-picture g.req text");
	document.title = "type " + Math.floor(10 * svg.getScreenCTM().d *
		parseFloat(getComputedStyle(text).fontSize));
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
		ok "type of 7 px at the least" \
			grep -q "<title>type \([7-9]\|1[0-9]\)[0-9]<" "$work/typed"
		ok "nothing lies upon anything" \
			grep -q "<title>wide false over 0" "$work/dom"
	else
		skip "the browser did not run"
	fi
else
	skip "no browser"
fi
finish
