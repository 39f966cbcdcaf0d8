/* rung export: the ladder, and other figures, as files of other formats. */
#include "base/dates.h"
#include "base/err.h"
#include "base/folder.h"
#include "cli/capture_input.h"
#include "cli/option_checks.h"
#include "cli/export.h"
#include "cli/figure.h"
#include "draw/graphviz.h"
#include "inputs/inputs.h"
#include "ladder/ladder_file.h"
#include "listen/listen_wav.h"
#include "runs/rerun.h"
#include "views/html/html_page.h"
#include "words/record_text.h"
#include "writing/pcapng_write.h"

#include <stdio.h>
#include <string.h>

/* ---- -f pcapng: the trace's packets as a capture ---- */

/* What a trace says of its beginning is believed up to the year 2200. */
#define START_MOST (INT64_C(7258118400) * 1000000000)

struct job {
	const struct trace *t; /* the trace to write */
	struct network_rerun rerun;
	struct pcapng_options o;
	struct diag *d;
};

int
cli_set_epoch(struct cli *c, const char *value, struct diag *d)
{
	struct str s = str_of(value);
	int days;

	if (date_read(s, &c->epoch_ns) == 0)
		return 0;
	days = date_days_there(s);
	if (days > 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--epoch: “%s”: that month has %d days"), value, days);
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--epoch: “%s” is not a date from 1970 to 2261; use 2020-01-01 "
	      "or 2020-01-01T09:30:00Z, for example"),
	    value);
}

/* "12: ", the sentence, and the rule below it.  The number is that of the trace
 * that was given; what only the run made again tells has none. */
static void
put_record_words(uint64_t seq, struct buf *out, void *arg)
{
	const struct job *j = arg;
	uint64_t number = j->rerun.trace != NULL ? j->rerun.numbers[seq] : seq;
	struct buf rule = BUF_INIT;
	struct trace_rec rec;

	trace_get(j->t, seq, &rec);
	if (number != 0) {
		buf_u64(out, number);
		buf_puts(out, ": ");
	}
	record_sentence(j->t, &rec, out);
	if (record_rule(&rec, &rule)) {
		buf_putc(out, '\n');
		buf_str(out, buf_view(&rule));
	}
	buf_end(&rule, &out->err);
}

static int
export_write_packets(sink_fn *sink, void *to, void *arg)
{
	struct job *j = arg;

	return pcapng_write(j->t, &j->o, sink, to, j->d);
}

/* Makes the run again unless its packets are there or less was asked for; what
 * lies behind the end of T is left out. */
static int
run_again(const struct cli *c, const struct trace *t, struct job *j)
{
	struct diag why = DIAG_INIT;
	uint64_t last = trace_count(t);
	int err = 0;

	if (!cli_given(c, "detail"))
		err = network_rerun(&j->rerun, t, c->file, &why);
	if (err != 0)
		return diag_fail(j->d, err);
	if (why.err != 0 && !c->quiet)
		cli_remark(c,
		    _("the run of this trace can't be repeated (%s); its "
		      "packets are constructed from the messages"),
		    why.text);
	if (j->rerun.trace == NULL)
		return 0;
	j->t = j->rerun.trace;
	if (last > 0 && j->o.to_ns > trace_time_of(t, last))
		j->o.to_ns = trace_time_of(t, last);
	return 0;
}

/*
 * The packets are those of the trace, else those of its run made again
 * (runs/rerun.h), else drawn up from its messages.
 */
static int
write_pcapng(struct cli *c, const struct trace *t, struct diag *d)
{
	struct job j = { .t = t, .o = PCAPNG_OPTIONS, .d = d };
	int64_t start = trace_head(t)->start_ns;
	int err;

	if (cli_check_calls(c, t, d) != 0 || cli_check_from(c, t, d) != 0)
		return d->err;
	/* A capture keeps its date. */
	if (c->epoch_ns >= 0)
		j.o.epoch_ns = c->epoch_ns;
	else if (start >= 0 && start <= START_MOST)
		j.o.epoch_ns = start;
	j.o.title = c->title;
	j.o.nodes = c->nodes;
	j.o.nnodes = c->nnodes;
	j.o.calls = c->calls;
	j.o.ncalls = c->ncalls;
	j.o.from_ns = c->from_ns;
	j.o.to_ns = c->to_ns;
	j.o.hash = trace_hash(t);
	j.o.words = put_record_words;
	j.o.words_arg = &j;
	err = run_again(c, t, &j);
	if (err == 0)
		err = cli_output(c, c->output, export_write_packets, &j, d);
	network_rerun_free(&j.rerun);
	return err;
}

