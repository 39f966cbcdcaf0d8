# A whole lesson on the page of make page, by clicks, and how it lies in the window after each
# (tests/page/geometry.js): four sizes, each in both languages and with a student's number and
# without; LABS=all: each with each.  $SHOTS, else build/shots, keeps a picture of each fault.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# lesson SIZES LANGUAGE NUMBER
lesson() {
	timeout "$patience" node --experimental-websocket tests/page/lesson.js page "$page" "$1" "$2" "$3" \
		direct-call 2> /dev/null | sed 's/^clicks: [1-9][0-9][0-9]*$/clicks/' >> "$work/said-${1%%x*}"
}
all() { # SIZES
	lesson "$1" en 2023007
	lesson "$1" zh -
	[ "${LABS:-}" != all ] || { lesson "$1" en -; lesson "$1" zh 2023007; }
}
# Two at a time.
all 1920x1080,390x844 &
all 1366x768,1280x720
wait
lines=2
[ "${LABS:-}" != all ] || lines=4
for width in 1920 1366; do
	gives "it lies right ($width and the next)" "$(yes clicks | head -n $lines)" cat "$work/said-$width"
done
finish
