# The programs that docs/PROGRAMS.md teaches run as they stand there, each with
# its counterparts, and do what the text says.
. tests/fixtures/check.sh

# program NAME: that of the document, to NAME.lua.
program() {
	awk -v name="$1" '
	$0 == "<!-- program: " name " -->" { on = 1; next }
	on && /^```lua/ { lines = 1; next }
	lines && /^```/ { exit }
	lines' docs/PROGRAMS.md > "$work/$1.lua"
	ok "$1 stands in the document" test -s "$work/$1.lua"
}
for name in box device teller watcher; do program $name; done
cat > "$work/net.gv" <<'E1'
graph { domain="example.com"; start="2026-03-02T08:30:00"; duration="400s"
	reg [role="registrar location proxy", addr="192.0.2.9"]
	alice [role=ua, addr="192.0.2.1", aor="sip:alice@example.com"]
	bob [role=ua, addr="192.0.2.3", aor="sip:bob@example.com", answer="1s"]
	box [role=script, program="box.lua", addr="192.0.2.2", aor="sip:box@example.com"]
	device [role=script, program="device.lua", addr="192.0.2.4", aor="sip:device@example.com"]
	clock [role=script, program="teller.lua", addr="192.0.2.5", aor="sip:clock@example.com"]
	watcher [role=script, program="watcher.lua", addr="192.0.2.6", aor="sip:watcher@example.com"]
	lan -- {reg alice bob box device clock watcher} }
E1
cat > "$work/lab.lua" <<'E1'
lab { topology = "net.gv", duration = "400s" }
local alice = node "alice"
script(function()
	sleep "5s"
	local c = alice:invite "sip:somebody@192.0.2.2"
	wait(c, "confirmed", "9s")
	sleep "5s"
	c:bye()
	sleep "5s"
	c = alice:invite "sip:device@example.com"
	wait(c, "terminated", "30s")
end)
E1
# The watcher asks by name; its clock has not registered.
sed -i 's/sip:clock@example.com/sip:clock@192.0.2.5/' "$work/watcher.lua"
t=$work/t.jsonl
ok "they run" "$RUNG" run -q "$work/lab.lua" -o "$t"
"$RUNG" show "$t" > "$work/shown"
says "nobody's program fails" 0 sh -c "grep -c 'failed: there is' '$work/shown' || true"
says "two calls are one: the second begins" "box/2 idle → calling" cat "$work/shown"
says "… and ends with the first" "box/2 terminating → terminated" cat "$work/shown"
says "the device stays registered" "registered since" "$RUNG" show "$t" --at=399s --node=device
says "it lives" "OPTIONS" "$RUNG" show "$t" --from=300s
says "it hangs up by itself" "device/1 confirmed → terminating" cat "$work/shown"
says "who has subscribed is told" "It is 8 o'clock." cat "$work/shown"
says "the remark has its rule" "notify-news" grep '"kind":"note"' "$t"
says "all keep the rules" "errors 0, warnings 0" "$RUNG" inspect "$t"
finish
