# What the documents tell a reader to type works as it stands, page after page
# in one folder with the project's own files alone, and what they show is what
# comes: the README, docs/, the labs' handouts and the lesson plans, and in a
# folder of its own what there is of it in Chinese (but for handouts, whose
# commands tests/lesson/test_lessons.c holds to the English ones); and the examples of
# the help pages.  GOLDEN=1 puts what comes into the documents, but where they
# leave something out ("…").  DOCUMENTS="…" tries those alone; of a run of the tests that
# takes a part of them each tries others.
. tests/fixtures/check.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME
if sanitized; then
	skip "what is typed is the same for every build"
	finish
fi

here=$(pwd)
mkdir -p "$work/bin"
program=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
ln -s "$program" "$work/bin/rung"
# Nobody hears it.
printf '#!/bin/sh\n' > "$work/bin/aplay"
chmod +x "$work/bin/aplay"
PATH=$work/bin:$PATH
export PATH
has_jq=$(command -v jq) || skip "jq is missing"

# What make site is given; any page is one here.
page=$here/build/rung.html
[ -e "$page" ] || { page=$work/page.html && echo rung > "$page"; }
has_cmark=$(command -v cmark-gfm) || skip "cmark-gfm is missing"

# A reader's folder, with nothing but the project's own in it.
begin_folder() { # NAME
	mkdir -p "$work/$1/tests"
	cp -R "$here"/*.md "$here/LICENSE" "$here/docs" "$here/labs" "$here/topologies" \
		"$here/assets" "$here/examples" "$work/$1"
	cp -R "$here/tests/statuses" "$work/$1/tests/statuses"
	cd "$work/$1" || exit 1
	ls > "$work/own"
}

# What a command writes, and what the one before has written; each has a file of
# its own, so that what was typed in a language before needs not be run again.
seen=$work/out/none found=$seen outputs=0
mkdir -p "$work/out" "$work/had.C.UTF-8" "$work/had.zh_CN.UTF-8" "$work/traces"
: > "$work/shown"

# A handset's lab takes a hundred times as long as another.  The first command
# that looks into it is run as it is typed; those behind it look at the trace
# which that is a view of (and what they have found says which record is meant).
slow=$(grep -l 'role="*handset' labs/*/*.gv | cut -d / -f 2 | sort -u)
for lab in $slow; do
	(cd "$here" && trace_of "labs/$lab" protocol "$work/traces/$lab.jsonl")
done

# So long does a class last that a document begins; nothing fails by that.
export moment=1

# What a command stands for: N is the record that the command before has found;
# no interface is listened to, no file grows, and a class and a page that grows end after a
# second.
spelt_out() { # COMMAND
	n=$(awk '$1 ~ /^[0-9]+$/ { print $1; exit }' "$found" 2> /dev/null)
	printf '%s\n' "$1" | sed -e 's,^build/rung,rung,' \
		-e 's, && plantuml.*,,' -e "s/ N\$/ ${n:-1}/" -e "s/ N:/ ${n:-1}:/" \
		-e "s,^make site,env RUNG=rung sh assets/site/build.sh build/site '$page'," \
		-e "s,^\(sh assets/site/.*\) build/rung.html,env RUNG=rung \1 '$page'," \
		-e 's,rung serve --address=0.0.0.0,timeout -k 60 $moment rung serve --address=:0,' \
		-e 's,^rung live \(.*\) --page,timeout -k 60 $moment rung live \1 --until=100ms --page=0,' \
		-e 's,^tcpdump \(-U \)*-w - udp port 5060,cat examples/calls.pcap,' \
		-e 's,^rung show --follow growing.pcap,cat examples/calls.pcap | rung show --follow -,'
}

# The trace instead of LAB in "rung show LAB …" and "rung explain LAB …".
of_trace() { # COMMAND
	# shellcheck disable=SC2086  # words
	set -- "$1" $1
	if [ -e "$work/traces/$4.looked" ]; then
		printf '%s\n' "rung $3 $work/traces/$4.jsonl${1#"rung $3 $4"}"
	else
		: > "$work/traces/$4.looked"
		printf '%s\n' "$1"
	fi
}

