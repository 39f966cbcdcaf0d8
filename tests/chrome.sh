# Chromium without a screen, for the tests that open pages; after tests/check.sh.

# Of a page that changes its address 200 times within seconds, as no reader does,
# Chromium would drop the next changes.
chrome() { # OPTION… ADDRESS
	HOME=$work timeout "$patience" chromium --headless=new --no-sandbox \
		--disable-gpu --disable-ipc-flooding-protection \
		--user-data-dir="$work/chromium" "$@" 2> /dev/null
}

# Opens each ADDRESS, a file with what may stand behind #, in a frame of its own,
# and writes what the page has become into $work/dom.1, dom.2 …: one Chromium for
# all, since it takes as long to begin as twenty pages take.  Files may look into
# each other by this option only; the policies of the pages hold as ever.
open_in_frames() { # ADDRESS…
	cp tests/html_frames.html "$work/frames.html"
	rm -f "$work"/dom.*
	for address; do
		printf 'file://%s\n' "$address"
	done | sed 's/%/%25/g; s/#/%23/g; s/=/%3D/g' > "$work/addresses"
	chrome --allow-file-access-from-files --window-size=1500,1000 --dump-dom \
		"file://$work/frames.html?$(paste -sd , "$work/addresses")" |
		awk -v dom="$work/dom." '
		/^== page [0-9]+$/ { file = dom $3; printf "" > file; next }
		file != "" { print > file }'
	for address; do
		opened=$((${opened:-0} + 1))
		[ -e "$work/dom.$opened" ] || bad "$address" "was not opened"
	done
	opened=0
}
