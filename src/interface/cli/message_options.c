/* The messages that options choose; see cli/message_options.h. */
#include "cli/message_options.h"

#include "base/err.h"
#include "cli/option_checks.h"

/* SEND is one of the calls, or there are none to choose from. */
static bool
is_of_calls(struct cli_message_options *p, const struct trace_rec *send,
    const char *call)
{
	struct trace_send s;

	if (trace_get_send(send, &s, &p->scratch) != 0)
		return false;
	if (s.call_id.n == 0 && p->related != NULL)
		s.call_id = related_calls_find(p->related, send->seq);
	return str_starts(s.call_id, call);
}

static bool
look_command_keep_message(
    const struct trace *t, const struct trace_rec *rec, void *arg)
{
	struct cli_message_options *p = arg;
	bool kept = p->c->ncalls < 2;

	for (size_t i = 0; i < p->c->ncalls && !kept; i++)
		kept = is_of_calls(p, rec, p->c->calls[i]);
	return kept && record_filter_match(&p->filter, t, rec, &p->scratch);
}

int
cli_message_options(struct cli_message_options *p, const struct cli *c,
    const struct trace *t, struct layout_options *o, struct diag *d)
{
	int err;

	*p = (struct cli_message_options){
		.c = c, .filter = RECORD_FILTER_ALL, .scratch = BUF_INIT
	};
	if (c->filter == NULL && c->ncalls < 2)
		return 0;
	/* Of one call alone the layout says so. */
	if (c->ncalls > 1 && (err = cli_check_calls(c, t, d)) != 0)
		return err;
	if (c->filter != NULL &&
	    (err = record_filter_parse(&p->filter, c->filter, t, d)) != 0)
		return err;
	if (c->ncalls > 1)
		p->filter.parts |= TRACE_SEND_CALL_ID;
	if ((err = record_filter_serve(&p->filter, t, &p->related)) != 0)
		return diag_fail(d, err);
	/* These are of remarks as well. */
	if (p->filter.from_ns > o->from_ns)
		o->from_ns = p->filter.from_ns;
	if (p->filter.to_ns < o->to_ns)
		o->to_ns = p->filter.to_ns;
	o->keep = look_command_keep_message;
	o->keep_arg = p;
	return 0;
}

void
cli_message_options_free(struct cli_message_options *p)
{
	related_calls_destroy(p->related);
	buf_free(&p->scratch);
}
