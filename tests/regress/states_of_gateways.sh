# What lives in a media gateway is told as states: its terminations (in the null context,
# in one; hook, signal, mode), and contexts with who is in them (RFC 3525 6.1, 6.2); its
# controller tells which gateways are in service.  A crash takes all of it away.
. tests/fixtures/check.sh

"$RUNG" run -q labs/media-gateway -o "$work/t.jsonl"
at() { # TIME NODE
	"$RUNG" show --at="$1" --node="$2" "$work/t.jsonl"
}
is() { # WHAT WANTED GOT
	ok "$1: $2" test "$2" = "$3"
}
told() { # TIME NODE ID LABEL: what is told of the termination or context, or its state
	at "$1" "$2" | awk -v id="$3" -v label="$4" '
		/^  [^ ]/ { mine = $1 == id; if (mine && label == "") print $2 }
		mine && /^    / && $1 == label { sub(/^ *[^ ]* */, ""); print }'
}
is "a telephone is free" null-context "$(told 0.5s mg1 A1)"
is "and on the hook" on "$(told 0.5s mg1 A1 hook)"
is "lifted" off "$(told 1.5s mg1 A1 hook)"
is "it has dial tone" cg/dt "$(told 1.5s mg1 A1 signal)"
is "the first digit ends it" "" "$(told 2.1s mg1 A1 signal)"
is "in a call" in-context "$(told 4s mg1 A1)"
is "in which context" 1 "$(told 4s mg1 A1 context)"
is "who is in that" "A1, RTP/1" "$(told 4s mg1 1 terminations)"
is "a stream waits" ReceiveOnly "$(told 4s mg1 RTP/1 mode)"
is "the other rings" al/ri "$(told 4s mg2 B1 signal)"
is "a stream talks" SendReceive "$(told 8s mg1 RTP/1 mode)"
is "after the call" null-context "$(told 30s mg1 A1)"
is "the stream is gone" "" "$(told 30s mg1 RTP/1)"
ok "so is the context" test "$(at 30s mg1 | grep -c Contexts)" = 0
is "the controller has a gateway" in-service "$(told 4s mgc mg1)"
is "as many contexts end as begin" "$(grep -c '"machine":"context".*"from":"none"' "$work/t.jsonl")" \
	"$(grep -c '"machine":"context".*"to":"over"' "$work/t.jsonl")"

# A crash in the middle of a call, and a restart.
sed 's/mg1:on_hook "A1"/mg1:crash() sleep "2s" mg1:restart() sleep "2s"/; /^at(/,$d' \
	labs/media-gateway/lab.lua > "$work/lab.lua"
cp labs/media-gateway/*.gv "$work"
ok "a gateway crashes" "$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
is "before" in-context "$(told 9.9s mg1 A1)"
says "it has nothing" "Nothing lives here now." at 11s mg1
is "it begins anew" null-context "$(told 13s mg1 A1)"
ok "without a context" test "$(at 13s mg1 | grep -c Contexts)" = 0
says "its figure" "in-context" "$RUNG" export -f gv --machine=termination -o - "$work/t.jsonl"
finish
