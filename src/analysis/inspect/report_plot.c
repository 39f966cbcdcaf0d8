/* The delays as they add up: which share of them took at most so long. */
#include "inspect/report.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/plot.h"

#define POINTS 200

struct curves {
	struct plot_series series[INSPECT_DELAY_COUNT];
	struct plot_point points[INSPECT_DELAY_COUNT][POINTS + 1];
	size_t n;
};

/* Of many delays every so manieth. */
static void
add_curve(struct curves *c, const struct inspect *in, enum inspect_delay which)
{
	const struct inspect_delays *d = inspect_delays(in, which);
	struct plot_point *p = c->points[c->n];
	size_t n = d->n < POINTS ? d->n : POINTS;

	if (d->n < 2)
		return;
	for (size_t i = 0; i < n; i++) {
		size_t at = (i + 1) * d->n / n - 1;

		p[i] = (struct plot_point){
			.x = (double)d->ns[at] / 1e9,
			.y = 100.0 * (double)(at + 1) / (double)d->n,
		};
	}
	c->series[c->n++] = (struct plot_series){
		str_of(i18n_text(inspect_delay_figures[which].name)), p, n
	};
}

static bool
is_drawn(enum inspect_delay which, int i)
{
	return which == INSPECT_DELAY_COUNT ? i != INSPECT_SDT
					    : i == (int)which;
}

bool
report_plot(const struct inspect *in, enum inspect_delay which, struct buf *out)
{
	struct curves *c = mem_zalloc(1, sizeof(*c));
	struct str title = str_of(which == INSPECT_DELAY_COUNT
				      ? _("How long it took")
				      : _(inspect_delay_figures[which].name));
	struct figure_info info = { title, title, STR("rung " RUNG_VERSION) };
	struct plot plot = { .title = title,
		.x_label = str_of(_("seconds, at most")),
		.y_label = str_of(_("share (%)")),
		.y_most = 100,
		.shares = true };
	bool any;

	if (c == NULL) {
		out->err = ERR_NOMEM;
		return false;
	}
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++)
		if (is_drawn(which, i))
			add_curve(c, in, (enum inspect_delay)i);
	plot.series = c->series;
	plot.nseries = c->n;
	any = c->n > 0;
	/* The title says it. */
	if (which != INSPECT_DELAY_COUNT)
		c->series[0].name = STR_NULL;
	if (any)
		plot_draw(&plot, &info, &figure_svg, out);
	mem_free(c);
	return any;
}

void
report_svg(const struct inspect *in, size_t width, struct buf *out)
{
	(void)width;
	if (!report_plot(in, INSPECT_DELAY_COUNT, out) &&
	    !report_plot(in, INSPECT_SDT, out))
		buf_puts(out,
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" "
		    "height=\"1\"/>\n");
}
