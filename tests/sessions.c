/* What sessions.h declares. */
#include "sessions.h"

#include "check.h"

#include <stdlib.h>

struct session *
session_of(const char *file)
{
	struct diag d = DIAG_INIT;
	struct session *s;

	if (session_open(&s, file, NULL, &d) != 0)
		printf("  %s: %s\n", file, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	return s;
}

void
run_out(struct session *s, size_t branch, struct diag *d)
{
	bool done = false;

	while (!done) {
		struct diag said = DIAG_INIT;

		CU_ASSERT_EQUAL(session_advance(s, branch, &done, &said), 0);
		if (said.err != 0 && d->err == 0)
			*d = said;
	}
}

struct session *
session_run(const char *file)
{
	struct session *s = session_of(file);
	struct diag d = DIAG_INIT;

	run_out(s, 0, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	return s;
}

int
act_at_once(struct session *s, size_t from, uint64_t after,
    const struct act *act, size_t *branch, struct diag *d)
{
	bool done = false;
	int err = session_act_begin(s, from, after, act, d);

	while (err == 0 && !done)
		err = session_act_step(s, &done, branch, d);
	return err;
}

int
do_act(struct session *s, size_t from, uint64_t after, const char *on,
    const char *verb, const char *key, const char *value, size_t *branch,
    struct diag *d)
{
	struct act_arg arg = { key, value };
	struct act act = {
		.on = on, .verb = verb, .args = &arg, .nargs = key != NULL
	};

	*d = DIAG_INIT;
	return act_at_once(s, from, after, &act, branch, d);
}

uint64_t
difference(const struct trace *a, const struct trace *b)
{
	struct trace_rec ra, rb;
	uint64_t seq = 1;

	for (; seq <= trace_count(a) && seq <= trace_count(b); seq++) {
		trace_get(a, seq, &ra);
		trace_get(b, seq, &rb);
		if (!str_eq(ra.object.raw, rb.object.raw))
			break;
	}
	return seq;
}

uint64_t
send_of(const struct trace *t, const char *src, const char *dst,
    const char *start, unsigned n)
{
	struct buf scratch = BUF_INIT, bytes = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		trace_get_send(&rec, &send, &scratch);
		if (str_is(send.src, src) && str_is(send.dst, dst) &&
		    str_starts(trace_bytes(&rec, &bytes), start) && --n == 0)
			found = seq;
	}
	buf_free(&scratch);
	buf_free(&bytes);
	return found;
}

bool
repeats(const struct trace *t)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *again = NULL;
	struct inputs in;
	bool same;
	int err = inputs_from_trace(&in, t, "again", &d);

	if (err == 0)
		err = lab_run_inputs(&in, 0, &out, &d);
	if (err == 0)
		err = trace_load_buf(&again, &out, "again", &d);
	if (err != 0)
		printf("  again: %s\n", d.text);
	same = err == 0 && trace_hash(again) == trace_hash(t) &&
	       trace_count(again) == trace_count(t);
	trace_destroy(again);
	inputs_free(&in);
	buf_free(&out);
	return same;
}
