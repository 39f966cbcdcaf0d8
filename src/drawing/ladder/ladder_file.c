/*
 * The formats of a ladder, and those made of text: JSON and a page of
 * Markdown.
 */
#include "ladder/ladder_file.h"

#include <string.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/progress.h"
#include "draw/raster.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_file_in.h"
#include "ladder/ladder_graph.h"
#include "ladder/ladder_messages.h"
#include "ladder/ladder_script.h"
#include "ladder/ladder_text.h"
#include "text/json.h"
#include "text/markdown.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* ---- the ladder for programs ---- */

static void
put_index(struct buf *b, const char *key, size_t index)
{
	if (index != LAYOUT_NONE)
		json_put_int(b, key, (int64_t)index);
}

static void
ladder_file_put_count(struct buf *b, const char *key, unsigned n)
{
	if (n > 0)
		json_put_int(b, key, n);
}

static void
ladder_file_put_column(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_column *c = &l->columns[i];

	json_put_field(b, "name", c->name);
	json_put_field(b, "label", c->label.n > 0 ? c->label : c->name);
	json_put_field(b, "role", c->role);
	json_put_field(b, "domain", c->domain);
	if (!str_eq(c->frame_name, c->domain))
		json_put_field(b, "group", c->frame_name);
}

static void
ladder_file_put_row(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_row *r = &l->rows[i];
	bool arrow = r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;

	json_put_field(b, "item", str_of(layout_item_name(r->item)));
	json_put_int(b, "seq", (int64_t)r->seq);
	json_put_int(b, "t", r->t);
	if (r->end_seq != 0) {
		json_put_int(b, r->item == LAYOUT_TIMER ? "set_seq" : "end_seq",
		    (int64_t)r->end_seq);
		json_put_int(
		    b, r->item == LAYOUT_TIMER ? "set_t" : "end_t", r->t_end);
	}
	put_index(b, arrow ? "from" : "at", r->from);
	if (arrow) {
		put_index(b, "to", r->to);
		json_put_field(b, "kind", str_of(trace_arrow_name(r->arrow)));
	}
	json_put_field(b, "label", r->label);
	if (r->why.n > 0)
		json_put_field(b, "why", r->why);
	ladder_file_put_count(b, "number", r->number);
	ladder_file_put_count(b, "retransmission", r->repeat.retx);
	ladder_file_put_count(b, "folded", r->repeat.folded);
	ladder_file_put_count(b, "folded_lost", r->repeat.gone);
	/* Without it one, where none is missing. */
	if (r->media.untold)
		ladder_file_put_count(b, "untold", r->media.sent);
	else if (r->copies > 1 || r->media.missing > 0)
		json_put_int(b, "copies", r->copies);
	ladder_file_put_count(b, "missing", r->media.missing);
	if (r->item == LAYOUT_MEDIA &&
	    ladder_streams[r->media.kind].word != NULL)
		json_put_field(
		    b, "stream", str_of(ladder_streams[r->media.kind].word));
	if (r->media.amiss.n > 0)
		json_put_field(b, "amiss", r->media.amiss);
	put_index(b, "first", r->repeat.first);
	put_index(b, "forwards", r->fwd);
	put_index(b, "since", r->since);
	if (r->lost)
		json_put_field(b, "lost",
		    r->loss.reason != TRACE_DROP_COUNT
			? str_of(trace_drop_name(r->loss.reason))
			: r->loss.text);
	if (r->note.text.n > 0)
		json_put_field(b, "note", r->note.text);
}

static void
ladder_file_put_bar(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_bar *bar = &l->bars[i];

	json_put_int(b, "at", (int64_t)bar->column);
	json_put_field(b, "machine", bar->machine);
	json_put_field(b, "state", bar->state);
	json_put_int(b, "seq", (int64_t)bar->seq);
	json_put_int(b, "t", bar->t);
	json_put_int(b, "end_t", bar->t_end);
}

static void
ladder_file_put_work(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_work *w = &l->works[i];

	json_put_int(b, "at", (int64_t)l->rows[w->row].from);
	json_put_int(b, "seq", (int64_t)w->seq);
	json_put_int(b, "t", w->t);
	json_put_int(b, "end_t", w->t_end);
	json_put_int(b, "instructions", (int64_t)w->count);
}

