/*
 * rung diff: two traces by meaning.  Exit status as in diff(1): 0 the same, 1
 * different, 2 trouble.
 */
#include "base/err.h"
#include "base/param.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "draw/raster.h"
#include "ladder/diff_figure.h"
#include "session/session.h"
#include "trace/align.h"
#include "words/diff_text.h"

#include <string.h>

#define MAPS_MAX (sizeof(((struct cli *)0)->maps) / sizeof(const char *))

static int
add_map(struct cli *c, const char *value, struct diag *d)
{
	const char *sign = strchr(value, '=');

	if (sign == NULL || sign == value || sign[1] == '\0')
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--map: “%s” does not have the form alice=bob, a node of "
		      "A and the same node in B"),
		    value);
	return cli_add_word("map", c->maps, MAPS_MAX, &c->nmaps, value, d);
}

static const struct cli_option diff_options[] = {
	{ "brief", 'b', NULL, N_("prints only the differences, one line each"),
	    cli_set_brief },
	{ "with", 0, "WORD,…",
	    N_("times: prints by how much a message is later or earlier; "
	       "order: reports every other order, not only between two nodes; "
	       "all: prints equal parts also; kinds: ignores contents"),
	    cli_set_with },
	{ "map", 0, "NODE=NODE", N_("maps a node of A to a node of B"),
	    add_map },
	{ "call", 0, "ID", N_("takes only the call with this Call-ID"),
	    cli_add_call },
	{ "node", 0, "NAME,…", N_("takes only these nodes"), cli_add_node },
	{ "from", 0, "TIME", N_("begins at that time"), cli_set_from },
	{ "to", 0, "TIME", N_("ends at that time"), cli_set_to },
	{ "session", 0, "SESSION",
	    N_("takes A and B as branches of this session of rung play"),
	    cli_set_session },
	{ "format", 'f', "FORMAT", N_("writes txt, json, gv, svg, png or pdf"),
	    cli_set_format },
	{ "title", 0, "TEXT", N_("sets the title"), cli_set_title },
	{ "output", 'o', "FILE", N_("writes to FILE (- is standard output)"),
	    cli_set_output },
	{ 0 },
};

/* ---- traces compared ---- */

struct pair {
	struct trace *own[2]; /* to be destroyed */
	const struct trace *a, *b;
	struct session *session;
};

#define BRANCHES_SHOWN 64 /* that are compared with a wrong name */

static int
refuse_branch(const struct session *s, const char *name, struct diag *d)
{
	const char *names[BRANCHES_SHOWN];
	size_t n = 0;

	for (; n < session_branches(s) && n < BRANCHES_SHOWN; n++)
		names[n] = session_name(s, n);
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("the session has no branch “%s”"),
	    name);
	return diag_one_of(
	    d, ERR_NOTFOUND, str_of(name), names, n, sizeof(names[0]));
}

/* A branch by name or by number, from 0; run to its end. */
static int
diff_command_find_branch(
    struct session *s, const char *name, const struct trace **t, struct diag *d)
{
	size_t n = session_branches(s), i = 0;
	uint64_t number;
	bool done = false;
	int err = 0;

	while (i < n && strcmp(session_name(s, i), name) != 0)
		i++;
	if (i == n && str_u64(str_of(name), &number) == 0 && number < n)
		i = (size_t)number;
	if (i == n)
		return refuse_branch(s, name, d);
	while (!done && err == 0)
		err = session_advance(s, i, &done, d);
	*t = session_trace(s, i);
	return err;
}

static int
load_pair(struct cli *c, char **argv, struct pair *p, struct diag *d)
{
	size_t nacts = c->nacts;
	int err;

	if (c->session != NULL) {
		if (cli_check_inputs(c, c->session, false, false, d) != 0)
			return d->err;
		err = session_resume(&p->session, c->session, d);
		if (err == 0 && session_file(p->session) != NULL)
			file_ids_note_all(session_file(p->session));
		if (err == 0)
			err = diff_command_find_branch(
			    p->session, argv[0], &p->a, d);
		if (err == 0)
			err = diff_command_find_branch(
			    p->session, argv[1], &p->b, d);
		return err;
	}
	/* One of both at least obeys. */
	if (cli_check_run(c, argv[0], NULL) != 0 &&
	    cli_check_run(c, argv[1], d) != 0)
		return d->err;
	/* The same file twice: acts are done to B. */
	if (strcmp(argv[0], argv[1]) == 0)
		c->nacts = 0;
	err = cli_load(c, argv[0], &p->own[0], d);
	c->nacts = nacts;
	if (err == 0)
		err = cli_load(c, argv[1], &p->own[1], d);
	p->a = p->own[0];
	p->b = p->own[1];
	return err;
}

