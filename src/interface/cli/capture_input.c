/* Captures and logs as input of a command that takes a trace; see
 * cli/capture_input.h. */
#include "cli/capture_input.h"

#include "base/err.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "cli/option_checks.h"
#include "cli/interrupt.h"
#include "cli/browse.h"
#include "packets/source.h"
#include "trace/file_kind.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a text so much is looked through for a SIP message. */
#define LOOK 262144
/* The bytes of a compressed file read, so that one of it can be seen. */
#define LOOK_PACKED 4096
/* Of a capture with more messages a call is to be chosen: it would take
 * gigabytes. */
#define MESSAGES_MAX 50000

/* ---- what FILE is ---- */

/* HEAD, compressed or not, is a trace's. */
static bool
is_trace(struct str head)
{
	char text[256];

	if (gunzip_is(head))
		head =
		    (struct str){ text, gunzip_peek(head, text, sizeof(text)) };
	return trace_is_head(head);
}

/* An object of JSON that has a message in it, but is none of a trace. */
static bool
is_json_log(struct str head)
{
	return !trace_is_head(head) && str_find(head, "SIP/2.0") >= 0;
}

static bool
begins_topology(struct str text)
{
	static const char *const words[] = { "graph", "digraph", "strict", "//",
		"/*" };

	text = str_trim(text);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_istarts(text, words[i]))
			return true;
	return false;
}

/* Of compressed files, traces begin with '{', and so do lines of JSON. */
static bool
is_packed(struct str head)
{
	char text[LOOK_PACKED];
	size_t n;

	if (!gunzip_is(head) || file_kind_is_tar(head))
		return false;
	n = gunzip_peek(head, text, sizeof(text));
	head = str_unmarked((struct str){ text, n });
	return n == 0 || is_json_log(head) ||
	       (!str_starts(head, "{") && !begins_topology(head));
}

static bool
is_packets(struct str head)
{
	return file_kind_is_capture(head) || is_packed(head);
}

static bool
is_named_otherwise(const char *file)
{
	static const char *const endings[] = { ".lua", ".gv", ".dot", ".lua.gz",
		".gv.gz", ".dot.gz" };

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(str_of(file), endings[i]))
			return true;
	return false;
}

static bool
is_log(struct str head, const char *file)
{
	struct str s = str_trim(str_unmarked(head));

	if (s.n == 0 || trace_is_head(s) || gunzip_is(head) ||
	    is_named_otherwise(file) || file_kind_is_own_page(s))
		return false;
	return !file_kind_is_graph(s) && str_find(head, "SIP/2.0") >= 0;
}

/* Up to N first bytes of the pipe that is standard input, by way of another
 * one. Its writer may keep them until Ctrl-C ends it, which goes to both. */
static ssize_t
peek_pipe(char *to, size_t n)
{
	ssize_t got = -1;
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC) != 0)
		return -1;
	interrupt_catch_int();
	got = tee(STDIN_FILENO, pipes[1], n, 0);
	interrupt_leave();
	close(pipes[1]);
	if (got > 0)
		got = read(pipes[0], to, (size_t)got);
	close(pipes[0]);
	return got;
}

/* The first bytes of standard input, which stay there. */
static size_t
captured_file_peek(char *to, size_t n)
{
	off_t at = lseek(STDIN_FILENO, 0, SEEK_CUR);
	ssize_t got =
	    at >= 0 ? pread(STDIN_FILENO, to, n, at) : peek_pipe(to, n);

	return got > 0 ? (size_t)got : 0;
}

