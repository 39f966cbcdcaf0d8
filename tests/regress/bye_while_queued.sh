# A caller who waits for a line and hangs up by BYE in the early dialog: his
# INVITE gets its 487, RFC 3261 15.1.2.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X'
graph g {
	alice [role=ua]
	bob   [role=ua, lines=1, waiting=true, answer="1s"]
	carol [role=ua]
	lan [shape=ellipse]
	lan -- {alice bob carol}
}
X
cat > "$work/lab.lua" <<'X'
lab { title = "Queued", topology = "net.gv", duration = "100s" }
script(function()
	node "carol":invite "bob"
	sleep "3s"
	local call = node "alice":invite "bob"
	sleep "2s"
	call:bye { now = true }
	sleep "10s"
end)
X
t=$work/t.jsonl
"$RUNG" run -q "$work/lab.lua" -o "$t" 2> "$work/err"
ok "it runs" test ! -s "$work/err"
has() { # WHAT PATTERN
	ok "$1" grep -q "$2" "$t"
}
has "it is queued" '"node":"bob","kind":"send".*"start":182'
has "BYE in the early dialog" '"node":"alice","kind":"send".*"start":"BYE"'
has "487 to the INVITE" '"node":"bob","kind":"send".*"start":487.*1 INVITE'
has "ACK for it" '"node":"alice","kind":"send".*"start":"ACK"'
finish
