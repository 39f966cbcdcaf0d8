/* The messages that options choose; see cli/pick.h. */
#include "cli/pick.h"

#include "base/err.h"
#include "base/utf8.h"

/* SEND is one of the calls, or there are none to choose from. */
static bool
is_of_calls(struct cli_pick *p, const struct trace_rec *send, const char *call)
{
	struct trace_send s;

	return trace_get_send(send, &s, &p->scratch) == 0 &&
	       str_starts(s.call_id, call);
}

static bool
keep(const struct trace *t, const struct trace_rec *rec, void *arg)
{
	struct cli_pick *p = arg;
	bool kept = p->c->ncalls < 2;

	for (size_t i = 0; i < p->c->ncalls && !kept; i++)
		kept = is_of_calls(p, rec, p->c->calls[i]);
	return kept && record_filter_match(&p->filter, t, rec, &p->scratch);
}

/* Of one call alone the layout says so. */
static int
check_calls(struct cli_pick *p, const struct trace *t, struct diag *d)
{
	for (size_t i = 0; p->c->ncalls > 1 && i < p->c->ncalls; i++) {
		bool found = false;
		struct trace_rec rec;

		for (uint64_t seq = 1; !found && seq <= trace_count(t); seq++) {
			if (trace_kind_of(t, seq) != TRACE_SEND)
				continue;
			trace_get(t, seq, &rec);
			found = is_of_calls(p, &rec, p->c->calls[i]);
		}
		if (!found)
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("no message of this trace has the Call-ID “%s”"),
			    p->c->calls[i]);
	}
	return 0;
}

int
cli_pick(struct cli_pick *p, const struct cli *c, const struct trace *t,
    struct layout_options *o, struct diag *d)
{
	int err;

	*p = (struct cli_pick){
		.c = c, .filter = RECORD_FILTER_ALL, .scratch = BUF_INIT
	};
	if (c->filter == NULL && c->ncalls < 2)
		return 0;
	if ((err = check_calls(p, t, d)) != 0)
		return err;
	if (c->filter != NULL &&
	    (err = record_filter_parse(&p->filter, c->filter, t, d)) != 0)
		return err;
	/* These are of remarks, too. */
	if (p->filter.from_ns > o->from_ns)
		o->from_ns = p->filter.from_ns;
	if (p->filter.to_ns < o->to_ns)
		o->to_ns = p->filter.to_ns;
	o->keep = keep;
	o->keep_arg = p;
	return 0;
}

void
cli_pick_free(struct cli_pick *p)
{
	buf_free(&p->scratch);
}
