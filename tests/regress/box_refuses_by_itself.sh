#!/bin/sh
# Where a box refused a call by itself, as nothing of the offer is among its
# codecs, the 488 was explained as the refusal of the other party, whom nobody
# had asked.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<-GV
graph {
	alice [role=ua, outbound=box]
	box [role=b2bua]
	bob [role=ua, outbound=box, busy=true]
	alice -- box -- bob
}
GV
cat > "$work/lab.lua" <<-LUA
lab { topology = "net.gv", duration = "5s" }
script(function()
	node("alice"):invite "bob"
end)
LUA
explained() { # WHAT RECORD HAS LACKS
	"$RUNG" explain --lang=en "$t" "$2" > "$work/.all" 2>&1
	sed -n '/^  *1\./,/^  *2\./p' "$work/.all" > "$work/.output"
	if grep -q "$3" "$work/.output" && ! grep -q "$4" "$work/.output"
	then good
	else bad "$1" "$3, and not $4"; fi
}
ok "without a codec" "$RUNG" run -q "$work/lab.lua" --set box.codecs=G729 \
	-o "$t"
explained "the box's own refusal" 488@box "can't be sent" "other party"
ok "with codecs" "$RUNG" run -q "$work/lab.lua" -o "$t"
explained "the other party's" 486@box "other party" "can't be sent"
finish
