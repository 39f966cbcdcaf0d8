/*
 * What all devices have in common: how wide texts are, which patterns there
 * are, and handing on to the device.
 */
#include "draw/figure.h"

#include "base/utf8.h"

const struct figure_pattern figure_patterns[FIGURE_PATTERNS] = {
	{ "#dbe6f4", "#1f4f8f", 5, 5 },
	{ "#f3ead6", "#7a5600", 0, 0 },
	{ "#dff0e5", "#17683a", 0, 4 },
	{ "#f6e0dd", "#a3180e", -5, 5 },
	{ "#ececec", "#5b636e", 9, 3 },
	{ "#ffffff", "#5b636e", 0, 9 },
};

static bool
is_narrow(char c)
{
	return c == ' ' || c == '.' || c == ',' || c == ':' || c == '(' ||
	       c == ')' || c == 'i' || c == 'l' || c == 'I' || c == 'j' ||
	       c == 't' || c == 'f' || c == 'r' || c == '/' || c == '|';
}

/* U+2400 and what follows stands for the control characters, in order. */
static uint32_t
control_of(uint32_t c)
{
	if (c >= 0x2400 && c < 0x2420)
		return c - 0x2400;
	return c == 0x2421 ? 0x7f : c;
}

static bool
is_control(uint32_t c)
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

		if (is_control(c)) {
			buf_putc(b, '^');
			buf_putc(b, (char)(control_of(c) ^ 0x40));
		} else {
			buf_str(b, str_slice(text, 0, used));
		}
		text = str_slice(text, used, text.n);
	}
}

double
figure_text_width(struct str text, double size, bool bold)
{
	double em = 0;

	while (text.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(text, &used);
		unsigned cells = utf8_cells(c);

		if (cells == 2)
			em += 1.0;
		else if (c < 0x80 && is_narrow((char)c))
			em += 0.36;
		else if (c >= 'A' && c <= 'Z')
			em += 0.70;
		else if (is_control(c))
			em += 2 * 0.72;
		else if (cells == 1)
			em += 0.62;
		text = str_slice(text, used, text.n);
	}
	return em * size * (bold ? 1.11 : 1.0);
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
	struct buf shown = BUF_INIT;

	if (text.n == 0)
		return;
	figure_visible(&shown, text);
	if (shown.err == 0)
		f->device->text(f, x, y, buf_view(&shown), align, font, angle);
	else
		f->out->err = shown.err;
	buf_free(&shown);
}

void
figure_box(struct figure *f, double left, double top, double right,
    double bottom, const char *fill, const char *line, bool rounded)
{
	f->device->box(f, left, top, right, bottom, fill, line, rounded);
}

void
figure_bar(struct figure *f, double left, double top, double right,
    double bottom, const char *line, size_t pattern)
{
	f->device->bar(f, left, top, right, bottom, line, pattern);
}

void
figure_line(struct figure *f, const struct figure_point *points, size_t n,
    const struct figure_pen *pen)
{
	f->device->line(f, points, n, pen);
}
