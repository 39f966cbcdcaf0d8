/* Faults as rows, as acts and as words, and a run with them. */
#include "search/fault.h"

#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "runs/drive.h"

#define MS INT64_C(1000000)

const struct fault_row fault_rows[FAULT_KIND_COUNT] = {
#define X(id, word, on, act, end) \
	[FAULT_##id] = { word, FAULT_ON_##on, act, end },
	SEARCH_FAULTS(X)
#undef X
};

void
fault_put_on(
    const struct found_fault *f, const struct trace_head *head, struct buf *out)
{
	const struct trace_link *l;

	switch (fault_rows[f->kind].on) {
	case FAULT_ON_MESSAGE:
	case FAULT_ON_ACT:
		break;
	case FAULT_ON_NODE:
		buf_str(out, head->nodes[f->on].name);
		break;
	case FAULT_ON_LINK:
		l = &head->links[f->on];
		buf_printf(out, "%.*s--%.*s", STR_ARG(l->a), STR_ARG(l->b));
		break;
	}
}

void
fault_put_by(const struct found_fault *f, struct buf *out)
{
	buf_printf(out, "%" PRId64 "%s",
	    f->by_ns % MS == 0 ? f->by_ns / MS : f->by_ns,
	    f->by_ns % MS == 0 ? "ms" : "ns");
}

static int
put_fault_act(const struct found_fault *f, const struct trace_head *head,
    const char *verb, uint64_t after, int64_t at_ns, struct inputs *in)
{
	bool message = fault_rows[f->kind].on == FAULT_ON_MESSAGE;
	LOCAL_BUF on = BUF_INIT, by = BUF_INIT;
	struct act_arg arg = { .key = "by" };

	if (message)
		buf_puts(&on, "message");
	else
		fault_put_on(f, head, &on);
	fault_put_by(f, &by);
	arg.value = buf_cstr(&by);
	return on.err != 0 || by.err != 0
		   ? ERR_NOMEM
		   : inputs_put_act(in, after, at_ns, buf_cstr(&on), verb, &arg,
			 message && f->by_ns != 0);
}

/* Adds the act of F to IN; TRIED has the acts tried.  0, ERR_NOMEM or
 * ERR_LIMIT. */
static int
fault_put_act(const struct found_fault *f, const struct trace_head *head,
    const struct inputs *tried, struct inputs *in)
{
	if (fault_rows[f->kind].on == FAULT_ON_ACT) {
		const struct input_act *a = &tried->acts[f->on];

		return inputs_put_act(
		    in, f->after, f->at_ns, a->on, a->verb, a->args, a->nargs);
	}
	return put_fault_act(
	    f, head, fault_rows[f->kind].act, f->after, f->at_ns, in);
}

/* That which ends F goes to IN, behind record AFTER at F's time ENDS_NS.  As
 * above. */
static int
fault_put_end(const struct found_fault *f, const struct trace_head *head,
    uint64_t after, int64_t ends_ns, struct inputs *in)
{
	return put_fault_act(
	    f, head, fault_rows[f->kind].end, after, ends_ns, in);
}

bool
fault_find_kind(struct str word, enum fault_kind *kind)
{
	for (size_t i = 0; i < FAULT_KIND_COUNT; i++)
		if (str_is(word, fault_rows[i].word)) {
			*kind = (enum fault_kind)i;
			return true;
		}
	return false;
}

static const struct param_synonym synonyms[] = {
	{ "loss", "drop" },
	{ "lost", "drop" },
	{ "lose", "drop" },
	{ "duplicate", "double" },
	{ "twice", "double" },
	{ "delay", "late" },
	{ "reorder", "overtaken" },
	{ "reboot", "restart" },
	{ "partition", "down" },
	{ NULL, NULL },
};

int
fault_find_kinds(const char *words, unsigned *kinds, struct diag *d)
{
	struct str rest = str_of(words);

	*kinds = 0;
	while (rest.n > 0) {
		struct str word = str_trim(str_cut(rest, ',', &rest));
		enum fault_kind kind;

		if (!fault_find_kind(word, &kind)) {
			diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("“%.*s” is not a fault"), STR_ARG(word));
			return diag_one_called(d, ERR_NOTFOUND, synonyms, word,
			    &fault_rows[0].word, FAULT_KIND_COUNT,
			    sizeof(fault_rows[0]));
		}
		*kinds |= 1u << kind;
	}
	return 0;
}

/* ---- a run with faults ---- */

/* The end of a fault, which is still to come. */
struct pending {
	const struct found_fault *fault;
	int64_t ends_ns; /* 0: it has not begun */
};

struct trial {
	struct attempt *a;
	const struct trace_head *head;
	const struct inputs *tried;
	struct drive *drive;
	struct pending pending[ATTEMPT_FAULTS];
	size_t n;
};

static int
put_acts(struct trial *tr, const struct found_fault *faults, size_t n)
{
	int err = 0;

	tr->n = 0;
	for (size_t i = 0; err == 0 && i < n; i++) {
		err =
		    fault_put_act(&faults[i], tr->head, tr->tried, &tr->a->in);
		if (fault_rows[faults[i].kind].end != NULL)
			tr->pending[tr->n++] =
			    (struct pending){ .fault = &faults[i] };
	}
	return err;
}

