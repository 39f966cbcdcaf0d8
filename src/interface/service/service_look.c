/* Requests that look at a branch. */
#include "service/service_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/doc.h"
#include "views/html/html_page.h"
#include "views/panes/panes.h"

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
	    _("there is no branch %zu; they are numbered 0 to %zu"), i, n - 1);
	return false;
}

int
service_records(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct buf lines = BUF_INIT;
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
	buf_free(&lines);
	return err;
}

int
service_link(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const char *address = service_text(r->address);
	struct buf link = BUF_INIT;
	int err = engine_link(
	    s->engine, r->branch, address != NULL ? address : "", &link, d);

	if (err == 0)
		json_put_field(out, "link", buf_view(&link));
	buf_free(&link);
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

/* DOC as the members of the object that is open; DOC is freed. */
int
service_put_doc(struct doc *doc, int err, struct buf *out)
{
	if (err == 0)
		err = doc_put_lines(doc, out);
	doc_free(doc);
	return err;
}

static struct engine_view
view_of(const struct service_request *r)
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
	const struct engine_view v = view_of(r);

	return engine_figure(
	    s->engine, &v, r->pane != NULL ? r->pane : "", out, d);
}

int
service_pane(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct engine_view v = view_of(r);
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
	struct buf svg = BUF_INIT;
	int err = engine_svg(s->engine, r->branch, &o, &f, &svg, d);

	if (err == 0)
		json_put_field(out, "svg", buf_view(&svg));
	buf_free(&svg);
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
	struct html_parts p = HTML_PARTS_INIT;
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
	html_parts_free(&p);
	return err;
}
