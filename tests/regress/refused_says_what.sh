# A message that exceeds a limit, or whose lines end in LF alone, is what its
# start line says, and the refusal names the limit and the size, or the line.
. tests/fixtures/check.sh
mkdir "$work/lab"
cat > "$work/lab/t.gv" << 'END'
graph t {
	graph [domain="example.com"]
	mallory [role=ua]
	bob [role=ua]
	mallory -- bob
}
END
cat > "$work/lab/lab.lua" << 'END'
lab { title = "t", topology = "t.gv", duration = "60s" }
local function request(method, fields)
	return method .. " sip:bob@example.com SIP/2.0\r\n" ..
		"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n" .. fields ..
		"Max-Forwards: 9\r\nTo: <sip:bob@example.com>\r\n" ..
		"From: <sip:m@example.com>;tag=m\r\nCall-ID: 1\r\n" ..
		"CSeq: 1 " .. method .. "\r\nContent-Length: 0\r\n\r\n"
end
local all = {
	request("OPTIONS", ("X-A: y\r\n"):rep(300)),
	request("MESSAGE", "X-A: " .. ("y"):rep(30000) .. "\r\n"),
	request("INFO", "Route: <sip:p" .. (";p=1"):rep(99) .. ">\r\n"),
	request("UPDATE", "Route: " .. ("<sip:p>,"):rep(299) .. "<sip:p>\r\n"),
	request("NOTIFY", "X-A: a\nX-B: b\r\n"),
	(request("PUBLISH", ""):gsub("\r\n", "\n")),
	"SIP/2.0 180 Ringing\r\n" .. ("X-A: y\r\n"):rep(300) .. "\r\n",
}
script(function()
	for _, raw in ipairs(all) do
		node "mallory":send { raw = raw, to = "bob" }
		sleep "1s"
	end
end)
END
"$RUNG" run -q "$work/lab" -o "$work/t.jsonl"
"$RUNG" show --width=200 "$work/t.jsonl" kind=send,bad node=mallory \
    > "$work/sent"
"$RUNG" show --width=200 "$work/t.jsonl" kind=bad > "$work/bad"
for what in OPTIONS MESSAGE INFO UPDATE NOTIFY PUBLISH "180 Ringing"; do
	says "$what was sent" "$what → bob" cat "$work/sent"
done
for what in "307 header fields, at most 256" \
    "a head of 30215 bytes, at most 16384" \
    "99 parameters in one list, at most 64: Route: <sip:p;p=1" \
    "300 values in one header field's list, at most 256: Route: <sip:p>,<" \
    "line 3: X-A: a" "line 1: PUBLISH sip:bob@example.com SIP/2.0" \
    "300 header fields, at most 256"; do
	says "refusal" "$what" cat "$work/bad"
done
fails "no colon without words behind it" 1 grep -q "alone: *\$" "$work/bad"
"$RUNG" run "$work/lab" > "$work/ladder"
fails "the ladder calls none of them no SIP" 1 grep -q "not SIP" "$work/ladder"
awk 'BEGIN { printf "OPTIONS sip:a@b SIP/2.0\r\n"
	for (i = 0; i < 300; i++) printf "X-A: y\r\n"; printf "\r\n" }' \
    > "$work/large.sip"
says "rung parse" "300 header fields, at most 256" \
    "$RUNG" parse "$work/large.sip"
finish
