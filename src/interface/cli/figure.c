/* State machines and networks as files; see cli/figure.h. */
#include "cli/figure.h"

#include "base/err.h"
#include "base/param.h"
#include "cli/option_checks.h"
#include "cli/message_options.h"
#include "draw/graphviz.h"
#include "draw/raster.h"
#include "trace/program.h"
#include "trace/record_name.h"
#include "pictures/machines/machine_dot.h"
#include "pictures/network/map_dot.h"
#include "pictures/network/network_dot.h"
#include "words/hearing_doc.h"
#include "words/trace_words.h"

#include <string.h>

typedef int dot_fn(const struct trace *t, const struct network_dot_options *o,
    struct buf *out, struct diag *d);

static int
figure_command_write_network(struct cli *c, const struct trace *t, dot_fn *fn,
    struct buf *out, struct diag *d)
{
	LOCAL_BUF dot = BUF_INIT, footer = BUF_INIT;
	struct network_dot_options o = { .title = c->title };
	int err;

	origin_put_line(&footer, t);
	o.footer = buf_cstr(&footer);
	err = fn(t, &o, &dot, d);
	if (err == 0)
		err = dot_html_write(buf_view(&dot), "dot", c->format, out, d);
	return err;
}

static int
write_topology(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	return figure_command_write_network(c, t, network_dot_write, out, d);
}

static int
write_map(struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	return figure_command_write_network(c, t, map_dot_write, out, d);
}

static int
unknown_machine(const char *name, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;

	if (strcmp(name, "all") == 0) {
		diag_set(d, ERR_NOTFOUND, NULL, 0, _("--%s: “%s” is not known"),
		    "machine", name);
		return diag_meant(d, ERR_NOTFOUND, "--what=machines");
	}
	for (size_t n = 0; machine_at(n) != NULL; n++)
		buf_printf(
		    &list, "%s%s", n > 0 ? ", " : "", machine_at(n)->name);
	return list.err != 0
		   ? diag_fail(d, list.err)
		   : cli_refuse_value("machine", name, buf_cstr(&list), d);
}

/* The machines asked for, else all. */
static int
choose_machines(
    const struct cli *c, struct machine_path *paths, size_t *n, struct diag *d)
{
	int err = 0;

	*n = 0;
	for (size_t i = 0; err == 0 && i < c->nmachines; i++) {
		const struct machine *m = machine_find(str_of(c->machines[i]));

		if (str_is(str_of(c->machines[i]), TRACE_PROGRAM_MACHINE))
			continue;
		if (m == NULL)
			return unknown_machine(c->machines[i], d);
		err = machine_path_init(&paths[(*n)++], m);
	}
	for (size_t i = 0; err == 0 && c->nmachines == 0 && i < MACHINE_MOST &&
			   machine_at(i) != NULL;
	     i++)
		err = machine_path_init(&paths[(*n)++], machine_at(i));
	return err;
}

struct choice {
	const struct cli *c;
	struct record_filter filter;
	struct buf scratch;
};

static bool
keep_step(const struct trace *t, const struct trace_rec *rec, void *arg)
{
	struct choice *choice = arg;
	const struct cli *c = choice->c;
	bool kept = c->nnodes == 0;

	for (size_t i = 0; i < c->nnodes && !kept; i++)
		kept = str_is(rec->node, c->nodes[i]);
	return kept && rec->t >= c->from_ns && rec->t <= c->to_ns &&
	       record_filter_match(&choice->filter, t, rec, &choice->scratch);
}

/* Machines that programs make up are among the machines asked for. */
static bool
wants_seen(const struct cli *c)
{
	bool wants = c->nmachines == 0;

	for (size_t i = 0; i < c->nmachines; i++)
		wants |= str_is(str_of(c->machines[i]), TRACE_PROGRAM_MACHINE);
	return wants;
}

/* Counts the steps; drops machines without steps that were not asked for. */
static int
take_steps(struct cli *c, const struct trace *t, struct machine_path *paths,
    size_t *n, struct machine_seen **seen, struct diag *d)
{
	struct choice choice = {
		.c = c, .filter = RECORD_FILTER_ALL, .scratch = BUF_INIT
	};
	struct machine_path_options o = { keep_step, &choice };
	size_t kept = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->nnodes; i++)
		err = trace_check_node(t, str_of(c->nodes[i]), d);
	if (err == 0)
		err = cli_check_from(c, t, d);
	if (err == 0 && c->filter != NULL)
		err = record_filter_parse(&choice.filter, c->filter, t, d);
	if (err == 0)
		machine_paths_take(paths, *n, t, &o);
	if (err == 0 && wants_seen(c))
		err = machine_seen_take(seen, t, &o);
	for (size_t i = 0; err == 0 && c->nmachines == 0 && i < *n; i++) {
		struct machine_path path = paths[i];

		paths[i].taken = paths[i].open = NULL;
		if (path.steps > 0)
			paths[kept++] = path;
		else
			machine_path_free(&path);
	}
	for (size_t i = 0; err == 0 && c->nmachines > 0 && i < *n; i++)
		if (paths[i].steps == 0)
			cli_remark(c,
			    _("%s took no step in this run, so no path is "
			      "drawn"),
			    paths[i].m->name);
	if (err == 0 && c->nmachines == 0)
		*n = kept;
	buf_free(&choice.scratch);
	if (err == 0 && *n == 0 && *seen == NULL)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("no state machine took a step in this run; --machine=ICT "
		      "draws one anyway"));
	return err;
}