const struct cli_exporter cli_export_pcapng = {
	.name = "pcapng",
	.has_detail = true,
	.detail = TRACE_NETWORK,
	.fn = write_pcapng,
};

/* ---- sound of a trace, as options ask for it ---- */

int
cli_set_hear(struct cli *c, const char *value, struct diag *d)
{
	if (c->hear != NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--hear takes one node, and %s is already given"),
		    c->hear);
	c->hear = value;
	return 0;
}

bool
cli_wants_sound(const struct cli *c)
{
	return c->hear != NULL || c->nsays > 0;
}

static struct listen_wish
wish_of(const struct cli *c)
{
	return (struct listen_wish){
		.who = { str_of(c->hear), c->says, c->nsays },
		.file = c->file,
		.from_ns = cli_given(c, "from") ? c->from_ns : -1,
		.to_ns = c->to_ns,
	};
}

/* What that is, in words: "left: what bob hears; right: what bob says". */
static void
cli_listen_words(const struct cli *c, struct buf *out)
{
	const struct listen_wish w = wish_of(c);

	listen_put_words(&w, out);
}

static void
say_remarks(struct str lines, void *arg)
{
	const struct cli *c = arg;

	while (lines.n > 0 && !c->quiet) {
		struct str line = str_cut(lines, '\n', &lines);

		cli_remark(c, "%.*s", STR_ARG(line));
	}
}

int
cli_listen_write(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	const struct listen_wish w = wish_of(c);

	if (!cli_wants_sound(c))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("sound needs a node: --hear NODE writes what it hears, "
		      "--say NODE what it says"));
	if (cli_check_times(c, d) != 0 || cli_check_from(c, t, d) != 0)
		return d->err;
	return listen_wav(&w, t, say_remarks, c, out, d);
}

/* ---- -f wav: what a node hears, or says ---- */

struct wav_job {
	struct cli *c;
	const struct trace *t;
	struct diag *d;
};

static int
write_sound(sink_fn *sink, void *to, void *arg)
{
	const struct wav_job *j = arg;
	const struct buf_drain drain = { sink, to };
	LOCAL_BUF out = BUF_INIT;

	out.drain = &drain;
	return cli_listen_write(j->c, j->t, &out, j->d);
}

static int
export_write_wav(struct cli *c, const struct trace *t, struct diag *d)
{
	struct wav_job j = { c, t, d };

	return cli_output(c, c->output, write_sound, &j, d);
}

static const struct cli_exporter cli_export_wav = {
	.name = "wav",
	.has_detail = true,
	.detail = TRACE_NETWORK,
	.fn = export_write_wav,
};

int
cli_set_export(struct cli *c, const char *value, struct diag *d)
{
	return cli_set_format(c, value, d);
}

