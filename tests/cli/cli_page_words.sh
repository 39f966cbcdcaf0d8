# Each word of the page (addWords) is given once: one that two files give under one key has
# the sentence of the other somewhere; so is each name.
. tests/fixtures/check.sh
cat assets/page/app/*.js | sed -n '/^addWords({/,/});$/p' | tr '\n\t' '  ' |
	grep -oE '[,{] *[a-z]+: *\["' | grep -oE '[a-z]+' | sort > "$work/keys"
gives "words given twice" "" uniq -d "$work/keys"
ok "words are found" test "$(wc -l < "$work/keys")" -gt 130
# All files are one script.
gives "names given twice" "" sh -c "cat assets/page/app/*.js | grep -oE '^(function|var) [a-zA-Z_]+' | sort | uniq -d"
finish
