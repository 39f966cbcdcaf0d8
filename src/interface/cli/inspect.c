/* rung inspect: a trace or capture, or a folder of them, held against the
 * rules. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/option_checks.h"
#include "cli/inspect.h"
#include "draw/doc.h"
#include "inspect/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the calls of a capture, a part of them after the other ---- */

/* Messages from which on a part is large enough. */
#define PART 10000

struct parts {
	const struct cli *c;
	struct inspect *in;
	struct cli_capture_input *f;
	struct inspect_source *from;
	struct correlation *co;
	bool *wanted;   /* by call; false once it was taken */
	struct buf ids; /* of the part: struct str, slices of CO */
	uint64_t messages;
};

/* ---- a sample: the calls whose Call-IDs come first by their hashes ---- */

struct drawn {
	uint64_t hash;
	struct str id;
	uint32_t call;
};

static int
compare_drawn(const void *a, const void *b)
{
	const struct drawn *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return str_cmp(x->id, y->id);
}

/* Wants those of the calls that are in the sample; how many there are of all
 * and in it is told. */
static int
draw_sample(struct parts *p)
{
	struct drawn *list =
	    mem_realloc_array(NULL, p->co->ncalls, sizeof(*list));
	uint64_t n = 0;

	if (list == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 1; i < p->co->ncalls; i++) {
		struct str id = numbers_text(p->co->ids, i);

		if (p->co->calls[i].first != CORRELATION_NONE)
			list[n++] = (struct drawn){ str_hash(id), id, i };
	}
	if (n > 0)
		qsort(list, (size_t)n, sizeof(*list), compare_drawn);
	p->from->calls = n;
	p->from->sampled =
	    p->c->sample == 0 || n < p->c->sample ? n : p->c->sample;
	for (uint64_t i = 0; i < p->from->sampled; i++)
		p->wanted[list[i].call] = true;
	mem_free(list);
	/* Without a sample nothing is said of one. */
	if (p->c->sample == 0)
		p->from->calls = p->from->sampled = 0;
	return 0;
}

/* ---- the parts ---- */

static int
inspect_command_take_part(struct parts *p, struct diag *d)
{
	struct capture_trace_options o = cli_capture_input_options(p->f,
	    TRACE_PROTOCOL, (const struct str *)(const void *)p->ids.p,
	    p->ids.n / sizeof(struct str));
	struct trace *t = NULL;
	int err;

	/* The calls of a part end long before the capture does. */
	if (p->co->n > 0)
		o.until = p->co->m[p->co->n - 1].t_last;
	p->from->part = true;
	err = cli_capture_input_trace(p->f, p->co, &o, &t, d);
	if (err == 0)
		err = inspect_take(p->in, t, p->from);
	trace_destroy(t);
	p->from->more = true;
	buf_clear(&p->ids);
	p->messages = 0;
	return err;
}

/* CALL and all that belongs to it: the trace has them together. */
static int
add_calls(struct parts *p, uint32_t call)
{
	struct correlation_call *calls = p->co->calls;
	uint32_t root = calls[call].leg_of != 0 ? calls[call].leg_of : call;
	struct str id = numbers_text(p->co->ids, call);

	buf_add(&p->ids, (const char *)&id, sizeof(id));
	for (uint32_t i = root; i != 0; i = calls[i].leg) {
		p->wanted[i] = false;
		p->messages += calls[i].messages;
	}
	return p->ids.err;
}

/* In the order of their first messages. */
static int
inspect_command_take_calls(struct parts *p, struct diag *d)
{
	const struct correlation *co = p->co;
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < co->n; i++) {
		uint32_t call = co->m[i].call;

		if (!p->wanted[call])
			continue;
		err = add_calls(p, call);
		if (err == 0 && p->messages >= PART)
			err = inspect_command_take_part(p, d);
	}
	if (err == 0 && (p->ids.n > 0 || !p->from->more))
		err = inspect_command_take_part(p, d);
	return err;
}

int
cli_inspect_parts(const struct cli *c, struct inspect *in,
    struct cli_capture_input *f, struct inspect_source *from, struct diag *d)
{
	struct parts p = { .c = c, .in = in, .f = f, .from = from };
	int err = correlation_create(&p.co, &f->reader, f->names);

