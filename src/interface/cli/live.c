/* rung live: a run that goes as the clock does, with real programs in it. */
#include "cli/live.h"

#include "base/err.h"
#include "base/param.h"
#include "cli/export.h"
#include "cli/option_checks.h"
#include "cli/interrupt.h"
#include "cli/serve_class.h"
#include "cli/recording.h"
#include "live/connection_layers.h"
#include "live/real_programs.h"
#include "live/listening_ports.h"
#include "topology/topology.h"
#include "words/record_doc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The interval of checks for the end. */
#define LOOK_NS INT64_C(200000000)
/* So often a compressed trace is flushed. */
#define FLUSH_NS INT64_C(500000000)
/* … for a program that is waited for. */
#define AWAIT_US 20000
/* Of a trace in memory and on the disk; then the run ends. */
#define RECORDS_MOST 4000000
#define BYTES_MOST   (UINT64_C(1) << 30)
#define ROTATED_MOST 1000
/* For waits that need less precision than programs: the page's server. */
#define MS INT64_C(1000000)

struct session_live {
	struct cli *c;
	struct inputs in;
	struct live_run *run;
	struct trace *t;
	struct outfile out;
	struct record_filter filter;
	struct records_times times;
	uint64_t printed;
	size_t warned;
	int64_t flushed_ns; /* the trace, last */
	bool ends;          /* it was stopped */
	struct serve_class *page;
	struct live_sound *sound;
};

static int
write_line(const char *line, size_t n, void *arg)
{
	struct session_live *s = arg;

	return s->c->output != NULL ? outfile_write(line, n, &s->out) : 0;
}

static const struct topology_node *
find_program(const struct topology *t, struct str name)
{
	for (size_t i = 0; i < t->nnodes; i++)
		if (str_is(name, t->nodes[i].name))
			return real_programs_is_program(&t->nodes[i])
				   ? &t->nodes[i]
				   : NULL;
	return NULL;
}

/* ---- messages ---- */

static int
say_places(struct session_live *s, struct diag *d)
{
	struct buf out = BUF_INIT;

	cli_put_places(s->run, &out);
	if (!s->c->grows) {
		buf_puts(&out, _("Press Ctrl-C to end."));
		buf_putc(&out, '\n');
	}
	return cli_say_live(s->c, &out, d);
}

/* What was sent since. */
static int
say_news(struct session_live *s, struct diag *d)
{
	struct records_options o = { .width = s->c->width,
		.theme = cli_theme(s->c),
		.first = s->printed + 1,
		.times = &s->times };
	struct buf out = BUF_INIT;
	int err = 0;

	if (s->c->quiet || trace_count(s->t) == s->printed)
		return 0;
	err = records_write(s->t, &s->filter, &o, NULL, &out);
	s->printed = trace_count(s->t);
	if (err != 0)
		out.err = err;
	return cli_say_live(s->c, &out, d);
}

static int
say_live_end(struct session_live *s, struct diag *d)
{
	struct buf out = BUF_INIT;

	cli_put_live_end(s->run, &out);
	return cli_say_live(s->c, &out, d);
}

/* ---- going on ---- */

/* Waits until N's program listens. */
static int
await_program(struct cli *c, const struct topology_node *n, struct diag *d)
{
	struct addr at = real_programs_program_at(n);
	LOCAL_BUF where = BUF_INIT;
	struct buf out = BUF_INIT;
	int err;

	if (listening_ports_has(&at))
		return 0;
	addr_write(&at, &where);
	/* TRANSLATORS: a node, its address with port */
	buf_printf(&out, _("Waiting until %s listens at %s."), n->name,
	    buf_cstr(&where));
	buf_putc(&out, '\n');
	err = cli_say_live(c, &out, d);
	while (err == 0 && !listening_ports_has(&at)) {
		if (interrupt_came() != 0)
			return 0;
		usleep(AWAIT_US);
	}
	buf_printf(&out, _("%s listens."), n->name);
	buf_putc(&out, '\n');
	return err == 0 ? cli_say_live(c, &out, d) : err;
}

