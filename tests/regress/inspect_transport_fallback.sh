# A request that was too large for UDP, and to whose far end no TCP connection
# can be made, goes out once more by UDP (RFC 3261 18.1.1): it is the same
# request, so that its CSeq is no second use of the number in its dialog.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'X'
graph g {
	alice [role=ua, addr="192.0.2.1"]
	bob   [role=ua, addr="192.0.2.2", answer="1s"]
	alice -- bob
}
X
cat > "$work/lab.lua" <<'X'
lab { title = "Large", topology = "two.gv", duration = "80s" }
script(function()
	local call = node "alice":invite "sip:bob@192.0.2.2"
	sleep "3s"
	node "bob":crash()
	call:info { type = "text/plain", body = string.rep("x", 1400) }
end)
X
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
ok "it goes out twice" test "$(grep '"node":"alice","kind":"send"' \
	"$work/t.jsonl" | grep '"start":"INFO"' | grep -vc '"retx"')" -eq 2
ok "the second time by UDP" grep -q '"rule":"transport-fallback".*"INFO"' \
	"$work/t.jsonl"
ok "nothing is wrong" "$RUNG" inspect -o "$work/report" "$work/t.jsonl"
ok "nor said to be" test "$(grep -c 'the last one in this dialog' \
	"$work/report")" -eq 0
finish