static const struct cli_option export_options[] = {
	{ "format", 'f', "FORMAT",
	    N_("sets the format (default: by the name "
	       "of FILE):"),
	    cli_set_export },
	{ "output", 'o', "FILE", N_("writes to FILE (- is standard output)"),
	    cli_set_output },
	{ "what", 0, "FIGURE",
	    N_("draws ladder, topology, map, machines or "
	       "media"),
	    cli_set_what },
	{ "machine", 0, "NAME",
	    N_("draws ICT, NICT, IST, NIST, dialog, call …"), cli_add_machine },
	{ "title", 0, "TEXT", N_("sets the title"), cli_set_title },
	{ "with", 0, "WORD,…",
	    N_("adds a time axis; numbers F1, F2 …; timers that fire; states "
	       "at every node; pinned places"),
	    cli_set_with },
	{ "messages", 'm', NULL,
	    N_("adds the text of the messages below, with numbers"),
	    cli_set_messages },
	{ "notes", 0, "RECORD,RECORD",
	    N_("explains these records in the figure; none: no notes"),
	    cli_add_remarks },
	{ "mark", 0, "WHAT", N_("adds brackets: transaction, dialog, phase"),
	    cli_add_mark },
	{ "fold", 0, NULL,
	    N_("draws a message and its retransmissions as one "
	       "arrow"),
	    cli_set_fold },
	{ "call", 0, "ID", N_("takes only the call with this Call-ID"),
	    cli_add_call },
	{ "node", 0, "NAME,…", N_("takes only these nodes"), cli_add_node },
	{ "filter", 0, "WORDS",
	    N_("draws only messages that match: \"method=INVITE src=atl\""),
	    cli_set_filter },
	{ "from", 0, "TIME", N_("begins at that time"), cli_set_from },
	{ "to", 0, "TIME", N_("ends at that time"), cli_set_to },
	{ "size", 0, "SIZE,…",
	    N_("sets the width (120mm, 12cm, 5in, 340pt), the paper (a4, "
	       "letter, a4-landscape …; none: one page), or 300dpi for a png"),
	    cli_set_size },
	{ "page", 0, "N", N_("writes only this page"), cli_set_page },
	{ "epoch", 0, "DATE",
	    N_("pcapng: sets the date of time 0 (default 2020-01-01, or the "
	       "capture's)"),
	    cli_set_epoch },
	{ "link", 0, "ADDRESS",
	    N_("html: sets the address of the page that plays it"),
	    cli_set_address },
	CLI_SOUND_OPTIONS,
	{ 0 },
};

int
cli_lay_out(struct layout **l, struct cli_message_options *options,
    const struct cli *c, const struct trace *t, struct layout_options *o,
    struct diag *d)
{
	int err = cli_message_options(options, c, t, o, d);

	/* They are printed under their numbers. */
	o->number = o->number || c->messages;
	if (err == 0)
		err = layout_create(l, t, o, d);
	return err != 0 ? err : cli_check_shown(c, t, (*l)->nrows, d);
}

/* The run that T is of, in the address of C's page. */
static int
export_put_link(
    const struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	struct inputs in;
	int err = inputs_from_trace(&in, t, c->file, d);

	if (err == 0)
		err = inputs_link(&in, c->address, out, d);
	inputs_free(&in);
	return err;
}

/* As a page to step through. */
static int
write_html(struct cli *c, const struct trace *t, struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	struct html_options page = { .title = c->title, .layout = &o };
	LOCAL_BUF out = BUF_INIT, wav = BUF_INIT, words = BUF_INIT,
		  link = BUF_INIT;
	struct layout *l = NULL;
	struct cli_message_options options;
	int err = cli_lay_out(&l, &options, c, t, &o, d);

	if (err == 0 && cli_wants_sound(c)) {
		err = cli_listen_write(c, t, &wav, d);
		cli_listen_words(c, &words);
	}
	if (err == 0 && c->address != NULL)
		err = export_put_link(c, t, &link, d);
	page.link = buf_view(&link);
	page.wav = buf_view(&wav);
	page.sound = buf_cstr(&words);
	if (err == 0)
		err = html_page_write(t, l, &page, &out, d);
	if (err == 0)
		err = cli_write(c, &out, c->output, d);
	layout_destroy(l);
	cli_message_options_free(&options);
	return err;
}

static const struct cli_exporter cli_export_html = {
	.name = "html",
	.fn = write_html,
};

/* Formats without a row of the ladder's own. */
static const struct cli_exporter *const others[] = {
	&cli_export_html,
	&cli_export_pcapng,
	&cli_export_wav,
};

static const struct cli_exporter *
find_other(struct str format)
{
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (str_is(format, others[i]->name))
			return others[i];
	return NULL;
}

/* Of a capture or log; no figure. */
#define TRACE_FORMAT "trace"

const char *const cli_other_formats[] = { "html", "pcapng", NULL };

