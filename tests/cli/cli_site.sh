# The site that make site makes: every link in it leads somewhere, nothing is asked of
# another host, each lab and each document has its pages, sums are right, right answers
# are not told, and what a document says is text.  Where make site was called its folder
# is looked at, too.
. tests/fixtures/check.sh
if sanitized; then
	skip "a site is the same for every build"
	finish
fi
command -v cmark-gfm > "$work/.output" || {
	skip "cmark-gfm is missing"
	finish
}
page=build/rung.html
[ -e $page ] || { page=$work/rung.html && echo rung > "$page"; }
package="$work/rung & <more>.tar.gz"
echo package > "$package"
site=$work/site
ok "it is made" sh assets/site/build.sh "$site" "$page" "$package"
ok "once more" sh assets/site/build.sh "$work/again" "$page" "$package"
ok "the same" diff -r "$site" "$work/again"

# ---- links ----
# links FOLDER: PAGE TAB ADDRESS of each that its own pages have.
links() {
	(cd "$1" && find . -name '*.html' ! -path ./rung.html ! -name 'week-*' -exec grep -oHE '(href|src)="[^"]*"' {} + |
		sed 's,^\./,,; s/:\(href\|src\)="/	/; s/"$//')
}
# Those that lead nowhere: the file is missing, or the place in it, or the lab.
lost() { # FOLDER
	links "$1" > "$work/links"
	(cd "$1" && find . -type f | sed 's,^\./,,' > "$work/files"
		find . -name '*.html' ! -path ./rung.html -exec grep -oHE ' id="[^"]*"' {} + |
			sed 's,^\./,,; s/: id="/	/; s/"$//' > "$work/places")
	LC_ALL=C awk -F '\t' '
	FILENAME ~ /files$/ { there[$0] = 1; next }
	FILENAME ~ /places$/ { place[$1, $2] = 1; next }
	$2 ~ /^(https?|mailto):/ { next }
	{
		mark = ""
		to = $2
		if (match(to, /#.*/)) {
			mark = substr(to, RSTART + 1)
			to = substr(to, 1, RSTART - 1)
		}
		gsub(/&amp;/, "\\&", to); gsub(/&lt;/, "<", to); gsub(/&gt;/, ">", to)
		sub(/rung\.html\?lang=(en|zh)$/, "rung.html", to)
		at = $1
		if (to != "") {
			sub(/[^\/]*$/, "", at)
			at = at to
		}
		while (sub(/[^\/]+\/\.\.\//, "", at))
			;
		if (at == "" || at ~ /\/$/)
			at = at "index.html"
		if (!(at in there))
			print $1 ": " $2
		else if (at == "rung.html" && mark ~ /^lab=/) {
			sub(/^lab=/, "", mark)
			if (!(("labs/" mark "/index.html") in there))
				print $1 ": " $2
		} else if (mark != "" && !((at, mark) in place))
			print $1 ": " $2
	}' "$work/files" "$work/places" "$work/links" > "$work/.output"
}
looked_at() { # NAME FOLDER
	lost "$2"
	empty "$1: links that lead nowhere"
	ok "$1: links are looked at" test "$(grep -c '' "$work/links")" -gt 2000
	(cd "$2" && find . -name '*.html' ! -path ./rung.html -exec grep -lE \
		'<(script|iframe|object|embed|style|video|audio|base|form)|<(img|link)[^>]*(src|href)="[^"]*:| on[a-z]+="' {} +
		grep -nE '@import|url\(' site.css) > "$work/.output"
	empty "$1: nothing is loaded from elsewhere"
	ok "$1: sums" sh -c 'cd "$1" && sha256sum --quiet -c SHA256SUMS' - "$2"
	(cd "$2" && find rung.html packages -type f | sort > "$work/has" &&
		sed 's/^[0-9a-f]*  //' SHA256SUMS | diff - "$work/has") > "$work/.output"
	empty "$1: of all of them"
	ok "$1: at most 60 MB" test "$(du -sb "$2" | cut -f 1)" -le 60000000
	find "$2" -name '*answers*' > "$work/.output"
	empty "$1: no answers"
}
looked_at "a site" "$site"
# build/site may be older than the labs that are here now.
[ ! -e build/site ] || [ -n "$(find labs docs assets/site build/rung.html -newer build/site/index.html)" ] ||
	looked_at "that of make site" build/site

# ---- what is in it ----
(cd "$site" && sed -n 's/^\([0-9a-f]\{64\}\)  .*/\1/p' SHA256SUMS | while read -r sum; do
	grep -qF "<code>$sum</code>" index.html && grep -qF "<code>$sum</code>" index.zh.html || echo "$sum"
done) > "$work/.output"
empty "sums that the start page does not tell"
for readme in labs/*/README*.md; do
	lab=$(basename "$(dirname "$readme")")
	case $readme in
	*zh*) of=$site/labs/$lab/index.zh.html language=zh ;;
	*) of=$site/labs/$lab/index.html language=en ;;
	esac
	title=$(sed -n '1s/^# //p' "$readme" | sed 's/&/\&amp;/g; s/`//g')
	grep -qF "<title>$title – rung</title>" "$of" &&
		grep -qF "href=\"../../rung.html?lang=$language#lab=$lab\"" "$of" &&
		grep -qE '(Time:|时间：)</strong> [0-9]+' "$of" || echo "$readme"
done > "$work/.output" 2>&1
empty "labs without a page"
gives "each lab in the list" "$(ls -d labs/*/ | grep -cv plans)" \
	grep -cE '^<li><a href="labs/.*<small>[0-9]+ minutes · level [0-9]</small>' "$site/index.html"
gives "in Chinese, too" "$(ls -d labs/*/ | grep -cv plans)" \
	grep -cE '^<li><a href="labs/.*<small>[0-9]+ 分钟 · 级别 [0-9]</small>' "$site/index.zh.html"
for document in docs/*.md docs/zh/*.md docs/roles/*.md; do
	[ -s "$site/${document%.md}.html" ] || echo "$document"
	case $document in docs/zh/*) of=$site/docs/zh/index.html ;; docs/roles/*) of=$site/docs/roles/index.html ;;
	*) of=$site/docs/index.html ;; esac
	grep -qF "href=\"$(dirname "$document" | sed 's,[^/]*,..,g')/${document%.md}.html\"" "$of" || echo "$of: $document"
done > "$work/.output"
empty "documents without a page"
ok "Chinese lines are joined" grep -q '放在任何提供静态文件的 Web 服务器上即可：首页、浏览器里的 rung（.*每个实验各自的网页、这些文档' \
	"$site/docs/zh/PAGE.html"

# ---- what documents say is text ----
mkdir "$work/evil"
cp -R README.md README.zh.md CONTRIBUTING.md LICENSE docs examples assets labs "$work/evil"
rung=$(realpath "$RUNG")
cat > "$work/evil/docs/EVIL.md" << 'E'
# <script>alert(1)</script> & "a" <b>`<i>`

Text <script>alert(2)</script><img src=x onerror=alert(3)> [l](javascript:alert(4)) `"><script>`

| <script>alert(5)</script> |
|---|
| ![x](javascript:alert(6)) |
E
made() {
	(cd "$work/evil" && RUNG=$rung sh assets/site/build.sh "$work/made" LICENSE)
}
ok "a hostile document" made
grep -nE '<script|<img src="[^"]|<b>|<i>|onerror=|javascript:' "$work/made/docs/EVIL.html" > "$work/.output"
empty "none of it is markup"
ok "it is text" grep -qF '<code>&quot;&gt;&lt;script&gt;</code>' "$work/made/docs/EVIL.html"
ok "in the list" grep -q '<a href="../docs/EVIL.html">' "$work/made/docs/index.html"
echo '[l](NOWHERE.md)' >> "$work/evil/docs/EVIL.md"
fails "a link that leads nowhere" 1 made
ok "is named" grep -qx "docs/EVIL.md: NOWHERE.md is not in the site" "$work/.output"
finish
