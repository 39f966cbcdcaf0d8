#!/bin/sh
# A MOS of G.722 is one of the wideband scale (ITU-T G.107.1, R up to 129), and
# says so wherever it is shown; an experiment keeps scales apart.
. tests/fixtures/check.sh
net=topologies/direct-call.gv
set -- --set alice.media=true --set bob.media=true \
	--set alice.codecs=G722,PCMU --set bob.codecs=G722,PCMU

"$RUNG" run -q "$net" "$@" --set=bob.rtcp_xr=true --set=alice.rtcp_xr=true -o "$work/w.jsonl"
"$RUNG" run -q "$net" --set alice.media=true --set bob.media=true -o "$work/n.jsonl"

# Each record with a MOS has its scale; of G.711 none, which is the usual one.
jq -c 'select(.mos and .scale != "wideband")' "$work/w.jsonl" > "$work/.output"
ok "wideband says so" [ ! -s "$work/.output" ]
ok "R is above 100" \
	[ "$(jq -s 'map(select(.op == "heard").r) | min > 10000 and max <= 12900' "$work/w.jsonl")" = true ]
ok "narrowband is the usual one" [ "$(grep -c '"scale"' "$work/n.jsonl")" = 0 ]
says "in words" "(wideband)" "$RUNG" show "$work/w.jsonl" kind=media op=heard
says "reports, too" "(wideband)" "$RUNG" show "$work/w.jsonl" kind=media op=report
says "who hears whom" "(wideband)" "$RUNG" show "$work/w.jsonl" --at=7s
says "in inspect" "(wideband)" "$RUNG" inspect "$work/w.jsonl"
says "in a figure" "(wideband)" "$RUNG" export --what=media -f svg "$work/w.jsonl"
"$RUNG" run -q --detail=network "$net" "$@" -o "$work/p.jsonl"
"$RUNG" export -f pcapng --node=bob "$work/p.jsonl" -o "$work/p.pcapng"
"$RUNG" import "$work/p.pcapng" > "$work/c.jsonl" 2> /dev/null
ok "in a capture, too" [ "$(grep '"mos"' "$work/c.jsonl" | grep -vc '"scale":"wideband"')" = 0 ]
ok "there are some" [ "$(grep -c '"scale":"wideband"' "$work/c.jsonl")" -ge 2 ]

# ---- experiments ----
"$RUNG" sweep "$net" --seeds=1..2 --set alice.media=true --set bob.media=true \
	--set "alice.codecs=PCMU G722" --set bob.codecs=PCMU,G722 -o "$work/e" \
	> "$work/.output" 2>&1
cut_column() { # NAME
	awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
	    { printf "%s%s", (NR > 2 ? " " : ""), (c ? ($c == "" ? "-" : "x") : "?") }' "$work/e/table.csv"
}
ok "narrowband in its column alone" [ "$(cut_column mos_mean)" = "x -" ]
ok "wideband in its own" [ "$(cut_column mos_wideband_mean)" = "- x" ]
ok "and the least" [ "$(cut_column mos_wideband_least)" = "- x" ]
ok "no fullband" [ "$(cut_column mos_fullband_mean)" = "? ?" ]
ok "a plot" [ -s "$work/e/mos.svg" ]
ok "and one of its own" [ -s "$work/e/mos-wideband.svg" ]
# What was kept is read again as it was.
cp "$work/e/table.csv" "$work/table.csv"
rm "$work/e/table.csv"
"$RUNG" sweep -o "$work/e" > /dev/null 2>&1
same "the table again" "$work/table.csv" "$work/e/table.csv"
finish
