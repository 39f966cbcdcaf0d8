/*
 * What all devices of figures have in common, and texts of figures: as they
 * are seen, how wide they are, cut to a width.
 */
#include "draw/figure.h"

#include <math.h>

#include "text/utf8.h"

/* ---- texts ---- */

/* U+2400 and what follows stands for the control characters, in order. */
static uint32_t
control_of(uint32_t c)
{
	if (c >= 0x2400 && c < 0x2420)
		return c - 0x2400;
	return c == 0x2421 ? 0x7f : c;
}

static bool
figure_is_control(uint32_t c)
{
	c = control_of(c);
	return c < 0x20 || c == 0x7f;
}

void
figure_visible(struct buf *b, struct str text)
{
	while (text.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(text, &used);

		if (figure_is_control(c)) {
			buf_putc(b, '^');
			buf_putc(b, (char)(control_of(c) ^ 0x40));
		} else {
			buf_str(b, str_slice(text, 0, used));
		}
		text = str_slice(text, used, text.n);
	}
}

/*
 * How wide each character is at most, from the space on, in DejaVu Sans 2.37,
 * Liberation Sans 2.1 (as wide as Arial and Helvetica), Nimbus Sans 2020 and
 * Noto Sans 2.4, in hundredths of the font's size. Figures name these families
 * and their substitutes; so widths do not depend on the machine.
 */
static const unsigned char usual[] = { 32, 41, 46, 84, 64, 96, 78, 28, 40, 40,
	56, 84, 32, 37, 32, 38, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34,
	84, 84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 34, 50, 67, 56, 91,
	76, 79, 67, 79, 73, 67, 62, 74, 69, 99, 69, 67, 69, 40, 38, 40, 84, 56,
	50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64,
	42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 56, 64, 84 };

static const unsigned char bold_ones[] = { 35, 46, 53, 84, 70, 101, 88, 31, 46,
	46, 55, 84, 38, 42, 38, 42, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40,
	40, 84, 84, 84, 62, 100, 78, 77, 74, 84, 69, 69, 83, 84, 39, 56, 78, 64,
	100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 42, 46,
	84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69,
	72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 56, 72, 84 };

/* Others; the first that holds counts, else 100. */
static const struct {
	uint32_t from, to;
	unsigned width;
} others[] = {
	{ 0xb7, 0xb7, 35 }, /* U+00B7, the dot between words */
	{ 0xc6, 0xc6, 100 },
	{ 0xc0, 0xdf, 84 },
	{ 0xe6, 0xe6, 98 },
	{ 0xf7, 0xf7, 84 },
	{ 0xe0, 0xff, 64 },
	{ 0x100, 0x24f, 107 },
	{ 0x370, 0x3ff, 98 },   /* Greek */
	{ 0x400, 0x6ff, 123 },  /* Cyrillic, Hebrew, Arabic */
	{ 0x2010, 0x2013, 64 }, /* dashes, then quotation marks */
	{ 0x2018, 0x201b, 35 },
	{ 0x201c, 0x201f, 60 },
};

/* How much wider than the usual one a bold character is, in hundredths. */
#define BOLD 111
/* A dot of Graphviz's, of which there are 96 an inch, in hundredths of a point.
 */
#define DOT 75

static unsigned
width_of_other(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (c >= others[i].from && c <= others[i].to)
			return others[i].width;
	return utf8_cells(c) > 0 ? 100 : 0;
}

static unsigned
figure_width_of(uint32_t c, bool bold)
{
	unsigned width;

	if (figure_is_control(c)) /* "^A" */
		return figure_width_of('^', bold) +
		       figure_width_of(control_of(c) ^ 0x40, bold);
	if (c >= ' ' && c <= '~')
		return bold ? bold_ones[c - ' '] : usual[c - ' '];
	width = width_of_other(c);
	return bold ? width * BOLD / 100 : width;
}

double
figure_text_width(struct str text, double size, bool bold)
{
	unsigned long hundredths = 0;

	while (text.n > 0) {
		size_t used;

		hundredths += figure_width_of(utf8_decode(text, &used), bold);
		text = str_slice(text, used, text.n);
	}
	return (double)hundredths * size / 100;
}

double
figure_text_rounded(struct str text, double size, bool bold)
{
	long dots = 0;

	while (text.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(text, &used);

		double width = figure_width_of(c, bold) * size / DOT;

		/* With an "i" it may become one character. */
		dots += c == 'f' ? (long)ceil(width) : lround(width);
		text = str_slice(text, used, text.n);
	}
	return (double)dots * DOT / 100;
}