int
cli_await_programs(struct cli *c, struct live_run *l, struct diag *d)
{
	const struct topology *t = live_run_topology(l);
	struct str rest = str_of(c->awaited != NULL ? c->awaited : "");
	int err = 0;

	while (err == 0 && rest.n > 0) {
		struct str name = str_cut(rest, ',', &rest);
		const struct topology_node *n = find_program(t, name);

		if (n == NULL)
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("--wait: --outside does not name the node "
			      "“%.*s”"),
			    STR_ARG(name));
		err = await_program(c, n, d);
	}
	if (c->awaited != NULL)
		live_run_put_off(l);
	return err;
}

static int
tell_unwritten(const struct session_live *s, int number, struct diag *d)
{
	return diag_set(d, ERR_IO, s->c->output, 0, _("can't be written: %s"),
	    outfile_why(number));
}

/* Runs the events that are due, and takes input for the nodes and the page. */
static int
turn(struct session_live *s, enum run_state *state, struct diag *d)
{
	int64_t ns;
	const int64_t look = s->page != NULL    ? MS
			     : s->sound != NULL ? LIVE_SOUND_NS
						: LOOK_NS;
	int fd = -1, err = live_run_turn(s->run, look, state, d);

	if (err != 0 || s->page == NULL || *state == RUN_IS_OVER)
		return err;
	ns = *state == RUN_GOES_ON ? 0 : live_run_idle_ns(s->run, &fd);
	return serve_class_go_on(
	    s->page, fd, (int)((ns < LOOK_NS ? ns : LOOK_NS) / MS), d);
}

static int
flush_trace(struct session_live *s)
{
	int64_t now = drive_now_ns(live_run_drive(s->run));

	if (s->out.gzip != NULL && now - s->flushed_ns < FLUSH_NS)
		return 0;
	s->flushed_ns = now;
	return outfile_flush(&s->out);
}

void
cli_tell_muted(const struct cli *c, struct live_run *l)
{
	const struct diag *d = live_run_take_muted(l);

	if (d != NULL)
		cli_complain(c, d);
}

static int
go_on(struct session_live *s, struct diag *d)
{
	enum run_state state = RUN_GOES_ON;
	int err = 0;

	while (err == 0 && state != RUN_IS_OVER) {
		if (interrupt_came() != 0 && !s->ends) {
			s->ends = true;
			run_stop(drive_run(live_run_drive(s->run)));
		}
		err = turn(s, &state, d);
		if (err == 0 && flush_trace(s) != 0)
			err = tell_unwritten(s, errno, d);
		if (err == 0)
			err = say_news(s, d);
		if (err == 0)
			err = live_sound_go_on(s->sound, s->t,
			    drive_now_ns(live_run_drive(s->run)), d);
		live_sound_tell_end(s->sound);
		s->warned = cli_tell_warnings(
		    s->c, drive_run(live_run_drive(s->run)), s->warned);
		cli_tell_muted(s->c, s->run);
	}
	return err;
}

/* The run is over: its page goes on for viewers, until it is stopped as well.
 */
static int
hold_page(struct session_live *s, struct diag *d)
{
	bool ends = s->ends && interrupt_came() != SIGINT;
	int err = 0;

	if (s->page == NULL || ends)
		return 0;
	interrupt_leave();
	interrupt_catch();
	cli_remark(s->c, "%s",
	    _("The run is over. Its page stays open until you "
	      "press Ctrl-C."));
	while (err == 0 && interrupt_came() == 0)
		err = serve_class_go_on(s->page, -1, (int)(LOOK_NS / MS), d);
	return err;
}

struct live_options
cli_live_options(const struct cli *c, uint64_t max_records)
{
	return (struct live_options){ .outside = c->outside,
		.faces = c->faces,
		.pages = c->pages,
		.certs = c->certs,
		.max_records = max_records,
		.max_bytes = c->most != 0 ? c->most : BYTES_MOST };
}

