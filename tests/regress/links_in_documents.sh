# Each link in a document leads to a file of the project, and to a heading of that page
# where it names one.
. tests/fixtures/check.sh
LC_ALL=C
export LC_ALL

ls README*.md CONTRIBUTING.md docs/*.md docs/roles/*.md docs/zh/*.md examples/*.md \
	tests/*.md tests/bench/*.md labs/*/README*.md labs/plans/*.md \
	$(ls docs/zh/roles/*.md 2> /dev/null) > "$work/pages"
# PAGE TAB FILE TAB HEADING of each link, headings as marks of that page.
xargs awk '
FNR == 1 { fenced = 0 }
/^```/ { fenced = !fenced }
fenced || /^    / { next }
{
	line = $0
	gsub(/`[^`]*`/, "", line)
	while (match(line, /\]\([^) ]+\)/)) {
		to = substr(line, RSTART + 2, RLENGTH - 3)
		line = substr(line, RSTART + RLENGTH)
		if (to ~ /^[a-z]+:/)
			continue
		mark = ""
		if (match(to, /#/)) {
			mark = substr(to, RSTART + 1)
			to = substr(to, 1, RSTART - 1)
		}
		folder = FILENAME
		sub(/[^\/]*$/, "", folder)
		path = to == "" ? FILENAME : folder to
		while (sub(/[^\/.]+\/\.\.\//, "", path))
			;
		print FILENAME "\t" path "\t" mark
	}
}' < "$work/pages" > "$work/links"
# The marks that GitHub and the site give headings: small letters, digits and hyphens.
xargs awk '
/^```/ { fenced = !fenced }
!fenced && /^##* / {
	mark = tolower($0)
	sub(/^#+ /, "", mark)
	gsub(/[^-a-z0-9_ \200-\377]/, "", mark)
	gsub(/ /, "-", mark)
	print FILENAME "\t" mark
}' < "$work/pages" > "$work/marks"
ok "links are looked at" test "$(wc -l < "$work/links")" -gt 500
cut -f 2 "$work/links" | sort -u | while read -r file; do
	[ -e "$file" ] || grep -F "	$file	" "$work/links"
done > "$work/.output"
empty "links to files that are missing"
awk -F '\t' 'NR == FNR { there[$1, $2] = 1; next }
	$3 != "" && $2 ~ /\.md$/ && !(($2, $3) in there)' "$work/marks" "$work/links" > "$work/.output"
empty "links to headings that are missing"
finish
