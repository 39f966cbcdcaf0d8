#!/bin/sh
# Packets have as much sound as the other side says (a=ptime, a=maxptime: RFC 8866
# 6.4, 6.5; RFC 3264 5.1, 6.1), in whole frames of the codec; ptime= is what a phone
# says.  They are heard, mixed, and looked through for digits, as any.
. tests/fixtures/check.sh
net=topologies/direct-call.gv

# run_call ATTRIBUTES…: into $work/t.jsonl.
run_call() {
	"$RUNG" run -q --detail=network "$net" --set alice.media=true \
		--set bob.media=true "$@" -o "$work/t.jsonl"
}

# lasts NAME NODE MS: how much its packets have, by the records of who hears them
# and of who has agreed; 20 is not told.
lasts() {
	seen=$(jq -r --arg n "$2" 'select(.kind == "media" and .op == "heard" and
		.node != $n and .type == "audio") | (.ptime // 20000000) / 1000000' \
		"$work/t.jsonl" | sort -u)
	: > "$work/.output"
	if [ "$seen" = "$3" ]; then good
	else bad "$1" "packets of $seen ms, not $3"; fi
}

# One side says what it would like, and gets it; the other one has the usual.
for ms in 5 10 30 60 120; do
	run_call --set bob.ptime=$ms
	lasts "what bob likes" alice $ms
	lasts "what alice does" bob 20
done
ok "his answer says so" grep -q 'a=ptime:120' "$work/t.jsonl"
run_call --set alice.ptime=40
lasts "what alice likes" bob 40
ok "she says so in her offer" grep -q 'a=ptime:40' "$work/t.jsonl"
says "what is agreed" "40 ms in a packet" \
	"$RUNG" show "$work/t.jsonl" kind=media op=agree node=bob

# At most so many; without a wish of its own, the usual is cut, too.
run_call --set bob.maxptime=10
lasts "what bob takes at most" alice 10
ok "his answer says so" grep -q 'a=maxptime:10' "$work/t.jsonl"
run_call --set alice.maxptime=30 --set alice.ptime=60
lasts "the least of both" bob 30

# Whole frames: of G.729 and Opus 10 ms each.
for codec in G729 opus; do
	run_call --set bob.ptime=35 --set alice.codecs=$codec --set bob.codecs=$codec
	lasts "$codec" alice 30
done
# Several frames of Opus in a packet are told (RFC 6716 3.2.5).
command -v tshark > /dev/null || skip "tshark is missing"
for ms in 5 10 20 30 40 60 70 80 100 120; do
	command -v tshark > /dev/null || continue
	run_call --set bob.ptime=$ms --set alice.codecs=opus --set bob.codecs=opus
	"$RUNG" export -f pcapng --node=bob "$work/t.jsonl" -o "$work/t.pcapng"
	tshark -r "$work/t.pcapng" -Y "_ws.malformed || _ws.expert.severity == error" \
		> "$work/.output" 2> /dev/null
	if [ -s "$work/.output" ]; then bad "Opus, $ms ms" "packets are wrong"
	else good; fi
done

# Whatever a description says is kept as far as it has sense.
cat > "$work/net.gv" <<'E2'
graph net {
	alice [role=ua, media=true, addr="192.0.2.1", codecs=PCMU]
	bob [role=ua, media=true, addr="192.0.2.2", codecs=PCMU, answer="0s"]
	alice -- bob [delay="5ms"]
}
E2
for row in "ptime:30 30" "maxptime:10 10" "ptime:60|maxptime:40 40" "ptime:22.5 22" \
	"ptime:0 20" "ptime:1 5" "ptime:4000000000 120" "ptime:none 20" "maxptime:200 20"; do
	lines=$(printf 'a=%s' "${row% *}" | sed 's/|/\\r\\na=/')
	cat > "$work/lab.lua" <<E2
