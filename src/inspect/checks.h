/* The checks that inspect/clauses.h names: each sees one moment. */
#ifndef INSPECT_CHECKS_H
#define INSPECT_CHECKS_H

#include "inspect/clauses.h"
#include "inspect/inspect_in.h"

#define X(rule, severity, area, roles, moment, fn, when) check_fn fn;
CLAUSES(X)
#undef X

/* A user agent's own request: it has one Via and nobody has passed it on. */
static inline bool
is_own_request(const struct look *l)
{
	return l->msg->request && l->nvias == 1 && !l->forwarded;
}

/* An element of RFC 2543 need not do what came later. */
static inline bool
is_old(const struct look *l)
{
	return !str_starts(l->via.branch, "z9hG4bK");
}

static inline bool
is_answer(const struct look *l, enum msg_method method, unsigned class)
{
	return !l->msg->request && l->msg->method == method &&
	       l->msg->status / 100 == class;
}

static inline enum verdict
verdict_of(bool kept)
{
	return kept ? KEPT : BROKEN;
}

#endif