static int
live_command_begin(struct session_live *s, const char *file, struct diag *d)
{
	struct live_options o = cli_live_options(s->c, RECORDS_MOST);
	int err = record_filter_parse(&s->filter, "kind=send", NULL, d);

	o.line = write_line;
	o.arg = s;
	if (cli_wants_sound(s->c))
		cli_ask_for_packets(s->c);
	if (err == 0)
		err = recording_inputs(s->c, file, &s->in, d);
	if (err == 0)
		err = cli_check_rotation(s->c->output, s->c->rotates, d);
	if (err == 0)
		err = trace_begin(&s->t, file);
	if (err == 0 && s->c->output != NULL) {
		err = outfile_open_lasting(&s->out, s->c->output);
		if (err != 0)
			err = tell_unwritten(s, errno, d);
		else if (s->out.kept != NULL)
			cli_remark(s->c,
			    /* TRANSLATORS: two files */
			    _("%s has what an earlier run left in %s"),
			    s->out.kept, s->out.temp);
	}
	if (err == 0 && s->c->grows)
		err = serve_class_begin(&s->page, s->c, NULL, 0, s->t, d);
	o.trace = s->t;
	if (err == 0)
		err = live_run_begin(&s->run, &s->in, &o, d);
	if (err == 0)
		cli_tell_roles(s->c, &s->in);
	if (err == 0)
		err = live_sound_open(&s->sound, s->c, s->t, d);
	if (err != 0)
		live_run_end(s->run);
	if (err != 0)
		s->run = NULL;
	return err;
}

/* One run of FILE, into its own file; *FULL: a bound has ended it.  0 or D's
 * error. */
static int
run_once(struct cli *c, const char *file, bool *full, struct diag *d)
{
	struct session_live s = { .c = c, .out = OUTFILE_INIT };
	int err = live_command_begin(&s, file, d);

	if (err == 0)
		err = say_places(&s, d);
	if (err == 0 && c->grows)
		err = serve_class_tell(s.page, d);
	if (err == 0)
		err = cli_await_programs(c, s.run, d);
	if (err == 0)
		err = go_on(&s, d);
	if (s.run != NULL && say_live_end(&s, err == 0 ? d : NULL) != 0 &&
	    err == 0)
		err = d->err;
	if (s.run != NULL && live_run_trouble(s.run)->err != 0)
		cli_complain(c, live_run_trouble(s.run));
	*full = s.run != NULL && live_run_full(s.run)->err != 0 && !s.ends;
	if (*full)
		cli_complain(c, live_run_full(s.run));
	if (outfile_close(&s.out,
		s.run != NULL &&
		    run_is_whole(drive_run(live_run_drive(s.run)))) != 0 &&
	    err == 0)
		err = tell_unwritten(&s, errno, d);
	if (err == 0)
		err = hold_page(&s, d);
	serve_class_close(s.page);
	live_sound_close(s.sound);
	live_run_end(s.run);
	trace_destroy(s.t);
	inputs_free(&s.in);
	return err;
}

static int
refuse_rotation(const struct cli *c, const char *file, struct diag *d)
{
	if (c->rotates == 0)
		return 0;
	if (c->output == NULL || strcmp(c->output, "-") == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--rotate keeps files; name them with -o FILE"));
	if (c->grows || strcmp(file, "-") == 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--rotate starts new runs, so it excludes --page and a "
		      "script from standard input"));
	return 0;
}

static int
live(struct cli *c, int argc, char **argv, struct diag *d)
{
	bool full;
	int err;

	if (!c->grows && (c->listen != NULL || c->host != NULL || c->sealed))
		return cli_refuse(
		    d, _("--address, --name and --tls need --page"));
	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("live needs one FILE: a lab, script or topology"), d);
	if (refuse_rotation(c, argv[0], d) != 0)
		return CLI_USAGE;
	if (cli_check_place(c, c->live ? "screen" : "lines", d) != 0)
		return CLI_USAGE;
	if (c->live)
		return cli_play_live(c, argv[0], d);
	interrupt_catch();
	/* A reader that goes is not a reason to lose the trace. */
	signal(SIGPIPE, SIG_IGN);
	do {
		err = run_once(c, argv[0], &full, d);
		if (err == 0 && full && c->rotates > 0)
			err = cli_rotate_trace(c->output, c->rotates, d);
	} while (err == 0 && full && c->rotates > 0 && interrupt_came() == 0);
	signal(SIGPIPE, SIG_DFL);
	interrupt_leave();
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static int
set_awaited(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->awaited = value;
	return 0;
}