	if (err == 0) {
		p.wanted = mem_zalloc(p.co->ncalls, sizeof(*p.wanted));
		err = p.wanted != NULL ? draw_sample(&p) : ERR_NOMEM;
	}
	if (err == 0)
		err = inspect_command_take_calls(&p, d);
	if (err == 0 && p.co->calls[0].messages > 0 && c->sample == 0)
		cli_remark(c, _("%u messages without a Call-ID are left out"),
		    p.co->calls[0].messages);
	buf_free(&p.ids);
	mem_free(p.wanted);
	correlation_destroy(p.co);
	return diag_fail(d, err);
}

static int
set_sample(struct cli *c, const char *value, struct diag *d)
{
	if (str_u64(str_of(value), &c->sample) != 0 || c->sample == 0)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("--sample: “%s” is not a number of calls from 1"), value);
	return 0;
}

static const struct cli_option inspect_options[] = {
	{ "format", 'f', "FORMAT",
	    N_("writes txt, html, json, csv, or svg (the plot)"),
	    cli_set_format },
	{ "output", 'o', "FILE", N_("writes to FILE (- is standard output)"),
	    cli_set_output },
	{ "call", 0, "ID",
	    N_("inspects only the call with this Call-ID; in a capture also "
	       "the calls that belong to it; may be repeated"),
	    cli_add_call },
	{ "sample", 0, "N",
	    N_("inspects only N calls of each file, always the same ones"),
	    set_sample },
	{ "with", 0, "matrix", N_("adds the matrix of rules and roles"),
	    cli_set_with },
	{ 0 },
};

/* ---- one file ---- */

static int
count_call(const struct capture_call *call, void *arg)
{
	uint64_t *n = arg;

	(void)call;
	++*n;
	return 0;
}

/* The calls that C names, and what belongs to them; the next file may have
 * them as well. */
static int
load_calls(struct cli *c, const char *file, struct inspect_source *from,
    struct trace **t, struct diag *d)
{
	struct cli_capture_input f = { .file = NULL };
	size_t ncalls = c->ncalls;
	int err = cli_capture_input_open(c, file, &f, d);

	if (err == 0)
		err = capture_calls(
		    &f.reader, f.names, count_call, &from->calls, d);
	if (err == 0)
		err = cli_capture_input_load(c, &f, t, d);
	c->ncalls = ncalls;
	cli_capture_input_close(&f);
	return err;
}

/* Of a trace the calls that C names are looked at. */
static int
load_trace(struct cli *c, const char *file, struct inspect_source *from,
    struct trace **t, struct diag *d)
{
	int err = cli_load(c, file, t, d);

	from->only = c->calls;
	from->nonly = c->ncalls;
	return err == 0 ? cli_check_calls(c, *t, d) : err;
}

/* *T is NULL where IN has taken all of FILE already. */
static int
load_source(struct cli *c, struct inspect *in, const char *file,
    struct inspect_source *from, struct trace **t, struct diag *d)
{
	struct cli_capture_input f = { .file = NULL };
	int err;

	if (!cli_is_capture(file))
		return load_trace(c, file, from, t, d);
	if (c->ncalls > 0)
		return load_calls(c, file, from, t, d);
	err = cli_capture_input_open(c, file, &f, d);
	if (err == 0 && (c->sample > 0 || cli_capture_input_is_large(c, &f)))
		err = cli_inspect_parts(c, in, &f, from, d);
	else if (err == 0)
		err = cli_capture_input_load(c, &f, t, d);
	cli_capture_input_close(&f);
	return err;
}

static int
inspect_command_take_file(struct cli *c, struct inspect *in, const char *file,
    const char *name, struct diag *d)
{
	struct inspect_source from = { .name = str_of(name) };
	LOCAL_TRACE struct trace *t = NULL;
	int err = load_source(c, in, file, &from, &t, d);

	if (err == 0 && t != NULL)
		err = inspect_take(in, t, &from);
	return diag_fail(d, err);
}

/* ---- a folder: a broken file costs only itself ---- */

