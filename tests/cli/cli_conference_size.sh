#!/bin/sh
# A focus of N users: what each of them costs, in counted work, is the same for
# the tenth and the fiftieth, but for the news, of which everybody is told: N
# who come one after the other cost N*(N-1)/2 NOTIFYs beside their own first
# one.  And what is lost on the way, or goes by TCP, changes nothing of who is
# there in the end (RFC 4579, RFC 4575 4.6).
. tests/fixtures/check.sh

# N phones that call a conference one after the other, GAP apart, and stay.
scene() { # N GAP NODES LINKS
	{
		echo "graph { edge [delay=\"5ms\" $4]; lan [role=\"\"]"
		echo "	conf [role=conference, rooms=room, most=60,"
		echo "		domain=\"conf.example\", inbound=true $3]"
		echo "	conf -- lan"
		i=0
		while [ $i -lt "$1" ]; do
			echo "	u$i [role=ua $3]; u$i -- lan"
			i=$((i + 1))
		done
		echo '}'
	} > "$work/c.gv"
	cat > "$work/c.lua" <<LUA
lab { title = "c", topology = "c.gv", duration = "$(($1 * $2 + 200))s" }
script(function()
	for i = 0, $1 - 1 do
		node("u" .. i):invite("sip:room@conf.example")
		sleep "$2s"
	end
end)
LUA
}

lines() { # PATTERN
	grep -c "$1" "$work/t.jsonl" || :
}

measure() { # N GAP MORE
	scene "$@"
	"$RUNG" run -q --detail=messages -o "$work/t.jsonl" "$work/c.lua" \
		> "$work/.output" 2>&1
	notifies=$(lines '"kind":"send".*"NOTIFY sip:')
	sends=$(lines '"kind":"send"')
	records=$(wc -l < "$work/t.jsonl")
}

# The last that each phone but the last one to come, N, knows: how many know of
# N users.
knowing() { # N
	grep '"kind":"note".*"in the conference: ' "$work/t.jsonl" |
		sed 's/.*"node":"\([^"]*\)".*"text":"\(.*\)".*/\1 \2/' |
		awk -v n="$1" '{ last[$1] = gsub(/sip:/, "") }
			END { for (u in last) of += last[u] == n; print of + 0 }'
}

# So slowly that each is told by itself: five messages for a call with its
# subscription, two for each NOTIFY, and nothing that grows.
for n in 10 25 50; do
	measure $n 6
	news=$((n + n * (n - 1) / 2))
	ok "$n users: all hear of each" test "$notifies" -eq $news
	ok "$n users: what is sent" test "$sends" -eq $((5 * n + 2 * news))
	ok "$n users: records" test "$records" -eq $((16 * n + 6 * news + 2))
	ok "$n users: who knows of all" test "$(knowing $n)" -eq $((n - 1))
done
# What a partial document has does not grow with the conference.
grep '"kind":"send".*"NOTIFY sip:.*state=\\"partial\\"' "$work/t.jsonl" |
	awk '{ if (length > most) most = length } END { print most + 0 }' \
	> "$work/.output"
ok "a partial document" test "$(cat "$work/.output")" -lt 2000

# All at once: one NOTIFY tells of many.
for n in 10 25 50; do
	measure $n 0
	ok "$n at once: NOTIFYs" test "$notifies" -eq $((2 * n - 1))
	ok "$n at once: records" test "$records" -eq $((28 * n - 4))
	ok "$n at once: who knows of all" test "$(knowing $n)" -eq $((n - 1))
done

# Loss, and TCP.
measure 8 6 '' 'loss="10%"'
ok "loss: who knows of all" test "$(knowing 8)" -ge 7
ok "loss: something was" test "$(lines '"kind":"drop"')" -gt 10
measure 8 6 ', transport=tcp'
ok "TCP: who knows of all" test "$(knowing 8)" -eq 7
ok "TCP: by TCP" test "$(lines '"transport":"udp"')" -eq 0
finish
