/*
 * Seed and hash of a trace, in words.
 */
#include "words/origin_words.h"

#include "base/i18n.h"

static void
put_short(struct buf *b, const struct trace *t, unsigned long long hash)
{
	if (trace_head(t)->inputs.type == JSON_NONE)
		buf_printf(b, _("rung · trace %016llx"), hash);
	else
		buf_printf(b, _("rung · seed %lld · trace %016llx"),
		    (long long)trace_head(t)->seed, hash);
}

void
origin_put(struct buf *b, const struct trace *t)
{
	put_short(b, t, (unsigned long long)trace_hash(t));
}

void
origin_put_both(struct buf *b, struct buf *full, const struct trace *t)
{
	const struct trace_head *h = trace_head(t);
	/* Every byte of the trace is looked at for it. */
	unsigned long long hash = (unsigned long long)trace_hash(t);

	put_short(b, t, hash);
	buf_printf(full, "rung %.*s; title: %.*s; ", STR_ARG(h->rung),
	    STR_ARG(h->title));
	if (h->inputs.type != JSON_NONE)
		buf_printf(full, "seed: %lld; ", (long long)h->seed);
	buf_printf(full, "trace: %016llx", hash);
}
