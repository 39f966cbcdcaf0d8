/* The formats of a ladder; see ladder/ladder_file.h. */
#include "ladder/ladder_file.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/raster.h"
#include "ladder/ladder_dialect.h"
#include "ladder/ladder_figure.h"
#include "ladder/ladder_json.h"
#include "ladder/ladder_md.h"
#include "ladder/ladder_messages.h"
#include "ladder/ladder_text.h"
#include "words/origin_words.h"

#include <math.h>
#include <string.h>

/* What one of them is made from. */
struct job {
	const char *format;
	const struct trace *t;
	const struct layout *l;
	const struct ladder_file_options *o;
	struct diag *d;
};

static int
write_txt(const struct job *j, struct buf *out)
{
	struct layout titled = *j->l;
	int err;

	if (j->o->title != NULL)
		titled.title = str_of(j->o->title);
	err = ladder_text_write(&titled,
	    &(struct ladder_text_options){
		.width = j->o->width, .ascii = j->o->ascii, .title = true },
	    out);
	if (err == 0 && j->o->messages)
		err = ladder_messages_write(j->t, j->l,
		    &(struct ladder_messages_options){ .ascii = j->o->ascii },
		    out);
	return err;
}

static int
write_md(const struct job *j, struct buf *out)
{
	struct buf footer = BUF_INIT, source = BUF_INIT;
	int err;

	origin_put_both(&footer, &source, j->t);
	err = ladder_md_write(j->t, j->l,
	    &(struct ladder_md_options){ .title = j->o->title,
		.footer = buf_cstr(&footer),
		.source = buf_cstr(&source),
		.width = j->o->width,
		.ascii = j->o->ascii,
		.messages = j->o->messages },
	    out);
	buf_free(&footer);
	buf_free(&source);
	return err;
}

static int
write_dialect(
    const struct job *j, const struct ladder_dialect *d, struct buf *out)
{
	struct buf footer = BUF_INIT, source = BUF_INIT;
	int err;

	origin_put_both(&footer, &source, j->t);
	err = ladder_dialect_write(d, j->l,
	    &(struct ladder_dialect_options){ .title = j->o->title,
		.footer = buf_cstr(&footer),
		.source = buf_cstr(&source) },
	    out);
	buf_free(&footer);
	buf_free(&source);
	return err;
}

static int
write_mmd(const struct job *j, struct buf *out)
{
	return write_dialect(j, &ladder_mermaid, out);
}

static int
write_puml(const struct job *j, struct buf *out)
{
	return write_dialect(j, &ladder_plantuml, out);
}

static int
write_json(const struct job *j, struct buf *out)
{
	struct layout titled = *j->l;

	if (j->o->title != NULL)
		titled.title = str_of(j->o->title);
	return ladder_json_write(&titled, out);
}

/* What a figure shows beside the layout: where it comes from, on it, and in
 * full within it; brackets. */
struct origin {
	struct buf footer, source;
	struct ladder_marks *marks;
};

static int
tell_origin(const struct job *j, struct origin *o)
{
	int err = 0;

	*o = (struct origin){ BUF_INIT, BUF_INIT, NULL };
	if (j->o->marks != 0)
		err = ladder_marks_create(&o->marks, j->l, j->t, j->o->marks);
	origin_put_both(&o->footer, &o->source, j->t);
	if (err == 0)
		err = o->footer.err != 0 ? o->footer.err : o->source.err;
	return err;
}

static void
free_origin(struct origin *o)
{
	buf_free(&o->footer);
	buf_free(&o->source);
	ladder_marks_destroy(o->marks);
}

static struct ladder_figure_options
figure_options(const struct job *j, const struct origin *o)
{
	return (struct ladder_figure_options){ .title = j->o->title,
		.footer = j->o->unsaid ? NULL : buf_cstr(&o->footer),
		.source = buf_cstr(&o->source),
		.marks = o->marks,
		.width = j->o->print_width,
		.paper_width = j->o->paper_width,
		.paper_height = j->o->paper_height,
		.numbers = j->o->numbers,
		.messages = j->o->messages ? j->t : NULL };
}

static int
write_gv(const struct job *j, struct buf *out)
{
	struct ladder_figure_options o;
	struct origin origin;
	int err = tell_origin(j, &origin);

	o = figure_options(j, &origin);
	if (err == 0)
		err = ladder_figure_write(j->l, &o, &figure_dot, out);
	free_origin(&origin);
	return err;
}

#define PAGES_MOST 2000

/* Pages kept, or the one that is wanted. */
struct pages {
	const struct job *j;
	struct buf *list;
	size_t n, of;
};

static int
keep_page(struct buf *page, size_t i, size_t n, void *arg)
{
	struct pages *p = arg;

	p->of = n;
	if (n > PAGES_MOST)
		return diag_set(p->j->d, ERR_LIMIT, NULL, 0,
		    _("%zu pages are too many; at most %d: choose a part with "
		      "--from and --to"),
		    n, PAGES_MOST);
	if (p->j->o->page != 0 && p->j->o->page != i + 1)
		return 0;
	if (ARRAY_RESIZE(&p->list, p->n + 1) != 0)
		return ERR_NOMEM;
	p->list[p->n++] = *page;
	*page = BUF_INIT;
	return 0;
}

