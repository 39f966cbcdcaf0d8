# One word for one thing in Chinese: none of the words that docs/zh/GLOSSARY.md
# has under "不用" stands in the catalogue, in README.zh.md, on another page of
# docs/zh, in a handout, a page of answers or a lesson plan, or in what a check.lua
# says.  The catalogue had two words
# for many things.
. tests/fixtures/check.sh
glossary=docs/zh/GLOSSARY.md

# The words in ticks of the third column, where they are Chinese.
awk -F' \\| ' '/^\| / && NF >= 4 {
	n = split($3, parts, "`")
	for (i = 2; i <= n; i += 2)
		print parts[i]
}' "$glossary" | grep '[^ -~]' | sort -u > "$work/words"
ok "the glossary has words" test "$(wc -l < "$work/words")" -gt 40

msgcat --no-wrap assets/po/zh_CN.po | awk '
	/^#: / { where = $2 }
	/^msgid / { id = 0 }
	/^msgstr / { id = 1 }
	id { print where ": " $0 }' > "$work/catalogue"
ok "the catalogue" test "$(wc -l < "$work/catalogue")" -gt 4000

# FILE has lines with their places before them, "PAGE:LINE:".
none_in() { # NAME FILE MORE
	fails "$1: a word that is another's" 1 grep -F -f "$work/words" "$2"
	# A proxy is 代理服务器, a location service 位置服务器, a From's tag a tag; a
	# timer has its Chinese name.  What commands print has lines that break
	# anywhere.
	sed -e '/^[^:]*:[0-9]*:    /d' -e 's/用户代理//g' -e 's/呈现代理//g' \
		-e 's/代理服务器//g' -e 's/位置服务器//g' -e 's/实体标签//g' \
		-e 's/选项标签//g' "$2" > "$work/rest"
	fails "$1: 代理, 位置服务, 标签" 1 grep -E "代理|位置服务|To ?标签$3" \
		"$work/rest"
	fails "$1: who reads is 您" 1 grep 你 "$2"
	fails "$1: trace" 1 grep -E '[^ -~] ?traces? ?[^ -~]' "$2"
	fails "$1: Timer A" 1 grep -E '[^ -~][^`]*Timer [A-N]([^a-z]|$)' "$2"
}

none_in "the catalogue" "$work/catalogue" "|标签"
grep -Hn '' README.zh.md docs/zh/*.md | grep -v "^$glossary:" > "$work/pages"
ok "pages" grep -q '^docs/zh/LABS.md:' "$work/pages"
none_in "pages" "$work/pages" ""
# ---- handouts, lesson plans, and what check.lua says in Chinese ----
find labs templates examples -name '*.zh.md' -exec grep -Hn '' {} + \
	> "$work/handouts"
ok "handouts" grep -q '^labs/direct-call/README.zh.md:' "$work/handouts"
none_in "handouts, answers, plans" "$work/handouts" "|标签"
grep -Hno 'zh = "\([^"\\]\|\\.\)*"' labs/*/check.lua templates/*/check.lua \
	> "$work/said"
ok "scripts" grep -q '^labs/direct-call/check.lua:' "$work/said"
none_in "what check.lua says" "$work/said" "|标签"

# A handout's title is that of its lab, in the catalogue's words.
msgcat --no-wrap assets/po/zh_CN.po | awk '
	/^msgid "/ { id = substr($0, 8, length($0) - 8) }
	/^msgstr "/ { print id "\t" substr($0, 9, length($0) - 9) }' \
	> "$work/catalogue"
for folder in labs/*/; do
	[ -e "$folder/check.lua" ] || continue
	title=$(sed -n 's/^[[:space:]]*title = "\(.*\)",$/\1/p' "$folder/lab.lua")
	echo "$title	$folder"
done > "$work/titles"
awk -F'\t' 'NR == FNR { if (!($1 in zh)) zh[$1] = $2; next }
	{ print $2 "\t" $1 "\t" zh[$1] }' "$work/catalogue" "$work/titles" \
	> "$work/named"
ok "labs with a handout" test "$(wc -l < "$work/named")" -gt 80
while IFS='	' read -r folder title same; do
	read -r first < "$folder/README.md"
	ok "$folder: its title" test "# $title" = "$first"
	read -r first < "$folder/README.zh.md"
	ok "$folder: its title in Chinese" test "# $same" = "$first"
done < "$work/named"

# ---- each page in Chinese says what it is a page of ----
for page in GB28181 IMS LABS PAGE PLAY; do
	ok "docs/zh/$page.md names the English one" \
		grep -qF "](../$page.md)" "docs/zh/$page.md"
done
for page in GB28181 IMS PAGE PLAY; do
	ok "docs/$page.md names the Chinese one" \
		grep -qF "](zh/$page.md)" "docs/$page.md"
done
for page in queue script switch; do
	ok "docs/zh/ROLES.md names docs/roles/$page.md" \
		grep -qF "](../roles/$page.md)" docs/zh/ROLES.md
	ok "docs/roles/$page.md names the Chinese one" \
		grep -qF "](../zh/ROLES.md)" "docs/roles/$page.md"
done

# ---- what there is in Chinese is named instead of the English page ----
for page in docs/zh/*.md; do
	name=${page#docs/zh/}
	grep -nF "](../$name)" docs/zh/*.md | grep -v "^$page:" > "$work/.output"
	ok "docs/$name has a page in Chinese" test ! -s "$work/.output"
	grep -nE "docs/$name" README.zh.md examples/README.zh.md \
		labs/*/README.zh.md labs/plans/*.zh.md > "$work/.output"
	ok "docs/$name is named in Chinese" test ! -s "$work/.output"
done

# ---- the README names what the English one does ----
grep -o '](docs/[^)#]*\.md)' README.md | sed 's/^](docs.//; s/)$//' | sort -u \
	> "$work/pages"
while read -r page; do
	ok "README.zh.md: $page" grep -qE "\]\(docs/(zh/)?$page\)" README.zh.md
done < "$work/pages"

# ---- links lead somewhere ----
for page in README.zh.md docs/zh/*.md; do
	folder=$(dirname "$page")
	grep -o '](\([^)#:]*\))' "$page" | sed 's/^](//; s/)$//' | sort -u > "$work/links"
	while read -r link; do
		ok "$page: $link" test -e "$folder/$link"
	done < "$work/links"
done
finish