static void
unload_pair(struct pair *p)
{
	trace_destroy(p->own[0]);
	trace_destroy(p->own[1]);
	session_destroy(p->session);
}

/* ---- how ---- */

/* The texts of the maps, cut in two, in *TEXT. */
static int
diff_command_read_maps(
    const struct cli *c, struct align_map *maps, struct buf *text)
{
	for (size_t i = 0; i < c->nmaps; i++)
		buf_add(text, c->maps[i], strlen(c->maps[i]) + 1);
	if (text->err != 0)
		return ERR_NOMEM;
	for (size_t i = 0, at = 0; i < c->nmaps; i++) {
		char *sign = strchr(text->p + at, '=');

		maps[i].a = text->p + at;
		maps[i].b = sign + 1;
		at += strlen(text->p + at) + 1;
		*sign = '\0';
	}
	return 0;
}

/* Each node of one trace is one of the other. */
static int
check_maps(const struct align_map *maps, size_t n, struct diag *d)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(maps[i].a, maps[k].a) == 0 ||
			    strcmp(maps[i].b, maps[k].b) == 0)
				return diag_set(d, ERR_EXISTS, NULL, 0,
				    _("--map: “%s=%s” and “%s=%s” map the same "
				      "node"),
				    maps[k].a, maps[k].b, maps[i].a, maps[i].b);
	return 0;
}

/* An empty comparison would say that both are the same. */
static int
diff_command_check_chosen(const struct cli *c, struct diag *d)
{
	if (!cli_given(c, "from") && !cli_given(c, "to") &&
	    !cli_given(c, "node"))
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("no message in A or B matches --from, --to or --node"));
}

static int
align_pair(
    struct cli *c, const struct pair *p, struct align **al, struct diag *d)
{
	struct align_options o = ALIGN_OPTIONS;
	struct align_map maps[MAPS_MAX];
	LOCAL_BUF text = BUF_INIT;
	int err = diff_command_read_maps(c, maps, &text);

	if (err == 0)
		err = check_maps(maps, c->nmaps, d);
	if (err == 0 && c->ncalls > 1)
		err = diag_set(
		    d, ERR_UNSUPPORTED, NULL, 0, _("diff takes one --call"));

	o.maps = maps;
	o.nmaps = c->nmaps;
	o.call = c->ncalls > 0 ? c->calls[0] : NULL;
	o.nodes = c->nodes;
	o.nnodes = c->nnodes;
	o.from_ns = c->from_ns;
	o.to_ns = c->to_ns;
	o.fields = !c->no_headers;
	o.order = c->order;
	if (err == 0)
		err = align_create(al, p->a, p->b, &o, d);
	if (err == 0 && (*al)->nrows == 0)
		err = diff_command_check_chosen(c, d);
	return diag_fail(d, err);
}

/* ---- output ---- */

/* The result to write, and its format. */
struct job {
	struct cli *c;
	const struct align *al;
	const char *a, *b, *format;
	struct diag *d;
};

static int
diff_command_write_text(const struct job *j, struct buf *out)
{
	struct diff_text_options o = {
		.width = j->c->width,
		.theme = j->c->output == NULL ? cli_theme(j->c) : THEME_NONE,
		.ascii = !j->c->utf8,
		.brief = j->c->brief,
		.times = j->c->times,
		.all = j->c->all,
		.name_a = j->a,
		.name_b = j->b,
	};

	return diff_text_write(j->al, &o, out);
}

static int
diff_command_write_json(const struct job *j, struct buf *out)
{
	return diff_json_write(j->al, j->a, j->b, out);
}

