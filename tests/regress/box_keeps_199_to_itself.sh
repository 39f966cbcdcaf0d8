#!/bin/sh
# RFC 6228: a proxy behind a box told it by a 199 that a phone had refused whose
# early media the caller was hearing; the box let nobody know, and said nothing
# of the phones that still rang until one of them answered.
. tests/fixtures/check.sh

t=$work/t.jsonl
# run ALICE PROXY: Bob's desk phone refuses after two seconds, the mobile rings
# on (or begins to) and is answered.
run() {
	cat > "$work/net.gv" <<-GV
	graph {
		edge [delay="10ms"]
		alice [role=ua, addr="10.0.0.7", outbound=box, $1]
		box [role=b2bua, outbound=fork]
		fork [role="proxy registrar location", domain="example.com", $2]
		node [role=ua, aor="sip:bob@example.com", register=true]
		node [outbound=fork, codecs="PCMU"]
		desk [answer=never, progress="${desk:-183}"]
		mobile [answer="6s", q="${q:-1}"]
		alice -- box -- fork
		fork -- desk
		fork -- mobile [delay="20ms"]
	}
	GV
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "60s" }
	local alice, desk = node "alice", node "${refuses:-desk}"
	desk:on("invite", function(call)
		sleep "2s"
		call:reject(486)
	end)
	script(function()
		sleep "1s"
		local call = alice:invite "sip:bob@example.com"
		if wait(call, "confirmed") then
			sleep "1s"
			call:bye()
		end
	end)
	LUA
	ok "it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
	"$RUNG" show --lang=en -m "$t" kind=send cseq=INVITE src=box dst=alice \
		> "$work/said"
}
# says HOW WORDS: the statuses that Alice's phone gets, each with a letter for
# the tag in To.
says() {
	awk '
	/SIP\/2.0 [0-9]/ { match($0, /SIP\/2.0 [0-9]+/); status = substr($0, RSTART + 8, 3) }
	/^ *INVITE / { status = 100 }
	/^ *To: / {
		if (status == 100)
			next
		tag = $0
		if (!sub(/.*tag=/, "", tag))
			tag = "none"
		if (!(tag in letter))
			letter[tag] = substr("abcdef", ++n, 1)
		printf "%s%s%s", sep, status, letter[tag]
		sep = " "
	}
	END { print "" }' "$work/said" > "$work/.output"
	if [ "$(cat "$work/.output")" = "$2" ]; then good
	else bad "$1" "$2"; fi
}
run '' ''
says "the media that she heard are over, the other rings" '183a 180a 199a 180b 200b'
ok "with the reason" grep -q 'Reason: SIP *; *cause=486' "$work/said"
ok "in a description of the other's" [ "$(grep -c 'm=audio' "$work/said")" = 2 ]
refuses=mobile run '' ''
says "what she was not told is nothing to end" '183a 180a'
refuses=
q=0.5
run "" "fork=sequential"
q=
says "none is left, then another rings" '183a 199a 180b 200b'
desk=180
run '' ''
says "somebody rings all the time" '180a 180a 200a'
desk=
run 'reliable=required' ''
says "who requires what arrives gets none" '183a 180a 200a'
ok "nothing is bad" [ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
finish
