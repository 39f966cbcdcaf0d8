/*
 * Acts after a record that is named, not numbered: INVITE@atl:message.drop.
 * Which number it has is found by running what there is of the inputs, the
 * acts before this one among them, up to that record; the header of a trace
 * then has the number.
 */
#include "scenario/inputs.h"

#include "base/err.h"
#include "base/param.h"
#include "scenario/run.h"
#include "trace/select.h"

/* Events between two looks. */
#define SLICE 1000

static int
feed(const char *line, size_t n, void *arg)
{
	struct diag d = DIAG_INIT;

	return trace_feed(arg, line, n, &d);
}

/* Runs R, whose trace is T, until it has the record. */
static int
run_up_to(struct run *r, const struct trace *t, struct trace_select *s,
    struct diag *d)
{
	struct buf scratch = BUF_INIT;
	bool done = false;
	int err = 0;

	while (err == 0 && !done && trace_select_next(s, t, &scratch) == 0)
		err = run_advance(r, SLICE, &done, d);
	if (err == 0)
		trace_select_next(s, t, &scratch);
	if (err == 0)
		err = scratch.err;
	buf_free(&scratch);
	if (err == 0 && s->seq == 0)
		err = trace_select_missing(s, t, d);
	return err;
}

static int
find_record(const struct inputs *in, struct trace_select *s, struct diag *d)
{
	struct inputs copy;
	struct trace *t = NULL;
	struct run *r = NULL;
	int err = inputs_copy(&copy, in, UINT64_MAX, INT64_MAX);

	if (err == 0)
		err = trace_begin(&t, _("the run's trace"));
	if (err == 0)
		err = run_create(&r, &copy, feed, t, d);
	if (err == 0)
		err = run_up_to(r, t, s, d);
	run_destroy(r);
	trace_destroy(t);
	inputs_free(&copy);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

/* "4s" of "41@4s", but not "bob" of "180@bob". */
static bool
is_time(struct str text)
{
	int64_t ns;

	return param_time(text, &ns) == 0;
}

/* WHEN is a name; *NAME without the time behind it, which goes to *TIME. */
static bool
is_name(struct str when, struct str *name, struct str *time)
{
	struct str place, what = str_cut(when, '@', &place);
	ptrdiff_t at = str_chr(place, '@');
	uint64_t n;

	*name = when;
	*time = STR_NULL;
	if (place.n == 0 || (str_u64(what, &n) == 0 && is_time(place)))
		return false;
	if (at >= 0) {
		*name = str_slice(when, 0, what.n + 1 + (size_t)at);
		*time = str_slice(place, (size_t)at, place.n);
	}
	return true;
}

static int
add_named(struct inputs *in, struct str name, struct str time, struct str rest,
    struct diag *d)
{
	struct buf text = BUF_INIT;
	struct trace_select s;
	int err = trace_select_read(&s, name, d);

	if (err == 0)
		err = find_record(in, &s, d);
	if (err == 0) {
		buf_printf(&text, "%llu", (unsigned long long)s.seq);
		buf_str(&text, time);
		buf_putc(&text, ':');
		buf_str(&text, rest);
		err = text.err != 0 ? text.err
				    : inputs_add_act(in, buf_cstr(&text), d);
	}
	buf_free(&text);
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

		err = is_name(when, &name, &time)
			  ? add_named(in, name, time, rest, d)
			  : inputs_add_act(in, acts[i], d);
	}
	return err;
}
