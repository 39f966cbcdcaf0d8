/* Requests that look at a branch. */
#include "service/service_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/doc.h"
#include "inspect/inspect.h"
#include "inspect/report.h"
#include "trace/page_link.h"
#include "views/html/html_page.h"
#include "views/panes/panes.h"
#include "words/annotate_doc.h"
#include "words/record_filter.h"
#include "words/record_text.h"

bool
service_find_branch(
    const struct service *s, size_t i, struct engine_branch *b, struct diag *d)
{
	size_t n = 0;

	if (engine_branch(s->engine, i, b))
		return true;
	while (engine_branch(s->engine, n, b))
		n++;
	diag_set(d, ERR_RANGE, NULL, 0,
	    _("there is no branch %zu; the branches are 0 to %zu"), i, n - 1);
	return false;
}

int
service_records(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	LOCAL_BUF lines = BUF_INIT;
	struct str rest, line;
	int err =
	    engine_records(s->engine, r->branch, (uint64_t)r->since, &lines, d);

	json_open(out, "records", '[');
	rest = buf_view(&lines);
	while (err == 0 && rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		json_put_item(out);
		buf_str(out, line);
	}
	buf_putc(out, ']');
	return err;
}

int
service_link(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const char *address = service_text(r->address);
	LOCAL_BUF link = BUF_INIT;
	int err = engine_link(
	    s->engine, r->branch, address != NULL ? address : "", &link, d);

	if (err == 0)
		json_put_field(out, "link", buf_view(&link));
	return err;
}

/* ---- panes ---- */

