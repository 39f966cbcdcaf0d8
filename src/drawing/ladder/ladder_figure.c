/*
 * The ladder's picture: made, and drawn in its order.  Later shapes lie above
 * earlier ones: bars and lines over lifelines, texts over all.  After it come
 * its lists, and its pages are written as SVG.
 */
#include "ladder/ladder_figure.h"

#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"
#include "ladder/ladder_file_in.h"

/* ---- what follows the ladder ---- */

#define EDGE  30.0
#define ABOVE 56.0 /* on a page */
#define BELOW 44.0
#define GAP   24.0
/* Letters that a line of a message has, if it can: those of RFCs. */
#define LETTERS 72.0
/* Below a ladder type becomes smaller to have them, but not by more. */
#define SCALE_LEAST 0.75
/* Several columns go no further down than a page would. */
#define HEIGHT_MOST 760.0

/* How many columns a line of WIDTH has room for. */
static size_t
columns_in(double width)
{
	double n = (width + GAP) / (LETTERS * LIST_LETTER + GAP);

	return n >= 2 ? (size_t)n : 1;
}

/* What stays clear above the page's number. */
#define NUMBER_CLEAR 30.0

/* The numbers in ACROSS columns of type SHRINK times as large as on a page of
 * their own, below the ladder on its last page.  True where they have room
 * there, each on a line. */
static bool
fits_on_last(struct picture *p, size_t across, double shrink)
{
	double scale = shrink / picture_scale(p);
	double used = picture_used_height(p) + GAP / 2 * scale;
	double height = (p->height - NUMBER_CLEAR - used) / scale;
	double width = (p->width - 2 * EDGE) / scale;
	size_t numbers = 0;

	for (size_t i = 0; i < p->l->nrows; i++)
		numbers += p->l->rows[i].number > 0;
	p->list.scale = scale;
	p->list.gap = GAP * scale;
	p->list.at = used;
	return height > 0 &&
	       list_make(&p->list.list, p->l, NULL, true,
		   (width - (double)(across - 1) * GAP) / (double)across) ==
		   0 &&
	       p->list.list.nlines == numbers + 1 &&
	       list_set(&p->list.list, across, height) == 0 &&
	       p->list.list.nsheets == 1 && p->list.list.heights[0] <= height;
}

/* In one column or two; a little smaller is better than a page of its own. */
static bool
set_on_last(struct picture *p)
{
	static const double shrinks[] = { 1, 0.9, 0.8, SCALE_LEAST };

	if (p->tiles.n > 1 || p->o->messages != NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(shrinks); i++)
		for (size_t across = 1; across <= 2; across++) {
			if (fits_on_last(p, across, shrinks[i]))
				return true;
			list_free(&p->list.list);
		}
	return false;
}

static int
set_on_paper(struct picture *p)
{
	const struct ladder_figure_options *o = p->o;
	double room = o->paper_width - 2 * EDGE;
	size_t across = columns_in(room);
	int err;

	p->list.last = set_on_last(p);
	if (p->list.last)
		return 0;
	p->list.scale = 1;
	p->list.gap = GAP;
	err = list_make(&p->list.list, p->l, o->messages, o->numbers,
	    (room - (double)(across - 1) * GAP) / (double)across);
	if (err == 0)
		err = list_set(
		    &p->list.list, across, o->paper_height - ABOVE - BELOW);
	p->pages.total += p->list.list.nsheets;
	return err;
}

/* As large as the ladder's type: what belongs together has one scale. */
static int
set_below(struct picture *p)
{
	double room = p->width - 2 * EDGE, own;
	double scale = 1;
	size_t across = columns_in(room);
	int err;

	own = (room - (double)(across - 1) * GAP) / (double)across;
	if (own < LETTERS * LIST_LETTER) {
		scale = fmax(own / (LETTERS * LIST_LETTER), SCALE_LEAST);
		own /= scale;
	}
	p->list.scale = scale;
	p->list.gap = GAP * scale;
	err =
	    list_make(&p->list.list, p->l, p->o->messages, p->o->numbers, own);
	if (err == 0)
		err = list_set(
		    &p->list.list, across, across > 1 ? HEIGHT_MOST : 0);
	/* Its line stands half a gap above it. */
	p->list.at = fmax(p->height, picture_used_height(p) + GAP / 2 * scale);
	p->height = p->list.at;
	for (size_t i = 0; err == 0 && i < p->list.list.nsheets; i++)
		p->height += (p->list.list.heights[i] + GAP) * scale;
	return err;
}