/* A list of N things, each an object on a line. */
static void
ladder_file_put_list(const struct layout *l, const char *key, size_t n,
    void (*put)(const struct layout *l, size_t i, struct buf *b), struct buf *b)
{
	json_open(b, key, '[');
	for (size_t i = 0; i < n && buf_pass(b) == 0; i++) {
		progress_count(N_("drawing the ladder"), i, n);
		buf_puts(b, i > 0 ? ",\n  {" : "\n  {");
		put(l, i, b);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

/*
 * Times are whole nanoseconds; rows and columns name each other by index,
 * records by seq; what does not apply is left out.
 */
int
ladder_json_write(const struct layout *l, struct buf *b)
{
	buf_putc(b, '{');
	json_put_field(b, "title", l->title);
	json_put_int(b, "seed", l->seed);
	json_put_key(b, "complete");
	buf_puts(b, l->complete ? "true" : "false");
	json_put_int(b, "messages", (int64_t)l->nmessages);
	json_put_int(b, "lost", (int64_t)l->nlost);
	ladder_file_put_count(b, "discarded", (unsigned)l->ndiscarded);
	ladder_file_put_list(
	    l, "columns", l->ncolumns, ladder_file_put_column, b);
	ladder_file_put_list(l, "rows", l->nrows, ladder_file_put_row, b);
	ladder_file_put_list(l, "states", l->nbars, ladder_file_put_bar, b);
	if (l->nworks > 0)
		ladder_file_put_list(
		    l, "computing", l->nworks, ladder_file_put_work, b);
	buf_puts(b, "}\n");
	return b->err;
}

/* ---- a page of Markdown ---- */

/* What a figure is made from. */
struct md_figure {
	const struct layout *l;
	const struct ladder_md_options *o;
};

static int
write_mermaid(struct buf *out, void *arg)
{
	const struct md_figure *f = arg;

	return ladder_dialect_write(&ladder_mermaid, f->l,
	    &(struct ladder_dialect_options){ .title = "" }, out);
}

static int
write_figure_text(struct buf *out, void *arg)
{
	const struct md_figure *f = arg;

	return ladder_text_write(f->l,
	    &(struct ladder_text_options){ .width = f->o->width,
		.ascii = f->o->ascii,
		.marks = f->o->marks },
	    out);
}

static int
ladder_file_put_figures(
    const struct layout *l, const struct ladder_md_options *o, struct buf *out)
{
	struct md_figure f = { l, o };
	int err = markdown_put_block(out, "mermaid", write_mermaid, &f);

	buf_putc(out, '\n');
	return err != 0
		   ? err
		   : markdown_put_block(out, "text", write_figure_text, &f);
}

static void
put_md_name(const struct layout *l, size_t column, struct buf *out)
{
	if (column < l->ncolumns)
		markdown_put_text(out, l->columns[column].name);
}

/* F1, F2 … with their times. */
static void
put_numbers(const struct layout *l, struct buf *out)
{
	struct buf label = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < l->nrows && buf_pass(out) == 0; i++) {
		const struct layout_row *r = &l->rows[i];

		progress_count(N_("drawing the ladder"), i, l->nrows);
		if (r->number == 0)
			continue;
		if (!any)
			buf_printf(out,
			    "\n|   | %s | %s | %s | %s |\n"
			    "|--:|--:|---|---|---|\n",
			    _("time"), _("message"), _("from"), _("to"));
		any = true;
		buf_printf(out, "| F%u | ", r->number);
		time_put(out, r->t);
		buf_puts(out, " | ");
		buf_clear(&label);
		ladder_script_label(r, &label);
		markdown_put_text(out, buf_view(&label));
		buf_puts(out, " | ");
		put_md_name(l, r->from, out);
		buf_puts(out, " | ");
		put_md_name(l, r->to, out);
		buf_puts(out, " |\n");
	}
	buf_end(&label, &out->err);
}

static void
ladder_file_put_legend(const struct layout *l, struct buf *out)
{
	static const struct {
		unsigned mark;
		const char *sign, *text;
	} legend[] = {
		{ LAYOUT_HAS_REQUEST, "──▶", N_("request") },
		{ LAYOUT_HAS_PROVISIONAL, "┄┄>", N_("provisional response") },
		{ LAYOUT_HAS_FINAL, "──>", N_("final response") },
		{ LAYOUT_HAS_SIGNALLING, "══▶", N_("telephone network") },
		{ LAYOUT_HAS_OTHER | LAYOUT_HAS_MEDIA | LAYOUT_HAS_EARLY |
			LAYOUT_HAS_VIDEO,
		    "┄┄▶", N_("not SIP") },
		{ LAYOUT_HAS_LOST, "──╳", N_("lost") },
		{ LAYOUT_HAS_AGAIN, "↻1", N_("first retransmission") },
		{ LAYOUT_HAS_FOLDED, "↻+1", N_("retransmitted once") },
		{ LAYOUT_HAS_GONE, "╳1", N_("one of them was lost") },
		{ LAYOUT_HAS_COPIES, "×2", N_("arrived twice") },
		{ LAYOUT_HAS_UNDER_WAY, "…", N_("still in transit") },
	};
	unsigned marks = layout_marks(l);
	bool any = false;

	for (size_t i = 0; i < COUNT_OF(legend); i++) {
		if ((marks & legend[i].mark) == 0)
			continue;
		buf_puts(out, any ? " · " : "\n");
		buf_printf(
		    out, "`%s` %s", legend[i].sign, i18n_text(legend[i].text));
		any = true;
	}
	if (any)
		buf_putc(out, '\n');
}

static void
ladder_file_put_counts(const struct layout *l, struct buf *out)
{
	const char *warning = layout_warning(l);

	buf_putc(out, '\n');
	layout_put_counts(l, out);
	if (warning != NULL)
		buf_printf(out, " **%s**", warning);
	buf_putc(out, '\n');
}

static void
ladder_file_put_paragraph(const char *text, struct buf *out)
{
	if (text == NULL)
		return;
	buf_putc(out, '\n');
	markdown_put_text(out, str_of(text));
	buf_putc(out, '\n');
}

int
ladder_md_write(const struct trace *t, const struct layout *l,
    const struct ladder_md_options *o, struct buf *out)
{
	static const struct ladder_md_options none;
	struct str title = l->title;
	int err;

	o = o != NULL ? o : &none;
	if (o->title != NULL)
		title = str_of(o->title);
	buf_puts(out, "# ");
	markdown_put_text(out, title.n > 0 ? title : str_of(_("Ladder")));
	buf_puts(out, "\n\n");
	err = ladder_file_put_figures(l, o, out);
	ladder_file_put_legend(l, out);
	ladder_file_put_counts(l, out);
	put_numbers(l, out);
	if (err == 0 && o->messages && l->nmessages > 0) {
		buf_printf(out, "\n## %s\n", _("Messages"));
		err = ladder_messages_write(t, l,
		    &(struct ladder_messages_options){
			.markdown = true, .ascii = o->ascii },
		    out);
	}
	ladder_file_put_paragraph(o->footer, out);
	ladder_file_put_paragraph(o->source, out);
	return err != 0 ? err : out->err;
}

/* ---- the formats of a ladder ---- */

static int
write_txt(const struct ladder_job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	if (err == 0)
		err = ladder_text_write(j->l,
		    &(struct ladder_text_options){ .width = j->o->width,
			.ascii = j->o->ascii,
			.title = true,
			.marks = marks },
		    out);
	ladder_marks_destroy(marks);
	if (err == 0 && j->o->messages)
		err = ladder_messages_write(j->t, j->l,
		    &(struct ladder_messages_options){ .ascii = j->o->ascii },
		    out);
	return err;
}

static int
write_md(const struct ladder_job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	if (err == 0)
		err = ladder_md_write(j->t, j->l,
		    &(struct ladder_md_options){ .title = j->o->title,
			.footer = buf_cstr(&j->footer),
			.source = buf_cstr(&j->source),
			.width = j->o->width,
			.ascii = j->o->ascii,
			.messages = j->o->messages,
			.marks = marks },
		    out);
	ladder_marks_destroy(marks);
	return err;
}

static int
write_dialect(const struct ladder_job *j, struct buf *out)
{
	return ladder_dialect_write(
	    strcmp(j->format, "mmd") == 0 ? &ladder_mermaid : &ladder_plantuml,
	    j->l,
	    &(struct ladder_dialect_options){ .title = j->o->title,
		.footer = buf_cstr(&j->footer),
		.source = buf_cstr(&j->source) },
	    out);
}

static int
ladder_file_write_json(const struct ladder_job *j, struct buf *out)
{
	return ladder_json_write(j->l, out);
}

static int
ladder_file_write_gv(const struct ladder_job *j, struct buf *out)
{
	struct ladder_figure_options o;
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	o = ladder_job_figure(j, marks);
	if (err == 0)
		err = ladder_graph_write(
		    j->l, &o, j->o->pinned, j->o->remark, out);
	ladder_marks_destroy(marks);
	return err;
}

static int
ladder_file_put_one(const struct ladder_pages *p, const struct ladder_job *j,
    const struct raster_info *info, struct buf *out)
{
	if (p->n > 1)
		return diag_set(j->d, ERR_UNSUPPORTED, NULL, 0,
		    _("the ladder has %zu pages; choose one with --page, or "
		      "use pdf"),
		    p->n);
	if (str_eq(str_of(j->format), STR("svg")))
		return buf_move(out, &p->list[0]);
	return raster_png(buf_view(&p->list[0]),
	    j->o->dpi > 0 ? j->o->dpi : 150, info, out, j->d);
}

static int
put_pdf(const struct ladder_pages *p, const struct ladder_job *j,
    const struct raster_info *info, struct buf *out)
{
	LOCAL_MEM struct str *views = mem_zalloc(p->n, sizeof(*views));

	if (views == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		views[i] = buf_view(&p->list[i]);
	return raster_pdf(views, p->n, info, out, j->d);
}

/* svg, png, pdf: one picture in different clothes. */
static int
ladder_file_write_picture(const struct ladder_job *j, struct buf *out)
{
	const struct raster_info info = { j->l->title, buf_view(&j->source) };
	struct ladder_pages p;
	int err = ladder_job_draw(j, &p);

	if (err == 0)
		err = strcmp(j->format, "pdf") == 0
			  ? put_pdf(&p, j, &info, out)
			  : ladder_file_put_one(&p, j, &info, out);
	ladder_pages_free(&p);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct ladder_job *j, struct buf *out);
	bool origin; /* it says where it comes from */
	const char *kinds;
} formats[] = {
	{ "txt", write_txt, false, "text" },
	{ "md", write_md, true, "text" },
	{ "mmd", write_dialect, true, "" },
	{ "puml", write_dialect, true, "" },
	{ "gv", ladder_file_write_gv, true, "figure" },
	{ "svg", ladder_file_write_picture, true, "figure picture" },
	{ "png", ladder_file_write_picture, true, "figure picture" },
	{ "pdf", ladder_file_write_picture, true, "figure picture" },
	{ "json", ladder_file_write_json, false, "" },
};

const char *
ladder_file_format(size_t i)
{
	return i < COUNT_OF(formats) ? formats[i].name : NULL;
}

bool
ladder_file_is(size_t i, struct str kind)
{
	return i < COUNT_OF(formats) &&
	       (kind.n == 0 || str_has_word(str_of(formats[i].kinds), kind));
}

const char *
ladder_file_format_of(const char *file)
{
	struct str ending = file_ending(str_of(file));

	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_is(ending, formats[i].name))
			return formats[i].name;
	return NULL;
}

static int
ladder_file_refuse(const char *format, struct diag *d)
{
	diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("there is no format “%s”"), format);
	return diag_one_of(d, ERR_NOTFOUND, str_of(format), &formats[0].name,
	    COUNT_OF(formats), sizeof(formats[0]));
}

int
ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d)
{
	struct layout titled = *l;
	struct ladder_job j = { format, t, &titled, o, d, BUF_INIT, BUF_INIT };
	int err;

	if (o->title != NULL)
		titled.title = str_of(o->title);
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		if (formats[i].origin)
			origin_put_both(&j.footer, &j.source, t);
		err = formats[i].fn(&j, out);
		buf_end(&j.footer, &err);
		buf_end(&j.source, &err);
		/* Why a drain failed is known where it leads to. */
		return err == 0 || (d != NULL && d->err != 0) ||
			       (out->drain != NULL && err == out->err)
			   ? err
			   : diag_fail(d, err);
	}
	return ladder_file_refuse(format, d);
}
