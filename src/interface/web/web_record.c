/* What a page has of labs' runs: which sections of RFCs they cite, to be found
 * by them; and what it can't run itself, the trace of a lab with handsets,
 * whose firmware wants a machine of its own. */
#include "web/web_in.h"

#include "base/err.h"
#include "runs/drive.h"

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

static void
put_trace(const struct trace *t, struct buf *out)
{
	for (uint64_t seq = 0; seq <= trace_count(t); seq++) {
		buf_str(out, trace_line(t, seq));
		buf_putc(out, '\n');
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
