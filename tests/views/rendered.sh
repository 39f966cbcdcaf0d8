# shellcheck shell=sh
# For test_rendered.c: `texts FOLDER` puts into FOLDER/list the texts that rung is to
# read, and into all.md every text there is; `compare FOLDER` reads what rung made of them
# and what cmark-gfm makes (a code host, the site), and prints what is not the same.
# A text's words are lost where a row has more cells than its table's head, a mark is
# taken as Markdown's, or a reader of ours reads otherwise; each of these is planted.
set -e
LC_ALL=C
export LC_ALL
rung=$(realpath "${RUNG:-build/rung}") RUNG_SHARE=$PWD SOURCE_DATE_EPOCH=1795000000
export RUNG_SHARE SOURCE_DATE_EPOCH
step=$1 work=$2

# What commands write, without lines to write on, figures and what only rung reads; and
# their HTML.
write_texts() {
	for language in C zh_CN; do
		mkdir -p "$work/$language"
		(
			cd "$work/$language"
			LC_ALL=$language.UTF-8
			$rung new lab own
			$rung new exam midterm direct-call busy
			$rung copy direct-call mine --student=7
			printf '%s\n' 'lab: direct-call' 'student: 7' '5: a -> b INVITE' '```' \
				'| a | b | c' '<b>x</b>' '![lines 3]' last > mine/answers.txt
			for form in md html; do
				$rung worksheet direct-call -o blank.$form
				$rung worksheet first-call --teacher -o key.$form
				$rung report mine -o report.$form
				$rung search direct-call --only=drop -f $form > search.$form || test $? = 1
			done
			$rung export -f md --messages direct-call -o ladder.md
			# shellcheck disable=SC2016  # backticks
			sed -i '/^ *>/d; /^```text/,/^```/d; /^.rung-hand-in]: /d' ./*.md
			sed -i '/^<p class=.head/d' ./*.html
		) > "$work/said" 2>&1 || { cat "$work/said"; exit 1; }
	done
}

# Texts, twice in a handout each, of which something is "lost", or that are the "same".
plant() {
	mkdir "$work/plants"
	awk -v to="$work/plants/" '
	{
		how = $1
		sub(/^[a-z]* /, "")
		gsub(/\\n/, "\n")
		printf "# A lab\n\nText of\nit.\n\n%s\n\n## Tasks\n\n1. One?\n\n       rung run x\n\n2. Two?\n\n" \
			"## End\n\n%s\n\nEnd.\n", $0, $0 > (to NR "." how)
	}' << 'P'
lost | a | b |\n|---|---|\n| c | | d |
lost | a | b |\n|---|---|\n| c |
lost | a | b |\n|---|---|\n| `c|d` | e |
lost | a | b | c |\n|---|---|\n| c | d |
lost | a |\n\n|---|\n| b |
lost |a|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|-|\n|b|b|b|b|b|b|b|b|c|
same | a | b \| c |\n|---|---|\n| | `d` |
lost Type <word> here.
lost [name]: value
lost The phone presses\n#1 and waits.
lost The sum is 3\n+ 4 packets.
lost It comes to\n1) this and\n2) that.
lost It ends after 64*T1 or 32*T2.
lost The value of _name_ is given.
lost The word **先修：**无 is bold.
lost See **the `word` there**.
same Of **a\nb** and `c\nd` one line.
lost - \n- a
lost # \n
lost a\n=
lost 1. One\n\n3. Three
same 1. One\n   - two\n\n         three
same Code\n\n    ```\n    | a |\n\nText
P
	awk 'BEGIN { print "| a |\n|---|"; while (i++ < 80) print "| b |" }' > "$work/plants/rows.same"
}

texts() {
	write_texts
	plant
	{
		ls labs/*/README*.md labs/plans/*.md templates/*/README*.md
		find "$work" -name 'README*.md'
		ls "$work"/plants/*
	} > "$work/handouts"
	{
		cat "$work/handouts"
		find ./*.md docs labs src tests templates examples assets "$work" -name '*.md' |
			sed 's,^\./,,' | grep -v '^tests/golden' | sort
	} | awk '!had[$0]++ { print "@@@" NR, $0 }' > "$work/names"
	# Of handouts of labs a part is printed, each time another.
	awk -v turn="${TURN:-}" 'NR == FNR { number[$0] = NR; next }
		$2 in number { print turn == "" || /rendered/ || (FNR + turn) % 8 == 0 ? "yes" : "no", $0 }' \
		"$work/handouts" "$work/names" > "$work/list"
	awk '{
		printf "\n\n<!-- -->\n\n%s\n\n", $1
		while ((getline line < $2) > 0)
			print line
		close($2)
	}' "$work/names" > "$work/all.md"
}

# ---- what is read ----

# What a text says, without languages of code, addresses and comments.
source_plain() {
	awk -v faults="$work/faults" '
	/^@@@/ { text = $0; fence = bars = 0 }
	{
		n = fence || !/^ ? ? ?\|/ ? 0 : gsub(/\|/, "|") - gsub(/\\\|/, "\\|")
		if (n && bars && n != bars)
			print text " cells: " $0 >> faults
		bars = n && bars ? bars : n
		ticks = match($0, /^ ? ? ?```+/) ? RLENGTH - index($0, "`") + 1 : 0
		if (ticks && ticks >= fence) {
			fence = fence ? 0 : ticks
			next
		}
		if (!fence) {
			gsub(/\]\([^)]*\)/, "]")
			gsub(/<!--[^>]*-->/, "")
		}
		print
	}
	' "$work/all.md"
}

# What HTML shows.
html_plain() {
	awk -v faults="$work/faults" '
	BEGIN { RS = "<" }
	function fault(what, at) { gsub(/\n/, " ", at); print text, what ": " substr(at, 1, 60) >> faults }
	{
		end = /^!--/ ? index($0, "-->") + 2 : index($0, ">")
		tag = substr($0, 1, end - 1)
		shown = substr($0, end + 1)
		head = head && tag != "body" || tag == "head"
		if (head)
			next
		if (match(shown, /^@@@[0-9]+/))
			text = substr(shown, 1, RLENGTH)
		if (tag ~ /^[uo]l/)
			number[++depth] = tag ~ /^u/ ? 0 : match(tag, /start="/) ? substr(tag, RSTART + 7) + 0 : 1
		else if (tag ~ /^\/[uo]l/)
			depth--
		code += tag ~ /^(code|pre)/
		code -= tag ~ /^\/(code|pre)/
		if (tag ~ /^li/) {
			if (match(tag, /value="/))
				number[depth] = substr(tag, RSTART + 7) + 0
			printf number[depth] ? "\n%d. " : "\n- ", number[depth]++
			if (number[depth] == 1)
				number[depth] = 0
		} else if (match(tag, /alt="[^"]*/))
			printf "%s", substr(tag, RSTART + 5, RLENGTH - 5)
		else if (tag !~ /^\/?(code|strong|em|a|del)( |$)/)
			print ""
		if (!code && (shown ~ /\*\*|\]\(|\|--|\n\|/ || tag == "p" && shown ~ /^\|/))
			fault("a mark is left", shown)
		if (before == "" && tag == "/" last && tag ~ /^\/(p|li|h[1-6]|strong|em)$/)
			fault("nothing in it", tag)
		if (tag == "em" && before ~ /[A-Za-z0-9]$/)
			fault("emphasis in a word", before shown)
		before = shown
		last = tag
		gsub(/&lt;/, "<", shown)
		gsub(/&gt;/, ">", shown)
		gsub(/&quot;/, "\"", shown)
		gsub(/&#39;/, sprintf("%c", 39), shown)
		gsub(/&amp;/, "\\&", shown)
		printf "%s", shown
	}'
}

