/*
 * The ladder's picture: made, and drawn in its order.  What is drawn later lies
 * above: bars and lines over lifelines, texts over all.
 */
#include "ladder/ladder_figure.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define CUT 22.0 /* of the margins, in a column of a report */

static struct str
name_figure(const struct picture *p)
{
	return p->l->title.n > 0 ? p->l->title : str_of(_("ladder"));
}

/* "Ladder diagram: Alice, atl, Bob. Messages: …" */
static void
put_about(const struct picture *p, struct buf *b)
{
	const struct layout *l = p->l;
	const char *warning = layout_warning(l);
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < l->ncolumns; i++) {
		if (i > 0)
			buf_puts(&names, _(", "));
		buf_str(&names, l->columns[i].name);
	}
	/* TRANSLATORS: the nodes, "Alice, atl, Bob" */
	buf_printf(b, _("Ladder diagram of %s."), buf_cstr(&names));
	buf_putc(b, ' ');
	buf_free(&names);
	buf_printf(b, _("Messages: %zu; lost: %zu; retransmitted: %zu."),
	    l->nmessages + l->nfolded, l->nlost, l->nretx);
	if (warning != NULL) {
		buf_putc(b, ' ');
		buf_puts(b, warning);
	}
}

static void
free_picture(struct picture *p)
{
	mem_free(p->x);
	mem_free(p->breaks);
	mem_free(p->parts);
	mem_free(p->bars);
	mem_free(p->bars_of);
	list_free(&p->list);
	mem_free(p->stands);
	mem_free(p->titles);
	picture_room_free(p);
	mem_free(p);
}

static int
make_picture(struct picture **out, const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device)
{
	static const struct ladder_figure_options plain;
	struct picture *p = mem_zalloc(1, sizeof(*p));
	int err = ERR_NOMEM;

	*out = NULL;
	if (p == NULL)
		return ERR_NOMEM;
	p->l = l;
	p->stretch = 1;
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
		p->printed =
		    p->o->paper_width > 0 ? p->o->paper_width : p->o->width;
		p->cut = p->o->paper_width <= 0 && p->printed > 0 ? CUT : 0;
		err = picture_place_all(p);
	}
	if (err == 0)
		err = picture_widen(p, device);
	if (err == 0)
		err = picture_list(p);
	if (err != 0) {
		free_picture(p);
		return err;
	}
	*out = p;
	return 0;
}

static void
clip_sides(struct picture *p)
{
	double left = p->edge, right = p->edge + p->window;

	picture_part(p, &left, &right);
	figure_clip_sides(&p->figure, left, right);
}

/* What is on the page, whose places are settled. */
static void
draw_content(struct picture *p)
{
	picture_extents(p);
	picture_head(p);
	if (p->tiles > 1)
		clip_sides(p);
	if (p->npages > 1 || p->tiles > 1)
		figure_clip(&p->figure, p->top, p->bottom);
	picture_axis(p);
	picture_bars(p);
	picture_works(p);
	picture_brackets(p);
	picture_rows(p);
	if (p->npages > 1 || p->tiles > 1)
		figure_clip_end(&p->figure);
	picture_foot(p);
	picture_list_below(p);
}

static void
draw_page(struct picture *p, const struct figure_device *device,
    const struct figure_info *info, struct buf *out)
{
	figure_begin(&p->figure, device, out, p->width, p->height, info);
	figure_size(&p->figure, p->printed);
	figure_cut(&p->figure, p->cut + p->edge,
	    p->tiles > 1 ? p->width - p->edge - p->window : p->cut);
	picture_settle(p);
	if (out->err == 0)
		draw_content(p);
	figure_end(&p->figure);
}

/* Page PAGE of all, from 0. */
static void
draw_ladder(struct picture *p, const struct figure_device *device, size_t page,
    const struct figure_info *info, struct buf *out)
{
	if (page < p->npages * p->tiles) {
		picture_begin(p, page);
		draw_page(p, device, info, out);
		return;
	}
	figure_begin(&p->figure, device, out, p->o->paper_width,
	    p->o->paper_height, info);
	picture_list_page(p, page - p->npages * p->tiles);
	figure_end(&p->figure);
}

#define A4_SHORT 595.28 /* points, ISO 216 */
#define A4_LONG  841.89

/* As large as it is, and it could not be read if it were made as high as A4. */
static bool
is_too_long(const struct picture *p)
{
	return p->printed <= 0 && p->o->paper_height <= 0 &&
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
	free_picture(*p);
	err = make_picture(p, l, paged, device);
	if (err != 0 ||
	    ((*p)->tiles <= 1 &&
		SMALLEST_TYPE * picture_scale(*p) >= LADDER_TYPE_LEAST))
		return err;
	paged->paper_width = A4_LONG;
	paged->paper_height = A4_SHORT;
	free_picture(*p);
	return make_picture(p, l, paged, device);
}

int
ladder_figure_pages(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    ladder_page_fn *fn, void *arg)
{
	struct buf about = BUF_INIT, page = BUF_INIT;
	struct figure_info info;
	struct ladder_figure_options paged;
	struct picture *p;
	int err = make_picture(&p, l, o, device);

	if (err == 0 && o != NULL && o->on_a4 && is_too_long(p)) {
		paged = *o;
		err = put_on_a4(&p, l, &paged, device);
	}
	if (err != 0)
		return err;
	put_about(p, &about);
	info = (struct figure_info){ name_figure(p), buf_view(&about),
		str_of(p->o->source != NULL ? p->o->source : "") };
	if (p->o->beside != NULL)
		*p->o->beside = p->tiles;
	if (p->o->type != NULL)
		*p->o->type = SMALLEST_TYPE * picture_scale(p);
	for (size_t i = 0; err == 0 && i < p->total; i++) {
		buf_clear(&page);
		draw_ladder(p, device, i, &info, &page);
		err = page.err != 0 ? page.err : about.err;
		if (err == 0)
			err = fn(&page, i, p->total, arg);
	}
	if (err == 0 && p->o->cuts != NULL && p->total == 1)
		err = picture_cut(p, p->o->cuts);
	free_picture(p);
	buf_free(&page);
	buf_free(&about);
	return err;
}

static int
take_page(struct buf *page, size_t i, size_t n, void *arg)
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
	return ladder_figure_pages(l, &one, device, take_page, out);
}
