# A stream of RTP that belongs to no call of its node, a media gateway's or one that
# flows on, is told where it lives: what it does, with which codec, where it goes; one
# of a call stands with that, and not twice.
. tests/fixtures/check.sh

"$RUNG" run -q labs/media-gateway -o "$work/t.jsonl"
at() { # TIME NODE
	"$RUNG" show --at="$1" --node="$2" "$work/t.jsonl" | awk '
		/^[^ ]/ { mine = /^Streams/ } mine'
}
says "one that flows" "sending and receiving since 6.040 s" at 8s mg1
says "where it goes" "PCMU/8000 → 192.0.2.12:49170" at 8s mg1
at 30s mg1 > "$work/.output"
empty "none after the call"
"$RUNG" export -f html "$work/t.jsonl" -o "$work/page.html" > "$work/.output" 2>&1
ok "the page tells it" grep -q '"audio of RTP/1"' "$work/page.html"
ok "and what it does" grep -q '"sending and receiving"' "$work/page.html"

find_trace labs/media-lines protocol
"$RUNG" show --at=3s "$trace" | grep -x Streams > "$work/.output"
empty "streams of calls stand with these"
finish