static int
take_one_of(struct cli *c, struct inspect *in, const char *file,
    const char *name, struct diag *d)
{
	struct diag own = DIAG_INIT;
	struct buf trouble = BUF_INIT;
	int err = inspect_command_take_file(c, in, file, name, &own);

	if (err == 0)
		return 0;
	if (err == ERR_NOMEM)
		return diag_fail_file(d, err, file);
	/* Its name is next to it. */
	buf_puts(&trouble, own.text);
	err = inspect_take_trouble(in, str_of(name), buf_view(&trouble));
	buf_end(&trouble, &err);
	return diag_fail_file(d, err, file);
}

static int
take_folder(
    struct cli *c, struct inspect *in, const char *folder, struct diag *d)
{
	struct folder_names f;
	int err = folder_names_read(&f, folder);
	size_t taken = 0;

	if (err == ERR_IO)
		diag_set(d, err, folder, 0, _("can't be read: %s"),
		    err_system(errno));
	for (size_t i = 0; err == 0 && i < f.n; i++) {
		struct buf path = BUF_INIT;
		struct stat st;

		buf_printf(&path, "%s/%s", folder, f.names[i]);
		if (path.err == 0 && stat(buf_cstr(&path), &st) == 0 &&
		    S_ISREG(st.st_mode) &&
		    (cli_is_capture(buf_cstr(&path)) ||
			trace_is_file(buf_cstr(&path)))) {
			err =
			    take_one_of(c, in, buf_cstr(&path), f.names[i], d);
			taken++;
		}
		buf_end(&path, &err);
	}
	folder_names_free(&f);
	if (err == 0 && taken == 0)
		return diag_set(d, ERR_NOTFOUND, folder, 0,
		    _("contains neither a trace nor a capture"));
	return diag_fail_file(d, err, folder);
}

/* A folder with a lab in it is that lab. */
static bool
is_plain_folder(const char *file)
{
	LOCAL_BUF lab = BUF_INIT;
	struct stat st;
	bool is = stat(file, &st) == 0 && S_ISDIR(st.st_mode);

	buf_printf(&lab, "%s/lab.lua", file);
	return is && stat(buf_cstr(&lab), &st) != 0;
}

/* ---- what may help ---- */

#define TRIED_MOST 4 /* runs */

/* FILE is run once more, with TEXT set, and verdict I of IN gets the result;
 * where the node can't have it there is none. */
static int
try_setting(struct cli *c, struct inspect *in, size_t i, const char *file,
    const char *text)
{
	size_t n = c->nsettings;
	struct diag refused = DIAG_INIT;
	struct inspect *other = NULL;
	int err = inspect_create(&other, 0);

	if (err == 0 && n < COUNT_OF(c->settings)) {
		c->settings[c->nsettings++] = text;
		err = inspect_command_take_file(c, other, file, file, &refused);
		if (err == 0)
			err = inspect_finish(other);
		inspect_note_tried(in, i, err == 0 ? other : NULL);
	}
	c->nsettings = n;
	inspect_destroy(other);
	return err == ERR_NOMEM ? err : 0;
}

/* Of a lab or topology, which can be run otherwise. */
static int
try_remedies(struct cli *c, struct inspect *in, const char *file)
{
	const struct inspect_report *r = inspect_report(in);
	LOCAL_BUF text = BUF_INIT;
	int err = 0, tried = 0;

	if (is_plain_folder(file) || cli_is_capture(file) ||
	    trace_is_file(file))
		return 0;
	for (size_t i = 0; err == 0 && i < r->nverdicts; i++) {
		const struct inspect_verdict *v = &r->verdicts[i];

		if (v->set.n == 0 || v->tried || tried == TRIED_MOST)
			continue;
		tried++;
		buf_clear(&text);
		buf_printf(
		    &text, "%.*s.%.*s", STR_ARG(v->node), STR_ARG(v->set));
		err = text.err != 0
			  ? text.err
			  : try_setting(c, in, i, file, buf_cstr(&text));
	}
	return err;
}

/* ---- the report ---- */

