#!/bin/sh
# Ten phones that say a tone say ten, and the mix of all is not clipped: neither
# what a conference server sends, nor what is exported of several phones.
. tests/fixtures/check.sh

mkdir "$work/lab"
{
	echo 'graph ten {'
	echo '	lan [shape=ellipse]'
	echo '	conf [role=conference, rooms="standup", media=true,'
	echo '	      domain="conf.example.com", inbound=true, addr="192.0.2.100"]'
	for i in 1 2 3 4 5 6 7 8 9 10; do
		echo "	p$i [role=ua, media=true, sound=tone, addr=\"192.0.2.$i\"]"
	done
	echo '	lan -- {conf p1 p2 p3 p4 p5 p6 p7 p8 p9 p10}'
	echo '}'
} > "$work/lab/net.gv"
cat > "$work/lab/lab.lua" <<'E2'
lab { title = "Ten", topology = "net.gv", duration = "6s" }
for i = 1, 10 do
	script(function()
		node("p" .. i):invite "sip:standup@conf.example.com"
	end)
end
E2
"$RUNG" run -q "$work/lab" -o "$work/t.jsonl"

# Samples of a second, one a line, from $1 on.
samples() { # FILE
	tail -c +45 "$1" | od -An -v -td2 -w2
}
# A tone's sign changes twice a turn.
for i in 1 2 3 4 5 6 7 8 9 10; do
	"$RUNG" export -f wav --say p$i --from=2s --to=4s "$work/t.jsonl" \
		-o "$work/p.wav"
	samples "$work/p.wav" |
		awk '{ if (NR > 1 && ($1 < 0) != was) n++; was = $1 < 0 }
		    END { print int(n / 4 + .5) }'
done > "$work/hz"
sort -nu "$work/hz" > "$work/.output"
if [ "$(wc -l < "$work/.output")" = 10 ]; then good
else bad "ten tones" "there are others: $(tr '\n' ' ' < "$work/hz")"; fi

# Of a mix that is clipped many samples are as loud as any can be.
clipped() { # FILE
	samples "$1" | awk '
	    { v = $1 < 0 ? -$1 : $1 } v > 31000 { n++ } v > most { most = v }
	    END { print (most < 12000 ? "soft" : n * 50 > NR ? "clipped" : "whole") }'
}
"$RUNG" export -f wav --hear p1 --from=2s --to=4s "$work/t.jsonl" -o "$work/mix.wav"
ok "the mix of nine" [ "$(clipped "$work/mix.wav")" = whole ]
"$RUNG" export -f wav --from=2s --to=4s "$work/t.jsonl" -o "$work/say.wav" \
	$(for i in 1 2 3 4 5 6 7 8; do echo "--say p$i"; done)
ok "eight that are exported" [ "$(clipped "$work/say.wav")" = whole ]

# What is heard before the answer is each phone's own, too.
cat > "$work/early.gv" <<'E2'
graph early {
	alice [role=ua, media=true]
	bob [role=ua, media=true, progress=183, early_sound=tone, answer="3s"]
	carol [role=ua, media=true]
	dora [role=ua, media=true, progress=183, early_sound=tone, answer="3s"]
	lan [shape=ellipse]
	lan -- {alice bob carol dora}
}
E2
cat > "$work/early.lua" <<'E2'
lab { title = "Early", topology = "early.gv", duration = "6s" }
script(function()
	node("alice"):invite "bob"
	node("carol"):invite "dora"
end)
E2
"$RUNG" run -q "$work/early.lua" -o "$work/e.jsonl"
for one in bob dora; do
	"$RUNG" export -f wav --say $one --from=1s --to=2s "$work/e.jsonl" \
		-o "$work/$one.wav"
done
ok "tones before the answer are there" [ -s "$work/bob.wav" ]
fails "and differ" 1 cmp -s "$work/bob.wav" "$work/dora.wav"
finish