/* The N machines, and what programs make up, a page each. */
static int
put_machine_pages(const struct machine_path *paths, size_t n,
    const struct machine_dot_options *o, struct buf *out, struct diag *d)
{
	const struct raster_info info = { STR_NULL, STR_NULL };
	struct buf svg[MACHINE_MOST + 1] = { BUF_INIT }, dot = BUF_INIT;
	struct str pages[MACHINE_MOST + 1];
	size_t total = n + (o->seen != NULL);
	int err = 0;

	for (size_t i = 0; err == 0 && i < total; i++) {
		struct machine_dot_options page = *o;

		page.seen = i < n ? NULL : o->seen;
		/* A title of one's own stands above the first, as in a figure
		 * of all. */
		page.title = i == 0 ? o->title : NULL;
		buf_clear(&dot);
		err = machine_dot_write(paths + i, i < n, &page, &dot);
		if (err == 0)
			err = dot_html_write(
			    buf_view(&dot), "dot", "svg", &svg[i], d);
		pages[i] = buf_view(&svg[i]);
	}
	if (err == 0)
		err = raster_pdf(pages, total, &info, out, d);
	for (size_t i = 0; i < total; i++)
		buf_free(&svg[i]);
	buf_free(&dot);
	return err;
}

static int
write_machines(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	struct machine_path paths[MACHINE_MOST] = { 0 };
	LOCAL_BUF dot = BUF_INIT, footer = BUF_INIT;
	struct machine_seen *seen = NULL;
	struct machine_dot_options o = { .title = c->title,
		.plain = t == NULL };
	size_t n;
	int err = choose_machines(c, paths, &n, d);

	if (err == 0 && t != NULL) {
		origin_put_line(&footer, t);
		o.footer = buf_cstr(&footer);
		err = take_steps(c, t, paths, &n, &seen, d);
		o.seen = seen;
	}
	if (err == 0 && strcmp(c->format, "pdf") == 0)
		err = put_machine_pages(paths, n, &o, out, d);
	else if (err == 0)
		err = machine_dot_write(paths, n, &o, &dot);
	if (err == 0 && dot.n > 0)
		err = dot_html_write(buf_view(&dot), "dot", c->format, out, d);
	for (size_t i = 0; i < MACHINE_MOST; i++)
		machine_path_free(&paths[i]);
	machine_seen_free(seen);
	return err;
}

static int
figure_command_write_media(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	const char *title = c->title != NULL ? c->title : _("Sound quality");
	const struct raster_info info = { str_of(title), STR_NULL };
	LOCAL_BUF svg = BUF_INIT;
	int err = 0;

	if (!hearing_plot_svg(t, title, &svg))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("this run has no sound whose quality is known"));
	else
		err = raster_write(buf_view(&svg), c->format, &info, out, d);
	if (err == ERR_NOTFOUND && d->err == 0)
		err = diag_set(d, err, NULL, 0,
		    _("this figure can be svg, png or pdf, not %s"), c->format);
	if (err == 0 && svg.err != 0)
		err = ERR_NOMEM;
	return err;
}

static const struct cli_figure figures[] = {
	{ "topology", "network", false, NULL, write_topology },
	{ "machines", "fsm", true, NULL, write_machines },
	{ "media", "mos", false, "svg", figure_command_write_media },
	{ "map", "layers", false, NULL, write_map },
};

int
cli_figure_find(
    const struct cli *c, const struct cli_figure **f, struct diag *d)
{
	const char *what = c->what;

	*f = NULL;
	if (what == NULL && c->nmachines > 0)
		what = "machines";
	if (what == NULL || strcmp(what, "ladder") == 0)
		return 0;
	for (size_t i = 0; i < COUNT_OF(figures); i++)
		if (strcmp(what, figures[i].name) == 0 ||
		    strcmp(what, figures[i].also) == 0) {
			*f = &figures[i];
			return 0;
		}
	return cli_refuse_value(
	    "what", what, "ladder, topology, map, machines, media", d);
}