/* The fault that ends first, of the ones that have begun; NULL: none has. */
static struct pending *
first_to_end(struct trial *tr)
{
	struct pending *first = NULL;

	for (size_t i = 0; i < tr->n; i++)
		if (tr->pending[i].ends_ns > 0 &&
		    (first == NULL || tr->pending[i].ends_ns < first->ends_ns))
			first = &tr->pending[i];
	return first;
}

/* The fault that begins first, of the ones that have not. */
static struct pending *
first_to_begin(struct trial *tr)
{
	for (size_t i = 0; i < tr->n; i++)
		if (tr->pending[i].ends_ns == 0)
			return &tr->pending[i];
	return NULL;
}

static void
trial_forget(struct trial *tr, struct pending *p)
{
	memmove(p, p + 1, (size_t)(&tr->pending[tr->n] - (p + 1)) * sizeof(*p));
	tr->n--;
}

/* P's end comes behind all that there is by now. */
static int
end_fault(struct trial *tr, struct pending *p)
{
	int err = fault_put_end(p->fault, tr->head, trace_count(tr->a->trace),
	    p->ends_ns, &tr->a->in);

	trial_forget(tr, p);
	return err;
}

/* P has begun with the record behind which it comes. */
static void
begin_fault(const struct trial *tr, struct pending *p)
{
	int64_t t = trace_time_of(tr->a->trace, p->fault->after);

	p->ends_ns =
	    (p->fault->at_ns > t ? p->fault->at_ns : t) + p->fault->by_ns;
}

/* To the place where the next end is known, or to that of the run. */
static int
trial_go_on(struct trial *tr, enum run_state *state, struct diag *d)
{
	struct run_goal to = { .until_ns = INT64_MAX };
	struct pending *end = first_to_end(tr), *begin = first_to_begin(tr);

	if (end != NULL)
		to.until_ns = end->ends_ns;
	if (begin != NULL)
		to.until_seq = begin->fault->after;
	return drive_slice(tr->drive, &to, state, d);
}

static void
begin_those_there(struct trial *tr)
{
	struct pending *p;

	while ((p = first_to_begin(tr)) != NULL &&
	       p->fault->after <= trace_count(tr->a->trace))
		begin_fault(tr, p);
}

/* ERR says that an act can't be done: who it is done to has none of it, or the
 * run has ended before. */
static bool
is_undone(const struct run *r, int err)
{
	return run_refusal(r) != NULL ||
	       (err == ERR_RANGE && !run_caught_up(r));
}

/* To the end of the run; what would end a fault later does not. */
static int
trial_go_through(struct trial *tr, struct diag *d)
{
	enum run_state state = RUN_GOES_ON;
	int err = 0;

	while (err == 0 && state != RUN_IS_OVER) {
		struct pending *p;

		err = trial_go_on(tr, &state, d);
		begin_those_there(tr);
		p = first_to_end(tr);
		if (err == 0 && state == RUN_IS_THERE && p != NULL &&
		    run_next(drive_run(tr->drive)) > p->ends_ns)
			err = end_fault(tr, p);
	}
	if (err != 0 && is_undone(drive_run(tr->drive), err))
		err = ERR_NOTFOUND;
	return err;
}

/* Keeps the run's remarks, as it is destroyed. */
static int
keep_doubts(struct attempt *a, const struct run *r)
{
	const struct diag *d;
	size_t cap = 0;

	while ((d = run_warning(r, a->ndoubts)) != NULL) {
		if (ARRAY_ROOM(&a->doubts, &cap, a->ndoubts + 1) != 0)
			return ERR_NOMEM;
		a->doubts[a->ndoubts++] = *d;
	}
	return 0;
}

static int
run_it(struct trial *tr, uint64_t max_records, struct diag *d)
{
	struct drive_options o = { .max_records = max_records };
	int err = trace_begin(&tr->a->trace, _("the run's trace"));

	o.trace = tr->a->trace;
	if (err == 0)
		err = drive_begin(&tr->drive, &tr->a->in, &o, d);
	if (err == 0)
		err = trial_go_through(tr, d);
	if (err == 0)
		err = keep_doubts(tr->a, drive_run(tr->drive));
	drive_end(tr->drive);
	return err;
}

int
attempt_make(struct attempt *a, const struct inputs *in,
    const struct trace_head *head, const struct inputs *tried,
    const struct found_fault *faults, size_t n, uint64_t max_records,
    struct diag *d)
{
	struct trial tr = { .a = a, .head = head, .tried = tried };
	int err;

	memset(a, 0, sizeof(*a));
	err = inputs_copy(&a->in, in, UINT64_MAX, INT64_MAX);
	/* They are here, beside the trace; that without faults has them, as it
	 * is shown. */
	a->in.untold = n > 0;
	if (err == 0)
		err = put_acts(&tr, faults, n);
	if (err == 0)
		err = run_it(&tr, max_records, d);
	a->endless = err == ERR_LIMIT && a->trace != NULL &&
		     trace_count(a->trace) >= max_records;
	if (a->endless) {
		*d = DIAG_INIT;
		return 0;
	}
	return diag_fail(d, err);
}

void
attempt_free(struct attempt *a)
{
	trace_destroy(a->trace);
	inputs_free(&a->in);
	mem_free(a->doubts);
	memset(a, 0, sizeof(*a));
}
