# rung export -f wav, rung play --hear, the sound of a page: the same bytes
# whatever the trace is made of, and sentences where there is nothing to hear.
. tests/fixtures/check.sh
net=topologies/direct-call.gv
set -- --set alice.media=true --set bob.media=true --set alice.sound=tone

ok   "a topology is run" \
	"$RUNG" export -f wav --hear bob "$net" "$@" -o "$work/a.wav"
ok   "a head" [ "$(head -c 4 "$work/a.wav")" = RIFF ]
for detail in messages protocol network; do
	"$RUNG" run -q "$net" "$@" --detail=$detail -o "$work/$detail.jsonl"
	ok   "a trace with $detail" "$RUNG" export --hear bob \
		"$work/$detail.jsonl" -o "$work/$detail.wav"
	ok   "sounds the same" cmp "$work/a.wav" "$work/$detail.wav"
done
bands() { "$RUNG" show -l "$work/$1.jsonl" | grep ' RTP '; }
ok   "a stream with packets has the one band that it has without" \
	[ "$(bands network)" = "$(bands protocol)" ]
"$RUNG" run -q "$net" "$@" --set alice.srtp=offer --set bob.srtp=require \
	--detail=network -o "$work/sealed.jsonl"
ok   "sealed packets are opened" "$RUNG" export --hear bob \
	"$work/sealed.jsonl" -o "$work/sealed.wav"
ok   "and sound the same" cmp "$work/a.wav" "$work/sealed.wav"
sed 's/,"opens":"[^"]*"//' "$work/sealed.jsonl" > "$work/keyless.jsonl"
says "without the key nothing is heard" "sealed, and no key that it has" \
	"$RUNG" export -f wav --hear bob "$work/keyless.jsonl"
# Of a capture the keys are those that its session descriptions have.
for t in network sealed; do
	"$RUNG" export -f pcapng "$work/$t.jsonl" -o "$work/$t.pcapng"
	ok   "a capture, $t" "$RUNG" export --hear 192.0.2.3 \
		"$work/$t.pcapng" -o "$work/c-$t.wav"
done
ok   "who has captured the keys hears it" \
	cmp "$work/c-network.wav" "$work/c-sealed.wav"
t=$work/network.jsonl
says "where it begins" "begins at 3.110 s" \
	"$RUNG" export -f wav --hear bob "$t" -o "$work/b.wav"
size() { wc -c < "$1" | tr -d ' '; }
"$RUNG" export --hear bob --say bob --from=4s --to=6s "$t" -o "$work/b.wav"
ok   "two seconds of two channels" \
	[ "$(size "$work/b.wav")" = $((44 + 2 * 2 * 2 * 8000)) ]

# A source that goes on as another codec is none besides the one before.
{
	echo "lab { title = \"change\", topology = \"direct-call.gv\", duration = \"8s\" }"
	echo 'script(function()'
	echo 'local a = node "alice" local c = a:invite "bob"'
	echo 'wait(c, "confirmed") sleep "1s" a:set { codecs = "PCMA" }'
	echo 'c:reinvite() sleep "1s" c:bye() end)'
} > "$work/change.lua"
ok   "a codec that changes" "$RUNG" export --hear bob \
	"$work/change.lua" "$@" -o "$work/change.wav"
ok   "nothing is louder for it" [ "$(
	tail -c +45 "$work/change.wav" | od -An -v -td2 -w2 |
	awk '$1 > most { most = $1 } END { print (most > 4000 && most < 12000) }')" = 1 ]

# ---- nothing to hear ----
says "nobody" "whose sound?" "$RUNG" export -f wav "$t"
says "no such node" "no node “eve”; there are alice, router, bob" \
	"$RUNG" export -f wav --hear eve "$t"
says "no media" "no RTP comes to it; phones send it where media=true" \
	"$RUNG" export -f wav --hear bob "$net"
says "media for others" "router hears nothing: no RTP comes to it" \
	"$RUNG" export -f wav --hear router "$t"
says "no samples" "the packets have G729" "$RUNG" export -f wav --hear bob \
	"$net" "$@" --set alice.codecs=G729 --set bob.codecs=G729
fails "and no file" 1 [ -e "$work/none.wav" ]
says "not at that time" "nothing can be heard between --from and --to" \
	"$RUNG" export --say alice --from=25s "$t" -o "$work/none.wav"
fails "and no file either" 1 [ -e "$work/none.wav" ]
says "a figure" "--hear does nothing in svg" \
	"$RUNG" export --hear bob "$t" -o "$work/x.svg"
sed '/"inputs"/s/"inputs"/"input"/; /"proto":"rtp"/d' \
	"$work/protocol.jsonl" > "$work/bare.jsonl"
says "a trace without packets" "bob hears nothing" \
	"$RUNG" export -f wav --hear bob "$work/bare.jsonl"

# ---- a player ----
mkdir "$work/bin"
cat > "$work/bin/paplay" <<'END'
#!/bin/sh
cat "$1" > "$PLAYED"
END
chmod +x "$work/bin/paplay"
PLAYED=$work/played
export PLAYED
says "no player" "this needs aplay" \
	env PATH="$work" "$(command -v "$RUNG")" play --hear bob "$t"
ok   "the one that is there" \
	env PATH="$work/bin:/bin:/usr/bin" "$RUNG" play --hear bob "$t"
[ -n "$(command -v aplay)" ] || ok "plays it" cmp "$work/a.wav" "$PLAYED"
says "--from without it" "--from does nothing on the screen" \
	"$RUNG" play --from=1s "$t"

# ---- a page ----
"$RUNG" export --hear bob "$t" -o "$work/page.html"
ok   "has a file of sound" [ "$(sed -n \
	's/.*src="data:audio\/wav;base64,\([^"]*\)".*/\1/p' "$work/page.html" |
	base64 -d | cmp - "$work/a.wav" && echo same)" = same ]
says "says what it is" '<p id="p-sound">what bob hears <audio' \
	grep p-sound\"\> "$work/page.html"
says "may play it" "media-src data:" grep Policy "$work/page.html"
"$RUNG" export "$t" -o "$work/silent.html"
fails "others may not" 1 grep -q "media-src" "$work/silent.html"

# ---- packets of a run made again ----
# What was lost at one instant, media and a message, was taken for one another; of
# TCP segments are lost that a trace without packets does not tell.
"$RUNG" run -q dtmf-ways -o "$work/ways.jsonl"
ok   "loss of both at once" "$RUNG" export --hear box "$work/ways.jsonl" -o "$work/ways.wav"
"$RUNG" run -q topologies/direct-call.gv --set alice.media=true --set bob.media=true \
	--set alice.media_transport=tcp --set bob.media_transport=tcp --set loss=1% \
	-o "$work/tcp.jsonl"
ok   "segments that are lost" "$RUNG" export --hear bob "$work/tcp.jsonl" -o "$work/tcp.wav"
finish