void
figure_fit(struct buf *b, struct str text, double size, bool bold, double width)
{
	size_t cells = utf8_width(text);

	if (figure_text_width(text, size, bold) <= width) {
		buf_str(b, text);
		return;
	}
	while (cells > 1 &&
	       figure_text_width(utf8_clip(text, cells), size, bold) + size >
		   width)
		cells--;
	buf_str(b, utf8_clip(text, cells));
	buf_puts(b, "…");
}

/* The end of TEXT that fits into WIDTH. */
static struct str
fitting_end(struct str text, double size, bool bold, double width)
{
	while (text.n > 0 && figure_text_width(text, size, bold) > width) {
		size_t used;

		utf8_decode(text, &used);
		text = str_slice(text, used, text.n);
	}
	return text;
}

void
figure_fit_middle(
    struct buf *b, struct str text, double size, bool bold, double width)
{
	size_t cells = utf8_width(text);
	struct str begin = text;

	if (figure_text_width(text, size, bold) <= width) {
		buf_str(b, text);
		return;
	}
	width -= size;
	while (cells > 1 && figure_text_width(begin, size, bold) > width * 0.4)
		begin = utf8_clip(text, --cells);
	buf_str(b, begin);
	buf_puts(b, "…");
	buf_str(b, fitting_end(str_slice(text, begin.n, text.n), size, bold,
		       width - figure_text_width(begin, size, bold)));
}

/* ---- patterns, and the calls that go on to the device ---- */

const struct figure_pattern figure_patterns[FIGURE_PATTERNS] = {
	{ "#dbe6f4", "#1f4f8f", 5, 5 },
	{ "#f3ead6", "#7a5600", 0, 0 },
	{ "#dff0e5", "#17683a", 0, 4 },
	{ "#f6e0dd", "#a3180e", -5, 5 },
	{ "#ececec", "#5b636e", 9, 3 },
	{ "#ffffff", "#5b636e", 0, 9 },
};

void
figure_begin(struct figure *f, const struct figure_device *device,
    struct buf *out, double width, double height,
    const struct figure_info *info)
{
	*f = (struct figure){ .device = device,
		.out = out,
		.width = width,
		.height = height,
		.scratch = BUF_INIT };
	if (device->begin != NULL)
		device->begin(f, info);
}

void
figure_end(struct figure *f)
{
	f->device->end(f);
	if (f->scratch.err != 0)
		f->out->err = f->scratch.err;
	buf_free(&f->scratch);
}

void
figure_size(struct figure *f, double width)
{
	f->printed = width;
}

void
figure_cut(struct figure *f, double left, double right)
{
	f->cut_left = left;
	f->cut_right = right;
}

void
figure_clip_sides(struct figure *f, double left, double right)
{
	f->clip_left = left;
	f->clip_right = right;
}

void
figure_clip(struct figure *f, double top, double bottom)
{
	f->clip_top = top;
	f->clip_bottom = bottom;
	if (f->device->clip != NULL)
		f->device->clip(f, top, bottom);
}

void
figure_clip_end(struct figure *f)
{
	if (f->device->clip_end != NULL)
		f->device->clip_end(f);
}

void
figure_shift(struct figure *f, double x, double y)
{
	f->dx = x;
	f->dy = y;
	if (f->device->shift != NULL)
		f->device->shift(f);
}

void
figure_shift_end(struct figure *f)
{
	f->dx = f->dy = 0;
	if (f->device->shift_end != NULL)
		f->device->shift_end(f);
}

void
figure_group(struct figure *f, const struct figure_mark *mark)
{
	f->device->group(f, mark);
}

void
figure_group_end(struct figure *f)
{
	f->device->group_end(f);
}

void
figure_text(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font)
{
	figure_turned(f, x, y, text, align, font, 0);
}

void
figure_turned(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle)
{
	LOCAL_BUF shown = BUF_INIT;

	if (text.n == 0)
		return;
	figure_visible(&shown, text);
	if (shown.err == 0)
		f->device->text(f, x, y, buf_view(&shown), align, font, angle);
	else
		f->out->err = shown.err;
}

void
figure_box(struct figure *f, double left, double top, double right,
    double bottom, const char *fill, const char *line, bool rounded)
{
	if (f->device->box != NULL)
		f->device->box(
		    f, left, top, right, bottom, fill, line, rounded);
}

void
figure_bar(struct figure *f, double left, double top, double right,
    double bottom, const char *line, size_t pattern)
{
	if (f->device->bar != NULL)
		f->device->bar(f, left, top, right, bottom, line, pattern);
}

void
figure_line(struct figure *f, const struct figure_point *points, size_t n,
    const struct figure_pen *pen)
{
	if (f->device->line != NULL)
		f->device->line(f, points, n, pen);
}
