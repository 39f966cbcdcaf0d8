# The files that pages are tried with: the capture of real programs is small, has
# what its page says, and nothing of the machine that it was made on; the names
# fit it, and the roster is one.
. tests/fixtures/check.sh
capture=examples/calls.pcap

ok "it is small" test "$(wc -c < $capture)" -lt 60000
# The addresses of IPv4 behind the Ethernet that the loopback interface has, by
# tshark; and whatever can be read in it.
tshark -r $capture -T fields -e ip.src -e ip.dst 2> /dev/null |
	tr '\t,' '\n\n' | sort -u > "$work/addresses"
fails "loopback alone" 1 grep -v '^127\.0\.0\.[1-4]$' "$work/addresses"
ok "four hosts" test "$(wc -l < "$work/addresses")" = 4
strings -n 5 $capture > "$work/strings"
fails "no path" 1 grep -nE \
	"/(home|root|tmp|work|usr)/|localhost" "$work/strings"
grep -oE '(User-Agent|Server): [A-Za-z]+' "$work/strings" |
	cut -d ' ' -f 2 | sort -u > "$work/programs"
printf '%s\n' Kamailio SIPp baresip | sort > "$work/expected"
same "three programs" "$work/expected" "$work/programs"

"$RUNG" show --calls $capture --width=400 > "$work/calls"
is_there() { # WHAT METHOD TO STATE COUNT
	n=$(grep -cE "^ *[0-9.]+ +$2 +[^ ]+ +$3@example.com +$4 " "$work/calls")
	ok "$1" test "$n" = "$5"
}
is_there "three registrations" REGISTER '(bob|bill|dave)' done 3
is_there "one is taken" INVITE bob completed 1
is_there "one leads nowhere" INVITE carol rejected 1
is_there "one is given up" INVITE bill cancelled 1
is_there "one is not heard" INVITE dave failed 1
"$RUNG" show --ladder $capture --aliases=examples/names.txt > "$work/ladder"
says "media" "RTP PCMU" cat "$work/ladder"
says "nobody there" "nobody listens on that port" cat "$work/ladder"
says "by their names" "phones" head -n 3 "$work/ladder"
fails "all have one" 1 grep -E '127\.0\.0\.' "$work/ladder"
fails "no fault" 0 "$RUNG" inspect $capture
says "a password asked for" "realm=\"example.com\"" \
	"$RUNG" show $capture -m status=401

"$RUNG" worksheet direct-call --roster=examples/class.csv -o "$work/sheets.md" \
	> "$work/said" 2>&1
for name in 张三 李四 王五; do
	says "$name is on the roster" "$name" cat "$work/sheets.md"
done
says "in a class" 通信二班 cat "$work/sheets.md"
ok "the script that made it" sh -n examples/calls.sh
finish
