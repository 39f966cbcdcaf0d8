/* Whose lifelines they are: names, labels and roles in their domains. */
#include "base/err.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_figure_in.h"
#include "role/role.h"

#include <math.h>

static const struct figure_font label_font = { CAPTION_SIZE, INK, false,
	false };
static const struct figure_font role_font = { ROLE_SIZE, GREY, false, false };

/* A name that is too long has smaller type, down to this, before it is cut. */
#define NAME_SIZE  12.0
#define NAME_LEAST 9.0

/* A domain's: where one is too long for two lines, all have smaller type. */
#define FRAME_SIZE 9.0
#define PIECE      1.3 /* half of how thick a piece of a lifeline is */

static struct figure_font
name_font(const struct picture *p)
{
	return (struct figure_font){ p->types.name, INK, true, false };
}

static double
width_in(struct str text, const struct figure_font *font)
{
	return figure_text_width(text, font->size, font->bold);
}

/* WORD on the line that begins, or on the next where it has no room; SIGN is
 * between two of a line.  Returns the line's index. */
static int
names_add_word(struct buf *lines, int n, int most, struct str word,
    const char *sign, const struct figure_font *font, double width)
{
	LOCAL_BUF next = BUF_INIT;

	if (lines[n].n > 0) {
		buf_str(&next, buf_view(&lines[n]));
		buf_puts(&next, sign);
	}
	buf_str(&next, word);
	if (lines[n].n > 0 && n + 1 < most &&
	    figure_text_width(buf_view(&next), font->size, font->bold) >
		width) {
		n++;
		buf_str(&lines[n], word);
	} else {
		buf_clear(&lines[n]);
		buf_str(&lines[n], buf_view(&next));
	}
	if (next.err != 0)
		lines[0].err = next.err;
	return n;
}

/* A role on the lines; one that is too long for a line on more of them. */
static int
add_role(struct buf *lines, int n, struct str name, double width)
{
	const char *sign = " · ";

	if (width_in(name, &role_font) <= width)
		return names_add_word(
		    lines, n, ROLE_LINES, name, sign, &role_font, width);
	while (name.n > 0) {
		struct str word = str_cut(name, ' ', &name);

		n = names_add_word(
		    lines, n, ROLE_LINES, word, sign, &role_font, width);
		sign = " ";
	}
	return n;
}

int
picture_role(struct str role, double width, struct buf lines[ROLE_LINES])
{
	struct str rest = str_trim(role);
	LOCAL_BUF name = BUF_INIT;
	int n = 0;

	bool alone = rest.n > 0 && str_chr(rest, ' ') < 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n == 0)
			continue;
		buf_clear(&name);
		/* Alone it has its whole name. */
		if (alone)
			role_put(&name, word, "");
		else
			role_put_brief(&name, word);
		n = add_role(lines, n, buf_view(&name), width);
	}
	if (name.err != 0)
		lines[0].err = name.err;
	return n + 1;
}

void
picture_role_free(struct buf lines[ROLE_LINES])
{
	for (int i = 0; i < ROLE_LINES; i++)
		buf_free(&lines[i]);
}

/* LINE as much of it as has room; ERR's err tells of missing memory. */
static void
names_fit_line(struct buf *line, const struct figure_font *font, double width,
    struct buf *err)
{
	struct buf fitted = BUF_INIT;

	figure_fit_middle(
	    &fitted, buf_view(line), font->size, font->bold, width);
	buf_clear(line);
	buf_str(line, buf_view(&fitted));
	buf_end(&fitted, &err->err);
}

/* How much of WORD goes on a line, up to a sign between its parts; all of it
 * where there is none. */
static size_t
fitting_part(struct str word, const struct figure_font *font, double width)
{
	size_t best = word.n;

	for (size_t i = 1; i < word.n; i++) {
		char c = word.p[i - 1];

		if (c != '-' && c != '.' && c != '_' && c != '@' && c != ':')
			continue;
		if (best < word.n &&
		    width_in(str_slice(word, 0, i), font) > width)
			break;
		best = i;
	}
	return width_in(word, font) <= width ? word.n : best;
}

static int
put_name_lines(struct str name, int most, const struct figure_font *font,
    double width, struct buf lines[HEAD_LINES])
{
	struct str rest = name;
	int n = 0;

	if (width_in(name, font) <= width) {
		buf_str(&lines[0], name);
		return 1;
	}
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		const char *sign = " ";

		while (word.n > 0) {
			size_t part = fitting_part(word, font, width);

			n = names_add_word(lines, n, most,
			    str_slice(word, 0, part), sign, font, width);
			word = str_slice(word, part, word.n);
			sign = "";
		}
	}
	for (int i = 0; i <= n; i++)
		names_fit_line(&lines[i], font, width, &lines[0]);
	return n + 1;
}

