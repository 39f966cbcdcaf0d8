# make bundle took a font that no row of the table of packages names: on a
# machine that had it by chance all went well, on a bare Debian nothing.  Whatever
# bundle, deb, site and page take of the machine belongs to a package of a row of the
# groups that they ask for, to one that such a package depends on, or is in every Debian.
# The files are those that assets/bundle/build.sh lists, paths and programs those
# that the scripts and rules of each name.
. tests/fixtures/check.sh
if sanitized || ! command -v dpkg-query > "$work/.output"; then
	skip "there are no packages of Debian"
	finish
fi

dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Essential}\t${Provides}\t${Pre-Depends}, ${Depends}\n' |
	sed -n 's/^installed\t//p' > "$work/installed"
grep -v '^#' .ci/packages.list > "$work/rows"

# What is there where the rows of GROUP… are installed on a Debian that has what the
# README says; of alternatives the first that is here.
list_closure() { # GROUP…
	awk -F'\t' -v groups=" $* " '
	function name(text) { gsub(/[ \t]|\(.*|:any|:native|\[.*/, "", text); return text }
	function here(text) { return text in depends ? text : provider[text] }
	function add(p) { if (p != "" && !(p in had)) { had[p] = 1; queue[++n] = p } }
	FILENAME == ARGV[1] {
		depends[$1] = $4
		if ($2 == "yes")
			add($1)
		m = split($3, part, ",")
		for (i = 1; i <= m; i++)
			if (!(name(part[i]) in provider))
				provider[name(part[i])] = $1
		next
	}
	{ split($0, word, " "); if (index(groups, " " word[1] " ")) add(here(word[2])) }
	END {
		add("apt"); add("git"); add("make")
		for (k = 1; k <= n; k++) {
			m = split(depends[queue[k]], part, ",")
			for (i = 1; i <= m; i++) {
				a = split(part[i], choice, "|")
				for (j = 1; j <= a && here(name(choice[j])) == ""; j++)
					;
				if (j <= a)
					add(here(name(choice[j])))
			}
		}
		for (p in had)
			print p
	}' "$work/installed" "$work/rows"
}

# The rules of TARGET… in a makefile on the standard input, all where none is said, as a
# script of the shell.
rules_of() { # TARGET…
	sed -e ':more' -e '/\\$/{N' -e 's/\\\n//' -e 'b more' -e '}' |
		awk -v targets=" $* " '
		/^[^\t#]/ { split($1, name, ":"); on = targets == "  " || index(targets, " " name[1] " ") }
		on && /^\t/' |
		sed 's/^\t[@+-]*//; s/\$\$/\x01/g; s/\$([A-Z_]*)/X/g; s/\x01/$/g'
}

# What a script, on the standard input, starts: first words of its commands.  What stands
# in '…' is awk's and sed's.
list_programs() {
	sed "s/\\\\'//g; s/^[ \t]*#.*//; s/[ \t]#.*//" | tr '\n' '\001' | sed "s/'[^']*'/Q/g" |
		tr '\001' '\n' |
		sed -E 's/\<(then|do|else|if|while|until|exec|command -v|xargs( -d Q)?) /&;/g' |
		grep -oE '(^|[|;({!&])[[:blank:]]*[a-z0-9][a-z0-9_+.-]*([[:blank:];)]|$)' |
		sed 's/[^a-z0-9]$//; s/.*[^a-z0-9_+.-]//' | sort -u
}

# Each file of the list belongs to a package of GROUP….
all_known() { # NAME LIST GROUP…
	all_name=$1 all_list=$2
	shift 2
	list_closure "$@" > "$work/closure"
	sh .ci/owners < "$all_list" | awk 'NR == FNR { known[$1] = 1; next } !($1 in known)' \
		"$work/closure" - > "$work/.output"
	empty "$all_name takes nothing but of the rows of: $*"
}

ok "the archive's files are all here" \
	sh -c 'sh assets/bundle/build.sh --files "$1" > "$2"' - "$RUNG" "$work/listed"
# Debian 13 says of the loader who diverts it, before whose it is.
cat > "$work/dpkg" << 'END'
#!/bin/sh
echo "diversion by another from: $2"
echo "diversion by another to: $2.usr-is-merged"
exec /usr/bin/dpkg "$@"
END
chmod +x "$work/dpkg"
command -v dpkg > "$work/some"
gives "who diverts a file has none" "dpkg $(command -v dpkg)" \
	env PATH="$work:$PATH" sh .ci/owners < "$work/some"
echo "$work/some" > "$work/none"
gives "what no package has" "- $work/some" sh .ci/owners < "$work/none"

for target in bundle deb site page; do
	case $target in
	bundle) scripts=assets/bundle/build.sh rules="bundle install" ;;
	deb) scripts="assets/deb/build.sh assets/manual/page.sh" rules="deb install" ;;
	site) scripts=assets/site/build.sh rules=site ;;
	page) scripts=$(ls assets/page/*.sh) rules= ;;
	esac
	makefile=assets/packaging.mk
	[ -n "$rules" ] || makefile=assets/page/page.mk
	# shellcheck disable=SC2086  # a list of words
	rules_of $rules < $makefile > "$work/rules"
	groups=$(sed -n 's/.*\.ci\/packages \(--check \)*\([a-z ]*[a-z]\).*/\2/p' "$work/rules")
	ok "$target asks for packages" test -n "$groups"
	# shellcheck disable=SC2086  # lists of words
	{
		[ $target != bundle ] || cut -d ' ' -f 1 "$work/listed"
		for script in "$work/rules" $scripts; do
			list_programs < "$script"
		done | while read -r program; do
			path=$(command -v "$program") || continue
			case $path in /*) echo "$path" ;; esac
		done
		cat "$work/rules" $scripts | grep -oE '/usr/(include|lib|share)/[A-Za-z0-9_./+-]*[a-z]' |
			while read -r path; do [ ! -f "$path" ] || echo "$path"; done
	} | sort -u > "$work/taken"
	# shellcheck disable=SC2013  # words
	[ $target != site ] ||
		for program in $(sed -n 's/.*= "\([a-z][a-z-]*\) .*/\1/p; s/^.*"\([a-z][a-z-]*\) [^"]*" *|.*/\1/p' \
			assets/site/site.awk); do
			command -v "$program"
		done >> "$work/taken"
	ok "$target takes something" test "$(wc -l < "$work/taken")" -gt 4
	# shellcheck disable=SC2086
	all_known $target "$work/taken" build $groups
	[ -z "${SHOW:-}" ] || cat "$work/taken"
done
finish