/*
 * Makes what follows the ladder: the list of its numbers and its messages,
 * below it in its scale, or on pages of their own. Those have type of the same
 * size whatever became of the ladder's. 0 or ERR_NOMEM.
 */
static int
picture_list(struct picture *p)
{
	p->pages.total = p->pages.n * p->tiles.n;
	if (p->o->messages == NULL && !p->o->numbers)
		return 0;
	return p->o->paper_width > 0 && p->o->paper_height > 0 ? set_on_paper(p)
							       : set_below(p);
}

/* Below the ladder, on one page. */
void
picture_list_below(struct picture *p)
{
	double y = p->list.at;
	struct figure_pen pen = { 0.6, PALE, NULL, FIGURE_PLAIN };

	if (p->o->paper_width > 0 &&
	    (!p->list.last || p->pages.now + 1 < p->pages.n))
		return;
	for (size_t i = 0; i < p->list.list.nsheets; i++) {
		struct figure_point line[] = { { EDGE, y - GAP / 2 *
							       p->list.scale },
			{ p->width - EDGE, y - GAP / 2 * p->list.scale } };

		figure_line(&p->figure, line, 2, &pen);
		list_draw(&p->list.list, &p->figure, i, EDGE, y, p->list.scale,
		    p->list.gap);
		y += (p->list.list.heights[i] + GAP) * p->list.scale;
	}
}

/* Page I of paper, from 0. */
static void
picture_list_page(struct picture *p, size_t i)
{
	static const struct figure_font title = { 11, INK, true, false };
	static const struct figure_font foot = { 8, GREY, false, false };
	struct figure_pen pen = { 0.6, PALE, NULL, FIGURE_PLAIN };
	struct figure_point line[] = { { EDGE, 44 },
		{ p->figure.width - EDGE, 44 } };
	struct str text =
	    p->o->title != NULL ? str_of(p->o->title) : p->l->title;
	struct buf b = BUF_INIT;

	figure_fit(&b, text, title.size, true, p->figure.width - 2 * EDGE);
	figure_text(&p->figure, EDGE, 34, buf_view(&b), FIGURE_LEFT, &title);
	figure_line(&p->figure, line, 2, &pen);
	list_draw(&p->list.list, &p->figure, i, EDGE, ABOVE, 1, GAP);
	buf_clear(&b);
	if (p->o->footer != NULL)
		figure_fit(&b, str_of(p->o->footer), foot.size, false,
		    p->figure.width - 2 * EDGE - 80);
	figure_text(&p->figure, EDGE, p->figure.height - 22, buf_view(&b),
	    FIGURE_LEFT, &foot);
	picture_page_number(p, p->pages.n * p->tiles.n + i);
	buf_end(&b, &p->figure.out->err);
}

/* ---- the picture ---- */

#define CUT 22.0 /* of the margins, in a column of a report */

static struct str
name_figure(const struct picture *p)
{
	return p->l->title.n > 0 ? p->l->title : str_of(_("ladder"));
}

/* "Ladder diagram: Alice, atl, Bob. Messages: …" */
void
picture_put_about(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;
	const char *warning = layout_warning(l);
	LOCAL_BUF names = BUF_INIT;

	for (size_t i = 0; i < l->ncolumns; i++) {
		if (i > 0)
			buf_puts(&names, _(", "));
		buf_str(&names, l->columns[i].name);
	}
	/* TRANSLATORS: the nodes, "Alice, atl, Bob" */
	buf_printf(b, _("Ladder diagram of %s."), buf_cstr(&names));
	buf_putc(b, ' ');
	buf_printf(b, _("Messages: %zu; lost: %zu; retransmitted: %zu."),
	    l->nmessages + l->nfolded, l->nlost, l->nretx);
	if (warning != NULL) {
		buf_putc(b, ' ');
		buf_puts(b, warning);
	}
}