int
cli_write_other(const char *format, const struct trace *t,
    const char *const *calls, size_t n, const char *file, struct diag *d)
{
	const struct cli_exporter *other = find_other(str_of(format));
	LOCAL_BUF list = BUF_INIT;
	struct cli c = { .utf8 = true,
		.format = format,
		.output = file,
		.notes = true,
		.quiet = true,
		.to_ns = INT64_MAX,
		.at_ns = -1,
		.epoch_ns = -1 };

	if (other == NULL) {
		for (size_t i = 0; cli_other_formats[i] != NULL; i++)
			buf_printf(&list, "%s%s", i > 0 ? ", " : "",
			    cli_other_formats[i]);
		return cli_refuse_value("format", format, buf_cstr(&list), d);
	}
	for (; c.ncalls < n && c.ncalls < 32; c.ncalls++)
		c.calls[c.ncalls] = calls[c.ncalls];
	return other->fn(&c, t, d);
}

void
cli_list_exports(struct buf *out)
{
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		buf_printf(
		    out, "%s%s", i > 0 ? ", " : "", ladder_file_format(i));
	for (size_t i = 0; i < COUNT_OF(others); i++)
		buf_printf(out, ", %s", others[i]->name);
	buf_puts(out, ", " TRACE_FORMAT);
}

bool
cli_is_export(struct str format)
{
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		if (str_is(format, ladder_file_format(i)))
			return true;
	return find_other(format) != NULL;
}

/* A file's name says what it is to be, unless -f does. */
static int
check_named_format(const struct cli *c, struct diag *d)
{
	if (c->format != NULL || c->output == NULL ||
	    strcmp(c->output, "-") == 0 || cli_is_device(c->output) ||
	    file_ending_packed(str_of(c->output)).n > 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, c->output, 0,
	    _("the format is missing: name a file .svg, .txt, .pcapng …, or "
	      "give -f"));
}

/* Before anything is run for it. */
static int
check_export_format(
    const struct cli *c, const struct cli_figure *figure, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;

	if (figure != NULL)
		return dot_html_check(c->format, d);
	if (cli_is_export(str_of(c->format)))
		return 0;
	cli_list_exports(&list);
	cli_refuse_value("format", c->format, buf_cstr(&list), d);
	return ERR_NOTFOUND;
}

/* A ladder that has been laid out, on its way to the output. */
struct ladder_job {
	const struct cli *c;
	const struct trace *t;
	const struct layout *l;
	const struct ladder_file_options *o;
	struct diag *d;
};

static int
write_drained(sink_fn *sink, void *to, void *arg)
{
	const struct ladder_job *j = arg;
	const struct buf_drain drain = { sink, to };
	LOCAL_BUF out = BUF_INIT;
	int err;

	out.drain = &drain;
	err = ladder_file_write(j->c->format, j->t, j->l, j->o, &out, j->d);
	if (err == 0)
		err = buf_pass_all(&out);
	return err;
}

static int
export_write_ladder(const struct cli *c, const struct trace *t, struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	LOCAL_BUF remark = BUF_INIT;
	const struct ladder_file_options file = { .title = c->title,
		.width = c->width,
		.ascii = !c->utf8,
		.messages = c->messages,
		.numbers = c->number,
		.pinned = c->pinned,
		.marks = c->marks,
		.print_width = c->print_width,
		.paper_width = c->paper_width,
		.paper_height = c->paper_height,
		.dpi = c->dpi,
		.page = c->page,
		.one_page = c->one_page,
		.remark = &remark };
	struct layout *l = NULL;
	struct cli_message_options options;
	int err = cli_lay_out(&l, &options, c, t, &o, d);
	struct ladder_job job = { c, t, l, &file, d };

	if (err == 0)
		err = cli_output(c, c->output, write_drained, &job, d);
	if (err == 0 && remark.n > 0)
		cli_remark(c, "%s", buf_cstr(&remark));
	layout_destroy(l);
	cli_message_options_free(&options);
	return err;
}

