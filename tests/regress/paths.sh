# README.md leads to four pages, one for each path; these name every page of docs/, in an order to
# read them in, and no link of theirs leads nowhere.
. tests/fixtures/check.sh

paths="LEARN LOOK TEACH BUILD"
for readme in README.md README.zh.md; do
	ok "$readme: 150 lines at most" test "$(wc -l < $readme)" -le 150
	for path in $paths; do
		ok "$readme: $path" grep -qE "\]\(docs/(zh/)?$path\.md\)" $readme
	done
done
for folder in docs docs/zh; do
	for path in $paths; do
		page=$folder/$path.md
		n=$(grep -c '^[0-9]*\. ' $page)
		ok "$page: nine steps at most" test "$n" -ge 1 -a "$n" -le 9
		grep -o '](\([^)#:]*\))' $page | sed 's/^](//; s/)$//' | sort -u > "$work/links"
		while read -r link; do
			ok "$page: $link" test -e "$folder/$link"
		done < "$work/links"
	done
done
for page in docs/*.md; do
	name=$(basename "$page" .md)
	# Whom it is for, and what its reader can do after it.
	[ "$name" = CHANGELOG ] ||
		ok "$page says what for" sh -c 'head -n 14 "$1" | grep -qE "After (this|these) page"' - "$page"
	case " $paths " in *" $name "*) continue ;; esac
	ok "$page is on a path" grep -qF "($name.md)" docs/LEARN.md docs/LOOK.md docs/TEACH.md docs/BUILD.md
	ok "$page is on a path in Chinese" grep -qE "\((\.\./)?$name\.md\)" \
		docs/zh/LEARN.md docs/zh/LOOK.md docs/zh/TEACH.md docs/zh/BUILD.md
done
finish