# The status that is meant: a comparison may find something; what wants a
# terminal gets as far as to say so; a message of a handout may be wrong.
is_meant() { # COMMAND STATUS
	case "$1 " in
	"rung diff "* | "rung search "* | "rung doctor "* | "rung check "* | "rung inspect "*)
		[ "$2" -le 1 ] ;;
	"rung parse labs/handout-"*) [ "$2" = 0 ] || [ "$2" = 2 ] ;;
	"rung play --list "*) [ "$2" = 0 ] ;;
	"rung play "*"--hear "* | "rung play "*"--say "*) [ "$2" = 0 ] ;;
	"rung play "* | "rung two-proxies "* | "rung live --play "*) [ "$2" = 2 ] &&
		grep -qE 'is not a terminal|no session|不是终端|没有保存的会话' \
			"$work/errors" ;;
	"rung page "*) [ "$2" = 0 ] ||
		grep -qE 'make page builds the engine|make page 会制作' "$work/errors" ;;
	*'timeout -k 60 $moment rung '*)
		[ "$2" = 124 ] ;;
	*) [ "$2" = 0 ] ;;
	esac
}

# Whether a command reads nothing of the reader's and leaves nothing but what is
# there already when it has been run: it looks into a lab, or makes a lab's
# worksheet.
is_same_again() { # COMMAND
	case $1 in
	*/* | *[\>\|\&]*) return 1 ;;
	"rung worksheet "*) ;;
	*" -o"* | *" --output"*) return 1 ;;
	"rung play "* | "rung show "* | "rung run "* | "rung explain "*) ;;
	*) return 1 ;;
	esac
	# shellcheck disable=SC2086  # words
	set -- $1
	[ -d "labs/$3" ] || [ -e "labs/plans/$3.md" ]
}

# Of the files that pages before it have made a page uses none, so that it can
# be tried alone.
uses_its_own() { # DOCUMENT
	cut -f 4 "$work/commands" | awk '
	NR == FNR { is_old[$1] = 1; next }
	{
		for (i = 2; i <= NF; i++) {
			split($i, part, "/")
			if ($(i - 1) ~ /^(-o|>)$/)
				delete is_old[part[1]]
			else if (part[1] in is_old)
				print
		}
	}' "$work/old" - > "$work/.output"
	[ ! -s "$work/.output" ] || bad "$1" "uses what another page has made"
}

# As a reader types it; what is one program needs no shell of its own.
type_in() { # COMMAND
	case $1 in
	*[\;\|\&]* | cd\ *) LC_ALL=$speaks sh -c "$1" ;;
	*)
		(
			LC_ALL=$speaks
			eval "exec $1"
		)
		;;
	esac
}

run_command() { # NAME COMMAND
	found=$seen
	spelt=$2
	case $2 in
	make* | sh\ assets* | build/rung* | *plantuml* | *" N"* | tcpdump* | *growing* | *"serve --address"* | *" --page"*) spelt=$(spelt_out "$2") ;;
	esac
	again=
	if is_same_again "$spelt"; then
		again=$work/had.$speaks/$spelt
		if [ -e "$again" ]; then
			read -r seen < "$again"
			good
			return
		fi
	fi
	outputs=$((outputs + 1))
	seen=$work/out/$outputs
	case $spelt in
	"rung show handset-"* | "rung explain handset-"* | "rung show dtmf "* | \
		"rung explain dtmf "*)
		spelt=$(of_trace "$spelt") ;;
	"rung sweep "*[0-9]0\ *)
		# What these sweep over is shown by none: fewer seeds do.
		case $1 in labs/* | README* | "help "*) spelt=$(printf '%s\n' "$spelt" |
			sed 's/\(--seed=1\.\.[0-9]*\)0 /\1 /') ;; esac ;;
	esac
	type_in "$spelt" > "$seen" 2> "$work/errors" < /dev/null
	set -- "$1" "$2" $?
	if is_meant "$spelt" "$3"; then
		good
		[ -z "$again" ] || echo "$seen" > "$again"
	else
		cat "$seen" "$work/errors" > "$work/.output"
		bad "$1: $2" "status $3"
	fi
}

# Whether the lines FROM to TO of DOCUMENT, without what they are set in by, are
# what was SEEN.  Lines of "…" stand for any number of lines, "…" at a line's end
# for its rest; blanks at ends of lines and blank lines at either end count for
# nothing.
is_shown() { # DOCUMENT FROM TO SEEN
	awk -v from="$2" -v to="$3" '
	{ sub(/ *$/, "") }
	NR == FNR {
		if (FNR >= from && FNR <= to) {
			sub(/^    /, "")
			want[++n] = $0
		}
		next
	}
	m || $0 != "" { seen[++m] = $0 }
	function same(w, s) {
		if (w ~ /….*/ && index(w, "…") == length(w))
			return substr(s, 1, length(w) - 1) == substr(w, 1, length(w) - 1)
		return w == s
	}
	END {
		while (m && seen[m] == "")
			m--
		i = j = 1
		while (i <= n) {
			if (want[i] ~ /^ *…$/) {
				if (++i > n)
					exit 0
				while (j <= m && !same(want[i], seen[j]))
					j++
			}
			if (j > m || !same(want[i], seen[j])) {
				print want[i]
				exit 1
			}
			i++
			j++
		}
		exit j <= m
	}' "$1" "$4"
}

