# An S-CSCF whose SAR is lost has given a user up whom the home subscriber server goes
# on to have: the search finds that the two differ, and explain tells it of that run.
. tests/fixtures/check.sh

lab=labs/ims-registration
last_before() { # MS: the last record until then of the trace t.jsonl
	awk -v ms="$1" 'NR > 1 { at = substr($0, index($0, "\"t\":") + 4) / 1e6
		if (at <= ms) seq = NR - 1 } END { print seq }' "$work/t.jsonl"
}
"$RUNG" run -q $lab -o "$work/t.jsonl"
# When the last SAR, by which the registration ends, is under way for 9 ms.
ms=$(sed -n 's/.*"t":\([0-9]*\)000000,.*"kind":"send".*"src":"scscf".*"start":"SAR".*/\1/p' \
	"$work/t.jsonl" | tail -n 1)
ms=$((ms + 9))
down="$(last_before $ms)@${ms}ms:core--hss.down"
says "they differ" "hss: a home subscriber server has a user as registered whom no S-CSCF has" \
	"$RUNG" explain $lab 100 --act="$down" --width=200
"$RUNG" run -q $lab --act="$down" -o "$work/t.jsonl"
ms=$((ms + 1500))
up="$(last_before $ms)@${ms}ms:core--hss.up"
"$RUNG" run -q $lab --act="$down" --act="$up" -o "$work/t.jsonl"
says "a SAR was lost" "thrown away" sh -c '"$1" show "$2" kind=drop | grep -c . |
	sed "s/^[1-9].*/thrown away/"' - "$RUNG" "$work/t.jsonl"
"$RUNG" explain $lab 100 --act="$down" --act="$up" --width=200 |
	grep "whom no S-CSCF has" > "$work/.output"
empty "not once it comes, sent again"
finish
