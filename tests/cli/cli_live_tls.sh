# rung live by TLS: a program comes, and is called where it listens, with certificates of the
# run's authority and with its own; half a handshake, and what is none.
. tests/fixtures/check.sh
[ "$patience" -lt 60 ] || patience=60

command -v openssl > /dev/null && command -v bash > /dev/null || {
	skip "there is no openssl"
	finish
}

cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	node [transport=tls]
	edge [delay="1ms"]
	alice [role=ua, outbound=px]
	px [role="proxy registrar location"]
	bob [role=ua]
	lan
	alice -- lan -- {px bob}
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "tls", topology = "t.gv" }
-- One call, once bob is registered.
local there = false
fault { src = "px", cseq = "REGISTER", status = "200", rewrite = function(text)
	there = there or text:find "sip:bob@.*\nContact:" ~= nil
	return text
end }
script(function()
	while not there do sleep "50ms" end
	node("alice"):invite "sip:bob@example.com"
end)
L

# begin NAME ARGUMENTS: a run in the background; $net is its network, $certs its folder.
begin() {
	name=$1
	shift
	: > "$work/$name"
	"$RUNG" live "$work/lab.lua" --outside=bob -o "$work/$name.jsonl" "$@" > "$work/$name" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/$name" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	net=$(sed -n 's/^  alice *127\.\([0-9]*\)\..*/\1/p' "$work/$name" | head -n 1)
	certs=$(sed -n 's/^Certificates are in \(.*\): trust.*/\1/p' "$work/$name")
}
end() {
	kill "$run"
	wait "$run"
	"$RUNG" run -q "$work/$name.jsonl" -o "$work/again.jsonl" &&
		cmp "$work/$name.jsonl" "$work/again.jsonl"
}
# waits_for TEXT FILE
waits_for() {
	for _ in $(seq "$((patience * 10))"); do
		grep -qa "$1" "$2" && return
		sleep 0.1
	done
	return 1
}
# Bob registers by a connection of his own.
register() {
	printf '%s\r\n' "REGISTER sip:example.com SIP/2.0" \
		"Via: SIP/2.0/TLS 127.$net.0.3:5061;branch=z9hG4bK$name;rport" \
		"From: <sip:bob@example.com>;tag=1" "To: <sip:bob@example.com>" \
		"Call-ID: $name" "CSeq: 1 REGISTER" "Max-Forwards: 70" \
		"Contact: <sip:bob@127.$net.0.3:5061;transport=tls>" "Content-Length: 0" "" \
		> "$work/register"
	: > "$work/registered"
	{
		cat "$work/register"
		sleep "$patience"
	} | openssl s_client -quiet -connect "127.$net.0.2:5061" \
		-CAfile "$certs/ca.pem" -verify_return_error -verify_ip "127.$net.0.2" "$@" \
		> "$work/registered" 2> "$work/client" &
	client=$!
	waits_for "SIP/2.0 200" "$work/registered"
	registered=$?
	kill "$client"
	return "$registered"
}
# listen CERTIFICATE: bob waits there.
listen() {
	: > "$work/server"
	sleep "$patience" | openssl s_server -quiet -accept "127.$net.0.3:5061" \
		-cert "$1" -key "$1" > "$work/server" 2> /dev/null &
	server=$!
}

begin first
ok "a program's certificate is in the folder" test -s "$certs/bob.pem"
ok "its key is nobody else's" test "$(stat -c %a "$certs/bob.pem")" = 600
listen "$certs/bob.pem"
ok "who trusts ca.pem is answered" register
ok "a program is called by TLS" waits_for "INVITE sip:bob@" "$work/server"
timeout "$patience" bash -c 'exec 3<> "/dev/tcp/$1/5061" && printf "OPTIONS\r\n\r\n" >&3 && cat <&3' \
	- "127.$net.0.2" > /dev/null
ok "who speaks no TLS is left" test $? != 124
ok "half a handshake ends after ten seconds" timeout "$patience" bash -c \
	'exec 3<> "/dev/tcp/$1/5061" && printf "\026\003\001" >&3 && cat <&3' - "127.$net.0.2"
kill "$server"
ok "runs again" end
says "both are counted" "handshake failed: 2." cat "$work/first"
ok "a certificate of the run's is no strange one" \
	sh -c '! grep -q "accepted anyway" "$1"' - "$work/first"
ok "its folder is gone" test ! -e "$certs"

# A folder that stays has the same authority the next time.
begin second --certs="$work/certs"
cp "$certs/ca.pem" "$work/ca.pem"
ok "runs again (kept)" end
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=bob \
	-keyout "$work/own.key" -out "$work/own.pem" 2> /dev/null
cat "$work/own.key" >> "$work/own.pem"
begin third --certs="$work/certs"
ok "the authority stays" cmp "$work/ca.pem" "$certs/ca.pem"
fails "its key is not in its certificate" 1 grep -q PRIVATE "$certs/ca.pem"
listen "$work/own.pem"
ok "by TLS 1.2 as well" register -tls1_2
ok "a strange certificate is taken" waits_for "INVITE sip:bob@" "$work/server"
kill "$server"
ok "runs again (strange)" end
says "and said to be" "accepted anyway: 1." cat "$work/third"
: > "$work/file"
fails "no folder" 2 "$RUNG" live "$work/t.gv" --outside=bob --until=10ms --certs="$work/file"
finish