int
picture_names(const struct picture *p, const struct layout_column *c,
    struct buf lines[HEAD_LINES])
{
	const struct figure_font font = name_font(p);
	double width = picture_name_room(p);
	struct str rest = str_trim(c->caption);
	int n = 1;

	if (rest.n == 0)
		return put_name_lines(
		    str_trim(c->name), NAME_LINES, &font, width, lines);
	figure_fit_middle(&lines[0], c->name, font.size, true, width);
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0)
			n = names_add_word(lines, n, HEAD_LINES, word, " ",
			    &label_font, width);
	}
	for (int i = 1; i <= n; i++)
		names_fit_line(&lines[i], &label_font, width, &lines[0]);
	return n + 1;
}

/* The widest word of NAME; all of it where a label takes the lines below. */
static double
least_name(const struct layout_column *c)
{
	struct str rest = str_trim(c->name);
	double widest = 0;

	if (c->caption.n > 0)
		return figure_text_width(rest, NAME_SIZE, true);
	while (rest.n > 0)
		widest =
		    fmax(widest, figure_text_width(str_cut(rest, ' ', &rest),
				     NAME_SIZE, true));
	return widest;
}

double
picture_name_size(const struct picture *p)
{
	double widest = 0;

	for (size_t i = 0; i < p->l->ncolumns; i++)
		widest = fmax(widest, least_name(&p->l->columns[i]));
	if (widest <= picture_name_room(p))
		return NAME_SIZE;
	return fmax(NAME_LEAST,
	    floor(NAME_SIZE * picture_name_room(p) / widest * 4) / 4);
}

double
picture_name_room(const struct picture *p)
{
	return 2 * p->half - (p->fit.squeezed ? 4 : 8);
}

/* From *LEFT to *RIGHT, or what there is of it on this page, open where the
 * page ends; false: nothing. */
static bool
draw_frame_box(struct picture *p, double *left, double *right)
{
	double from = *left, to = *right, top = p->head,
	       bottom = top + p->names;
	struct figure_pen pen = { 1, PALE, NULL, FIGURE_PLAIN };

	if (!picture_part(p, left, right))
		return false;
	if (*left <= from && *right >= to) {
		figure_box(
		    &p->figure, from, top, to, bottom, PAPER, PALE, true);
		return true;
	}
	figure_box(&p->figure, *left, top, *right, bottom, PAPER, NULL, false);
	for (int i = 0; i < 2; i++) {
		struct figure_point edge[] = { { *left, i > 0 ? bottom : top },
			{ *right, i > 0 ? bottom : top } };

		figure_line(&p->figure, edge, 2, &pen);
	}
	for (int i = 0; i < 2; i++) {
		double x = i > 0 ? *right : *left;
		struct figure_point edge[] = { { x, top }, { x, bottom } };

		if (i > 0 ? *right >= to : *left <= from)
			figure_line(&p->figure, edge, 2, &pen);
	}
	return true;
}

static void
free_lines(struct buf lines[HEAD_LINES])
{
	for (int i = 0; i < HEAD_LINES; i++)
		buf_free(&lines[i]);
}

static bool
is_cut(const struct buf lines[HEAD_LINES])
{
	bool cut = false;

	for (int i = 0; i < HEAD_LINES; i++)
		cut |= str_find(buf_view(&lines[i]), "…") >= 0;
	return cut;
}

/* The name of a domain from LEFT to RIGHT, on lines about as long as each other
 * where that can be. */
static int
names_put_frame(const struct picture *p, struct str name, double left,
    double right, struct buf lines[HEAD_LINES])
{
	const struct figure_font font = { p->types.frame, GREY, false, false };
	double room = right - left - (p->fit.squeezed ? 4 : 12);
	double whole = width_in(name, &font), half = whole * 0.65;

	if (p->types.frame_lines > 1 && whole > room && half < room) {
		int n = put_name_lines(
		    name, p->types.frame_lines, &font, half, lines);

		if (!is_cut(lines))
			return n;
		free_lines(lines);
	}
	return put_name_lines(name, p->types.frame_lines, &font, room, lines);
}

/* Whether all of them are whole on the lines that there are, in their type;
 * MOST: how many lines one takes. */
static bool
frames_fit(const struct picture *p, int *most)
{
	bool fits = true;

	*most = 1;
	for (size_t i = 0; i < p->l->nframes; i++) {
		const struct layout_frame *d = &p->l->frames[i];
		struct buf lines[HEAD_LINES] = { BUF_INIT };
		int n = names_put_frame(p, d->name, p->x[d->first] - p->half,
		    p->x[d->last] + p->half, lines);

		*most = n > *most ? n : *most;
		fits &= !is_cut(lines);
		free_lines(lines);
	}
	return fits;
}

