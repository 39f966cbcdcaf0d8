/* The formats of a ladder; see ladder/ladder_file.h. */
#include "ladder/ladder_file.h"

#include "base/array.h"
#include "base/err.h"
#include "base/file_ending.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/raster.h"
#include "ladder/ladder_dialect_in.h"
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
	const struct layout *l; /* with the title that was wished for */
	const struct ladder_file_options *o;
	struct diag *d;
	/* Where it comes from; the same in full: of those that say so. */
	struct buf footer, source;
};

/* The brackets beside the ladder. */
static int
make_marks(const struct job *j, struct ladder_marks **marks)
{
	*marks = NULL;
	return j->o->marks != 0
		   ? ladder_marks_create(marks, j->l, j->t, j->o->marks)
		   : 0;
}

static int
write_txt(const struct job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = make_marks(j, &marks);

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
write_md(const struct job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = make_marks(j, &marks);

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
write_dialect(const struct job *j, struct buf *out)
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
write_json(const struct job *j, struct buf *out)
{
	return ladder_json_write(j->l, out);
}

static struct ladder_figure_options
figure_options(const struct job *j, const struct ladder_marks *marks)
{
	return (struct ladder_figure_options){ .title = j->o->title,
		.footer = j->o->unsaid ? NULL : buf_cstr(&j->footer),
		.source = buf_cstr(&j->source),
		.marks = marks,
		.width = j->o->print_width,
		.paper_width = j->o->paper_width,
		.paper_height = j->o->paper_height,
		.numbers = j->o->numbers,
		.cuts = j->o->cuts,
		.messages = j->o->messages ? j->t : NULL };
}

static int
write_gv(const struct job *j, struct buf *out)
{
	struct ladder_figure_options o;
	struct ladder_marks *marks;
	int err = make_marks(j, &marks);

	o = figure_options(j, marks);
	if (err == 0)
		err = ladder_figure_write(j->l, &o, &figure_dot, out);
	ladder_marks_destroy(marks);
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

static int
put_one(const struct pages *p, const struct raster_info *info, struct buf *out)
{
	if (p->n > 1)
		return diag_set(p->j->d, ERR_UNSUPPORTED, NULL, 0,
		    _("the ladder has %zu pages: take one with --page, or a "
		      "pdf"),
		    p->n);
	if (str_eq(str_of(p->j->format), STR("svg")))
		return buf_move(out, &p->list[0]);
	return raster_png(buf_view(&p->list[0]),
	    p->j->o->dpi > 0 ? p->j->o->dpi : 150, info, out, p->j->d);
}

static int
put_pdf(const struct pages *p, const struct raster_info *info, struct buf *out)
{
	struct str *views = mem_zalloc(p->n, sizeof(*views));
	int err;

	if (views == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		views[i] = buf_view(&p->list[i]);
	err = raster_pdf(views, p->n, info, out, p->j->d);
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
	const struct raster_info info = { j->l->title, buf_view(&j->source) };
	struct pages p = { .j = j };
	struct ladder_figure_options o;
	struct ladder_marks *marks;
	double type = LADDER_TYPE_LEAST;
	size_t beside = 1;
	int err = make_marks(j, &marks);

	o = figure_options(j, marks);
	o.type = &type;
	o.beside = &beside;
	if (err == 0)
		err = ladder_figure_pages(j->l, &o, &figure_svg, keep_page, &p);
	if (err == 0)
		tell_size(j, type, beside);
	if (err == 0)
		err = choose_page(&p);
	if (err == 0)
		err = strcmp(j->format, "pdf") == 0 ? put_pdf(&p, &info, out)
						    : put_one(&p, &info, out);
	for (size_t i = 0; i < p.n; i++)
		buf_free(&p.list[i]);
	mem_free(p.list);
	ladder_marks_destroy(marks);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct job *j, struct buf *out);
	bool origin; /* it says where it comes from */
} formats[] = {
	{ "txt", write_txt, false },
	{ "md", write_md, true },
	{ "mmd", write_dialect, true },
	{ "puml", write_dialect, true },
	{ "gv", write_gv, true },
	{ "svg", write_picture, true },
	{ "png", write_picture, true },
	{ "pdf", write_picture, true },
	{ "json", write_json, false },
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
	struct str ending = file_ending(str_of(file));

	for (size_t i = 0; i < NFORMATS; i++)
		if (str_is(ending, formats[i].name))
			return formats[i].name;
	return NULL;
}

int
ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d)
{
	struct layout titled = *l;
	struct job j = { format, t, &titled, o, d, BUF_INIT, BUF_INIT };
	int err;

	if (o->title != NULL)
		titled.title = str_of(o->title);
	for (size_t i = 0; i < NFORMATS; i++) {
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
			   : diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s”; there are txt, md, mmd, puml, gv, "
	      "svg, png, pdf and json"),
	    format);
}
