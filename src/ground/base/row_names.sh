#!/bin/sh
# row_names.sh TABLE ROWS PREFIX TYPE: the numbers of the rows X(ID, …) of the macro ROWS of the
# header TABLE, in their order from 1 on, without the rest of the rows.  $CC is the compiler.
set -eu
printf '%s\n' "#include \"$1\"" "#define X(id, ...) $3##id" "$2(X)" |
	${CC:-cc} -E -P -Isrc/record -Isrc/protocol -x c - | tr -s ' ' '\n' | awk -v prefix="$3" -v type="$4" '
	index($0, prefix) == 1 { printf "#define %s ((enum %s)%d)\n", $1, type, ++n }
	END { printf "#define %sCOUNT %d\n", prefix, n + 1; exit n == 0 }'