int
cli_set_live_pages(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value);

	do {
		struct str page = str_cut(rest, ',', &rest);

		if (!connection_layers_names_page(page))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--pages: “%.*s” is not a page's origin; use "
			      "http://HOST:PORT, or http://HOST:* for any "
			      "port"),
			    STR_ARG(page));
	} while (rest.n > 0);
	c->pages = value;
	return 0;
}

int
cli_set_live_faces(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->faces = value;
	return 0;
}

static int
set_rotation(struct cli *c, const char *value, struct diag *d)
{
	uint64_t n = 0;
	int err = cli_read_number("rotate", value, 1, ROTATED_MOST, &n, d);

	c->rotates = (unsigned)n;
	return err;
}

static int
set_page(struct cli *c, const char *value, struct diag *d)
{
	c->grows = true;
	if (value != NULL && serve_class_set_port(c, value, d) != 0)
		diag_prefix(d, "--page: ");
	return d->err;
}

static const struct cli_option options[] = {
	{ "play", 0, NULL,
	    N_("opens the screen of rung play, which follows the clock"),
	    cli_set_live },
	{ "outside", 0, "NODES",
	    N_("replaces these nodes by real programs: "
	       "carol,bob=127.0.0.1:5070"),
	    cli_set_outside },
	{ "output", 'o', "FILE", N_("writes the trace to FILE"),
	    cli_set_output },
	{ "wait", 0, "NODES", N_("waits until these programs listen"),
	    set_awaited },
	{ "face", 0, "NODE:INTERFACE=ADDRESS",
	    N_("sets the address of this sbc for other machines"),
	    cli_set_live_faces },
	{ "pages", 0, "ORIGINS",
	    N_("accepts WebSockets of browsers from these pages: "
	       "http://127.0.0.1:8000, or :* for any port"),
	    cli_set_live_pages },
	{ "rotate", 0, "N",
	    N_("starts a new trace when it is full; keeps the last N next to "
	       "FILE"),
	    set_rotation },
	{ "hear", 0, "NODE", N_("plays what this node hears while it runs"),
	    cli_set_hear },
	{ "say", 0, "NODE",
	    N_("plays what this node says, on the right of --hear; may be "
	       "repeated"),
	    cli_add_say },
	{ "page", 0, "[=PORT]",
	    N_("serves a page that grows with the run (default port 8080; 0 "
	       "picks a free one)"),
	    set_page },
	{ "address", 0, "ADDRESS",
	    N_("serves the page at this address; 0.0.0.0 admits other "
	       "machines"),
	    serve_class_set_listen },
	{ "name", 0, "HOST",
	    N_("adds a name of this machine for other "
	       "machines"),
	    serve_class_set_host },
	{ "tls", 0, "[=FILE]",
	    N_("encrypts the page with the certificate and key in FILE (PEM), "
	       "or with a new certificate"),
	    serve_class_set_tls },
	{ "certs", 0, "FOLDER",
	    N_("writes the TLS certificates there; the next run uses the same "
	       "authority"),
	    cli_set_certs },
	{ "quiet", 'q', NULL, N_("prints only problems"), cli_set_quiet },
	{ 0 },
};

static const struct cli_example examples[] = {
	{ "rung live proxy.gv --outside=bob --until=2s -o call.jsonl",
	    N_("a program of yours is bob for two seconds; alice calls it") },
	{ NULL, NULL },
};

const struct cli_command cli_live = {
	.name = "live",
	.usage = "FILE",
	.text = N_("runs by the real clock, with real programs as nodes"),
	.purpose = N_("Runs a network by the real clock, with real phones and "
		      "servers in place of some of its nodes."),
	.about =
	    N_("Each node has its own address on this machine, such as "
	       "127.64.0.1, where real programs reach it by UDP, TCP, TLS and "
	       "WebSocket; no packet leaves the machine. The trace contains "
	       "everything that arrives, so rung run TRACE repeats the run "
	       "without the programs. The run ends when the trace has 1GB, or "
	       "at --limit=trace=SIZE."),
	.examples = examples,
	.options = options,
	.runs = true,
	.fn = live,
};
