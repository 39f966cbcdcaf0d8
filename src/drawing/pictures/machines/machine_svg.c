/* State diagrams as SVG (machine_svg.h). */
#include "pictures/machines/machine_svg.h"

#include "draw/svg_put.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "words/state_words.h"

/* Columns of the widest. */
#define WIDEST 160
#define DOT    3.5

bool
machine_svg_lay_out(
    const struct machine *m, size_t room, struct picture_figure *f)
{
	for (; room <= WIDEST; room += room / 4 + 1)
		if (picture_lay_out(m, room, f))
			return true;
	return picture_lay_out(m, WIDEST, f);
}

static void
put_box(const struct machine *m, const struct picture_box *box, struct buf *out)
{
	const struct machine_state *s = machine_state_of(m, box->state);
	struct figure_point a = svg_cell(box->x, box->y);
	double w = (box->w - 1) * SVG_CELL_W, h = (box->h - 1) * SVG_CELL_H;
	struct figure_point middle = { a.x + w / 2, a.y + h / 2 };

	svg_put_group(out, s->final ? "state final" : "state", 's',
	    (size_t)(s - m->states),
	    s->text != NULL ? str_of(i18n_text(s->text)) : STR_NULL);
	svg_put_box(out, "", a, w, h, 7);
	svg_put_text(out, "name", middle, FIGURE_CENTRE,
	    state_name(str_of(machine_state_name(s))), w - 4);
	svg_put_group_end(out);
}

/* The last point is beside the frame that the way comes to from the side. */
static struct figure_point
end_of(const struct picture_route *r)
{
	const struct picture_point *p = &r->path[r->npoints - 1], *q = p - 1;
	struct figure_point end = svg_cell(p->x, p->y);

	if (q->y == p->y)
		end.x += q->x < p->x ? SVG_CELL_W : -SVG_CELL_W;
	return end;
}

static void
put_route(const struct machine *m, const struct picture_route *r, size_t i,
    struct buf *out)
{
	struct figure_point way[PICTURE_POINTS], end = end_of(r), from;
	bool begins = machine_state_of(m, r->from) == NULL;
	size_t n = r->npoints;

	for (size_t k = 0; k < n; k++)
		way[k] = svg_cell(r->path[k].x, r->path[k].y);
	from = way[n - 2];
	way[n - 1] = end;
	svg_put_group(out, "way", 'w', i, STR_NULL);
	svg_put_way(out, "line", '\0', 0, way, n);
	svg_put_head(out, from, end);
	if (begins)
		svg_put_box(out, "dot",
		    (struct figure_point){ way[0].x - DOT, way[0].y - DOT },
		    2 * DOT, 2 * DOT, DOT);
	svg_put_group_end(out);
}

/* ---- events ---- */

static size_t
cells_of(const struct machine *m, size_t i)
{
	return utf8_width(str_of(i18n_text(event_word(m->edges[i].event))));
}

/* The label that stands behind that of edge I in its line; NEDGES: none. */
static size_t
behind(const struct machine *m, const struct picture_figure *f, size_t i)
{
	size_t x = f->labels[i].x + cells_of(m, i) + 2;

	for (size_t k = 0; f->labels[i].comma && k < m->nedges; k++)
		if (f->labels[k].y == f->labels[i].y && f->labels[k].x == x)
			return k;
	return m->nedges;
}

static bool
begins_line(const struct machine *m, const struct picture_figure *f, size_t i)
{
	for (size_t k = 0; k < m->nedges; k++)
		if (behind(m, f, k) == i)
			return false;
	return true;
}

/* The events of a line, each of its own: one of them may be lit. */
static void
put_line(const struct machine *m, const struct picture_figure *f, size_t first,
    struct buf *out)
{
	const struct picture_label *l = &f->labels[first];
	struct figure_point at = svg_cell(l->x, l->y);
	double wide = 0, room = 0, comma = 2;
	size_t last = first;

	for (size_t i = first; i < m->nedges; i = behind(m, f, i)) {
		wide += figure_text_width(
		    str_of(i18n_text(event_word(m->edges[i].event))), SVG_TYPE,
		    false);
		wide += i == first ? 0 : comma * SVG_CELL_W / 2;
		last = i;
	}
	room =
	    (double)(f->labels[last].x + cells_of(m, last) - l->x) * SVG_CELL_W;
	at.x += (l->ends ? room : 0) - SVG_CELL_W / 2;
	buf_puts(out, "<text class=\"events\"");
	svg_put_place(
	    out, at, l->ends ? FIGURE_RIGHT : FIGURE_LEFT, wide, room);
	buf_putc(out, '>');
	for (size_t i = first; i < m->nedges; i = behind(m, f, i)) {
		buf_puts(out, i == first ? "<tspan" : ", <tspan");
		svg_put_id(out, 'e', i);
		xml_print(out, ">%s</tspan>",
		    i18n_text(event_word(m->edges[i].event)));
	}
	buf_puts(out, "</text>");
}

void
machine_svg_put(
    const struct machine *m, const struct picture_figure *f, struct buf *out)
{
	svg_put_begin(out, "k-machine", (double)(f->w + 1) * SVG_CELL_W,
	    (double)(f->h + 1) * SVG_CELL_H, str_of(i18n_text(m->title)));
	for (size_t i = 0; i < f->nroutes; i++)
		put_route(m, &f->routes[i], i, out);
	for (size_t i = 0; i < f->nboxes; i++)
		put_box(m, &f->boxes[i], out);
	for (size_t i = 0; i < m->nedges; i++)
		if (begins_line(m, f, i))
			put_line(m, f, i, out);
	svg_put_end(out);
}

void
machine_svg_put_state(struct str state, struct str title, struct buf *out)
{
	double w = figure_text_width(state, SVG_TYPE, true) + 40, h = 36;

	svg_put_begin(out, "k-machine", w + 4, h + 4, title);
	svg_put_group(out, "state", 's', 0, STR_NULL);
	svg_put_box(out, "", (struct figure_point){ 2, 2 }, w, h, 7);
	svg_put_text(out, "name", (struct figure_point){ 2 + w / 2, 2 + h / 2 },
	    FIGURE_CENTRE, state, 0);
	svg_put_group_end(out);
	svg_put_end(out);
}
