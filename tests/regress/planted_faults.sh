#!/bin/sh
# Faults planted in labs, message by message: what the inspector finds of each
# in the run and in the capture of it, and at whose door it lays it.  None of
# these was found, or somebody else was blamed.
. tests/fixtures/check.sh

# rules_of FILE: "rule node", of what the lab itself does not show anyway.
rules_of() {
	"$RUNG" inspect -f csv "$1" 2> /dev/null |
		awk -F, 'NR > 1 { gsub(/"/, "", $9); print $2, $9 }' |
		grep -v '^plain-signalling\|^session-least' | sort -u |
		tr '\n' ';' | sed 's/;$//'
}

# plant NAME LAB RUN CAPTURE: reads the lines of the script from the input; RUN
# and CAPTURE are what is found.
plant() {
	rm -rf "$work/lab"
	cp -r "labs/$2" "$work/lab"
	cat tests/regress/planted_faults.lua - >> "$work/lab/lab.lua"
	# The script may miss a call that the fault has ended.
	"$RUNG" run -q "$work/lab" -o "$work/run.jsonl" > "$work/.output" 2>&1
	"$RUNG" export "$work/run.jsonl" -o "$work/run.pcapng" \
		> /dev/null 2>&1
	for plant_in in run.jsonl run.pcapng; do
		plant_seen=$(rules_of "$work/$plant_in")
		plant_want=$3
		[ $plant_in = run.jsonl ] || plant_want=$4
		if [ "$plant_seen" = "$plant_want" ]; then
			good
		else
			bad "$1 ($plant_in)" \
				"\"$plant_seen\" instead of \"$plant_want\""
		fi
	done
}

plant "credentials without qop" rfc3665-2.1 \
	"digest-qop-answer bob" "digest-qop-answer 192.0.2.1" <<'LUA'
rewrite({ method = "REGISTER", src = "bob" }, function(t)
	return t:gsub(", qop=auth", ""):gsub(", nc=%x+", "")
		:gsub(', cnonce="[^"]*"', "")
end)
LUA
plant "a proxy changes the body of a request" two-proxies \
	"proxy-unchanged atl" "proxy-unchanged 192.0.2.2" <<'LUA'
replace({ method = "INVITE", src = "atl" }, "s=[^\r\n]*", "s=x")
LUA
plant "a proxy changes the name in From" two-proxies \
	"proxy-unchanged atl" "proxy-unchanged 192.0.2.2" <<'LUA'
replace({ method = "INVITE", src = "atl" }, '"Alice"', '"Allie"')
LUA
plant "a proxy changes the body of a response" two-proxies \
	"proxy-response atl" "proxy-response 192.0.2.2" <<'LUA'
replace({ status = 200, cseq = "INVITE", src = "atl" }, "s=[^\r\n]*", "s=x")
LUA
plant "a proxy leaves its Via in a response" two-proxies \
	"proxy-response bil" "proxy-response 198.51.100.2" <<'LUA'
local via
rewrite({ status = 200, cseq = "INVITE", src = "bob" }, function(t)
	via = t:match("Via:[^\r\n]*\r\n")
	return t
end)
rewrite({ status = 200, cseq = "INVITE", src = "bil" }, function(t)
	return t:gsub("Via:", via .. "Via:", 1)
end)
LUA
plant "an ACK for a 2xx with another CSeq" two-proxies \
	"ack-2xx-cseq alice" "ack-2xx-cseq 192.0.2.1" <<'LUA'
replace({ method = "ACK", src = "alice" }, "CSeq: 1", "CSeq: 7")
LUA
plant "an ACK for a refusal with another CSeq" busy \
	"ack-fields alice" "ack-fields 192.0.2.1" <<'LUA'
replace({ method = "ACK", src = "alice" }, "CSeq: 1", "CSeq: 7")
LUA
plant "a CANCEL with another CSeq" cancel \
	"cancel-fields alice" "cancel-fields 192.0.2.1" <<'LUA'
replace({ method = "CANCEL", src = "alice" }, "CSeq: 1", "CSeq: 7")
LUA
plant "a CANCEL with Require" cancel \
	"cancel-fields alice" "cancel-fields 192.0.2.1" <<'LUA'
replace({ method = "CANCEL", src = "alice" }, "CSeq:", "Require: x\r\nCSeq:")
LUA
plant "a 200 to a BYE with another CSeq" direct-call \
	"response-fields alice" "response-fields 192.0.2.1" <<'LUA'
replace({ status = 200, cseq = "BYE" }, "CSeq: 1", "CSeq: 7")
LUA
plant "a 200 to an INVITE with another CSeq" direct-call \
	"response-fields bob" "response-fields 192.0.2.3" <<'LUA'
replace({ status = 200, cseq = "INVITE" }, "CSeq: 1", "CSeq: 7")
LUA
plant "an answer without a codec that was offered" direct-call \
	"answer-formats bob" "answer-formats 192.0.2.3" <<'LUA'
