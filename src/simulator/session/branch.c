/*
 * A branch: inputs, their run, and the trace it writes line by line.  While the
 * beginning must be the same as another trace's, each line is compared with
 * that one's, so that a branch never shows a past that its run did not have.
 */
#include "session/session_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"

#include <string.h>

struct session_branch *
branch_new(void)
{
	struct session_branch *b = mem_zalloc(1, sizeof(*b));

	if (b != NULL)
		b->max_records = SESSION_RECORDS_MAX;
	return b;
}

void
branch_destroy(struct session_branch *b)
{
	if (b == NULL)
		return;
	drive_end(b->run);
	trace_destroy(b->trace);
	trace_destroy(b->retired);
	inputs_free(&b->in);
	mem_free(b->remarks);
	mem_free(b->name);
	mem_free(b);
}

/* Record SEQ, the LINE just fed, is not what it was. */
static bool
differs(const struct session_branch *b, uint64_t seq, struct str line)
{
	struct trace_rec rec;

	if (b->like == NULL || seq == 0 || seq > b->like_upto)
		return false;
	if (seq > trace_count(b->like))
		return true;
	trace_get(b->like, seq, &rec);
	return !str_eq(str_trim(rec.object.raw), str_trim(line));
}

/* The run is another than the one that was kept. */
static void
tell_of_change(struct session_branch *b, uint64_t seq)
{
	const char *name = b->name != NULL ? b->name : "";

	if (b->kept_by[0] != '\0' && strcmp(b->kept_by, RUNG_VERSION) != 0)
		diag_set(&b->change, ERR_STATE, NULL, 0,
		    _("the first %llu records of “%s” have changed since rung "
		      "%s saved the session"),
		    (unsigned long long)seq, name, b->kept_by);
	else
		diag_set(&b->change, ERR_STATE, NULL, 0,
		    _("the first %llu records of “%s” have changed since the "
		      "session was saved"),
		    (unsigned long long)seq, name);
}

static int
session_branch_take_line(const char *line, size_t n, void *arg)
{
	struct session_branch *b = arg;
	struct str text = { line, n };
	uint64_t seq;

	seq = trace_count(b->trace);
	if (seq == 0)
		return 0; /* the header */
	b->sum = b->sum * 0x9e3779b97f4a7c15u + str_hash(text);
	if (seq == b->kept && b->sum != b->kept_sum)
		tell_of_change(b, seq);
	/* Not an error here: what made it so may have a better one. */
	if (b->differs == 0 && differs(b, seq, text))
		b->differs = seq;
	return 0;
}

int
branch_begin(struct session_branch *b, struct diag *d)
{
	struct drive_options o = { .max_records = b->max_records,
		.max_bytes = SESSION_BYTES_MAX,
		.line = session_branch_take_line,
		.arg = b,
		.events = SESSION_SLICE,
		.clock = b->clock,
		.clock_arg = b->clock_arg,
		.paced = b->clock != NULL,
		.zero_ns = b->zero_ns };
	int err = trace_begin(&b->trace, _("the run's trace"));

	o.trace = b->trace;
	if (err == 0)
		err = drive_begin(&b->run, &b->in, &o, d);
	if (err == 0 && b->open)
		run_keep_open(drive_run(b->run));
	return diag_fail(d, err);
}

/* They go with the run. */
static void
keep_remarks(struct session_branch *b)
{
	const struct diag *d;

	while ((d = run_warning(drive_run(b->run), b->nremarks)) != NULL &&
	       ARRAY_RESIZE(&b->remarks, b->nremarks + 1) == 0)
		b->remarks[b->nremarks++] = *d;
}

const struct diag *
branch_remark(const struct session_branch *b, size_t i)
{
	if (b->run != NULL)
		return run_warning(drive_run(b->run), i);
	return i < b->nremarks ? &b->remarks[i] : NULL;
}

/* Frees the run. */
static void
branch_stop(struct session_branch *b)
{
	if (b->run != NULL)
		keep_remarks(b);
	drive_end(b->run);
	b->run = NULL;
	b->done = true;
	if (b->kept > trace_count(b->trace))
		tell_of_change(b, b->kept);
}

/* Why a step failed: no memory, the line that could not be taken, the beginning
 * that is another, the act that was rejected, or the run itself. */
static void
session_branch_say_failure(struct session_branch *b, const struct diag *said)
{
	const struct diag *refusal = run_refusal(drive_run(b->run));
	struct diag d = DIAG_INIT;

	if (said->err == ERR_NOMEM || said->err == ERR_LIMIT)
		d = *said;
	else if (b->differs != 0)
		diag_set(&d, ERR_STATE, NULL, 0,
		    _("the run can't be repeated: record %llu differs (did "
		      "another version of rung make the trace?)"),
		    (unsigned long long)b->differs);
	else
		d = refusal != NULL ? *refusal : *said;
	b->failure = d;
}

int
branch_step(
    struct session_branch *b, const struct run_goal *to, enum run_state *state)
{
	struct diag said = DIAG_INIT;
	int err = 0;

	*state = RUN_IS_OVER;
	if (b->done)
		return 0;
	progress_tell(N_("running"), 0, 0);
	err = drive_slice(b->run, to, state, &said);
	if (err != 0 || b->differs != 0)
		session_branch_say_failure(b, &said);
	if (err != 0 || b->differs != 0 || *state == RUN_IS_OVER) {
		branch_stop(b);
		*state = RUN_IS_OVER;
	}
	return b->failure.err;
}
