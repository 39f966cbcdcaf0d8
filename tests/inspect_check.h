/*
 * What a trace shows: it is inspected, and the rules of the findings are
 * compared with those expected.
 */
#ifndef INSPECT_CHECK_H
#define INSPECT_CHECK_H

#include "check.h"
#include "inspect/inspect.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* Where GB/T 28181 is not as RFC 3261: the server's number in a REGISTER's
 * Request-URI, a Date without a zone, a challenge without qop, for MD5. */
#define GB28181_RULES "form-date register-uri digest-qop digest-algorithm"

static inline struct inspect *
inspect_trace(const struct trace *t, const char *name)
{
	const struct inspect_source from = { .name = str_of(name) };
	struct inspect *in = NULL;

	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, 0), 0);
	CU_ASSERT_EQUAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	return in;
}

static inline void
put_rules(const struct inspect *in, bool meant, struct buf *out)
{
	enum rule_id last = RULE_NONE;

	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];
		enum rule_id rule = inspect_clause_at(f->clause)->rule;

		if (rule == RULE_PLAIN_SIGNALLING || rule == last ||
		    (f->meant != 0) != meant)
			continue;
		last = rule;
		buf_printf(
		    out, "%s%s", out->n > 0 ? " " : "", rule_at(rule)->key);
	}
}

#endif
