# In a capture a server of names or of STUN and a NAT's outer address are none of
# those who are held to the rules as terminals.
. tests/fixtures/check.sh

# LAB TERMINALS: as many are there, and the others are what they are.
roles() {
	"$RUNG" export -f pcapng "$1" -o "$work/c.pcapng" 2> "$work/err"
	"$RUNG" import "$work/c.pcapng" -o "$work/c.jsonl" 2> "$work/err"
	says "$1: the head" "$3" sh -c 'head -1 "$0" | jq -c "[.nodes[] | {(.name): .role}] | add"' "$work/c.jsonl"
	"$RUNG" inspect -f json "$work/c.pcapng" > "$work/i.json" 2> "$work/err"
	says "$1: its terminals" "$2" jq -r \
		'[.nodes[] | select(.roles | index("terminal")) | .name] | sort | join(" ")' "$work/i.json"
}

roles topologies/stun.gv "192.0.2.30 192.168.1.20" '"192.0.2.70":"stun"}'
roles labs/nat-two "192.168.1.20 192.168.2.20" '"203.0.113.7":"nat"'
# Only what is sent to it in vain is seen of it, after it was seen to translate.
roles labs/nat-keepalive "192.0.2.30 192.168.1.20 192.168.1.21" '"203.0.113.7":"nat"'
roles topologies/dns.gv "192.0.2.1 198.51.100.2" '"192.0.2.3":"dns"'
roles labs/one-way-audio "192.0.2.30 192.0.2.40 192.0.2.50 192.0.2.70 192.0.2.80 192.0.2.90 192.0.2.91 192.168.1.20 192.168.7.20" '"192.0.2.30":"ua"'

finish