compare() { # DOCUMENT LINE FROM TO
	if [ -z "${GOLDEN:-}" ] && is_shown "$here/$1" "$3" "$4" "$seen" \
		> "$work/wanted"; then
		good
		return
	fi
	sed -n "$3,$4p" "$here/$1" | sed 's/^    //; s/ *$//' > "$work/expected.text"
	sed 's/ *$//' "$seen" | sed -e '/./,$!d' |
		sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' > "$work/seen.text"
	if [ -n "${GOLDEN:-}" ] && ! grep -q '…$' "$work/expected.text"; then
		printf '%s\t%s\t%s\n' "$3" "$4" "$work/golden.$2" >> "$work/golden"
		sed -e 's/^./    &/' "$work/seen.text" > "$work/golden.$2"
		good
	elif is_shown "$here/$1" "$3" "$4" "$seen" > "$work/wanted"; then
		good
	else
		diff "$work/expected.text" "$work/seen.text" > "$work/.output"
		bad "$1:$2" "shows what does not come: $(cat "$work/wanted")"
		echo "    $1 is old; DOCUMENTS=$1 GOLDEN=1 sh tests/cli/cli_docs.sh writes it"
	fi
}

rewrite() { # DOCUMENT
	[ -s "$work/golden" ] || return
	awk -F'\t' '
	NR == FNR { from[$1] = $3; to[$1] = $2; next }
	FNR in from {
		while ((getline line < from[FNR]) > 0)
			print line
		skip = to[FNR]
	}
	FNR > skip' "$work/golden" "$here/$1" > "$work/rewritten"
	cp "$work/rewritten" "$here/$1"
	rm -f "$work/golden"
}

# What a handout tells to look at is there: times, numbers of records.
shows_something() { # NAME COMMAND
	case "$2 " in
	"rung explain "* | "rung play "* | "rung copy "* | *" -o "*) return ;;
	esac
	printf '%s\t%s: %s\n' "$seen" "$1" "$2" >> "$work/shown"
}

