/* Requests for reports: the records that a filter finds, what a branch does not
 * keep of the RFCs, a message explained. */
#include "service/service_in.h"

#include "base/err.h"
#include "inspect/inspect.h"
#include "inspect/report.h"
#include "words/annotate_doc.h"
#include "words/record_filter.h"
#include "words/record_text.h"

/* Of what a filter finds so many records are told. */
#define LISTED 10000

static void
put_found(const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	struct buf text = BUF_INIT;

	record_sentence(t, rec, &text);
	json_open(out, NULL, '{');
	json_put_int(out, "seq", (int64_t)rec->seq);
	json_put_int(out, "t", rec->t);
	json_put_field(out, "text", buf_view(&text));
	buf_putc(out, '}');
	buf_end(&text, &out->err);
}

static int
put_list(const struct trace *t, struct record_filter *f, struct buf *out)
{
	struct serving *serving = NULL;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	size_t n = 0;
	int err = record_filter_serve(f, t, &serving);

	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t) && n < LISTED;
	     seq++) {
		if (!record_filter_may(f, t, seq))
			continue;
		trace_get(t, seq, &rec);
		if (record_filter_match(f, t, &rec, &scratch)) {
			put_found(t, &rec, out);
			n++;
		}
	}
	buf_end(&scratch, &err);
	serving_destroy(serving);
	return err;
}

int
service_list(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct record_filter f;
	struct engine_branch b;
	int err;

	if (!service_find_branch(s, r->branch, &b, d))
		return d->err;
	err = record_filter_parse(
	    &f, r->words != NULL ? r->words : "", b.trace, d);
	if (err != 0)
		return err;
	json_open(out, "found", '[');
	err = put_list(b.trace, &f, out);
	buf_putc(out, ']');
	return err;
}

int
service_inspect(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct inspect_source from = { .name = STR_NULL };
	struct doc doc = DOC_INIT;
	struct engine_branch b;
	struct inspect *in = NULL;
	int err;

	if (!service_find_branch(s, r->branch, &b, d))
		return d->err;
	from.name = trace_head(b.trace)->title;
	err = inspect_create(&in, 0);
	if (err == 0)
		err = inspect_take(in, b.trace, &from);
	if (err == 0)
		err = inspect_finish(in);
	if (err == 0)
		report_doc(in, r->width > 0 ? r->width : 80, &doc);
	inspect_destroy(in);
	return service_put_doc(&doc, err, out);
}

int
service_parse(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct annotate_text_options o = { .width = r->width };
	struct buf text = BUF_INIT, fault = BUF_INIT;
	struct msg_notes notes;
	int err = msg_annotate(str_of(r->text), &notes);

	(void)s;
	(void)d;
	if (err != 0)
		return err;
	if (notes.fault != MSG_FAULT_NONE)
		msg_notes_fault(&notes, &fault);
	err = annotate_text(&notes, &o, &text);
	msg_notes_free(&notes);
	if (err == 0) {
		json_put_field(out, "text", buf_view(&text));
		json_put_field(out, "fault", buf_view(&fault));
	}
	buf_end(&text, &err);
	buf_end(&fault, &err);
	return err;
}
