
# The names of labs and topologies.
_rung_labs() { # PROGRAM
	local share
	LC_ALL=C.UTF-8 "$1" labs --lang=en --width=10000 2> /dev/null |
		sed -n 's/^  \([^ ]*\).*/\1/p'
	share=$(dirname -- "$(readlink -f -- "$(type -P -- "$1")")")
	for share in "$share" "$share/.." "$share/../share/rung" "$RUNG_SHARE"; do
		[ ! -d "$share/topologies" ] ||
			(cd -- "$share/topologies" && printf '%s\n' *.gv)
	done
}

# The words of a table that go on with CURRENT; those with @ stand for others.
_rung_reply() { # PROGRAM CURRENT WORD…
	local program=${1/#\~/$HOME} current=$2 word words=()
	shift 2
	for word; do
		case $word in
		@files) mapfile -t words < <(compgen -f -- "$current") ;;
		@folders) mapfile -t words < <(compgen -d -- "$current") ;;
		@labs) mapfile -t words < <(_rung_labs "$program" | sort -u) ;;
		@commands) mapfile -t words < <(_rung_commands) ;;
		*) words=("$word") ;;
		esac
		case $word in
		@files | @folders) compopt -o filenames 2> /dev/null ;;
		esac
		for word in "${words[@]}"; do
			[[ $word != "$current"* ]] || COMPREPLY+=("$word")
		done
	done
}

# What _rung_reply is to choose from.  --option=value comes as three words, since
# = stands in COMP_WORDBREAKS.
_rung_words() { # CURRENT COMMAND
	local before=${COMP_WORDS[COMP_CWORD - 1]}
	[[ $before != = ]] || before=${COMP_WORDS[COMP_CWORD - 2]}
	if _rung_values "${2:-play}" "$before"; then
		return
	elif [[ $1 == -* ]]; then
		_rung_options "${2:-play}"
		[[ -n $2 ]] || echo --help --version
	elif [[ -n $2 ]]; then
		_rung_arguments "$2"
	else
		echo @commands @files @labs
	fi
}

_rung() {
	local current=${COMP_WORDS[COMP_CWORD]} command='' i
	if [[ $current == = ]]; then
		current=''
		((COMP_CWORD++))
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		if _rung_commands | grep -qxF -e "${COMP_WORDS[i]}"; then
			command=${COMP_WORDS[i]}
			break
		fi
	done
	COMPREPLY=()
	# shellcheck disable=SC2046  # words
	_rung_reply "$1" "$current" $(_rung_words "$current" "$command")
	if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
		compopt -o nospace 2> /dev/null
	fi
}
complete -F _rung rung