/* Says which formats there are, "txt, html", where it is none of them. */
static int
check_report_format(const struct cli *c, struct diag *d)
{
	static const char *const names[] = {
#define X(name, fn) name,
		REPORT_FORMATS(X)
#undef X
	};
	LOCAL_BUF list = BUF_INIT;

	if (report_format(str_of(c->format)) != NULL)
		return 0;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	return cli_refuse_value("format", c->format, buf_cstr(&list), d);
}

static int
write_inspection(const struct cli *c, const struct inspect *in, struct diag *d)
{
	const struct report_look look = {
		.width = c->width != 0 ? c->width : CLI_WIDTH_PAGE,
		.matrix = c->matrix,
	};
	const char *format = c->format;
	LOCAL_BUF out = BUF_INIT;
	struct doc doc = DOC_INIT;
	int err = 0;

	if (strcmp(format, "txt") == 0 && c->output == NULL) {
		report_doc(in, &look, &doc);
		err = cli_print_doc(c, &doc, d);
	} else {
		report_format(str_of(format))(in, &look, &out);
		err = out.err != 0 ? out.err : cli_write(c, &out, c->output, d);
	}
	return diag_fail(d, err);
}

static bool
is_any_inspected(const struct inspect *in)
{
	for (size_t i = 0; i < inspect_report(in)->nfiles; i++)
		if (inspect_report(in)->files[i].trouble.n == 0)
			return true;
	return false;
}

static int
check_inspection(const struct cli *c, int argc, char **argv, struct diag *d)
{
	if (check_report_format(c, d) != 0)
		return d->err;
	if (cli_check_place(c, c->format, d) != 0)
		return d->err;
	if (c->sample > 0 && c->ncalls > 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--call names the calls, so --sample has no effect"));
	if (argc < 1)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("inspect needs a FILE: a trace, capture, lab, or a "
		      "folder of traces and captures"));
	for (int i = 0; i < argc; i++)
		if (!is_plain_folder(argv[i]) &&
		    cli_check_run(c, argv[i], d) != 0)
			return d->err;
	return 0;
}

static int
inspect(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct inspect *in = NULL;
	bool failed = false;
	int err;

	err = cli_choose_format(c, "txt", d);
	if (err == 0)
		err = check_inspection(c, argc, argv, d);
	if (err == 0)
		err = inspect_create(&in, c->sample);
	for (int i = 0; err == 0 && i < argc; i++)
		err = is_plain_folder(argv[i]) ? take_folder(c, in, argv[i], d)
					       : inspect_command_take_file(c,
						     in, argv[i], argv[i], d);
	if (err == 0)
		err = inspect_finish(in);
	if (err == 0 && argc == 1)
		err = try_remedies(c, in, argv[0]);
	if (err == 0)
		err = write_inspection(c, in, d);
	if (err == 0 && !is_any_inspected(in))
		err = diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("nothing could be inspected"));
	if (err == 0)
		failed = inspect_report(in)->count[INSPECT_ERROR] > 0;
	else
		diag_fail(d, err);
	inspect_destroy(in);
	return err != 0 ? CLI_USAGE : failed ? CLI_FAILED : CLI_OK;
}

static const struct cli_example inspect_examples[] = {
	{ "rung inspect two-proxies", N_("the run of a lab, without errors") },
	{ "rung inspect call.pcapng -o report.html",
	    N_("a capture, as a page for a browser") },
	{ "rung help clauses", N_("the list of rules") },
	{ NULL, NULL },
};

const struct cli_command cli_inspect = {
	.name = "inspect",
	.usage = "FILE | FOLDER …",
	.text = N_("checks a trace or capture against the RFCs' rules"),
	.purpose =
	    N_("Checks a trace or capture against the RFCs: which calls failed "
	       "and why, which rules were broken by which node, and how long "
	       "things took."),
	.about =
	    N_("Reports which calls failed, why, and where to look; which "
	       "rules of the RFCs were broken, and by which node; what weakens "
	       "security; and how long things took (RFC 6076). For a folder it "
	       "reports on all traces and captures together. The exit status "
	       "is 1 if there is an error that no fault of the lab was meant "
	       "to cause."),
	.examples = inspect_examples,
	.options = inspect_options,
	.runs = true,
	.lasts = true,
	.fn = inspect,
};