of_document() { # DOCUMENT
	awk -f "$here/tests/cli/docs_commands.awk" "$1" > "$work/commands"
	seen=$work/out/none
	ls > "$work/all"
	grep -vxFf "$work/own" "$work/all" > "$work/old"
	uses_its_own "$1"
	while IFS='	' read -r line from to command; do
		case $command in
		jq*) [ -n "$has_jq" ] || continue ;;
		*build/site* | "make site"* | *public*) [ -n "$has_cmark" ] || continue ;;
		esac
		run_command "$1:$line" "$command"
		case $1 in
		labs/*) shows_something "$1:$line" "$command" ;;
		esac
		case $command in *rung\ play\ *) continue ;; esac
		[ "$from" = 0 ] || compare "$1" "$line" "$from" "$to"
	done < "$work/commands"
	rewrite "$1"
}

# What has changed with the last commits, and of the others a part (its_turn).
git diff --name-only HEAD~10 -- '*.md' > "$work/changed" 2> /dev/null
is_due() { # DOCUMENT
	grep -qxF "$1" "$work/changed" || its_turn "$1" 8
}

begin_folder english
speaks=C.UTF-8
for document in ${DOCUMENTS:-README.md docs/*.md docs/roles/*.md \
	examples/README.md labs/*/README.md labs/plans/*.md}; do
	case $document in
	*zh*) ;;
	*) ! is_due "$document" || of_document "$document" ;;
	esac
done
begin_folder chinese
speaks=zh_CN.UTF-8
for document in ${DOCUMENTS:-README.zh.md docs/zh/*.md \
	examples/README.zh.md labs/plans/*.zh.md}; do
	case $document in
	*zh*) ! is_due "$document" || of_document "$document" ;;
	esac
done
speaks=C.UTF-8
cut -f 1 "$work/shown" | sort -u | xargs -r grep -L '[0-9]' > "$work/blank"
awk -F '\t' 'FILENAME == ARGV[1] { blank[$0] = 1; next } $1 in blank { print $2 }' \
	"$work/blank" "$work/shown" > "$work/.output"
if [ -s "$work/.output" ]; then
	bad "what handouts tell to look at" "these show nothing"
else good; fi

# ---- the figure in the README ----
title="A call over a lossy path: lost messages and the timers that retransmit them"
rung export --with=axis --with=numbers --from=1s --to=4.2s lost-messages \
	--title="$title" -o lost.svg
same "the README's figure" "$here/assets/lost-messages.svg" lost.svg

# ---- the figures of docs/OSIP.md ----
rung export phone-loop --from=1.6s --to=3.75s --title="The loop of a phone beside its ladder" \
	-o loop.svg
same "the loop's figure" "$here/assets/phone-loop.svg" loop.svg
# Where dot puts them depends on its version; what they say does not.
if command -v dot > /dev/null; then
	rung export phone-loop --what=machines --machine=ICT --machine=NICT --machine=IST \
		--machine=NIST --words=osip -o machines.svg
	for figure in "$here/assets/osip-machines.svg" machines.svg; do
		grep -o '[A-Z]*_[A-Z0-9_]*[ <×]' "$figure" | sort > "$work/words.$(basename "$figure")"
	done
	same "the machines' figure" "$work/words.osip-machines.svg" "$work/words.machines.svg"
fi

# ---- the help pages ----
# As rung is installed: labs come with it, and files are the reader's own.
mkdir "$work/help"
cd "$work/help" || exit 1
cp "$here/examples/calls.pcap" big.pcap
cp "$here/examples/class.csv" "$here/examples/requests.jsonl" .
cp "$here/assets/invite.sip" message.sip
echo 85 02 c2 82 60 06 00 10 00 > iam.hex
for command in $(rung help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/\1/p'); do
	rung help "$command" | sed -n '/^Examples:/,$s/^  \(rung .*\)/\1/p' |
		sed 's/   *.*//' > "$work/examples"
	while read -r example; do
		run_command "help $command" "$example"
	done < "$work/examples"
done

# Numbers of records are found, not written: they move with every change.  What
# stands further in is what a command has printed, which is compared above; those
# of docs/HOLES.md are made and held by tests/search/test_search_holes.c.
cd "$here" || exit 1
fails "no number that is written" 1 grep -nE \
	'^ {0,4}(build/)?rung .*(--act[= ][0-9]+(:|@[0-9.]+m?s:)|--notes=[0-9]+(,| |$))|^ {0,4}(build/)?rung (show|explain) [^ ]* [0-9]+( |$)' \
	README*.md $(ls docs/*.md | grep -v HOLES) docs/zh/*.md labs/*/README.md labs/plans/*.md
finish
