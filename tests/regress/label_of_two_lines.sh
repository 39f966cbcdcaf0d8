# A label of two lines went into From as it stands in DOT, with a backslash and
# an n; RFC 3261 25.1: a display name has one line.
. tests/fixtures/check.sh
cat > "$work/two.gv" << 'EOF'
graph two {
	alice [role=ua, label="Alice\nat home\r \"A\""]
	bob [role=ua]
	alice -- bob
}
EOF
"$RUNG" run -q "$work/two.gv" -o "$work/two.jsonl"
"$RUNG" show "$work/two.jsonl" -m 2> /dev/null > "$work/raw"
grep -m 1 '^ *From:' "$work/raw" | sed 's/^ *//; s/ *<.*//' > "$work/from"
cat > "$work/right" << 'EOF'
From: "Alice at home  \"A\""
EOF
same "a display name of one line" "$work/right" "$work/from"
finish
