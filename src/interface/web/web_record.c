/* What a page can't run: the trace of a lab with handsets, whose firmware wants
 * a machine of its own. */
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

/* A lab that does not begin, or fails, is told so where it is opened. */
static int
record(struct drive *run, struct trace *t, struct buf *out)
{
	struct diag d = DIAG_INIT;
	int err;

	if (!has_handset(t))
		return 0;
	err = drive_through(run, NULL, NULL, &d);
	for (uint64_t seq = 0; err == 0 && seq <= trace_count(t); seq++) {
		buf_str(out, trace_line(t, seq));
		buf_putc(out, '\n');
	}
	return err == ERR_NOMEM ? err : out->err;
}

int
web_record(const char *lab, struct buf *out)
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
		err = record(run, t, out);
	drive_end(run);
	inputs_free(&in);
	trace_destroy(t);
	return err == ERR_NOMEM ? err : 0;
}
