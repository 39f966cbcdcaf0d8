/*
 * What all devices have in common: which patterns there are, and handing on to
 * the device.
 */
#include "draw/figure.h"

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
