/* What a page has of labs' runs: which sections of RFCs they cite, to be found
 * by them; and what it can't run itself, the trace of a lab with handsets,
 * whose firmware wants a machine of its own. */
#include "web/web_in.h"

#include "base/err.h"
#include "runs/drive.h"

#include <inttypes.h>
#include <stdio.h>

/* A lab has some thousand. */
#define RECORDS_MOST 20000

static bool
has_handset(const struct trace *t)
{
	const struct trace_head *head = trace_head(t);

	for (size_t i = 0; i < head->nnodes; i++)
		if (str_is(head->nodes[i].role, "handset"))
			return true;
	return false;
}

/* LINE with "+DELTA," in place of its number and time, the time since LAST, and
 * with its cause told by how many records before it that is.  Numbers, times
 * and causes are a fifth of a packed trace; traceOf in
 * assets/page/app/library.js has them back. */
static void
put_record(
    struct str line, const struct trace_rec *rec, int64_t last, struct buf *out)
{
	char head[64], cause[40];
	int n = snprintf(head, sizeof(head),
	    "{\"seq\":%" PRIu64 ",\"t\":%" PRId64 ",", rec->seq, rec->t);
	ptrdiff_t at = str_find(line, "\"cause\":");
	int width =
	    snprintf(cause, sizeof(cause), "\"cause\":%" PRIu64, rec->cause);

	buf_printf(out, "+%" PRId64 ",", rec->t - last);
	line = str_slice(line, (size_t)n, line.n);
	if (at < n) {
		buf_str(out, line);
		return;
	}
	at -= n;
	buf_str(out, str_slice(line, 0, (size_t)at));
	buf_printf(out, "\"cause\":-%" PRIu64, rec->seq - rec->cause);
	buf_str(out, str_slice(line, (size_t)(at + width), line.n));
}

static void
put_trace(const struct trace *t, struct buf *out)
{
	int64_t last = 0;

	buf_str(out, trace_line(t, 0));
	buf_putc(out, '\n');
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		put_record(trace_line(t, seq), &rec, last, out);
		buf_putc(out, '\n');
		last = rec.t;
	}
}

/* "rfc3261-8.1.2 rfc3261-10.2 ", each once, in the order of the run. */
static void
put_cited(const struct trace *t, struct buf *out)
{
	struct buf word = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.why.n == 0)
			continue;
		buf_clear(&word);
		buf_printf(&word, "%.*s ", STR_ARG(rec.why));
		if (str_find(buf_view(out), buf_cstr(&word)) < 0)
			buf_str(out, buf_view(&word));
	}
	buf_end(&word, &out->err);
}

/* A lab that does not begin, or fails, is told so where it is opened. */
static int
record(struct drive *run, struct trace *t, struct buf *trace, struct buf *cited)
{
	struct diag d = DIAG_INIT;
	int err;

	if (cited == NULL && !has_handset(t))
		return 0;
	err = drive_through(run, NULL, NULL, &d);
	if (err == 0 && has_handset(t))
		put_trace(t, trace);
	if (cited != NULL)
		put_cited(t, cited);
	return err == ERR_NOMEM ? err : trace->err;
}

int
web_record(const char *lab, struct buf *trace, struct buf *cited)
{
	struct drive_options o = { .max_records = RECORDS_MOST };
	struct inputs in = { .lab = NULL };
	struct drive *run = NULL;
	struct trace *t = NULL;
	struct diag d = DIAG_INIT;
	int err = inputs_read(&in, lab, &d);

	if (err == 0)
		err = trace_begin(&t, lab);
	o.trace = t;
	if (err == 0)
		err = drive_begin(&run, &in, &o, &d);
	if (err == 0)
		err = record(run, t, trace, cited);
	drive_end(run);
	inputs_free(&in);
	trace_destroy(t);
	return err == ERR_NOMEM ? err : 0;
}
