/* The table of clauses: inspect/clauses.h with its checks. */
#include "inspect/checks.h"

const struct check inspect_checks[] = {
#define X(r, s, a, bits, at, check, ...)         \
	{ .moment = (at),                        \
		.fn = (check),                   \
		.clause.rule = RULE_##r,         \
		.clause.severity = INSPECT_##s,  \
		.clause.area = INSPECT_AREA_##a, \
		.clause.roles = (bits),          \
		.clause.when = __VA_ARGS__ },
	CLAUSES(X)
#undef X
};

const size_t inspect_ncheck =
    sizeof(inspect_checks) / sizeof(inspect_checks[0]);
