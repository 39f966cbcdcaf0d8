# Each lab of an attack is named by its capture alone: who, since when, how many.
# What only looks alike is not: another lab, a registrar that has lost a thousand
# phones behind one NAT, and calls for them meanwhile.
. tests/fixtures/check.sh

# attack LAB FINDING WORDS: of its capture.
attack() {
	"$RUNG" export "$1" -o "$work/$1.pcapng" 2> "$work/complaint"
	"$RUNG" inspect "$work/$1.pcapng" -f csv > "$work/$1.csv"
	says "$1: $2" "$3" grep "^warning,$2," "$work/$1.csv"
	ok "… and no other attack" test "$(grep -c ',attack-' "$work/$1.csv")" = 1
}
attack extension-scanner attack-scan '5000000000,"198.51.100.66",terminal,1,,"a scan: it asks for 20 users in 1.9 s, and 17 of them do not exist"'
attack register-takeover attack-takeover '"192.0.2.66",terminal,1,,"a takeover: it registers for sip:bob@example.com without a password, and ends bindings that others have made: 2"'
attack password-guessing attack-guess '"192.0.2.66",terminal,1,,"password guessing: it tries 4 wrong passwords for bob in 3.2 s, and then the right one"'
attack invite-flood attack-flood '"198.51.100.66",terminal,1,,"a flood: it sends 60 INVITEs for dave in 17.7 s'
attack bye-from-outside attack-bye '"192.0.2.66",terminal,1,,"BYEs within calls in which it takes no part: 1; calls that end by them: 1"'
attack calls-abroad attack-prefix '"198.51.100.66",terminal,1,,"a search for an outside line: it dials a number that ends with 098790123 with 8 prefixes'

# On the line of the phone that is attacked the caller is seen behind her proxy alone.
"$RUNG" export bye-from-outside --node=bob -o "$work/line.pcapng" 2> "$work/complaint"
"$RUNG" inspect "$work/line.pcapng" -f csv > "$work/line.csv"
says "a BYE on the line of the phone that obeys it" '"192.0.2.66",terminal,1,,"BYEs within calls in which it takes no part: 1; calls that end by them: 1"' \
	grep "^warning,attack-bye," "$work/line.csv"

# stopped LAB SETTING…: with its defence there is no such attack, or it achieves nothing.
"$RUNG" inspect register-takeover --set px.auth=true -f csv > "$work/stopped.csv"
fails "a takeover that is stopped" 1 grep -q ',attack-' "$work/stopped.csv"
"$RUNG" inspect bye-from-outside --set bob.dialogs=state -f csv > "$work/stopped.csv"
fails "a BYE that is stopped" 1 grep -q ',attack-' "$work/stopped.csv"

# A phone that sends rejected credentials again and again tries no other password.
"$RUNG" export endless-401 -o "$work/endless.pcapng" 2> "$work/complaint"
"$RUNG" inspect "$work/endless.pcapng" -f csv > "$work/endless.csv"
says "a phone that repeats itself" "the nonce count does not increase" cat "$work/endless.csv"
fails "… guesses no password" 1 grep -q ',attack-' "$work/endless.csv"

# A thousand phones behind one NAT register, the registrar crashes and comes back,
# and somebody calls forty of them before they have registered again.
{
	echo 'graph { graph [domain="example.com"] edge [delay="5ms"]'
	echo 'nat [role=nat, faces="inside=10.0.255.1 outside=192.0.2.1"] sw'
	echo 'reg [role="proxy registrar location", addr="192.0.2.10", auth=true]'
	echo 'trunk [role=ua, addr="192.0.2.99", aor="sip:t@other.example"]'
	i=0
	while [ $i -lt 1000 ]; do
		echo "p$i [role=ua, addr=\"10.0.$((i / 250)).$((i % 250 + 1))\", register=true,"
		echo "expires=\"60s\", password=\"w$i\", aor=\"sip:$((1000 + i))@example.com\"] p$i -- sw"
		i=$((i + 1))
	done
	echo 'sw -- nat:inside nat:outside -- reg reg -- trunk }'
} > "$work/many.gv"
cat > "$work/many.lua" <<'L'
lab { topology = "many.gv", duration = "150s" }
at("70s", function() node("reg"):crash() end)
at("80s", function() node("reg"):restart() end)
at("81s", function()
	for i = 1, 40 do
		node("trunk"):invite("sip:" .. 1900 + i .. "@example.com")
		sleep "50ms"
	end
end)
L
"$RUNG" run -q "$work/many.lua" -o "$work/many.jsonl"
ok "phones that are not known any more" test \
	"$("$RUNG" show "$work/many.jsonl" status=404 kind=send src=reg | wc -l)" = 40
"$RUNG" inspect "$work/many.jsonl" -f csv > "$work/many.csv"
fails "a restart is no attack" 1 grep ',attack-' "$work/many.csv"
"$RUNG" export "$work/many.jsonl" --node=reg -o "$work/many.pcapng" 2> "$work/complaint"
"$RUNG" inspect "$work/many.pcapng" -f csv > "$work/many.csv"
fails "… in a capture neither" 1 grep ',attack-' "$work/many.csv"
finish
