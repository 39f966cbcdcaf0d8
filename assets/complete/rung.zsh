
_rung_labs() {
	local -a labs
	labs=(${(f)"$(LC_ALL=C.UTF-8 $rung labs --lang=en --width=10000 2> /dev/null |
		sed -n 's/^  \([^ ]*\).*/\1/p')"})
	compadd -a labs
}

# The words of a table; those with @ stand for others.
_rung_reply() { # WORD…
	local word
	local -i status_=1
	for word; do
		case $word in
		@files) _files ;;
		@folders) _files -/ ;;
		@labs) _rung_labs ;;
		@commands) _describe command _rung_commands ;;
		*) compadd -- $word ;;
		esac && status_=0
	done
	return status_
}

_rung() {
	local curcontext=$curcontext state rung=${~words[1]}
	_rung_arguments ''
}

_rung "$@"
