# A message of more than 64 KiB, or with more fields, parameters or values than
# rung takes, was passed over by inspect without a word, in a run and in a
# capture: the report looked clean.
. tests/fixtures/check.sh

mkdir "$work/lab"
cat > "$work/lab/lab.lua" << 'END'
lab { title = "t", topology = "direct-call.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
local function message(more, body, id)
	return "MESSAGE sip:bob@192.0.2.3 SIP/2.0\r\n" ..
		"Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK" .. id .. "\r\n" ..
		"Max-Forwards: 9\r\nTo: <sip:bob@192.0.2.3>\r\n" ..
		"From: <sip:alice@192.0.2.1>;tag=m\r\n" .. more ..
		"Call-ID: " .. id .. "\r\nCSeq: 1 MESSAGE\r\n" ..
		"Content-Type: text/plain\r\n" ..
		"Content-Length: " .. #body .. "\r\n\r\n" .. body
end
script(function()
	local texts = {
		message("", ("x"):rep(70000), "bytes"),
		message("Subject: " .. ("y"):rep(20000) .. "\r\n", "", "head"),
		message(("X: y\r\n"):rep(300), "", "fields"),
		message("Subject: fits\r\n", "", "fits"),
	}
	for i, text in ipairs(texts) do
		alice:send { raw = text, to = bob, transport = "tcp" }
		sleep "2s"
	end
end)
END
"$RUNG" run -q "$work/lab" -o "$work/run.jsonl" > /dev/null
# A capture has no node that breaks off what is too large.
message() { # MORE-FIELDS BODY ID
	printf '2026-01-01 10:00:0%s.000 sent to 192.0.2.2:5060\n' "$3"
	printf 'MESSAGE sip:b@192.0.2.2 SIP/2.0\r\n'
	printf 'Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK%s\r\n' "$3"
	printf 'Max-Forwards: 70\r\nTo: <sip:b@192.0.2.2>\r\n'
	printf 'From: <sip:a@192.0.2.1>;tag=m\r\n%sCall-ID: %s\r\n' "$1" "$3"
	printf 'CSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\n'
	printf 'Content-Length: %s\r\n\r\n%s\n\n' "${#2}" "$2"
}
repeated() { # N TEXT
	awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}
cr=$(printf '\r')
{
	message "" "$(repeated 70000 x)" 1
	message "Subject: $(repeated 20000 y)$cr
" "" 2
	message "$(repeated 300 "X: y$cr\\n")
" "" 3
	message "Subject: fits$cr
" "" 4
} > "$work/calls.log"
for file in run.jsonl calls.log; do
	"$RUNG" inspect "$work/$file" --width=200 > "$work/said"
	says "$file: the clause" "message-large" cat "$work/said"
	says "$file: bytes" "bytes, at most 65536" cat "$work/said"
	says "$file: the head" "a head of " cat "$work/said"
	says "$file: fields" "header fields, at most 256" cat "$work/said"
	"$RUNG" inspect "$work/$file" -f json > "$work/json"
	check_seen=$(grep -o '"rule":"message-large"[^}]*"text"' "$work/json" |
		wc -l)
	[ "$check_seen" = 3 ] && good || bad "$file" "$check_seen instead of 3"
done
finish