static struct diff_figure_options
make_figure_options(const struct job *j)
{
	return (struct diff_figure_options){ .name_a = j->a,
		.name_b = j->b,
		.title = j->c->title,
		.all = j->c->all,
		.times = j->c->times };
}

static int
diff_command_write_gv(const struct job *j, struct buf *out)
{
	struct diff_figure_options o = make_figure_options(j);
	LOCAL_BUF remark = BUF_INIT;
	int err = diff_graph_write(j->al, &o, &remark, out);

	if (remark.n > 0)
		cli_remark(j->c, "%s", buf_cstr(&remark));
	return err;
}

static int
diff_command_write_picture(const struct job *j, struct buf *out)
{
	const struct raster_info info = { str_of(j->a), str_of(j->b) };
	struct diff_figure_options o = make_figure_options(j);
	LOCAL_BUF svg = BUF_INIT;
	int err = diff_figure_write(j->al, &o, &figure_svg, &svg);

	if (err == 0)
		err = raster_write(buf_view(&svg), j->format, &info, out, j->d);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct job *j, struct buf *out);
} formats[] = {
	{ "txt", diff_command_write_text },
	{ "json", diff_command_write_json },
	{ "gv", diff_command_write_gv },
	{ "svg", diff_command_write_picture },
	{ "png", diff_command_write_picture },
	{ "pdf", diff_command_write_picture },
};

/* -f, else the ending of -o, else txt. */
static int
choose_diff_format(struct cli *c, size_t *format, struct diag *d)
{
	*format = 0;
	if (cli_choose_format(c, "txt", d) != 0)
		return d->err;
	for (; *format < COUNT_OF(formats); (*format)++)
		if (strcmp(c->format, formats[*format].name) == 0)
			return 0;
	return cli_refuse_value(
	    "format", c->format, "txt, json, gv, svg, png, pdf", d);
}

static int
diff(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct pair p = { .a = NULL };
	struct align *al = NULL;
	LOCAL_BUF out = BUF_INIT;
	size_t format;
	bool same = false;
	int err = choose_diff_format(c, &format, d);

	if (err == 0 && argc > 2)
		return cli_refuse_word(c, argv[2], d);
	if (err == 0 && argc != 2)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("diff needs A and B: traces, labs, scripts or "
		      "topologies"));
	if (err == 0)
		err = cli_check_place(c, c->format, d);
	if (err == 0)
		err = load_pair(c, argv, &p, d);
	if (err == 0)
		err = align_pair(c, &p, &al, d);
	if (err == 0) {
		struct job j = { c, al, argv[0], argv[1], c->format, d };

		err = formats[format].fn(&j, &out);
	}
	if (err == 0) {
		same = al->same;
		err = c->output == NULL && format == 0
			  ? cli_print(c, &out, d)
			  : cli_write(c, &out, c->output, d);
	}
	diag_fail(d, err);
	align_destroy(al);
	unload_pair(&p);
	if (err != 0)
		return CLI_USAGE;
	return same ? CLI_OK : CLI_FAILED;
}

static const struct cli_example diff_examples[] = {
	{ "rung diff two-proxies two-proxies",
	    N_("nothing differs: status 0") },
	{ "rung diff two-proxies lost-messages -o both.svg",
	    N_("both ladders in one figure: status 1") },
	{ NULL, NULL },
};

const struct cli_command cli_diff = {
	.name = "diff",
	.usage = "A B",
	.text = N_("compares two traces by their meaning"),
	.purpose = N_("Compares two traces message by message: what only one "
		      "contains, what is in another order, which header fields "
		      "differ."),
	.about =
	    N_("Aligns the messages of two traces (or of labs, scripts or "
	       "topologies, which it runs). It reports which messages only one "
	       "contains, which are in another order, what happened to each, "
	       "and which header fields differ. Values that always differ "
	       "between runs, such as branches, tags and dates, do not count. "
	       "If A and B are the same file, --act applies to B. The exit "
	       "status is 0 if both are the same, 1 if they differ, 2 after an "
	       "error."),
	.examples = diff_examples,
	.options = diff_options,
	.runs = true,
	.lasts = true,
	.fn = diff,
};