void
picture_destroy(struct picture *p)
{
	mem_free(p->x);
	mem_free(p->pages.breaks);
	mem_free(p->tiles.parts);
	mem_free(p->bars.list);
	mem_free(p->bars.of);
	list_free(&p->list.list);
	mem_free(p->stands);
	mem_free(p->titles);
	picture_room_free(p);
	mem_free(p);
}

int
picture_make(struct picture **out, const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device)
{
	static const struct ladder_figure_options plain;
	struct picture *p = mem_zalloc(1, sizeof(*p));
	int err = ERR_NOMEM;

	*out = NULL;
	if (p == NULL)
		return ERR_NOMEM;
	p->l = l;
	p->fit.stretch = 1;
	p->o = o != NULL ? o : &plain;
	p->x = mem_zalloc(l->ncolumns + 1, sizeof(*p->x));
	p->stands = mem_zalloc(l->nrows + 1, sizeof(*p->stands));
	p->titles = mem_zalloc(
	    p->o->marks != NULL ? p->o->marks->n + 1 : 1, sizeof(*p->titles));
	if (p->x != NULL && p->stands != NULL && p->titles != NULL)
		err = picture_sort_bars(p);
	if (err == 0) {
		picture_timer_lanes(p);
		picture_media_lanes(p);
		picture_part_lines(p);
		p->fit.printed =
		    p->o->paper_width > 0 ? p->o->paper_width : p->o->width;
		p->fit.cut =
		    p->o->paper_width <= 0 && p->fit.printed > 0 ? CUT : 0;
		err = picture_place_all(p);
	}
	if (err == 0)
		err = picture_widen(p, device);
	if (err == 0)
		err = picture_list(p);
	if (err != 0) {
		picture_destroy(p);
		return err;
	}
	*out = p;
	return 0;
}

static void
clip_sides(struct picture *p)
{
	double left = p->tiles.edge, right = p->tiles.edge + p->tiles.window;

	picture_part(p, &left, &right);
	figure_clip_sides(&p->figure, left, right);
}

/* The contents of the page, whose places are settled. */
static void
draw_content(struct picture *p)
{
	picture_extents(p);
	picture_head(p);
	if (p->tiles.n > 1)
		clip_sides(p);
	if (p->pages.n > 1 || p->tiles.n > 1)
		figure_clip(&p->figure, p->top, p->bottom);
	picture_axis(p);
	picture_bars(p);
	picture_works(p);
	picture_brackets(p);
	picture_rows(p);
	if (p->pages.n > 1 || p->tiles.n > 1)
		figure_clip_end(&p->figure);
	picture_foot(p);
	picture_list_below(p);
}

int
picture_ready(struct picture *p, bool places)
{
	LOCAL_BUF none = BUF_INIT;

	picture_begin(p, 0);
	figure_begin(&p->figure, &figure_svg, &none, p->width, p->height,
	    &(struct figure_info){ STR_NULL, STR_NULL, STR_NULL });
	if (places)
		picture_settle(p);
	figure_end(&p->figure);
	if (!places)
		p->fit.unsaid = 0;
	return none.err;
}

static void
picture_page_draw(struct picture *p, const struct figure_device *device,
    const struct figure_info *info, struct buf *out)
{
	figure_begin(&p->figure, device, out, p->width, p->height, info);
	figure_size(&p->figure, p->fit.printed);
	figure_cut(&p->figure, p->fit.cut + p->tiles.edge,
	    p->tiles.n > 1 ? p->width - p->tiles.edge - p->tiles.window
			   : p->fit.cut);
	picture_settle(p);
	if (out->err == 0)
		draw_content(p);
	figure_end(&p->figure);
}

/* Page PAGE of all, from 0. */
static void
picture_page_draw_ladder(struct picture *p, const struct figure_device *device,
    size_t page, const struct figure_info *info, struct buf *out)
{
	if (page < p->pages.n * p->tiles.n) {
		picture_begin(p, page);
		picture_page_draw(p, device, info, out);
		return;
	}
	figure_begin(&p->figure, device, out, p->o->paper_width,
	    p->o->paper_height, info);
	picture_list_page(p, page - p->pages.n * p->tiles.n);
	figure_end(&p->figure);
}

