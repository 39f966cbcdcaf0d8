/* The pages of the ladder's picture, of which svg, png and pdf are made; drawn
 * in ladder_figure.c, written as SVG by draw/figure_svg.c. */
#include "ladder/ladder_file_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "words/trace_words.h"

#include <math.h>

int
ladder_job_marks(const struct ladder_job *j, struct ladder_marks **marks)
{
	*marks = NULL;
	return j->o->marks != 0
		   ? ladder_marks_create(marks, j->l, j->t, j->o->marks)
		   : 0;
}

struct ladder_figure_options
ladder_job_figure(const struct ladder_job *j, const struct ladder_marks *marks)
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

#define PAGES_MOST 2000

static int
keep_page(struct buf *page, size_t i, size_t n, void *arg)
{
	struct ladder_pages *p = arg;

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
choose_page(const struct ladder_pages *p)
{
	if (p->j->o->page > p->of)
		return diag_set(p->j->d, ERR_RANGE, NULL, 0,
		    _("there is no page %zu; the last one is %zu"),
		    p->j->o->page, p->of);
	return 0;
}

/* Says so where the type came out too small, or one page did not do. */
static void
tell_size(const struct ladder_job *j, double type, size_t beside)
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

int
ladder_job_draw(const struct ladder_job *j, struct ladder_pages *p)
{
	struct ladder_figure_options o;
	struct ladder_marks *marks;
	double type = LADDER_TYPE_LEAST;
	size_t beside = 1;
	int err = ladder_job_marks(j, &marks);

	*p = (struct ladder_pages){ .j = j };
	o = ladder_job_figure(j, marks);
	o.type = &type;
	o.beside = &beside;
	o.on_a4 = !j->o->one_page && strcmp(j->format, "pdf") == 0;
	if (err == 0)
		err = ladder_figure_pages(j->l, &o, &figure_svg, keep_page, p);
	if (err == 0)
		tell_size(j, type, beside);
	if (err == 0)
		err = choose_page(p);
	ladder_marks_destroy(marks);
	return err;
}

void
ladder_pages_free(struct ladder_pages *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_free(&p->list[i]);
	mem_free(p->list);
}

int
ladder_svg_write(const struct trace *t, const struct layout *l,
    const struct ladder_file_options *o, struct buf *out, struct diag *d)
{
	struct layout titled = *l;
	struct ladder_job j = { "svg", t, &titled, o, d, BUF_INIT, BUF_INIT };
	struct ladder_pages p;
	int err;

	if (o->title != NULL)
		titled.title = str_of(o->title);
	origin_put_both(&j.footer, &j.source, t);
	err = ladder_job_draw(&j, &p);
	if (err == 0)
		err = buf_move(out, &p.list[0]);
	ladder_pages_free(&p);
	buf_end(&j.footer, &err);
	buf_end(&j.source, &err);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
