# The manual's pages and what completes command lines, as they are made of the
# tables of commands and options: each page is clean roff in both languages, and
# bash completes commands, options, values and labs.
. tests/fixtures/check.sh
if sanitized; then
	skip "what is written is the same for every build"
	finish
fi

commands=$("$RUNG" help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/\1/p')
mkdir "$work/en" "$work/zh"
for lang in en zh; do
	"$RUNG" help --format=man --lang=$lang > "$work/$lang/rung.1"
	for command in $commands; do
		"$RUNG" help --format=man --lang=$lang "$command" \
			> "$work/$lang/rung-$command.1"
	done
done

# ---- for man ----
version=$("$RUNG" --version | sed -n 's/^rung //p')
if command -v lowdown > "$work/.output"; then
	for name in topology scenario trace; do
		sh assets/manual/page.sh $name "$version" > "$work/en/rung-$name.5"
	done
	says "attributes are in a page" "session_expires" \
		cat "$work/en/rung-topology.5"
	says "whatis knows it" 'rung\-trace \- the trace, JSON and requests of rung' \
		cat "$work/en/rung-trace.5"
else
	skip "lowdown is missing"
fi
says "the pages are told" "\\fBrung\\-hand\\-in\\fR(1)" cat "$work/en/rung.1"
says "a version" "\"rung $version\"" \
	cat "$work/en/rung-run.1"
says "Chinese" '.SH "选项"' cat "$work/zh/rung-run.1"
says "whatever the locale" '.SH "选项"' env LC_ALL=C \
	"$RUNG" help --format=man --lang=zh run
says "where it may be broken" '输\:入\:相\:同，\:则' cat "$work/zh/rung-run.1"
if command -v groff > "$work/.output"; then
	groff -ww -K utf8 -man -Tutf8 -P-cbou "$work"/en/*.[15] "$work"/zh/*.1 \
		2> "$work/.output" > "$work/pages"
	empty "groff has nothing to say"
	for text in "A--B.ATTR is" "~/.local/state" \
		"a lab's folder" '"src_addr":"192.0.2.1:5060"' 'progress = "none"'; do
		says "as it stands: $text" "$text" cat "$work/pages"
	done
else
	skip "groff is missing"
fi
if command -v mandoc > "$work/.output"; then
	# A page changes with its version alone.
	mandoc -T lint -W warning "$work"/en/*.[15] "$work"/zh/*.1 |
		grep -v "missing date" > "$work/.output"
	empty "nor has mandoc"
else
	skip "mandoc is missing"
fi

# ---- what it was built of ----
if [ -e .git ] && git rev-parse HEAD > "$work/head" 2> "$work/.output"; then
	says "the commit" "of the commit $(cut -c 1-12 "$work/head")" \
		"$RUNG" --version
else
	skip "no repository is here"
fi

# ---- for bash and zsh ----
"$RUNG" help --format=bash > "$work/rung.bash"
"$RUNG" help --format=zsh > "$work/_rung"
for shell in bash zsh; do
	file=$work/rung.bash
	[ $shell = bash ] || file=$work/_rung
	if command -v $shell > "$work/.output"; then
		ok "$shell reads it" $shell -n "$file"
	else
		skip "$shell is missing"
	fi
done

# What stands on the line, its words as bash cuts them (at =, too), the last
# one to be gone on with; and what comes.
cat > "$work/try.bash" << 'END'
source "$1"
while IFS='|' read -r typed expected; do
	read -ra COMP_WORDS <<< "rung $typed"
	[[ $typed != *' ' ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
	_rung "$2"
	[[ ${COMPREPLY[*]} == $expected ]] ||
		echo "rung $typed: ${COMPREPLY[*]}, not $expected"
done
END
cat > "$work/lines" << END
 |$(echo $commands) *
hand-|hand-in
run two-prox|two-proxies two-proxies.gv
run --fo|--fold
run --see|--seed=
run --seed = |
export -f p|puml png pdf pcapng
export --format = pn|png
export --with = n|numbers
run two-proxies --detail |messages protocol network
--lang = zh exp|explain export
--lang = |en zh
export busy --what = l|ladder
check --class = lab|labs
check --class labs --lab direct-|direct-call*
help wor|worksheet
new |lab topology exam *
--ver|--version
labs |
END
if command -v bash > "$work/.output"; then
	bash "$work/try.bash" "$work/rung.bash" "$RUNG" \
		< "$work/lines" > "$work/.output" 2>&1
	empty "bash completes"
fi

# zsh on a terminal of its own: what stands on the line when Tab is through.
cat > "$work/try.zsh" << 'END'
zmodload zsh/zpty
cat > $1/.zshrc << RC
fpath=($1 \$fpath) path=(${2:A:h} \$path) PS1=READY
autoload -Uz compinit && compinit -D -u
told() { print -r -- "\$BUFFER|" >> $1/told; BUFFER=; print TOLD }
zle -N told && bindkey '^X' told
RC
zpty shell "ZDOTDIR=$1 zsh -i"
zpty -r shell said '*READY*'
while IFS='|' read -r typed expected; do
	zpty -n -w shell "rung $typed"$'\t\x18'
	zpty -r shell said '*TOLD*'
	print -r -- "rung $expected" >> $1/expected
done
zpty -d shell
END
cat > "$work/lines" << 'END'
hand-|hand-in |
run two-prox|run two-proxies |
run --fol|run --fold |
run --see|run --seed=|
export --with=n|export --with=numbers |
--lang=zh hand-|--lang=zh hand-in |
export busy --what=l|export busy --what=ladder |
help wor|help worksheet |
new exa|new exam |
--ver|--version |
END
if command -v zsh > "$work/.output"; then
	timeout "$patience" zsh -f "$work/try.zsh" "$work" "$RUNG" < "$work/lines"
	diff "$work/expected" "$work/told" > "$work/.output" 2>&1
	empty "zsh completes"
fi

grep -E ':--(format|what|detail|theme)\) echo ;;' "$work/rung.bash" > "$work/.output"
empty "an option whose values are words of a list offers them"
# A word that is offered as a value is one that the option's page names.
for command in $commands; do
	sed 's/\\-/-/g' "$work/en/rung-$command.1" |
		awk -v c="$command" '
		/^\\fB-/ { name = $0; sub(/.*--/, "--", name); sub(/\\fR.*/, "", name) }
		{ if (name != "") text[name] = text[name] " " $0 }
		END {
			while ((getline line < ARGV[2]) > 0) {
				if (index(line, c ":--") == 0 || line ~ /@/)
					continue
				n = split(line, w, " ")
				for (i = 1; w[i] !~ /:--/; i++)
					;
				o = w[i]; sub(/^[^:]*:/, "", o); sub(/\)$/, "", o)
				for (i += 2; i < n; i++)
					if (index(text[o], w[i]) == 0)
						print c, o ": " w[i]
			}
			exit
		}' - "$work/rung.bash"
done > "$work/.output"
empty "values that are offered"
says "no other program" "“fish” is not known; there are man, bash, zsh" "$RUNG" help --format=fish
fails "completion of one command" 2 "$RUNG" help --format=bash run

# ---- the version ----
says "what changed with it" \
	"rung $(sed -n 's/^## \([0-9.]*\).*/\1/p' docs/CHANGELOG.md | head -n 1)|" \
	sh -c '"$1" --version | head -n 1 | sed "s/$/|/"' - "$RUNG"
says "libraries" "libosip2" "$RUNG" --version
says "what is loaded" "found (handsets)" "$RUNG" --version
mkdir "$work/lib"
file=$("$RUNG" --version | grep -o 'libunicorn[^ ]*')
echo nothing > "$work/lib/$file"
says "what is not" "not found (handsets)" \
	env LD_LIBRARY_PATH="$work/lib" "$RUNG" --version
finish
