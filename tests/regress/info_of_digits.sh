#!/bin/sh
# Digits by INFO (application/dtmf-relay), as the handset sends them: taken in a
# call, refused by their reasons elsewhere (RFC 6086 4.2.2, RFC 3261 21.4.13).
. tests/fixtures/check.sh

mkdir "$work/lab"
cat > "$work/lab/net.gv" <<'EOF'
graph net {
	alice [role=ua]
	bob   [role=ua, answer="0s"]
	alice -- bob
}
EOF
cat > "$work/lab/lab.lua" <<'EOF'
lab { title = "Digits", topology = "net.gv", duration = "8s" }
script(function()
	local alice = node "alice"
	local call = alice:invite "bob"
	local function info(kind, body, package)
		call:send { method = "INFO", body = body, headers =
		    { ["Content-Type"] = kind, ["Info-Package"] = package } }
		sleep "100ms"
	end
	sleep "1s"
	info("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n")
	info("application/DTMF-relay; x=y", "Signal= #\r\n")
	info("text/plain", "five")
	info("application/dtmf-relay", "Signal=55\r\n")
	info(nil, nil)
	info("application/dtmf-relay", "Signal=1\r\n", "nothing")
	alice:send { method = "INFO", uri = "sip:bob@192.0.2.2", body = "Signal=5",
	    headers = { ["Content-Type"] = "application/dtmf-relay" } }
	sleep "1s"
	call:bye()
end)
EOF
ok "runs" "$RUNG" run -q -o "$work/trace" "$work/lab"

# answers STATUS COUNT [FIELD]: bob's answers to INFO.
answers() {
	grep '"kind":"send"' "$work/trace" | grep '"src":"bob"' |
	    grep "\"start\":$1,\"cseq\":\"[0-9]* INFO\"" > "$work/.output"
	seen=$(grep -c "${3:-}" "$work/.output")
	if [ "$seen" = "$2" ]; then
		good
	else
		bad "answers $1" "$seen instead of $2"
	fi
}

answers 200 3
answers 415 1 'Accept: application/dtmf-relay'
answers 400 1
answers 469 1 'Recv-Info:\\r\\n'
answers 481 1
answers 405 0
says "what was heard" "DTMF 5, 160 ms" "$RUNG" show "$work/trace" kind=note
says "what was heard" "DTMF #" "$RUNG" show "$work/trace" kind=note
says "the call goes on" "confirmed" "$RUNG" show --at=1.9s "$work/trace"
says "it is allowed" "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, SUBSCRIBE, NOTIFY, INFO" \
    "$RUNG" show -m "$work/trace" method=INVITE
finish