rewrite({ status = 200, cseq = "INVITE" }, function(t)
	return body(t, function(b)
		return b:gsub("RTP/AVP [%d ]+", "RTP/AVP 9")
			:gsub("a=rtpmap:[^\r\n]*\r\n", "")
	end)
end)
LUA
plant "sendonly is answered with sendrecv" rfc5359-2.1 \
	"answer-direction alice" "answer-direction 192.0.2.1" <<'LUA'
rewrite({ status = 200, cseq = "INVITE", src = "alice" }, function(t)
	return body(t, function(b) return b:gsub("a=recvonly", "a=sendrecv") end)
end)
LUA
plant "a reliable 180 that nobody has asked for" direct-call \
	"reliable-send bob" "reliable-send 192.0.2.3" <<'LUA'
rewrite({ method = "INVITE" }, function(t)
	return t:gsub(", *100rel", ""):gsub("100rel, *", "")
end)
replace({ status = 180 }, "CSeq:", "RSeq: 1\r\nRequire: 100rel\r\nCSeq:")
LUA
plant "more time than a SUBSCRIBE asks for" presence \
	"subscribe-shorter pa" "subscribe-shorter 198.51.100.2" <<'LUA'
replace({ status = 200, cseq = "SUBSCRIBE", nth = 1 }, "Expires: %d+",
	"Expires: 7200")
LUA
plant "more time than a PUBLISH asks for" presence \
	"publish-shorter pa" "publish-shorter 198.51.100.2" <<'LUA'
replace({ status = 200, cseq = "PUBLISH", nth = 1 }, "Expires: %d+",
	"Expires: 7200")
LUA
plant "a longer session than the INVITE asks for" session-timer \
	"session-shorter bob" "session-shorter 198.51.100.2" <<'LUA'
replace({ status = 200, cseq = "INVITE", nth = 1 }, "Session%-Expires: %d+",
	"Session-Expires: 7200")
LUA
plant "a NOTIFY of another event" presence \
	"notify-subscribed pa" "notify-subscribed 198.51.100.2" <<'LUA'
replace({ method = "NOTIFY", src = "pa", nth = 2 }, "Event: presence",
	"Event: dialog")
LUA
# In the run the phone has sent it in time, and the way has kept it.
plant "a 180 after the 200" direct-call \
	"" "provisional-late 192.0.2.3" <<'LUA'
fault { status = 180, nth = 1, delay = "3s" }
LUA
# In the run the phone has sent its ACKs, and all are lost.
plant "a 200 that comes again and again" direct-call \
	"" "invite-ack 192.0.2.1" <<'LUA'
fault { method = "ACK", drop = true }
LUA
plant "a BYE without a tag in To" direct-call \
	"dialog-request bob" "dialog-request 192.0.2.3" <<'LUA'
replace({ method = "BYE", nth = 1 }, "(\nTo:[^\r\n]*);tag=[^;\r\n]*", "%1")
LUA
plant "a tag that the server leaves out, and two proxies" two-proxies \
	"response-tag bob" "response-tag 198.51.100.1" <<'LUA'
replace({ status = 200, cseq = "INVITE", src = "bob" },
	"(\nTo:[^\r\n]*);tag=[^;\r\n]*", "%1")
LUA
plant "a Via that the server leaves out, and two proxies" two-proxies \
	"response-fields bob" "response-fields 198.51.100.1" <<'LUA'
rewrite({ status = 180, src = "bob" }, function(t)
	local n = 0
	return t:gsub("Via:[^\r\n]*\r\n", function()
		n = n + 1
		return n == 2 and "" or nil
	end)
end)
LUA
plant "lr with a value is lr" two-proxies "" "" <<'LUA'
replace({ method = "INVITE", src = "atl" }, ";lr>", ";lr=on>")
LUA
plant "a Content-Length that is too small for the datagram" direct-call \
	"form-length alice" "form-length 192.0.2.1" <<'LUA'
replace({ method = "INVITE" }, "Content%-Length: %d+", "Content-Length: 80")
LUA
says "how much is over" "68 bytes follow the 80" \
	"$RUNG" inspect -f csv "$work/run.pcapng"
plant "an offer that can't be read, answered" direct-call \
	"sdp-form alice" "sdp-form 192.0.2.1" <<'LUA'
rewrite({ method = "INVITE" }, function(t)
	return body(t, function(b) return b:gsub("m=audio (%d+)", "m=audio %1x") end)
end)
LUA
# What travels has a length that is not its own: nobody has got the 2xx.
plant "a 200 that nobody can read" direct-call \
	"form-length bob" "form-length 192.0.2.3" <<'LUA'
replace({ status = 200, cseq = "INVITE" }, "Content%-Length: %d+",
	"Content-Length: 800")
LUA
finish
