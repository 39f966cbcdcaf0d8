#!/bin/sh
# A phone behind a node with a role: "there is no path", and nothing said why.  A
# phone beside a menu, queue or conference had nobody to call, and topologies of
# queues, conferences and gateways drew a ladder in which nobody called them.
. tests/fixtures/check.sh

# ROLE ATTRIBUTES: alice -- q -- bob
between() {
	printf 'graph {\n alice [role=ua]\n q [role="%s" %s]\n bob [role=ua]\n alice -- q -- bob\n}\n' \
		"$1" "$2" > "$work/net.gv"
	"$RUNG" run "$work/net.gv" --until=40s > "$work/said" 2>&1
}
for role in ua proxy presence dns handset voicemail hss b2bua sbc stun \
	location controller; do
	between $role ""
	says "$role between phones" "net.gv:3: no path leads from alice to bob" \
		cat "$work/said"
	says "$role: what to write" "lan -- {alice q bob}" cat "$work/said"
done
# Nothing to remark: it is on the way, or is called itself.
for role in "proxy,domain=a.example inbound=true" "queue," "conference,rooms=a"; do
	between "${role%%,*}" "${role#*,}"
	fails "$role: no remark" 1 grep "no path leads" "$work/said"
done
printf 'graph { node [domain="a.example"] alice [role=ua] p [role=proxy] bob [role=ua] alice -- p -- bob }\n' \
	> "$work/net.gv"
fails "through a proxy" 1 sh -c "'$RUNG' run '$work/net.gv' 2>&1 | grep 'no path'"

# TOPOLOGY WHOM: an INVITE gets there.
called() {
	"$RUNG" run "$1" -q -o "$work/t.jsonl" 2> "$work/said"
	says "$1: $2 is called" "INVITE" sh -c \
		"'$RUNG' show '$work/t.jsonl' 'method=INVITE dst=$2'"
	says "$1: it is answered" "200" sh -c \
		"'$RUNG' show '$work/t.jsonl' 'status=200 src=$2'"
	fails "$1: no remark" 1 test -s "$work/said"
}
called topologies/queue.gv help
called topologies/conference.gv conf
called topologies/gateway.gv ngw1
called topologies/transit.gv gw1
called topologies/transit.gv bob
called topologies/menu.gv ivr
for role in queue conference; do
	printf 'graph { alice [role=ua]; q [role=%s]; alice -- q }\n' $role \
		> "$work/net.gv"
	"$RUNG" run "$work/net.gv" --detail=messages > "$work/said" 2>&1
	says "one phone and a $role" "INVITE" cat "$work/said"
	fails "somebody is there to call" 1 grep "nobody to call" "$work/said"
done
finish