#define A4_SHORT 595.28 /* points, ISO 216 */
#define A4_LONG  841.89

/* As large as it is, and it could not be read if it were made as high as A4. */
static bool
is_too_long(const struct picture *p)
{
	return p->fit.printed <= 0 && p->o->paper_height <= 0 &&
	       SMALLEST_TYPE * A4_LONG < LADDER_TYPE_LEAST * p->height;
}

/* The same in *P, by PAGED, upright unless that is too narrow. */
static int
put_on_a4(struct picture **p, const struct layout *l,
    struct ladder_figure_options *paged, const struct figure_device *device)
{
	int err = 0;

	paged->paper_width = A4_SHORT;
	paged->paper_height = A4_LONG;
	picture_destroy(*p);
	err = picture_make(p, l, paged, device);
	if (err != 0 ||
	    ((*p)->tiles.n <= 1 &&
		SMALLEST_TYPE * picture_scale(*p) >= LADDER_TYPE_LEAST))
		return err;
	paged->paper_width = A4_LONG;
	paged->paper_height = A4_SHORT;
	picture_destroy(*p);
	return picture_make(p, l, paged, device);
}

int
ladder_figure_pages(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    ladder_page_fn *fn, void *arg)
{
	LOCAL_BUF about = BUF_INIT, page = BUF_INIT;
	struct figure_info info;
	struct ladder_figure_options paged;
	struct picture *p;
	int err = picture_make(&p, l, o, device);

	if (err == 0 && o != NULL && o->on_a4 && is_too_long(p)) {
		paged = *o;
		err = put_on_a4(&p, l, &paged, device);
	}
	if (err != 0)
		return err;
	picture_put_about(p, &about);
	info = (struct figure_info){ name_figure(p), buf_view(&about),
		str_of(p->o->source != NULL ? p->o->source : "") };
	if (p->o->beside != NULL)
		*p->o->beside = p->tiles.n;
	if (p->o->type != NULL)
		*p->o->type = SMALLEST_TYPE * picture_scale(p);
	for (size_t i = 0; err == 0 && i < p->pages.total; i++) {
		buf_clear(&page);
		picture_page_draw_ladder(p, device, i, &info, &page);
		err = page.err != 0 ? page.err : about.err;
		if (err == 0)
			err = fn(&page, i, p->pages.total, arg);
	}
	if (err == 0 && p->o->cuts != NULL && p->pages.total == 1)
		err = picture_cut(p, p->o->cuts);
	picture_destroy(p);
	return err;
}

static int
picture_page_take(struct buf *page, size_t i, size_t n, void *arg)
{
	(void)i;
	(void)n;
	return buf_move(arg, page);
}

int
ladder_figure_write(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    struct buf *out)
{
	struct ladder_figure_options one = { 0 };

	if (o != NULL)
		one = *o;
	one.paper_width = one.paper_height = 0;
	return ladder_figure_pages(l, &one, device, picture_page_take, out);
}

/* ---- its pages, for svg, png and pdf ---- */

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
		    _("the figure would have %zu pages, but at most %d are "
		      "possible; choose a part with --from and --to"),
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
		    _("there is no page %zu; the last page is %zu"),
		    p->j->o->page, p->of);
	return 0;
}

/* Says so where the type came out too small, or one page did not do. */
static void
picture_page_tell_size(const struct ladder_job *j, double type, size_t beside)
{
	long tenths = lround(type * 10);

	if (j->o->remark == NULL)
		return;
	if (beside > 1)
		buf_printf(j->o->remark,
		    _("the ladder is too wide for one page, so it covers %zu "
		      "pages side by side; choose fewer nodes with --node, or "
		      "a larger paper such as a3-landscape"),
		    beside);
	if (type >= LADDER_TYPE_LEAST)
		return;
	buf_printf(j->o->remark,
	    _("the smallest text is %ld.%ld pt in print, which is hard to "
	      "read; choose nodes with --node, combine retransmissions with "
	      "--fold, use a wider --size, or larger paper such as "
	      "--size=a3-landscape"),
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
		picture_page_tell_size(j, type, beside);
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