static size_t
captured_file_read_head(const char *file, char *to, size_t n)
{
	struct stat st;
	FILE *f;
	size_t got;

	if (stat(file, &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	f = fopen(file, "rb");
	if (f == NULL)
		return 0;
	got = fread(to, 1, n, f);
	fclose(f);
	return got;
}

/* FILE, a regular one, is a trace by its first bytes, compressed or not. */
static bool
cli_is_trace(const char *file)
{
	char head[LOOK_PACKED];
	size_t n = captured_file_read_head(file, head, sizeof(head));

	return is_trace((struct str){ head, n });
}

bool
cli_is_packets(const char *file)
{
	char head[LOOK_PACKED];
	size_t n = strcmp(file, "-") == 0
		       ? captured_file_peek(head, sizeof(head))
		       : captured_file_read_head(file, head, sizeof(head));

	return is_packets((struct str){ head, n });
}

bool
cli_is_capture(const char *file)
{
	LOCAL_MEM char *text = mem_alloc(LOOK);
	struct str head;

	if (text == NULL)
		return false;
	head.p = text;
	head.n = strcmp(file, "-") == 0
		     ? captured_file_peek(text, LOOK)
		     : captured_file_read_head(file, text, LOOK);
	return (is_packets(head) && !is_named_otherwise(file)) ||
	       capture_is_foreign(head) || is_log(head, file);
}

/* ---- its trace ---- */

/* One address has one name. */
static int
check_aliases(const struct cli *c, struct diag *d)
{
	for (size_t i = 0; i < c->naliases; i++) {
		struct str a, at = str_cut(str_of(c->aliases[i]), '=', &a);

		for (size_t k = 0; k < i; k++) {
			struct str b, of;

			of = str_cut(str_of(c->aliases[k]), '=', &b);
			if (str_eq(at, of) && !str_eq(a, b))
				return diag_set(d, ERR_SYNTAX, NULL, 0,
				    _("--alias: %.*s has two names, %.*s and "
				      "%.*s; give one"),
				    STR_ARG(at), STR_ARG(b), STR_ARG(a));
		}
	}
	return 0;
}

static int
captured_file_read_names(
    const struct cli *c, struct address_names **n, struct diag *d)
{
	int err = check_aliases(c, d);

	if (err != 0)
		return err;
	err = address_names_create(n);

	if (err != 0)
		return diag_fail(d, err);
	for (size_t i = 0; err == 0 && i < c->nalias_files; i++)
		err = address_names_read(*n, c->alias_files[i], d);
	for (size_t i = 0; err == 0 && i < c->naliases; i++)
		err = address_names_add(*n, c->aliases[i], d);
	return err;
}

static void
captured_file_say_trouble(
    const struct cli *c, const char *file, const char *trouble)
{
	struct diag d = DIAG_INIT;

	if (trouble == NULL)
		return;
	diag_set(&d, ERR_SYNTAX, file, 0, "%s", trouble);
	cli_complain(c, &d);
}

const char *
cli_capture_input_title(const struct cli_capture_input *o)
{
	const char *slash = strrchr(o->file, '/');

	if (strcmp(o->file, "-") == 0)
		return NULL;
	return slash != NULL && slash[1] != '\0' ? slash + 1 : o->file;
}

int
cli_capture_input_clocks(const struct cli *c, const struct cli_capture_input *o,
    struct clock_given given[CLI_CLOCKS_MOST],
    char names[CLI_CLOCKS_MOST][CLI_CLOCKS_NAME],
    struct clocks_options *options, struct diag *d)
{
	int err = 0;

	_Static_assert(COUNT_OF(c->clock_offsets) <= CLI_CLOCKS_MOST,
	    "there is room for each");
	*options = (struct clocks_options){ .given = given, .names = o->names };
	for (size_t i = 0; err == 0 && i < c->nclock_offsets; i++) {
		size_t n = options->ngiven;

		if (strcmp(c->clock_offsets[i], "0") == 0) {
			options->off = true;
			continue;
		}
		err = clock_given_read(&given[n], c->clock_offsets[i], names[n],
		    CLI_CLOCKS_NAME, d);
		options->ngiven++;
	}
	return err;
}

static int
correct_clocks(const struct cli *c, struct cli_capture_input *o, struct diag *d)
{
	struct clock_given given[CLI_CLOCKS_MOST];
	char names[CLI_CLOCKS_MOST][CLI_CLOCKS_NAME];
	struct clocks_options options;
	int err = cli_capture_input_clocks(c, o, given, names, &options, d);

	if (err == 0)
		err = clocks_create(&o->clocks, &o->raw, &options, d);
	if (err == 0)
		o->reader = clocks_reader(o->clocks);
	return err;
}

/* A pipe ends when its writer does, by Ctrl-C for instance, which goes to
 * both. */
static int
open_capture(struct cli_capture_input *o, const char *file, struct diag *d)
{
	bool pipe = strcmp(file, "-") == 0;
	int err;

	if (pipe)
		interrupt_catch_int();
	err = capture_open(&o->capture, file, NULL, d);
	if (pipe)
		interrupt_leave();
	return err;
}

int
cli_capture_input_judge(
    const struct cli *c, const struct cli_capture_input *o, struct diag *d)
{
	const char *loss;

	captured_file_say_trouble(c, o->file, capture_trouble(o->capture));
	for (size_t i = 0; (loss = capture_loss(o->capture, i)) != NULL; i++)
		captured_file_say_trouble(c, o->file, loss);
	if (capture_count(o->capture) > 0 || capture_has_others(o->capture))
		return 0;
	return diag_set(d, ERR_NOTFOUND, o->file, 0,
	    _("contains no readable SIP message: none over UDP, TCP or SCTP "
	      "without encryption (RTP streams: %zu)"),
	    capture_streams(o->capture));
}

int
cli_capture_input_open(const struct cli *c, const char *file,
    struct cli_capture_input *o, struct diag *d)
{
	int err = captured_file_read_names(c, &o->names, d);

	o->file = file;
	if (err == 0)
		err = open_capture(o, file, d);
	if (err == 0)
		err = cli_capture_input_judge(c, o, d);
	if (err != 0)
		return err;
	o->raw = capture_reader_of(o->capture);
	return correct_clocks(c, o, d);
}

int
cli_capture_input_follow(const struct cli *c, const char *file,
    struct cli_capture_input *o, struct diag *d)
{
	int err = captured_file_read_names(c, &o->names, d);

	o->file = file;
	return err == 0 ? capture_follow(&o->capture, file, NULL, d) : err;
}

void
cli_capture_input_close(struct cli_capture_input *o)
{
	clocks_destroy(o->clocks);
	capture_close(o->capture);
	address_names_destroy(o->names);
	*o = (struct cli_capture_input){ .file = NULL };
}

void
cli_capture_input_say_unused(
    const struct cli *c, const struct cli_capture_input *o)
{
	LOCAL_BUF list = BUF_INIT;

	address_names_put_unused(o->names, NULL, &list);
	if (list.n > 0)
		cli_remark(c, _("--alias: no packet goes to or from %s"),
		    buf_cstr(&list));
	for (size_t i = 0; i < c->nalias_files; i++) {
		buf_clear(&list);
		address_names_put_unused(o->names, c->alias_files[i], &list);
		if (list.n > 0)
			cli_remark(c,
			    _("--alias: no packet goes to or from the "
			      "addresses in %s"),
			    c->alias_files[i]);
	}
}

size_t
cli_capture_input_most(const struct cli *c)
{
	return c->messages_most > 0 ? c->messages_most : MESSAGES_MAX;
}

bool
cli_capture_input_is_large(
    const struct cli *c, const struct cli_capture_input *o)
{
	return c->ncalls == 0 &&
	       capture_count(o->capture) > cli_capture_input_most(c);
}

struct capture_trace_options
cli_capture_input_options(const struct cli_capture_input *o,
    enum trace_detail detail, const struct str *calls, size_t n)
{
	return (struct capture_trace_options){ .names = o->names,
		.clocks = o->clocks,
		.title = cli_capture_input_title(o),
		.detail = detail,
		.calls = calls,
		.ncalls = n };
}

#define CALLS_MOST (sizeof(((struct cli *)0)->calls) / sizeof(const char *))

/* As C's options say. */
static struct capture_trace_options
capture_options_of(const struct cli *c, const struct cli_capture_input *f,
    struct str calls[CALLS_MOST])
{
	for (size_t i = 0; i < c->ncalls; i++)
		calls[i] = str_of(c->calls[i]);
	return cli_capture_input_options(
	    f, c->has_detail ? c->detail : TRACE_PROTOCOL, calls, c->ncalls);
}

/* FILE's trace, line by line, with C's aliases.  What could not be read of it
 * is said on standard error.  0 or D's error. */
static int
cli_capture_lines(struct cli *c, const char *file, trace_sink_fn *sink,
    void *arg, struct diag *d)
{
	struct cli_capture_input f = { .file = NULL };
	struct capture_trace_options o;
	struct str calls[CALLS_MOST];
	int err = cli_capture_input_open(c, file, &f, d);

	if (err == 0) {
		o = capture_options_of(c, &f, calls);
		err = capture_trace(&f.reader, &o, sink, arg, d);
	}
	if (err == 0)
		cli_capture_input_say_unused(c, &f);
	cli_capture_input_close(&f);
	return err;
}

int
cli_capture_input_trace(const struct cli_capture_input *f,
    struct correlation *co, const struct capture_trace_options *o,
    struct trace **t, struct diag *d)
{
	struct correlation *own = NULL;
	int err = 0;

	if (co == NULL) {
		err = diag_fail(
		    d, correlation_create(&own, &f->reader, o->names));
		co = own;
	}
	if (err == 0)
		err = capture_load(t, co, o, f->file, d);
	correlation_destroy(own);
	return err;
}

int
cli_capture_input_load(struct cli *c, struct cli_capture_input *f,
    struct trace **t, struct diag *d)
{
	struct str calls[CALLS_MOST];
	struct capture_trace_options o = capture_options_of(c, f, calls);
	int err;

	/* The trace has those calls and their other sides, and nothing else. */
	c->ncalls = 0;
	err = cli_capture_input_trace(f, NULL, &o, t, d);
	if (err == 0)
		cli_capture_input_say_unused(c, f);
	return err;
}

/* The trace of the calls of a large capture that have messages as WORDS ask. */
static int
load_sifted(struct cli *c, struct cli_capture_input *f, const char *words,
    struct trace **t, struct diag *d)
{
	struct correlation *co = NULL;
	struct capture_trace_options o;
	LOCAL_BUF ids = BUF_INIT;
	size_t n;
	int err = correlation_create(&co, &f->reader, f->names);

	if (err == 0)
		err = cli_sift(c, co, words, &ids, d);
	c->none_like_that = err == ERR_NOTFOUND;
	n = ids.n / sizeof(struct str);
	o = cli_capture_input_options(f,
	    c->has_detail ? c->detail : TRACE_PROTOCOL,
	    (const struct str *)(const void *)ids.p, n);
	if (err == 0)
		err = cli_capture_input_trace(f, co, &o, t, d);
	if (err == 0)
		cli_remark(c,
		    _("%zu calls have such a message; only their messages are "
		      "read, of %zu in all, and the records are numbered "
		      "again"),
		    n, capture_count(f->capture));
	correlation_destroy(co);
	return diag_fail(d, err);
}

int
cli_capture_load(
    struct cli *c, const char *file, struct trace **t, struct diag *d)
{
	struct cli_capture_input f = { .file = NULL };
	const char *words = c->sift != NULL ? c->sift : c->filter;
	int err = cli_capture_input_open(c, file, &f, d);

	if (err == 0 && cli_capture_input_is_large(c, &f) && words != NULL) {
		err = load_sifted(c, &f, words, t, d);
		cli_capture_input_close(&f);
		return err;
	}
	if (err == 0 && cli_capture_input_is_large(c, &f))
		err = diag_set(d, ERR_LIMIT, file, 0,
		    _("has %zu messages; at most %zu are shown at once; rung "
		      "show --calls lists its calls, --call=ID chooses one, "
		      "and a filter such as status=503 chooses the calls that "
		      "have such messages"),
		    capture_count(f.capture), cli_capture_input_most(c));
	if (err == 0)
		err = cli_capture_input_load(c, &f, t, d);
	cli_capture_input_close(&f);
	return err;
}

/* ---- rung export -f trace: a capture or log as a trace ---- */

struct job {
	struct cli *c;
	const char *file;
	struct diag *d;
	sink_fn *sink;
	void *to;
	bool full; /* the sink takes no more: not the capture's fault */
};

static int
pass_line(const char *line, size_t n, void *arg)
{
	struct job *j = arg;
	int err = j->sink(line, n, j->to);

	j->full = err != 0;
	return err;
}

static int
write_imported_trace(sink_fn *sink, void *to, void *arg)
{
	struct job *j = arg;
	struct diag own = DIAG_INIT;
	int err;

	j->sink = sink;
	j->to = to;
	err = cli_capture_lines(j->c, j->file, pass_line, j, &own);
	if (err != 0 && !j->full)
		*j->d = own;
	return err;
}

#define HEAD_LOOKED_AT 4096 /* bytes, for what a file is */

int
cli_refuse_kind(const char *file, unsigned taken, struct diag *d)
{
	LOCAL_BUF head = BUF_INIT;
	struct stat st;
	int err = 0;

	/* Of a longer one the beginning is read. */
	if (stat(file, &st) == 0 && S_ISREG(st.st_mode)) {
		buf_look_into_file(&head, file, HEAD_LOOKED_AT);
		err = file_kind_refuse(buf_view(&head), file, taken, d);
	}
	return err;
}

int
cli_export_trace(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct job j = { .c = c, .d = d };
	struct stat st;

	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("export needs one FILE: a capture or a log"), d);
	if (c->has_detail && c->detail == TRACE_NETWORK) {
		diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--detail: for a capture, use messages or protocol"));
		return CLI_USAGE;
	}
	if (cli_check_place(c, "trace", d) != 0)
		return CLI_USAGE;
	/* A pipe is read once, and not for that. */
	if (stat(argv[0], &st) == 0 && S_ISREG(st.st_mode) &&
	    cli_is_trace(argv[0])) {
		diag_set(
		    d, ERR_UNSUPPORTED, argv[0], 0, _("is already a trace"));
		return CLI_USAGE;
	}
	if (access(argv[0], F_OK) != 0 && cli_is_playable(argv[0])) {
		diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s is not a capture; rung run %s -o trace.jsonl writes "
		      "the trace of a run"),
		    argv[0], argv[0]);
		return CLI_USAGE;
	}
	if (cli_refuse_kind(argv[0], FILE_CAPTURE | FILE_TEXT, d) != 0)
		return CLI_USAGE;
	j.file = argv[0];
	return cli_output(c, c->output, write_imported_trace, &j, d) == 0
		   ? CLI_OK
		   : CLI_USAGE;
}
