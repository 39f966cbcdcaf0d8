/*
 * Acts whose record must be looked for: one that is named, not numbered
 * (INVITE@atl:message.drop), and one that is numbered in a trace of another
 * detail.  Which number it has is found by running what there is of the inputs,
 * the acts before this one among them, up to that record; the header of a trace
 * then has the number.
 */
#include "runs/inputs_named.h"

#include "base/err.h"
#include "base/param.h"
#include "runs/drive.h"
#include "trace/record_name.h"

/* Events between two looks. */
#define SLICE 1000
/* Acts that are numbered again: each costs a run of its own. */
#define RENUMBERED_MOST 64

/* Whether T, which grows, has what ARG looks for. */
typedef bool look_fn(const struct trace *t, void *arg);

struct looking {
	struct trace *trace;
	look_fn *look;
	void *arg;
};

static int
look_between(struct drive *d, enum run_state state, void *arg)
{
	struct looking *l = arg;

	(void)d;
	(void)state;
	return l->look(l->trace, l->arg) ? DRIVE_ENOUGH : 0;
}

/* Runs IN until LOOK finds something in the trace, or to the end; *T is the
 * caller's in any case. */
static int
run_until_found(struct inputs *in, look_fn *look, void *arg, struct trace **t,
    struct diag *d)
{
	struct looking l = { .look = look, .arg = arg };
	struct drive_options o = { .events = SLICE };
	struct drive *run = NULL;
	int err = trace_begin(t, _("the run's trace"));

	l.trace = o.trace = *t;
	if (err == 0)
		err = drive_begin(&run, in, &o, d);
	if (err == 0)
		err = drive_through(run, look_between, &l, d);
	drive_end(run);
	return diag_fail(d, err);
}

/* ---- named ---- */

struct named {
	struct trace_record_name s;
	struct buf scratch;
};

static bool
has_named(const struct trace *t, void *arg)
{
	struct named *n = arg;

	return trace_record_name_next(&n->s, t, &n->scratch) != 0;
}

static int
inputs_named_find_record(struct inputs *in, struct named *n, struct diag *d)
{
	LOCAL_TRACE struct trace *t = NULL;
	int err = run_until_found(in, has_named, n, &t, d);

	if (err == 0)
		err = n->scratch.err;
	if (err == 0 && n->s.seq == 0)
		err = trace_record_name_missing(&n->s, t, d);
	return err;
}

/* "4s" of "41@4s", but not "bob" of "180@bob". */
static bool
inputs_named_is_time(struct str text)
{
	int64_t ns;

	return param_time(text, &ns) == 0;
}

/* WHEN is a name; *NAME without the time after it, which goes to *TIME. */
static bool
is_record_name(struct str when, struct str *name, struct str *time)
{
	struct str place, what = str_cut(when, '@', &place);
	ptrdiff_t at = str_chr(place, '@');
	uint64_t n;

	*name = when;
	*time = STR_NULL;
	if (place.n == 0 ||
	    (str_u64(what, &n) == 0 && inputs_named_is_time(place)))
		return false;
	if (at >= 0) {
		*name = str_slice(when, 0, what.n + 1 + (size_t)at);
		*time = str_slice(place, (size_t)at, place.n);
	}
	return true;
}

static int
inputs_named_add(struct inputs *in, struct str name, struct str time,
    struct str rest, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	struct named n = { .scratch = BUF_INIT };
	int err = trace_record_name_read(&n.s, name, d);

	if (err == 0 && rest.n == 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--act %.*s: the action is missing; expected "
		      "RECORD:NODE.VERB, such as %.*s:bob.crash"),
		    STR_ARG(name), STR_ARG(name));
	if (err == 0)
		err = inputs_named_find_record(in, &n, d);
	if (err == 0) {
		buf_u64(&text, n.s.seq);
		buf_str(&text, time);
		buf_putc(&text, ':');
		buf_str(&text, rest);
		err = text.err != 0 ? text.err
				    : inputs_add_act(in, buf_cstr(&text), d);
	}
	buf_free(&n.scratch);
	return err;
}