static int
choose_page(const struct pages *p)
{
	if (p->j->o->page > p->of)
		return diag_set(p->j->d, ERR_RANGE, NULL, 0,
		    _("there is no page %zu; the last one is %zu"),
		    p->j->o->page, p->of);
	return 0;
}

static struct str
title_of(const struct job *j)
{
	return j->o->title != NULL ? str_of(j->o->title) : j->l->title;
}

/* As it is, most often without a copy. */
static int
put_svg(struct buf *page, struct buf *out)
{
	struct buf before = *out;

	if (out->n > 0 || out->err != 0) {
		buf_str(out, buf_view(page));
		return out->err;
	}
	*out = *page;
	*page = before;
	return 0;
}

static int
put_one(const struct pages *p, const struct origin *origin, struct buf *out)
{
	const struct raster_info info = { title_of(p->j),
		buf_view(&origin->source) };

	if (p->n > 1)
		return diag_set(p->j->d, ERR_UNSUPPORTED, NULL, 0,
		    _("the ladder has %zu pages: take one with --page, or a "
		      "pdf"),
		    p->n);
	if (str_eq(str_of(p->j->format), STR("svg")))
		return put_svg(&p->list[0], out);
	return raster_png(buf_view(&p->list[0]),
	    p->j->o->dpi > 0 ? p->j->o->dpi : 150, &info, out, p->j->d);
}

static int
put_pdf(const struct pages *p, const struct origin *origin, struct buf *out)
{
	const struct raster_info info = { title_of(p->j),
		buf_view(&origin->source) };
	struct str *views = mem_zalloc(p->n, sizeof(*views));
	int err;

	if (views == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		views[i] = buf_view(&p->list[i]);
	err = raster_pdf(views, p->n, &info, out, p->j->d);
	mem_free(views);
	return err;
}

/* Says so where the type came out too small, or one page did not do. */
static void
tell_size(const struct job *j, double type, size_t beside)
{
	long tenths = lround(type * 10);

	if (j->o->remark == NULL)
		return;
	if (beside > 1)
		buf_printf(j->o->remark,
		    _("the ladder is too wide for the paper: it goes over %zu "
		      "pages beside each other; fewer nodes with --nodes, or a "
		      "paper such as a3-landscape, may fit on one"),
		    beside);
	if (type >= LADDER_TYPE_LEAST)
		return;
	buf_printf(j->o->remark,
	    _("the smallest type is %ld.%ld pt in print, which is hard to "
	      "read: "
	      "choose nodes with --nodes, join repetitions with --fold, or "
	      "take "
	      "a wider --size or a --paper such as a3-landscape"),
	    tenths / 10, tenths % 10);
}

/* svg, png, pdf: one picture in different clothes. */
static int
write_picture(const struct job *j, struct buf *out)
{
	struct pages p = { .j = j };
	struct ladder_figure_options o;
	struct origin origin;
	double type = LADDER_TYPE_LEAST;
	size_t beside = 1;
	int err = tell_origin(j, &origin);

	o = figure_options(j, &origin);
	o.type = &type;
	o.beside = &beside;
	if (err == 0)
		err = ladder_figure_pages(j->l, &o, &figure_svg, keep_page, &p);
	if (err == 0)
		tell_size(j, type, beside);
	if (err == 0)
		err = choose_page(&p);
	if (err == 0)
		err = strcmp(j->format, "pdf") == 0 ? put_pdf(&p, &origin, out)
						    : put_one(&p, &origin, out);
	for (size_t i = 0; i < p.n; i++)
		buf_free(&p.list[i]);
	mem_free(p.list);
	free_origin(&origin);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct job *j, struct buf *out);
} formats[] = {
	{ "txt", write_txt },
	{ "md", write_md },
	{ "mmd", write_mmd },
	{ "puml", write_puml },
	{ "gv", write_gv },
	{ "svg", write_picture },
	{ "png", write_picture },
	{ "pdf", write_picture },
	{ "json", write_json },
};

#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

const char *
ladder_file_format(size_t i)
{
	return i < NFORMATS ? formats[i].name : NULL;
}

const char *
ladder_file_format_of(const char *file)
{
	const char *dot = strrchr(file, '.');

	for (size_t i = 0; dot != NULL && i < NFORMATS; i++)
		if (strcmp(formats[i].name, dot + 1) == 0)
			return formats[i].name;
	return NULL;
}

int
ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d)
{
	const struct job j = { format, t, l, o, d };
	int err;

	for (size_t i = 0; i < NFORMATS; i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		err = formats[i].fn(&j, out);
		return err == 0 || (d != NULL && d->err != 0)
			   ? err
			   : diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format \"%s\"; there are txt, md, mmd, puml, gv, "
	      "svg, png, pdf and json"),
	    format);
}
