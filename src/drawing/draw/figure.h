/*
 * A figure: texts, lines and boxes at places given in points, y downwards from
 * the top.  A device says how they are written: as SVG, as text alone.
 * Every text is made safe and escaped by the device and nowhere else.
 */
#ifndef DRAW_FIGURE_H
#define DRAW_FIGURE_H

#include "base/buf.h"

/* CODE: left, in a font whose letters are all of one width, with every space.
 */
enum figure_align { FIGURE_LEFT, FIGURE_CENTRE, FIGURE_RIGHT, FIGURE_CODE };
enum figure_head { FIGURE_PLAIN, FIGURE_FULL, FIGURE_OPEN, FIGURE_HOLLOW };

struct figure_point {
	double x, y;
};

struct figure_font {
	double size;
	const char *colour; /* "#1b1f24" */
	bool bold, italic;
};

struct figure_pen {
	double width;
	const char *colour;
	const char *style; /* "dashed", "dotted"; NULL: solid */
	enum figure_head head;
};

/* Patterns that differ in print without colours: the fill, the ink, and the
 * lines drawn with it. */
#define FIGURE_PATTERNS 6
struct figure_pattern {
	const char *fill, *ink;
	double rise, step; /* of hatching; step 0: dots */
};
extern const struct figure_pattern figure_patterns[FIGURE_PATTERNS];

/* A group of elements, and the tooltip shown for it. */
struct figure_mark {
	const char *id;   /* plain characters, or NULL */
	const char *kind; /* its class: plain words */
	struct str tip;   /* may be empty */
};

/* Title and description for screen readers, and what the figure was made from.
 * ABOUT and SOURCE may be empty. */
struct figure_info {
	struct str title, about;
	struct str source; /* "rung 0.1.0, seed 7, trace 3f9a27c1…" */
};

struct figure;

/* Fonts and pens that a device has met, each a class of its own. */
#define FIGURE_CLASSES 48
struct figure_class {
	const char *colour, *style, *fill;
	double size;
	int form; /* of a font its alignment and shape, of a pen its head */
};

#define FIGURE_KINDS 16

struct figure {
	const struct figure_device *device;
	struct buf *out;
	double width, height;
	double printed;             /* its width in print; 0: the same */
	double cut_left, cut_right; /* points hidden at either side */
	/* The devices' own. */
	void *arg;
	const struct figure_info *info;
	size_t style_at, group_at;
	size_t group_font, group_pen; /* SIZE_MAX: none yet */
	/* The kinds of group met: what their elements usually are. */
	struct figure_kind {
		char name[16];
		size_t font, pen; /* SIZE_MAX: none yet */
	} kinds[FIGURE_KINDS];
	size_t nkinds;
	double dx, dy;                /* of a shift */
	double clip_top, clip_bottom; /* equal: nothing is clipped */
	double clip_left, clip_right; /* the same */
	const struct figure_mark *mark;
	struct figure_class fonts[FIGURE_CLASSES], pens[FIGURE_CLASSES],
	    boxes[FIGURE_CLASSES];
	size_t nfonts, npens, nboxes;
	/* Which classes a group uses, and which a single element. */
	bool group_fonts[FIGURE_CLASSES], group_pens[FIGURE_CLASSES],
	    own_fonts[FIGURE_CLASSES], own_pens[FIGURE_CLASSES];
	bool patterns[FIGURE_PATTERNS];
	struct buf scratch;
};

/* A device draws nothing for which it has no function. */
struct figure_device {
	bool turns; /* texts */
	void (*begin)(struct figure *f, const struct figure_info *info);
	void (*end)(struct figure *f);
	void (*clip)(struct figure *f, double top, double bottom);
	void (*clip_end)(struct figure *f);
	void (*shift)(struct figure *f);
	void (*shift_end)(struct figure *f);
	void (*group)(struct figure *f, const struct figure_mark *mark);
	void (*group_end)(struct figure *f);
	void (*text)(struct figure *f, double x, double y, struct str text,
	    enum figure_align align, const struct figure_font *font,
	    double angle);
	void (*box)(struct figure *f, double left, double top, double right,
	    double bottom, const char *fill, const char *line, bool rounded);
	void (*bar)(struct figure *f, double left, double top, double right,
	    double bottom, const char *line, size_t pattern);
	void (*line)(struct figure *f, const struct figure_point *points,
	    size_t n, const struct figure_pen *pen);
};

extern const struct figure_device figure_svg;

/* A drawing of WIDTH by HEIGHT points, appended to OUT, which keeps an error.
 * Later shapes lie above earlier ones.  INFO is borrowed until the end. */
void figure_begin(struct figure *f, const struct figure_device *device,
    struct buf *out, double width, double height,
    const struct figure_info *info);
void figure_end(struct figure *f);
/* How wide it is to be in print, in points; 0: as wide as it was begun. */
void figure_size(struct figure *f, double width);
/* LEFT and RIGHT points of it are not shown, on a device that can. */
void figure_cut(struct figure *f, double left, double right);

/* Nothing above TOP or below BOTTOM is seen until the end; once in a figure, on
 * a device that can. */
void figure_clip(struct figure *f, double top, double bottom);
/* Clips left of LEFT and right of RIGHT too; call it before figure_clip. */
void figure_clip_sides(struct figure *f, double left, double right);
void figure_clip_end(struct figure *f);

/* A hint: the shapes until the end lie near X, Y, so that a device can write
 * shorter coordinates from there on.  Not within a group; shifts do not
 * nest. */
void figure_shift(struct figure *f, double x, double y);
void figure_shift_end(struct figure *f);

/* Groups do not nest; MARK is borrowed until the end. */
void figure_group(struct figure *f, const struct figure_mark *mark);
void figure_group_end(struct figure *f);

/* Y is the middle of the line of text, X its left end, middle or right end. */
void figure_text(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font);
/* The same turned about that point by ANGLE degrees, clockwise; a device that
 * can't turns nothing. */
void figure_turned(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle);
/* LINE is the colour of the edge, NULL for none. */
void figure_box(struct figure *f, double left, double top, double right,
    double bottom, const char *fill, const char *line, bool rounded);
/* A box filled with a pattern, by its number. */
void figure_bar(struct figure *f, double left, double top, double right,
    double bottom, const char *line, size_t pattern);
/* A line through N points; its head, if any, at the last. */
void figure_line(struct figure *f, const struct figure_point *points, size_t n,
    const struct figure_pen *pen);

/* Appends TEXT with control characters, and the symbols of Unicode for them,
 * which no common font has, as "^[" is one. */
void figure_visible(struct buf *b, struct str text);

/* How wide TEXT will be in a proportional font of that size: at most that in
 * any family of FIGURE_FAMILY (draw/figure.c), the same on every machine.
 */
double figure_text_width(struct str text, double size, bool bold);
/* The same to Graphviz, which rounds what each character takes. */
double figure_text_rounded(struct str text, double size, bool bold);
/* As much of TEXT as fits into WIDTH points; a cut text ends in "…". */
void figure_fit(
    struct buf *b, struct str text, double size, bool bold, double width);

/* The same cut in the middle: the end of an address distinguishes it. */
void figure_fit_middle(
    struct buf *b, struct str text, double size, bool bold, double width);

/* The first families are common where reports are written; the last ones have
 * the arrows and, through fontconfig, the Chinese characters. */
#define FIGURE_FAMILY "Helvetica,Arial,DejaVu Sans,WenQuanYi Zen Hei,sans-serif"
#define FIGURE_CODE_FAMILY \
	"DejaVu Sans Mono,Courier,WenQuanYi Zen Hei Mono,monospace"

#endif
