# The date at time 0, the graph's `start`: in Date, on a handset's panel, in a
# trace's head and an exported capture; and without it as ever.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8 LANGUAGE=
export LC_ALL LANGUAGE
mkdir "$work/net"

# net START PANEL: a handset that has PANEL on its screen, and a phone that sends
# a message which counts for an hour.
net() {
	cat > "$work/net/lab.gv" << END
graph g {
	graph [duration="20s"$1]
	alice [role=ua]
	bob [role=ua]
	phone [role=handset]
	alice -- bob -- phone
}
END
	cat > "$work/net/lab.lua" << END
lab { title = "A date", topology = "lab.gv" }
local phone, alice, bob = node "phone", node "alice", node "bob"
script(function()
	assert(phone:wait_screen("$2", "4s"))
end)
script(function()
	sleep "5s"
	alice:message(bob, "hello", { expires = "1h" })
end)
END
}

run() { # START PANEL OPTION…: a trace of it
	net "$1" "$2"
	shift 2
	"$RUNG" run -q "$@" "$work/net" -o "$work/trace.jsonl"
}

date_of() { # of the MESSAGE
	jq -r 'select(.kind == "send" and .start == "MESSAGE") | .text' \
		"$work/trace.jsonl" | tr -d '\r' | sed -n 's/^Date: //p' | head -n 1
}

first_packet() { # as tshark has it, in seconds
	"$RUNG" export -f pcapng "$work/trace.jsonl" -o "$work/net.pcapng" &&
		tshark -r "$work/net.pcapng" -T fields -e frame.time_epoch \
			2> /dev/null | head -n 1 | sed 's/\..*//'
}

# In Beijing it is Monday, in Greenwich not yet.
at=', start="2026-03-02T06:00:00+08:00"'
ok "runs" run "$at" "2026-03-02 Mon"
gives "Date" "Sun, 01 Mar 2026 22:00:05 GMT" date_of
gives "the trace's head" 1772402400000000000 \
	jq -s '.[0].start' "$work/trace.jsonl"
if command -v tshark > /dev/null; then
	gives "a capture" 1772402405 first_packet
else
	skip "no tshark"
fi
mv "$work/trace.jsonl" "$work/first.jsonl"
ok "again" run "$at" "2026-03-02 Mon"
ok "the same bytes" cmp "$work/first.jsonl" "$work/trace.jsonl"
ok "by a setting" run '' 2026-03-02 --set 'graph.start=2026-03-02T00:00:00Z'
gives "Date by a setting" "Mon, 02 Mar 2026 00:00:05 GMT" date_of

# Without a date, and with what Graphviz means by the name.
ok "without" run '' "2020-01-01 Wed"
gives "Date without" "Wed, 01 Jan 2020 00:00:05 GMT" date_of
gives "no date in the head" null jq -s '.[0].start' "$work/trace.jsonl"
for word in rand7 self 12; do
	ok "Graphviz's $word" run ", start=$word" 2020-01-01
	gives "Date with $word" "Wed, 01 Jan 2020 00:00:05 GMT" date_of
done

for wrong in 2026-13-01T00:00:00Z 02.03.2026 2026-03-02T08:00 \
	1969-01-01 2026-03-02T08:00:00+25:00; do
	net ", start=\"$wrong\"" none
	says "no date: $wrong" \
		"start is “$wrong”, expected a date such as" \
		"$RUNG" run -q "$work/net" -o "$work/trace.jsonl"
done
finish
