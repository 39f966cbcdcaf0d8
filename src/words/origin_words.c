/*
 * Seed and hash of a trace, in words.
 */
#include "words/origin_words.h"

#include "base/i18n.h"

void
origin_put(struct buf *b, const struct trace *t)
{
	unsigned long long hash = (unsigned long long)trace_hash(t);

	if (trace_head(t)->inputs.type == JSON_NONE)
		buf_printf(b, _("rung · trace %016llx"), hash);
	else
		buf_printf(b, _("rung · seed %lld · trace %016llx"),
		    (long long)trace_head(t)->seed, hash);
}

void
origin_put_full(struct buf *b, const struct trace *t)
{
	const struct trace_head *h = trace_head(t);

	buf_printf(
	    b, "rung %.*s; title: %.*s; ", STR_ARG(h->rung), STR_ARG(h->title));
	if (h->inputs.type != JSON_NONE)
		buf_printf(b, "seed: %lld; ", (long long)h->seed);
	buf_printf(b, "trace: %016llx", (unsigned long long)trace_hash(t));
}
