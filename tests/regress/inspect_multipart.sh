# A session description that is one part of several is one: an INVITE with
# multipart/mixed (RFC 7866, RFC 6442) whose answer is application/sdp was said to have
# no answer, and an answer without any description was not seen.
. tests/fixtures/check.sh

cat > "$work/net.gv" << 'GV'
graph net {
	alice [role=ua, addr="192.0.2.1"]
	bob [role=ua, addr="192.0.2.2", answer="300ms"]
	odd [role=script, addr="192.0.2.3", program="odd.lua"]
	lan -- {alice bob odd}
}
GV
cat > "$work/odd.lua" << 'LUA'
function on_request(m)
	if m.method == "INVITE" then
		return reply(m, 200, { type = "multipart/mixed;boundary=x", body =
			"--x\r\nContent-Type: text/plain\r\n\r\nno session\r\n--x--\r\n" })
	end
	if m.method ~= "ACK" then reply(m, 200) end
end
LUA
lab() { # WHOM
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "40s" }
script(function()
	sleep "1s"
	local c = node "alice":invite("$1", { reliable = "no",
		headers = "Content-Type: multipart/mixed;boundary=x",
		body = "--x\\r\\nContent-Type: application/rs-metadata+xml\\r\\n\\r\\n<recording/>\\r\\n" ..
			"--x\\r\\nContent-Type: application/sdp\\r\\n\\r\\nv=0\\r\\no=a 1 1 IN IP4 192.0.2.1\\r\\n" ..
			"s=-\\r\\nc=IN IP4 192.0.2.1\\r\\nt=0 0\\r\\nm=audio 49170 RTP/AVP 0\\r\\n--x--\\r\\n" })
	wait(c, "confirmed", "10s") sleep "2s"
	if c.state == "confirmed" then c:bye() end
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng" 2> "$work/said"
}
lab sip:bob@192.0.2.2
for of in t.jsonl t.pcapng; do
	"$RUNG" inspect "$work/$of" > "$work/report" 2>&1
	says "$of: a legal call" "errors 0" cat "$work/report"
done
"$RUNG" show "$work/t.pcapng" --at=1.5s > "$work/out" 2>&1
fails "the capture: it is answered" 1 grep "not answered" "$work/out"
lab sip:odd@192.0.2.3
for of in t.jsonl t.pcapng; do
	"$RUNG" inspect "$work/$of" > "$work/report" 2>&1
	says "$of: no answer among the parts" "RFC 3261 13.2.1  offer-missing" \
		cat "$work/report"
done
finish
