#!/bin/sh
# Turns rules_table.h, with what it includes, into what rules/rule_names.h includes: the rules' numbers
# in the order of RULES, without their sentences.  $CC is the compiler.
set -eu
printf '%s\n' '#include "rules/rules_table.h"' \
	'#define X(id, ...) RULE_##id' 'RULES(X)' |
	${CC:-cc} -E -P -Isrc/record -x c - | tr -s ' ' '\n' | awk '
	/^RULE_/ { printf "#define %s ((enum rule_id)%d)\n", $1, ++n }
	END { printf "#define RULE_COUNT %d\n", n + 1; exit n == 0 }'