int
service_panes(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_branch b;
	const struct pane *p;

	if (!service_find_branch(s, r->branch, &b, d))
		return d->err;
	json_open(out, "panes", '[');
	for (size_t i = 0; (p = pane_at(i)) != NULL; i++) {
		if (p->there != NULL && !p->there(b.trace))
			continue;
		json_open(out, NULL, '{');
		json_put_field(out, "pane", str_of(p->word));
		json_put_field(out, "title", str_of(i18n_text(p->title)));
		json_put_bool(out, "explains", p->explains);
		json_put_bool(out, "figure", p->figure != NULL);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
	return 0;
}

/* The members of DOC, which is freed: its lines.  Returns ERR, or ERR_NOMEM.
 * DOC as the members of the object that is open; DOC is freed. */
static int
service_put_doc(struct doc *doc, int err, struct buf *out)
{
	if (err == 0)
		err = doc_put_lines(doc, out);
	doc_free(doc);
	return err;
}

static struct engine_view
service_look_view_of(const struct service_request *r)
{
	return (struct engine_view){ .branch = r->branch,
		.seq = (uint64_t)r->record,
		.t_ns = r->t,
		.node = service_text(r->node),
		.has_machine = r->has_machine,
		.machine = r->machine,
		.raw = r->raw,
		.past = r->past,
		.width = r->width,
		.height = r->height };
}

int
service_figure(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct engine_view v = service_look_view_of(r);

	return engine_figure(
	    s->engine, &v, r->pane != NULL ? r->pane : "", out, d);
}

int
service_pane(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct engine_view v = service_look_view_of(r);
	struct doc doc = DOC_INIT;
	int err =
	    engine_doc(s->engine, &v, r->pane != NULL ? r->pane : "", &doc, d);

	return service_put_doc(&doc, err, out);
}

int
service_explain(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct doc doc = DOC_INIT;
	int err = engine_explain(s->engine, r->branch, (uint64_t)r->record,
	    r->width > 0 ? r->width : 80, &doc, d);

	return service_put_doc(&doc, err, out);
}

int
service_find(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	uint64_t seq = 0;
	int err =
	    engine_find(s->engine, r->branch, r->words != NULL ? r->words : "",
		(uint64_t)r->record, (int)r->by, &seq, d);

	if (err == 0)
		json_put_int(out, "record", (int64_t)seq);
	return err;
}

/* ---- pictures ---- */

struct layout_options
service_layout(const struct service_request *r)
{
	struct layout_options o = LAYOUT_OPTIONS;

	o.from_ns = r->from;
	if (r->to > 0)
		o.to_ns = r->to;
	o.true_time = r->true_time;
	o.number = r->numbers;
	return o;
}

int
service_picture(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct layout_options o = service_layout(r);
	const struct ladder_file_options f = { .title =
						   service_text(r->title) };
	LOCAL_BUF svg = BUF_INIT;
	int err = engine_svg(s->engine, r->branch, &o, &f, &svg, d);

	if (err == 0)
		json_put_field(out, "svg", buf_view(&svg));
	return err;
}

/* JSON without its line ends, which stand between values alone. */
static void
put_on_a_line(struct str json, struct buf *out)
{
	struct str line;

	while (json.n > 0) {
		line = str_cut(json, '\n', &json);
		buf_str(out, line);
	}
}

int
service_page(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct html_options o = { .title = service_text(r->title),
		.width = r->width };
	LOCAL(html_parts_free) struct html_parts p = HTML_PARTS_INIT;
	unsigned long lacked = mem_failures();
	struct engine_branch b;
	struct layout *l = NULL;
	int err;

	if (!service_find_branch(s, r->branch, &b, d))
		return d->err;
	err = layout_create(&l, b.trace, NULL, d);
	if (err == 0)
		err = html_parts_write(b.trace, l, &o, &p, d);
	layout_destroy(l);
	/* A picture may lack what there was no memory for. */
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	if (err == 0) {
		json_put_field(out, "title", buf_view(&p.title));
		json_put_field(out, "body", buf_view(&p.body));
		json_put_key(out, "data");
		put_on_a_line(buf_view(&p.data), out);
	}
	return err;
}

/* ---- requests about a lab's tasks, that ask, judge and hand in ---- */

/* A request's `work`. */
struct work {
	struct engine_work work;
	struct service_strings links;
	struct service_texts texts;
	struct buf figure;
};

static int
service_look_take_work(
    struct work *w, const struct service_request *r, struct diag *d)
{
	struct json_value v = json_member(r->object, "work");
	struct json_value figure = json_member(v, "figure");
	int err;

	*w = (struct work){ .figure = BUF_INIT };
	if (v.type != JSON_OBJECT && v.type != JSON_NONE)
		return ERR_SYNTAX;
	err = answers_from_json(&w->work.answers, json_member(v, "answers"));
	if (err == 0)
		err = service_take_strings(&w->links, json_member(v, "runs"));
	if (err == 0)
		err = service_take_texts(&w->texts, json_member(v, "texts"), d);
	if (err == 0 && figure.type == JSON_STRING)
		err = json_text(figure, &w->figure);
	w->work.links = (const char *const *)w->links.list;
	w->work.nlinks = w->links.n;
	w->work.texts = w->texts.list;
	w->work.ntexts = w->texts.n;
	w->work.figure = buf_view(&w->figure);
	return err;
}

static void
service_look_free_work(struct work *w)
{
	answers_free(&w->work.answers);
	service_free_strings(&w->links);
	service_free_texts(&w->texts);
	buf_free(&w->figure);
}

static struct engine_question
question_of(const struct service_request *r)
{
	return (struct engine_question){ .asks = (enum engine_asks)r->asks,
		.branch = r->branch,
		.seq = (uint64_t)r->record,
		.nth = r->nth,
		.width = r->width };
}

int
service_question(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_question q = question_of(r);
	struct work w;
	int err = service_look_take_work(&w, r, d);

	q.work = &w.work;
	json_put_key(out, "question");
	if (err == 0)
		err = engine_question(s->engine, &q, out, d);
	service_look_free_work(&w);
	return err;
}

int
service_verdict(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_question q = question_of(r);
	struct work w;
	int err = service_look_take_work(&w, r, d);

	q.work = &w.work;
	json_put_key(out, "verdict");
	if (err == 0)
		err = engine_verdict(s->engine, &q,
		    r->text != NULL ? str_of(r->text) : STR_NULL, out, d);
	service_look_free_work(&w);
	return err;
}

int
service_handin(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const char *address = service_text(r->address);
	LOCAL_BUF file = BUF_INIT, link = BUF_INIT;
	struct work w;
	int err = service_look_take_work(&w, r, d);

	if (err == 0)
		err = engine_handin(s->engine, &w.work,
		    r->date != NULL ? r->date : "", &file, d);
	/* Much work fits into a file alone. */
	if (err == 0 &&
	    page_link_put(buf_view(&file), address != NULL ? address : "",
		&link, d) == ERR_NOMEM)
		err = ERR_NOMEM;
	json_put_field(out, "file", buf_view(&file));
	json_put_field(out, "link", buf_view(&link));
	service_look_free_work(&w);
	return err;
}

/* Requests for reports: the records that a filter finds, what a branch does not
 * keep of the RFCs, a message explained. */

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
service_look_put_list(
    const struct trace *t, struct record_filter *f, struct buf *out)
{
	struct related_calls *related = NULL;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	size_t n = 0;
	int err = record_filter_serve(f, t, &related);

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
	related_calls_destroy(related);
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
	err = service_look_put_list(b.trace, &f, out);
	buf_putc(out, ']');
	return err;
}

int
service_inspect(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct inspect_source from = { .name = STR_NULL,
		.goes_on = r->before > 0 };
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
		report_doc(in,
		    &(struct report_look){
			.width = r->width > 0 ? r->width : 80 },
		    &doc);
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