lab { title = "t", topology = "net.gv", duration = "4s" }
script(function()
	local call = node("alice"):invite("bob", { body = "v=0\\r\\no=alice 1 1 IN IP4 192.0.2.1\\r\\ns=-\\r\\n" ..
	    "c=IN IP4 192.0.2.1\\r\\nt=0 0\\r\\nm=audio 49170 RTP/AVP 0\\r\\n$lines\\r\\n" })
	sleep "3s"
	call:bye()
end)
E2
	"$RUNG" run -q --detail=network "$work/lab.lua" -o "$work/t.jsonl"
	# Alice's offer is not her own: what bob sends is counted as it is sent.
	seen=$(jq -r 'select(.kind == "media" and .op == "agree" and .node == "bob") |
		(.ptime // 20000000) / 1000000' "$work/t.jsonl" | head -n 1)
	sent=$(jq -r 'select(.kind == "media" and .op == "stop" and .node == "bob") |
		.octets / .packets / 8' "$work/t.jsonl" | head -n 1)
	: > "$work/.output"
	if [ "$seen" = "${row#* }" ] && [ "$sent" = "${row#* }" ]; then good
	else bad "$row" "agreed $seen ms, sent $sent"; fi
done

# A call changes it.
cat > "$work/lab.lua" <<'E2'
lab { title = "t", topology = "net.gv", duration = "8s" }
script(function()
	local alice = node "alice"
	local call = alice:invite "bob"
	wait(call, "confirmed")
	sleep "1s"
	alice:set { ptime = "40" }
	call:reinvite()
	sleep "2s"
	call:bye()
end)
E2
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
ok "another one by a re-INVITE" [ "$(jq -r 'select(.op == "agree" and .node == "bob") |
	.ptime // 20000000' "$work/t.jsonl" | tr '\n' ' ')" = "20000000 40000000 " ]

# ---- what is heard ----
run_call --set alice.sound=tone --set bob.ptime=60
"$RUNG" export -f wav --say alice --hear bob --from=4s --to=6s "$work/t.jsonl" -o "$work/a.wav"
# The same on both sides but for the delay and the buffer; no gap is as long as 4 ms.
tail -c +45 "$work/a.wav" | od -An -v -td2 -w4 | awk '
    { for (i = 1; i <= 2; i++) if ($i == 0) { if (++zero[i] > most) most = zero[i] } else zero[i] = 0 }
    END { if (most > 32 || NR != 16000) print "silence of " most " of " NR }' > "$work/.output"
if [ -s "$work/.output" ]; then bad "a tone" "it has gaps"; else good; fi

# A conference mixes whatever lengths its phones like: each hears both others.
cat > "$work/conf.gv" <<'E2'
graph conf {
	conf [role=conference, rooms="standup", media=true, domain="conf.example.com",
	      inbound=true, addr="192.0.2.100"]
	p1 [role=ua, media=true, sound=tone, addr="192.0.2.1", ptime=10]
	p2 [role=ua, media=true, sound=tone, addr="192.0.2.2", ptime=60]
	p3 [role=ua, media=true, sound=tone, addr="192.0.2.3", ptime=30]
	lan [shape=ellipse]
	lan -- {conf p1 p2 p3}
}
E2
cat > "$work/conf.lua" <<'E2'
lab { title = "Conf", topology = "conf.gv", duration = "6s" }
for i = 1, 3 do
	script(function()
		local call = node("p" .. i):invite "sip:standup@conf.example.com"
		sleep "5s"
		call:bye()
	end)
end
E2
"$RUNG" run -q --detail=network "$work/conf.lua" -o "$work/t.jsonl"
seen=$(jq -r 'select(.op == "heard" and .node != "conf") | (.ptime // 20000000) / 1000000' \
	"$work/t.jsonl" | tr '\n' ' ')
ok "each gets its length" [ "$seen" = "10 60 30 " ]
# Tones of 494, 554 and 659 Hz behind 440 of the server's: which are in two seconds.
tones() {
	"$RUNG" export -f wav --hear "$1" --from=2s --to=4s "$work/t.jsonl" -o "$work/h.wav"
	tail -c +45 "$work/h.wav" | od -An -v -td2 -w2 | awk '
	{ for (k = 0; k < 4; k++) { w = 2 * 3.14159265358979 * hz[k] / 8000 * NR
		c[k] += $1 * cos(w); s[k] += $1 * sin(w) } }
	BEGIN { split("440 494 554 659", h); for (k in h) hz[k - 1] = h[k] }
	END { for (k = 0; k < 4; k++) { a = 2 * sqrt(c[k] ^ 2 + s[k] ^ 2) / NR
		if (a > 4000) printf "%s ", hz[k] } }'
}
ok "p1 hears the others" [ "$(tones p1)" = "554 659 " ]
ok "p2 hears the others" [ "$(tones p2)" = "494 659 " ]
ok "p3 hears the others" [ "$(tones p3)" = "494 554 " ]

# Digits in band are found in packets of any length.
for ms in 10 30 60 120; do
	cat > "$work/d.lua" <<'E2'
lab { title = "t", topology = "net.gv", duration = "12s" }
script(function()
	local call = node("alice"):invite "bob"
	wait(call, "confirmed")
	sleep "500ms"
	call:dtmf("1590", { duration = "100ms" })
	sleep "3s"
	call:bye()
end)
E2
	"$RUNG" run -q "$work/d.lua" --set=bob.ptime=$ms --set=alice.dtmf=in-band \
		--set=bob.dtmf=in-band -o "$work/t.jsonl"
	ok "digits of $ms ms" [ "$(jq -r 'select(.op == "digit" and .node == "bob").digit' \
		"$work/t.jsonl" | tr -d '\n')" = 1590 ]
	"$RUNG" run -q "$work/d.lua" --set=bob.ptime=$ms --set=alice.dtmf=events \
		"--set=alice.codecs=PCMU telephone-event" \
		"--set=bob.codecs=PCMU telephone-event" -o "$work/t.jsonl"
	ok "events beside $ms ms" [ "$(jq -r 'select(.op == "digit" and .node == "bob").digit' \
		"$work/t.jsonl" | tr -d '\n')" = 1590 ]
done

# ---- nonsense ----
for ms in 0 4 121 20ms none -20; do
	fails "ptime=$ms" 2 "$RUNG" run -q "$net" --set "bob.ptime=$ms"
done
finish
