#!/bin/sh
# What rung run is doubtful about in a topology or a script was not said by rung
# play, where it is looked for.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh

echo 'graph { alice [role=ua] }' > "$work/one.gv"
tui_start 80x24 "$RUNG" play "$work/one.gv"
tui_shows "one phone only" "one.gv:1: "
tui_screen > "$work/screen"
"$RUNG" run -q "$work/one.gv" 2> "$work/said"
says "rung run says it" "is the only phone" cat "$work/said"
says "the words of rung run" "$(sed 's/.*one.gv:1: //; s/^\(.\{30\}\).*/\1/' \
	"$work/said")" cat "$work/screen"
tui_shows "keys stay" "? help"
tui_press "?" shows "help" "the next message"
tui_hides "help lies above it" "one.gv:1: "
tui_press "Escape q" ends "quits" 0

mkdir "$work/lab"
cat > "$work/lab/lab.lua" <<'END'
lab { topology = "two-proxies.gv" }
fault { method = "INVIT", drop = true }
script(function() node "alice":invite "sip:bob@biloxi.example.com" end)
END
tui_start 100x30 "$RUNG" play "$work/lab"
tui_shows "a fault that struck nothing" "no message matched this fault"
tui_press Right hides "elsewhere it is not said" "no message matched this fault"
tui_press End shows "at the end it is" "no message matched this fault"
tui_press q ends "quits" 0

tui_start 80x24 "$RUNG" play direct-call
tui_shows "where nothing is doubtful" " 0/"
tui_still
tui_hides "nothing is said" "lab.lua:"
tui_press q ends "quits" 0
finish
