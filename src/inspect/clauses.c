/* The table of clauses: inspect/clauses.h with its checks. */
#include "inspect/checks.h"

const struct check inspect_checks[] = {
#define X(r, s, a, roles, moment, fn, when)                             \
	{ { RULE_##r, INSPECT_##s, INSPECT_AREA_##a, (roles), (when) }, \
		(moment), (fn) },
	CLAUSES(X)
#undef X
};

const size_t inspect_ncheck =
    sizeof(inspect_checks) / sizeof(inspect_checks[0]);
