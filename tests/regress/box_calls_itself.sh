#!/bin/sh
# A box that was called by an address of its own, or by a user of the domain
# whose entry it is, called itself, again and again, until Max-Forwards was used
# up: 70 calls of one.  So did what goes through it outside of calls.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<-GV
graph {
	alice [role=ua]
	box [role="b2bua redirect location", addr="192.0.2.1",
		domain="box.example", inbound=true]
	bob [role=ua, addr="192.0.2.2", answer="0s"]
	alice -- box -- bob
}
GV
asks() { # WHAT STATEMENT STATUS SETTING…
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "40s" }
	local alice = node "alice"
	script(function() $2 end)
	LUA
	what=$1 status=$3
	shift 3
	ok "$what" "$RUNG" run -q "$work/lab.lua" -o "$t" "$@"
	says "$what: the answer" "\"start\":$status" \
		grep '"kind":"send".*"src":"box","dst":"alice"' "$t"
	grep '"kind":"send".*"src":"box","dst":"box"' "$t" > "$work/.output"
	empty "$what: it asks itself nothing"
}
for role in "b2bua redirect location" "sbc redirect location"; do
	set -- --set "box.role=$role"
	asks "$role, by address" 'alice:invite "sip:x@192.0.2.1"' 404 "$@"
	asks "$role, by name" 'alice:invite "sip:box@192.0.2.1"' 404 "$@"
	asks "$role, by domain" 'alice:invite "sip:x@box.example"' 404 "$@"
	asks "$role, a message" 'alice:message("sip:x@192.0.2.1", "hello")' \
		404 "$@"
	asks "$role, somebody else" 'alice:invite "sip:bob@192.0.2.2"' 200 \
		"$@" --set alice.outbound=box
	# Whom it calls by another number another role of its own may have.
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "40s" }
	script(function() node("alice"):invite "sip:00x@192.0.2.1" end)
	LUA
	ok "$role, another number" "$RUNG" run -q "$work/lab.lua" -o "$t" "$@" \
		--set "box.serves=${role%% *}=00x" --set box.rewrite=00=
	says "$role, another number: it is asked for" '"INVITE sip:x@192.0.2.1 ' \
		grep '"kind":"send".*"src":"box","dst":"box"' "$t"
done
finish
