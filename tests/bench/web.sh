#!/bin/sh
# The page of make page: its size, how soon it shows a ladder when it is opened from the
# disk, how a lab of 10,000 messages scrolls, and its engine (tests/bench/web.js).
# Medians of five.
#
#	sh tests/bench/web.sh BUILD
set -u
build=$1
page=$PWD/$build/rung.html
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() { command -v "$1" > /dev/null; }
[ -f "$page" ] || { echo "# the page is not built (make page)"; exit 0; }
has node || { echo "# there is no node"; exit 0; }

. tests/bench/figure.inc

figure "the page" "$(wc -c < "$page" | megabytes)" MB "at most" 5
figure "the page, compressed" "$(gzip -9c "$page" | wc -c | megabytes)" MB "at most" 2.1

mkdir -p "$work/long" "$build/bench"
cp topologies/two-proxies.gv "$work/long"
cat > "$work/long/lab.lua" << 'LAB'
lab { title = "10,000 messages", topology = "two-proxies.gv", duration = "3600s" }
local alice, bob = node "alice", node "bob"
script(function()
	wait(bob, "registered")
	for i = 1, 500 do
		local call = alice:invite "sip:bob@biloxi.example.com"
		if wait(call, "confirmed") then
			sleep "1s"
			call:bye()
			wait(call, "terminated")
		end
	end
end)
LAB
node --no-warnings tests/bench/web.js "$build" "$work/long"

has chromium || { echo "# there is no Chromium"; exit 0; }
# steps PAGE: what the page says at those of standard input.
steps() {
	PATIENCE=60000 node --experimental-websocket --no-warnings tests/page/browse.js \
		"file://$1" 1400 900 2> "$work/err"
}
first() {
	steps "$page#lab=two-proxies" << 'S'
wait performance.getEntriesByName("shown").length
is performance.getEntriesByName("shown")[0].startTime.toFixed(0)
S
}
figure "from opening to the first ladder" "$(for _ in 1 2 3 4 5; do first; done | median)" \
	ms "at most" 1000

# A frame after another, each further down.
RUNG_SHARE=$PWD "$build/rung" page --engine="$build/page" "$work/long" -o "$work/long.html"
scroll='(async () => { const p = document.getElementById("p-ladder"), n = 180; const frame = () => new Promise(requestAnimationFrame); await frame(); const begun = await frame(); for (let i = 0; i < n; i++) { p.scrollTop += 60; await frame(); } return (1000 * n / (performance.now() - begun)).toFixed(1); })()'
{
	echo 'wait performance.getEntriesByName("shown").length'
	echo 'do new Promise((r) => setTimeout(r, 1000))'
	for _ in 1 2 3 4 5; do echo "is $scroll"; done
} | steps "$work/long.html#lab=long" | median > "$work/frames"
figure "10,000 messages scroll" "$(cat "$work/frames")" "frames/s" "at least" 59

# A step on, and what it has the page laid out anew for; the 16 ms are a frame's.
step='(async () => { const frame = () => new Promise(requestAnimationFrame), took = []; for (let i = 0; i < 21; i++) { await frame(); await frame(); const begun = performance.now(); document.getElementById("p-next").click(); document.body.offsetHeight; took.push(performance.now() - begun); } return took.sort((a, b) => a - b)[10].toFixed(1); })()'
{
	echo 'wait performance.getEntriesByName("shown").length'
	echo 'do new Promise((r) => setTimeout(r, 1000))'
	for _ in 1 2 3 4 5; do echo "is $step"; done
} | steps "$work/long.html#lab=long" | median > "$work/step"
figure "a step among 10,000 messages" "$(cat "$work/step")" ms "at most" 16