int
inputs_add_acts(
    struct inputs *in, const char *const *acts, size_t n, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct str name, time, rest;
		struct str when = str_cut(str_of(acts[i]), ':', &rest);

		err = is_record_name(when, &name, &time)
			  ? inputs_named_add(in, name, time, rest, d)
			  : inputs_add_act(in, acts[i], d);
	}
	return err;
}

/* ---- numbered among the records of another detail ---- */

/* The act's record, looked for in a trace that has those of FROM and of TO. */
struct numbered {
	enum trace_detail from, to;
	int64_t at_ns;        /* not 0: the last record at or before that */
	uint64_t left;        /* else: so many of FROM behind SEQ */
	uint64_t seq, number; /* looked at; as many of them are of TO */
};

static bool
has_numbered(const struct trace *t, void *arg)
{
	struct numbered *n = arg;

	for (; n->seq < trace_count(t); n->seq++) {
		enum trace_detail of =
		    trace_kind_detail(trace_kind_of(t, n->seq + 1));

		if (n->at_ns != 0 ? trace_time_of(t, n->seq + 1) > n->at_ns
				  : n->left == 0)
			return true;
		n->left -= n->at_ns == 0 && of <= n->from;
		n->number += of <= n->to;
	}
	return n->at_ns == 0 && n->left == 0;
}

/* Act I of IN, which has only those before it at that time. */
static int
inputs_named_find_number(
    struct inputs *in, size_t i, struct numbered *n, struct diag *d)
{
	struct diag own = DIAG_INIT;
	struct trace *t = NULL;
	size_t all = in->nacts;
	int err;

	n->at_ns = in->acts[i].at_ns;
	n->left = n->at_ns == 0 ? in->acts[i].after : 0;
	in->nacts = i;
	err = run_until_found(in, has_numbered, n, &t, &own);
	in->nacts = all;
	trace_destroy(t);
	/* A run that comes to a bad end does so for the caller as well. */
	return err == ERR_NOMEM || err == ERR_LIMIT
		   ? diag_set(d, err, own.file, own.line, "%s", own.text)
		   : 0;
}

int
inputs_set_detail(struct inputs *in, enum trace_detail detail, struct diag *d)
{
	enum trace_detail from = in->detail;
	uint64_t after[RENUMBERED_MOST];
	int err = 0;

	if (detail == from)
		return 0;
	if (in->nacts > RENUMBERED_MOST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("it contains more than %d actions"), RENUMBERED_MOST);
	in->detail = detail > from ? detail : from;
	for (size_t i = 0; err == 0 && i < in->nacts; i++) {
		struct numbered n = { .from = from, .to = detail };

		err = inputs_named_find_number(in, i, &n, d);
		after[i] = n.number + n.left;
		/* Those after it come in a run that has this one. */
		if (detail > from)
			in->acts[i].after = after[i];
	}
	for (size_t i = 0; err == 0 && i < in->nacts; i++)
		in->acts[i].after = after[i];
	in->detail = detail;
	return err;
}

int
inputs_take_options(
    struct inputs *in, const struct inputs_options *o, struct diag *d)
{
	int err = 0;

	in->processes = o->processes;
	for (size_t i = 0; err == 0 && i < o->nsettings; i++)
		err = inputs_add_setting(in, &o->settings[i]);
	if (o->has_seed) {
		in->has_seed = true;
		in->seed = o->seed;
	}
	if (o->until_ns != 0)
		in->until_ns = o->until_ns;
	if (o->limits != NULL)
		in->limits = *o->limits;
	if (err == 0 && o->arrivals != NULL)
		err = inputs_read_arrivals(in, o->arrivals, d);
	if (err == 0 && o->has_detail)
		err = inputs_set_detail(in, o->detail, d);
	if (err == 0)
		err = inputs_add_acts(in, o->acts, o->nacts, d);
	return diag_fail(d, err);
}
