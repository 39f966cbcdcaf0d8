# Behind the end of a trace nothing fires: a timer that was set and a binding
# say what time they were for.
. tests/fixtures/check.sh

"$RUNG" show --at=4000 --node=alice labs/forking > "$work/at" 2> /dev/null
ok "the refresh of a registration" \
	grep -q "refresh timer  *due at 3240.020 s$" "$work/at"
ok "a timer of a transaction" grep -q "Timer M  *due at 35.040 s$" "$work/at"
"$RUNG" show --at=4000 --node=px labs/forking > "$work/at" 2> /dev/null
ok "a binding" grep -q "192.0.2.6:5060  *q 1  until 3600.010 s$" "$work/at"
bad_lines=$("$RUNG" show --at=4000 labs/forking 2> /dev/null |
	grep -cE "^ *(.* timer|Timer .)$")
ok "no timer without a value" test "$bad_lines" = 0
finish
