# docs/COURSE.md: what it names is there, each plan has its week, each chapter of its three courses
# has a plan or a sentence that says why not, and the labs of its examinations are in no plan and no
# chapter.  Both languages name the same.
. tests/fixtures/check.sh

# Names of labs and plans in backquotes, of the lines on standard input.
names() { grep -oE '`[a-z0-9][a-z0-9.-]*`' | tr -d '`' | grep -vE '\.(html|pdf)$' | grep -vxE 'make|middle|students'; }

for page in docs/COURSE.md docs/zh/COURSE.md; do
	named=$work/$(basename "$(dirname $page)")
	grep '^|' $page | names > "$named"
	while read -r name; do
		[ -e "labs/$name/lab.lua" ] || [ -e "labs/plans/$name.md" ] || echo "$name"
	done < "$named" > "$work/.output"
	empty "$page: each name is a lab or a plan"
	sed -n '/^| \(Week\|周\) /,/^$/p' $page | awk -F '|' 'NR > 2 && NF { print $4 }' | names | sort > "$work/weeks"
	find labs/plans -name '*.zh.md' -exec basename {} .zh.md \; | sort | diff - "$work/weeks" > "$work/.output"
	empty "$page: each plan has its week"
	# The page offers plans by their titles.
	sed -n '/^| \(Week\|周\) /,/^$/p' $page | awk -F ' [|] ' 'NR > 2 && NF { gsub("`", "", $3); print $3 "\t" $2 }' |
		while IFS="$(printf '\t')" read -r plan title; do
			case $page in *zh*) plan=$plan.zh ;; esac
			[ "# $title" = "$(head -n 1 "labs/plans/$plan.md")" ] || echo "$plan: $title"
		done > "$work/.output"
	empty "$page: titles of plans"
	# Rows of milestones have a column more.
	awk -F '|' '/^\| [0-9]+\. / && NF == 6' $page > "$work/chapters"
	ok "$page: chapters of three courses" test "$(wc -l < "$work/chapters")" -ge 31
	awk -F '|' '$3 !~ /`/ && $5 !~ /No plan|没有教案/ || $3 ~ /`/ && $4 !~ /`/' "$work/chapters" > "$work/.output"
	empty "$page: each chapter has a plan, or says why not"
	names < "$work/chapters" | sort -u > "$work/taught"
	sed -n 's/^    rung new exam [a-z]* //p' $page | tr ' ' '\n' | sort > "$work/exams"
	ok "$page: two examinations" test "$(grep -c '^    rung new exam ' $page)" = 2 -a "$(wc -l < "$work/exams")" = 6
	{
		comm -12 "$work/exams" "$work/taught"
		while read -r lab; do grep -lE "(\`|[a-z]: )$lab(\`| |\$)" labs/plans/*.md; done < "$work/exams"
	} > "$work/.output"
	empty "$page: labs of examinations are taught nowhere"
	# Each has a row with its tasks, whose minutes have that sum; a set takes half of 90 minutes.
	while read -r lab; do
		tasks=$(grep -c '^task {' "labs/$lab/check.lua")
		awk -F '|' -v lab="$lab" -v tasks="$tasks" '$2 == " `" lab "` " && $4 + 0 > 0 {
			n = split($3, m, ","); for (i = 1; i <= n; i++) { sub(/.*: /, "", m[i]); sum += m[i] }
			found = n == tasks && sum == $4 + 0
		} END { if (!found) print lab }' $page
	done < "$work/exams" > "$work/.output"
	empty "$page: minutes of each task"
	awk -F '|' '/^\| (All|总计) / && ($4 < 40 || $4 > 50)' $page > "$work/.output"
	empty "$page: minutes of a set"
done
same "both languages" "$work/docs" "$work/zh"
finish