# On top of each page stands whose it is, at its end a number.
pdf_plain() {
	pdftotext -raw "$work/all.pdf" - | awk '
	BEGIN { RS = "\f" }
	{
		sub(/\n*[^\n]*\n*$/, "")
		n = index($0, "\n")
		if (substr($0, 1, n) != last)
			printf "%s", last = substr($0, 1, n)
		print substr($0, n + 1)
	}'
}

# A line for each word and each other character; MARKS=no: words alone; LETTERS=yes:
# for each letter, as a word may be cut where a line ends.
words() {
	sed 's/•/-/g' | awk -v marks="${MARKS:-yes}" -v letters="${LETTERS:-no}" '
	/^@@@/ { print; next }
	{
		if (marks == "no") {
			gsub(/[*`\\]/, "")
			gsub(/[^A-Za-z0-9_\200-\377]/, " ")
		}
		gsub(letters == "yes" ? "[^ \t]" : "[^A-Za-z0-9_ \t]", "\n&\n")
		gsub(/[ \t\n]+/, "\n")
		gsub(/^\n|\n$/, "")
	}
	$0 != ""'
}

# What FORM has, or has not, of the plain text WANT.
differ() { # FORM WANT
	words < "$work/$1" > "$work/got"
	awk 'NR == FNR { if (/^@@@/) there[$0] = 1; next }
		/^@@@/ { on = $0 in there } on' "$work/$1" "$work/$2" | words > "$work/want"
	diff -U 0 -F '^@@@' "$work/want" "$work/got" | awk -v form="$1" '
	/^@@ / { text = $NF; next }
	/^[-+]/ && !/^(---|\+\+\+)/ { print text, form ": " $0 }'
}

compare() {
	: > "$work/faults"
	cmark-gfm --unsafe -e table -e autolink -e strikethrough "$work/all.md" |
		html_plain > "$work/code host"
	while read -r number file; do
		[ ! -e "${file%md}html" ] || { echo "<p>$number</p>" && cat "${file%md}html"; }
	done < "$work/names" | cat "$work/page.html" - | html_plain > "$work/page"
	source_plain > "$work/source"
	sed 's/^ *\(─\)*$//' "$work/terminal.txt" > "$work/terminal"
	pdf_plain > "$work/PDF"
	[ "$(grep -c '^@@@' "$work/terminal") $(grep -c '^@@@' "$work/PDF")" = \
		"$(grep -c . "$work/list") $(grep -c ^yes "$work/list")" ] || { echo "  BAD texts are missing"; exit 1; }
	{
		MARKS=no differ "code host" source
		differ page "code host"
		differ terminal "code host"
		LETTERS=yes differ PDF "code host"
		cat "$work/faults"
	} | awk '
	NR == FNR { name[$1] = $2; next }
	{ is_lost[$1] = 1 }
	name[$1] !~ /plants.*lost$/ {
		bad = 1
		if (said[$1]++ < 9)
			print "  BAD " name[$1] substr($0, length($1) + 1)
	}
	END {
		for (n in name)
			if (name[n] ~ /lost$/ && !is_lost[n]) {
				bad = 1
				print "  BAD not found: " name[n]
			}
		exit bad
	}' "$work/names" -
}

$step
