/*
 * A figure's device that only writes down what is drawn and where: texts,
 * strokes, bars, lifelines and what covers them, one struct said behind the
 * other; and whether two of them lie upon each other.
 */
#ifndef FIGURE_SAID_H
#define FIGURE_SAID_H

#include "draw/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the device writes down, one behind the other: a text, or a stroke, which
 * is a text of no height; a patterned bar. */
enum said_kind { SAID_TEXT, SAID_STROKE, SAID_BAR, SAID_LIFELINE, SAID_COVER };
struct said {
	enum said_kind kind;
	double x, y;       /* the middle of the text */
	double half, high; /* half of its width and height */
	double sin, cos;
	bool italic, bold;
	double page_left, page_right, page_height, top, bottom;
	unsigned long message; /* whose arrow or label it is; 0: no message's */
	bool leader, arrow;    /* a stroke from a label to its arrow; of that */
	char text[48];
};

/* Of the group that F is in; 0: no message's. */
static unsigned long
message_of(const struct figure *f)
{
	static const char *const kinds[] = { "req", "prov", "ok", "redir",
		"fail", "other" };

	for (size_t i = 0; f->mark != NULL && i < 6; i++)
		if (strncmp(f->mark->kind, kinds[i], strlen(kinds[i])) == 0)
			return strtoul(f->mark->id + 1, NULL, 10);
	return 0;
}

static void
nothing(struct figure *f)
{
	(void)f;
}

static void
begins(struct figure *f, const struct figure_info *info)
{
	(void)f;
	(void)info;
}

static void
groups(struct figure *f, const struct figure_mark *mark)
{
	f->mark = mark;
}

static void
ungroups(struct figure *f)
{
	f->mark = NULL;
}

static void
clips(struct figure *f, double top, double bottom)
{
	(void)f;
	(void)top;
	(void)bottom;
}

static void
unclips(struct figure *f)
{
	f->clip_top = f->clip_bottom = f->clip_left = f->clip_right = 0;
}

static void
says(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle)
{
	/* Letters are lower than their line is. */
	struct said s = {
		.half = figure_text_width(text, font->size, font->bold) / 2,
		.high = font->size * 0.42,
		.italic = font->italic,
		.bold = font->bold,
		.sin = sin(angle * acos(-1) / 180),
		.cos = cos(angle * acos(-1) / 180),
		.page_left = f->cut_left,
		.page_right = f->width - f->cut_right,
		.page_height = f->height,
		.top = f->clip_top,
		.bottom = f->clip_bottom,
		.message = message_of(f)
	};
	double by = align == FIGURE_LEFT    ? s.half
		    : align == FIGURE_RIGHT ? -s.half
					    : 0;

	s.x = x + by * s.cos;
	s.y = y + by * s.sin;
	if (f->clip_left < f->clip_right) {
		s.page_left = f->clip_left;
		s.page_right = f->clip_right;
	}
	snprintf(s.text, sizeof(s.text), "%.*s",
	    (int)(text.n < 47 ? text.n : 47), text.p);
	buf_add(f->out, (const char *)&s, sizeof(s));
}

/* A lifeline, which is a box as thin as a line, or what covers one. */
static void
boxes(struct figure *f, double left, double top, double right, double bottom,
    const char *fill, const char *line, bool rounded)
{
	struct said s = { .kind =
			      right - left <= 1 ? SAID_LIFELINE : SAID_COVER,
		.x = (left + right) / 2,
		.y = (top + bottom) / 2,
		.half = (right - left) / 2,
		.high = (bottom - top) / 2,
		.cos = 1 };

	(void)line;
	(void)rounded;
	if (fill != NULL)
		buf_add(f->out, (const char *)&s, sizeof(s));
}

/* As much of it as is seen. */
static double
clipped(const struct figure *f, double y)
{
	if (f->clip_top >= f->clip_bottom)
		return y;
	return fmin(fmax(y, f->clip_top), f->clip_bottom);
}

static void
bars(struct figure *f, double left, double top, double right, double bottom,
    const char *line, size_t pattern)
{
	double from = clipped(f, top), to = clipped(f, bottom);
	struct said s = { .kind = SAID_BAR,
		.x = (left + right) / 2,
		.y = (from + to) / 2,
		.half = (right - left) / 2,
		.high = (to - from) / 2,
		.cos = 1 };

	(void)line;
	(void)pattern;
	if (from < to)
		buf_add(f->out, (const char *)&s, sizeof(s));
}

/* Pens: a leader's is thinner than a note's, an arrow's thicker. */
#define LEADER 0.65
#define ARROW  1.0
/* What is thicker paints over what lies below a text. */
#define THICK 5.0

static void
stroke(struct figure *f, struct figure_point a, struct figure_point b,
    const struct figure_pen *pen)
{
	double top = clipped(f, a.y), bottom = clipped(f, b.y);
	double slope = b.y != a.y ? (b.x - a.x) / (b.y - a.y) : 0;
	double dx, dy, length;
	struct said s = { .kind = SAID_STROKE,
		.cos = 1,
		.message = message_of(f),
		.leader = pen->width < LEADER && pen->style == NULL,
		.arrow = pen->width > ARROW };

	/* What is clipped of a line shortens it across, too. */
	if (slope != 0) {
		b.x = a.x + (bottom - a.y) * slope;
		a.x += (top - a.y) * slope;
	}
	dx = b.x - a.x;
	dy = bottom - top;
	length = sqrt(dx * dx + dy * dy);
	s.x = a.x + dx / 2;
	s.y = top + dy / 2;
	s.half = length / 2;
	if (length <= 0)
		return;
	s.sin = dy / length;
	s.cos = dx / length;
	buf_add(f->out, (const char *)&s, sizeof(s));
}

static void
lines(struct figure *f, const struct figure_point *points, size_t n,
    const struct figure_pen *pen)
{
	for (size_t i = 1; i < n && pen->width < THICK; i++)
		stroke(f, points[i - 1], points[i], pen);
}

static const struct figure_device recorder = { .turns = true,
	.begin = begins,
	.end = nothing,
	.clip = clips,
	.clip_end = unclips,
	.group = groups,
	.group_end = ungroups,
	.text = says,
	.box = boxes,
	.bar = bars,
	.line = lines };

/* Whether there is a gap between A and B along A's sides. */
static bool
apart(const struct said *a, const struct said *b)
{
	double sine = b->sin * a->cos - b->cos * a->sin;
	double cosine = b->cos * a->cos + b->sin * a->sin;
	double dx = b->x - a->x, dy = b->y - a->y;
	double along = dx * a->cos + dy * a->sin;
	double across = dy * a->cos - dx * a->sin;
	double wide = fabs(cosine) * b->half + fabs(sine) * b->high;
	double high = fabs(sine) * b->half + fabs(cosine) * b->high;

	return fabs(along) >= a->half + wide || fabs(across) >= a->high + high;
}

#endif