void
picture_fit_frames(struct picture *p)
{
	int most;

	for (p->types.frame_lines = NAME_LINES;; p->types.frame_lines++) {
		p->types.frame = FRAME_SIZE;
		while (!frames_fit(p, &most) && p->types.frame > SMALLEST_TYPE)
			p->types.frame -= 0.25;
		if (frames_fit(p, &most) || p->types.frame_lines == HEAD_LINES)
			break;
	}
	p->types.frame_lines = most;
}

static void
names_draw_frames(struct picture *p)
{
	const struct figure_font font = { p->types.frame, GREY, false, false };

	for (size_t i = 0; i < p->l->nframes; i++) {
		const struct layout_frame *d = &p->l->frames[i];
		struct buf lines[HEAD_LINES] = { BUF_INIT };
		double left = p->x[d->first] - p->half;
		double right = p->x[d->last] + p->half, y = p->head + 10;
		int n;

		if (!draw_frame_box(p, &left, &right))
			continue;
		n = names_put_frame(p, d->name, left, right, lines);
		y += FRAME_LINE * (p->types.frame_lines - n) / 2.0;
		for (int k = 0; k < n; k++)
			figure_text(&p->figure, (left + right) / 2,
			    y + FRAME_LINE * k, buf_view(&lines[k]),
			    FIGURE_CENTRE, &font);
		if (lines[0].err != 0)
			p->figure.out->err = lines[0].err;
		free_lines(lines);
	}
}

/* The top of the nodes' part of the names, below the domains' lines but the
 * first. */
static double
nodes_top(const struct picture *p)
{
	return p->head + FRAME_LINE * (p->types.frame_lines - 1);
}

/* The name, below it the label and the roles, about X. */
static void
draw_name_lines(struct picture *p, const struct layout_column *c, double x)
{
	struct buf role[ROLE_LINES] = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct buf name[HEAD_LINES] = { BUF_INIT };
	LOCAL_BUF b = BUF_INIT;
	const struct figure_font font = name_font(p);
	double room = picture_name_room(p), y = nodes_top(p) + 26;
	int names = picture_names(p, c, name);
	int roles = picture_role(c->role, room, role);

	/* A name alone is in the middle. */
	if (role[0].n == 0)
		y += 7;
	y += NAME_LINE * (p->types.name_lines - names) / 2.0;
	for (int i = 0; i < names; i++)
		figure_text(&p->figure, x, y + NAME_LINE * i,
		    buf_view(&name[i]), FIGURE_CENTRE,
		    i > 0 && c->caption.n > 0 ? &label_font : &font);
	y = nodes_top(p) + 40 + NAME_LINE * (p->types.name_lines - 1);
	for (int i = 0; i < roles; i++) {
		buf_clear(&b);
		figure_fit(&b, buf_view(&role[i]), ROLE_SIZE, false, room);
		figure_text(&p->figure, x, y + ROLE_LINE * i, buf_view(&b),
		    FIGURE_CENTRE, &role_font);
	}
	if (role[0].err != 0 || name[0].err != 0 || b.err != 0)
		p->figure.out->err = ERR_NOMEM;
	free_lines(name);
	picture_role_free(role);
}

static void
draw_node_name(struct picture *p, const struct layout_column *c, double x)
{
	double left = x - p->half, right = x + p->half;

	if (!picture_part(p, &left, &right))
		return;
	/* Only what lies outside a domain needs a box of its own. */
	if (c->frame == LAYOUT_NONE)
		figure_box(&p->figure, x - p->half, nodes_top(p) + 14,
		    x + p->half, p->head + p->names, PAPER, PALE, true);
	draw_name_lines(p, c, x);
	/* A box, since boxes lie below lines and bars above it. */
	figure_box(
	    &p->figure, x - 0.5, p->top, x + 0.5, p->bottom, LIFE, NULL, false);
}

/* What a crash costs, on a piece of a lifeline. */
static void
draw_piece(struct picture *p, const struct layout_piece *piece)
{
	double x = p->x[piece->column], left = x - PIECE, right = x + PIECE;
	double top = picture_paper_y(p, piece->y),
	       end = picture_paper_y(p, piece->y_end);

	if (ladder_costs[piece->cost].ink == NULL ||
	    !picture_on_page(p, piece->y, piece->y_end) ||
	    !picture_part(p, &left, &right))
		return;
	if (top < p->top)
		top = p->top;
	if (end > p->bottom)
		end = p->bottom;
	if (end > top)
		figure_box(&p->figure, x - PIECE, top, x + PIECE, end,
		    ladder_costs[piece->cost].ink, NULL, false);
}

void
picture_lifelines(struct picture *p)
{
	names_draw_frames(p);
	for (size_t i = 0; i < p->l->ncolumns; i++)
		draw_node_name(p, &p->l->columns[i], p->x[i]);
	for (size_t i = 0; i < p->l->npieces; i++)
		draw_piece(p, &p->l->pieces[i]);
}