/* A figure that needs no trace has no FILE. */
static int
read_trace(struct cli *c, const struct cli_figure *figure, int argc,
    char **argv, struct trace **t, struct diag *d)
{
	const struct cli_exporter *other = find_other(str_of(c->format));
	int err;

	if (argc == 0 && figure != NULL && figure->alone)
		return 0;
	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("export needs a FILE: a trace, lab, script or topology"),
		    d);
	if (figure == NULL && other != NULL && !c->has_detail) {
		c->has_detail = other->has_detail;
		c->detail = other->detail;
	}
	c->file = argv[0];
	err = cli_check_run(c, argv[0], d);
	if (err == 0)
		err = cli_load(c, argv[0], t, d);
	return err == 0 ? cli_find_remarks(c, *t, d) : err;
}

static int
write_export(struct cli *c, const struct cli_figure *figure,
    const struct trace *t, struct diag *d)
{
	const struct cli_exporter *other = find_other(str_of(c->format));
	LOCAL_BUF out = BUF_INIT;
	int err;

	if (figure == NULL && other != NULL)
		return other->fn(c, t, d);
	if (figure == NULL)
		return export_write_ladder(c, t, d);
	err = figure->write(c, t, &out, d);
	if (err == 0)
		err = cli_write(c, &out, c->output, d);
	return err;
}

/* -f trace, or a file that ends as a trace does. */
static bool
wants_trace(const struct cli *c)
{
	if (c->format != NULL)
		return strcmp(c->format, TRACE_FORMAT) == 0;
	return c->output != NULL &&
	       str_is(file_ending_packed(str_of(c->output)), "jsonl");
}

static int export(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct cli_figure *figure = NULL;
	LOCAL_TRACE struct trace *t = NULL;
	int err = cli_figure_find(c, &figure, d);

	if (err == 0 && figure == NULL && wants_trace(c))
		return cli_export_trace(c, argc, argv, d);

	if (err == 0)
		err = check_named_format(c, d);
	/* Other figures than the ladder have no txt. */
	if (err == 0)
		err = cli_choose_format(c,
		    figure == NULL           ? "txt"
		    : figure->format != NULL ? figure->format
					     : dot_html_format(0),
		    d);
	if (err == 0)
		err = check_export_format(c, figure, d);
	if (err == 0 && c->print_width > 0 && c->paper_width > 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--size is given as the width of a figure and as the "
		      "paper of a page; give one of them"));
	if (err == 0)
		err = cli_check_place(
		    c, figure != NULL ? figure->name : c->format, d);
	if (err == 0)
		err = read_trace(c, figure, argc, argv, &t, d);
	if (err == 0)
		err = write_export(c, figure, t, d);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_example export_examples[] = {
	{ "rung export two-proxies -o call.svg", N_("the ladder as a figure") },
	{ "rung export two-proxies -o call.pdf --with=axis",
	    N_("with a time axis") },
	{ "rung export two-proxies -o call.pcapng",
	    N_("packets for Wireshark") },
	{ "rung export lost-messages --machine=ICT -o ict.svg",
	    N_("the way through a state machine") },
	{ "rung export call.pcapng --alias 192.0.2.1=alice -o seen.jsonl",
	    N_("the trace of a capture") },
	{ "rung export two-proxies --set bob.media=true --say bob -o bob.wav",
	    N_("what Bob says") },
	{ NULL, NULL },
};

const struct cli_command cli_export = {
	.name = "export",
	.usage = "FILE",
	.text = N_("figures for reports: svg, png, pdf, html, md …; captures, "
		   "traces"),
	.purpose = N_("Makes a file from a run: its ladder as a figure, its "
		      "network, its state machines, its packets for Wireshark, "
		      "its sound, or its trace."),
	.about =
	    N_("Draws the ladder of a trace (or of a lab, script or "
	       "topology, which it runs) into a file for a report; or the "
	       "network, or the state machines with the path that the run "
	       "took. Machines alone need no FILE. pcapng writes the "
	       "packets as a capture for Wireshark, wav the sound of a "
	       "call, trace (.jsonl) the trace of a capture or of a "
	       "server's log, in which inferred timers and states are "
	       "marked; every other command also reads captures directly."),
	.examples = export_examples,
	.options = export_options,
	.runs = true,
	.lasts = true,
	.fn = export,
};
