# One word for one thing in Chinese: none of the words that docs/zh/GLOSSARY.md
# has under "不用" stands in the catalogue, in README.zh.md or on another page of
# docs/zh.  The catalogue had two words for many things.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL
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

none_in() { # NAME FILE MORE
	fails "$1: a word that is another's" 1 grep -nF -f "$work/words" "$2"
	# A proxy is 代理服务器, a location service 位置服务器, a From's tag a tag; a
	# timer has its Chinese name.  What commands print has lines that break
	# anywhere.
	sed -e '/^    /d' -e 's/用户代理//g' -e 's/呈现代理//g' -e 's/代理服务器//g' \
		-e 's/位置服务器//g' -e 's/实体标签//g' "$2" > "$work/rest"
	fails "$1: 代理, 位置服务, 标签" 1 grep -nE "代理|位置服务|To ?标签$3" \
		"$work/rest"
	fails "$1: Timer A" 1 grep -nE '[^ -~][^`]*Timer [A-N]([^a-z]|$)' "$2"
}

none_in "the catalogue" "$work/catalogue" "|标签"
for page in README.zh.md docs/zh/*.md; do
	[ "$page" = "$glossary" ] || none_in "$page" "$page" ""
done
# Of handouts the words that other pages have for the same things.
printf '%s\n' 轨迹 捕获文件 凭证 手持电话 真实话机 窗格 > "$work/words"
for page in labs/*/README.zh.md; do
	[ -e "$page" ] || continue
	fails "$page" 1 grep -nF -f "$work/words" "$page"
done

# ---- each page in Chinese says what it is a page of ----
for page in docs/zh/LABS.md docs/zh/PLAY.md; do
	ok "$page names the English one" \
		grep -qF "](../${page#docs/zh/})" "$page"
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
