/* The words of a report for one case: its outcome, its cost, its acts. */
#include "search/search_report.h"

#include "base/err.h"
#include "search/holes.h"

#include <string.h>

void
search_put_goal(unsigned goal, struct buf *out)
{
	/* TRANSLATORS: of a lab, by its number */
	buf_printf(out, _("goal %u"), goal);
}

/* What goal GOAL, from 1, asks for; "": it does not say. */
const char *
search_goal_text(const struct search *s, unsigned goal)
{
	const struct judge_goals *g = s->o.goals;
	const char *text =
	    g != NULL && g->text != NULL && goal != 0 && goal <= g->n
		? g->text(g->arg, goal - 1)
		: NULL;

	return text != NULL ? text : "";
}

void
search_put_how(const struct search *s, const struct verdict *v, struct buf *out)
{
	const struct trace *t = s->base.trace;

	switch (v->outcome) {
	case OUTCOME_MENDED:
		/* TRANSLATORS: a timer, as "ICT A" */
		buf_printf(out, _("timer %s"), v->timer);
		break;
	case OUTCOME_GIVEN_UP:
		if (v->node < trace_name_count(t))
			buf_str(out, trace_name(t, v->node));
		if (v->attempt != MEASURE_SESSION)
			buf_printf(out, _(", %s"), measure_method(v->attempt));
		if (v->status != 0)
			buf_printf(out, _(", %u"), v->status);
		else
			buf_printf(out, _(", %s"), _("no final response"));
		break;
	case OUTCOME_BROKEN:
		if (v->goal != 0)
			search_put_goal(v->goal, out);
		else
			/* TRANSLATORS: which invariant, and which row of
			 * docs/HOLES.md, a word each */
			buf_printf(out, _("%s, %s"),
			    invariant_rows[v->invariant].word,
			    search_is_unexplained(v) ? _("no row")
						     : hole_rows[v->hole].word);
		break;
	case OUTCOME_FAILED:
		if (v->goal != 0)
			search_put_goal(v->goal, out);
		else
			buf_puts(out, v->crash);
		break;
	default:
		break;
	}
}

/* In the largest unit in which it is whole. */
static void
case_words_put_time(int64_t ns, struct buf *out)
{
	static const struct {
		const char *unit;
		int64_t ns;
	} units[] = {
		{ "s", 1000000000 },
		{ "ms", 1000000 },
		{ "us", 1000 },
		{ "ns", 1 },
	};
	size_t i = 0;

	while (ns % units[i].ns != 0)
		i++;
	buf_printf(out, "%lld%s", (long long)(ns / units[i].ns), units[i].unit);
}

/* A, one that a fault is, as --act has it. */
static void
put_act_option(const struct input_act *a, struct buf *out)
{
	buf_u64(out, a->after);
	if (a->at_ns != 0) {
		buf_putc(out, '@');
		case_words_put_time(a->at_ns, out);
	}
	buf_printf(out, ":%s.%s", a->on, a->verb);
	for (size_t i = 0; i < a->nargs; i++)
		buf_printf(out, ":%s=%s", a->args[i].key, a->args[i].value);
}

int
search_put_acts(const struct search *s, size_t i, const char *before,
    struct buf *out, struct diag *d)
{
	LOCAL(attempt_free) struct attempt a;
	int err = search_attempt(s, i, &a, d);

	/* A run that ends with an error has its acts all the same. */
	if (err != 0 && err != ERR_NOMEM) {
		*d = DIAG_INIT;
		err = 0;
	}
	/* Those of the faults stand behind none, or among those of the run. */
	for (size_t k = 0, own = 0; err == 0 && k < a.in.nacts; k++) {
		if (own < s->in->nacts &&
		    a.in.acts[k].after == s->in->acts[own].after &&
		    strcmp(a.in.acts[k].verb, s->in->acts[own].verb) == 0) {
			own++;
			continue;
		}
		buf_puts(out, before);
		put_act_option(&a.in.acts[k], out);
	}
	return err;
}

void
search_put_later(int64_t ns, bool programs, struct buf *out)
{
	int64_t ms = ns / 1000000;

	if (programs)
		buf_printf(out, "%lld", (long long)ns);
	else if (ns > 0 && ms % 100 == 0)
		buf_printf(out, "+%lld.%lld s", (long long)(ms / 1000),
		    (long long)(ms / 100 % 10));
	else if (ns > 0)
		buf_printf(out, "+%lld.%03lld s", (long long)(ms / 1000),
		    (long long)(ms % 1000));
}

size_t
search_put_cost(
    const struct search *s, const struct verdict *v, struct buf *out)
{
	struct buf how = BUF_INIT;
	size_t from = out->n, later;

	if (v->later_ns > 0) {
		buf_putc(out, ' ');
		search_put_later(v->later_ns, false, out);
	}
	later = out->n - from;
	search_put_how(s, v, &how);
	if (how.n > 0 && later > 0)
		buf_printf(out, _(", %.*s"), STR_ARG(buf_view(&how)));
	else if (how.n > 0)
		buf_printf(out, " %.*s", STR_ARG(buf_view(&how)));
	buf_end(&how, &out->err);
	return later;
}

const struct verdict *
search_tell_loss(const struct search *s, uint64_t send)
{
	for (size_t i = 0; i < s->level[1]; i++)
		if (s->cases[i].fault.kind == FAULT_DROP &&
		    s->cases[i].fault.after == send && s->cases[i].done)
			return &s->cases[i].v;
	return NULL;
}

/* The next of the single crashes from case AT on, at NODE unless that is
 * TRACE_NO_NODE; NULL: there is none. */
static const struct search_case *
next_crash(const struct search *s, size_t at, uint32_t node)
{
	for (; at < s->level[1]; at++)
		if (s->cases[at].fault.kind == FAULT_CRASH &&
		    (node == TRACE_NO_NODE || s->cases[at].fault.on == node))
			return &s->cases[at];
	return NULL;
}

bool
search_tell_crash(const struct search *s, size_t *at, uint32_t *node,
    const struct verdict **v, int64_t *t, int64_t *end)
{
	const struct trace *trace = s->base.trace;
	const struct search_case *c = next_crash(s, *at, TRACE_NO_NODE), *next;

	if (c == NULL)
		return false;
	*at = (size_t)(c - s->cases) + 1;
	next = next_crash(s, *at, c->fault.on);
	*node = c->fault.on;
	*v = c->done ? &c->v : NULL;
	*t = trace_time_of(trace, c->fault.after);
	*end = trace_time_of(
	    trace, next != NULL ? next->fault.after : trace_count(trace));
	return true;
}
