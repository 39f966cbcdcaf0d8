/* Parsing the command line, and what all commands share. */
#include "cli/cli.h"

#include "text/utf8.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/param.h"
#include "jobs/program.h"
#include "cli/choice.h"
#include "cli/exporters.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "draw/doc.h"
#include "search/fault.h"
#include "trace/select.h"
#include "words/record_filter.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Of one command, those of running a lab among them. */
#define OPTIONS_MAX 64

/* As cli_complain, without an allocation. */
static void
complain_of_memory(void)
{
	const char *const words[] = { "rung: ", err_text(ERR_NOMEM), "\n" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		interrupt_put(words[i], strlen(words[i]));
}

/* In ASCII where nothing else can be shown. */
static void
put_on_stderr(const struct cli *c, const struct buf *sentence)
{
	struct buf b = BUF_INIT, safe = BUF_INIT;

	cli_progress_hide();
	buf_puts(&b, "rung: ");
	/* Names in it may be anybody's. */
	utf8_add_safe(&safe, buf_view(sentence));
	if (c->utf8)
		buf_str(&b, buf_view(&safe));
	else
		utf8_add_ascii(&b, buf_view(&safe));
	buf_putc(&b, '\n');
	if (b.err == 0 && safe.err == 0 && sentence->err == 0)
		fputs(buf_cstr(&b), stderr);
	else
		complain_of_memory();
	buf_free(&safe);
	buf_free(&b);
}

int
cli_complain(const struct cli *c, const struct diag *d)
{
	struct buf b = BUF_INIT;

	diag_write(d, &b);
	put_on_stderr(c, &b);
	buf_free(&b);
	return CLI_USAGE;
}

int
cli_refuse(struct diag *d, const char *sentence)
{
	diag_set(d, ERR_SYNTAX, NULL, 0, "%s", sentence);
	return CLI_USAGE;
}

static bool
has_option(const struct cli_option *o, struct str name)
{
	for (; o != NULL && o->name != NULL; o++)
		if (str_is(name, o->name) ||
		    (name.n == 1 && o->letter == name.p[0]))
			return true;
	return false;
}

int
cli_refuse_files(const struct cli *c, int argc, char **argv, const char *none,
    struct diag *d)
{
	if (argc > 1)
		return cli_refuse_words(c, argv, d);
	for (size_t i = 0; i < c->nbehind; i++) {
		const struct cli_behind *b = &c->behind[i];

		if (!b->apart || !cli_is_playable(b->value))
			continue;
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    /* TRANSLATORS: an option, its value, what that is called */
		    _("there is no FILE: --%s took “%s” as its %s"),
		    b->option->name, b->value, b->option->value);
		if (b->option->fn == cli_add_call && c->command == &cli_show)
			diag_meant(d, ERR_SYNTAX, "--calls");
		return CLI_USAGE;
	}
	return cli_refuse(d, none);
}

int
cli_refuse_words(const struct cli *c, char **words, struct diag *d)
{
	bool first = !cli_is_playable(words[0]) && cli_is_playable(words[1]);

	return cli_refuse_word(c, words[first ? 0 : 1], d);
}

static bool
is_of_filter(struct str word)
{
	struct str value;

	return record_filter_has(str_cut(word, '=', &value)) && value.n > 0;
}

static bool
is_fault(struct str word)
{
	enum fault_kind kind;

	return fault_find(word, &kind);
}

/* Words that are values of an option whose name was left out. */
static const struct {
	const char *option;
	bool (*is)(struct str word);
	const char *means;
} valued[] = {
	{ "what", cli_is_export, "-f " },
	{ "filter", is_of_filter, "--filter=" },
	{ "only", is_fault, "--only=" },
};

static const char *
find_valued(const struct cli_option *o, const char *word)
{
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++)
		if (has_option(o, str_of(valued[i].option)) &&
		    valued[i].is(str_of(word)))
			return valued[i].means;
	return NULL;
}

int
cli_refuse_word(const struct cli *c, const char *word, struct diag *d)
{
	const struct cli_option *o = c->command->options;
	struct str rest, name = str_cut(str_of(word), '=', &rest);
	const char *means = find_valued(o, word);

	for (size_t i = 0; i < c->nbehind; i++) {
		const struct cli_option *of = c->behind[i].option;
		struct str value = str_of(c->behind[i].value);

		/* "drop, crash": the list has its comma. */
		value.n -= str_ends(value, ",") && of->value != NULL &&
			   strchr(of->value, ',') != NULL;
		if (c->behind[i].word == word && of->fn != cli_set_output &&
		    (!cli_is_playable(word) || strchr(of->value, ',') != NULL))
			diag_set(d, ERR_SYNTAX, NULL, 0,
			    /* TRANSLATORS: a word, an option, its value, the
			     * word again */
			    word[0] == '='
				? _("“%s” is one word too many; no blanks "
				    "stand around =: --%s=%.*s%s…")
			    : of->fn == cli_add_act
				? _("“%s” is one word too many; arguments "
				    "follow a colon: --%s=%.*s:%s")
			    : strchr(of->value, ',') != NULL
				? _("“%s” is one word too many; a list has "
				    "commas: --%s=%.*s,%s")
				: _("“%s” is one word too many; what has "
				    "blanks stands in quotes: "
				    "--%s=\"%.*s %s\""),
			    word, of->name, STR_ARG(value), word);
	}
	if (c->command == &cli_play && cli_find_command(word) != NULL)
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the command comes first: rung %s FILE"), word);
	if (means == NULL && rest.n > 0 &&
	    (has_option(o, name) ||
		(c->command->runs && has_option(cli_run_options, name))))
		means = "--";
	else if (means == NULL && has_option(o, STR("seeds")) &&
		 chr_is_digit(word[0]) && strstr(word, "..") != NULL)
		means = "--seeds=";
	else if (means == NULL && has_option(o, STR("labs")) && c->labs == NULL)
		means = "--labs=";
	else if (means == NULL && has_option(o, STR("output")) &&
		 c->output == NULL && !cli_is_playable(word) &&
		 file_ending(str_of(word)).n > 0)
		means = "-o ";
	if (means != NULL)
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is one word too many; did you mean %s%s?"), word,
		    means, word);
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    strcmp(c->command->usage, "FILE") == 0
		? /* TRANSLATORS: what was given, a command */
		_("“%s” is one word too many: %s takes one FILE")
		: /* TRANSLATORS: the same, and what it takes */
		_("“%s” is one word too many: rung %s %s"),
	    word, c->command->name, c->command->usage);
	return CLI_USAGE;
}

int
cli_refuse_order(const struct cli *c, char **words, struct diag *d)
{
	if (!trace_select_is(str_of(words[0])) || cli_is_playable(words[0]) ||
	    !cli_is_playable(words[1]))
		return 0;
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("the FILE comes first: rung %s %s %s"), c->command->name,
	    words[1], words[0]);
	return CLI_USAGE;
}

bool
cli_takes_escapes(void)
{
	const char *term = getenv("TERM");

	return term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

size_t
cli_columns(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint32_t n;

	if (columns != NULL && str_u32(str_of(columns), &n) == 0 &&
	    n >= CLI_WIDTH_LEAST && n <= CLI_WIDTH_MOST)
		return n;
	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void
cli_remark(const struct cli *c, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list args;

	va_start(args, fmt);
	buf_vprintf(&b, fmt, args);
	va_end(args);
	put_on_stderr(c, &b);
	buf_free(&b);
}

/* A sink for standard output. */
static int
write_aside(const char *p, size_t n, void *arg)
{
	cli_progress_give_way();
	return outfile_write(p, n, arg);
}

/* A signal that comes meanwhile finds the file as it is said to be. */
static int
close_named(
    const struct cli *c, const char *file, struct outfile *o, bool whole)
{
	sigset_t held;
	int err;

	outfile_left_hold(&held);
	err = outfile_close(o, whole);
	if (whole && err == 0)
		cli_progress_leaves(c, file, true);
	outfile_left_release(&held);
	return err;
}

int
cli_output(const struct cli *c, const char *file, cli_output_fn *fn, void *arg,
    struct diag *d)
{
	bool named = file != NULL && strcmp(file, "-") != 0;
	struct outfile o;
	int err = outfile_open_packed(&o, named ? file : "-"), closed;

	if (err == 0) {
		err = fn(named ? outfile_write : write_aside, &o, arg);
		closed = named ? close_named(c, file, &o, err == 0)
			       : outfile_close(&o, err == 0);
		if (closed != 0)
			err = closed;
	}
	if (err == ERR_EXISTS)
		return outfile_tell_read(named ? file : "-", d);
	if (err == ERR_IO && named)
		return diag_set(d, err, file, 0, _("can't be written: %s"),
		    outfile_why(errno));
	if (err == ERR_IO)
		return diag_set(d, err, NULL, 0,
		    _("standard output can't be written: %s"),
		    err_system(errno));
	return diag_fail(d, err);
}

/* -f says one thing, and the file's name another that programs open by its
 * ending; a text may be called as another text. */
static int
check_ending(const struct cli *c, struct str ending, struct diag *d)
{
	const struct str drawn = STR("svg png pdf");
	const struct str known = STR("svg png pdf html json csv md txt");

	if (str_is(ending, c->format) || !str_has_word(known, ending) ||
	    (!str_has_word(drawn, ending) &&
		!str_has_word(drawn, str_of(c->format))))
		return 0;
	return diag_set(d, ERR_SYNTAX, c->output, 0,
	    _("-f says %s, its name %.*s"), c->format, STR_ARG(ending));
}

int
cli_choose_format(struct cli *c, const char *otherwise, struct diag *d)
{
	struct str ending = file_ending_packed(str_of(c->output));

	if (c->format != NULL)
		return check_ending(c, ending, d);
	snprintf(c->ending, sizeof(c->ending), "%.*s", STR_ARG(ending));
	c->format = ending.n > 0 ? c->ending : otherwise;
	return 0;
}

static int
write_buf(sink_fn *sink, void *to, void *arg)
{
	const struct buf *out = arg;

	return sink(out->p, out->n, to);
}

int
cli_write(const struct cli *c, const struct buf *out, const char *file,
    struct diag *d)
{
	struct buf view = *out;

	if (out->err != 0)
		return diag_fail(d, out->err);
	return cli_output(c, file, write_buf, &view, d);
}

int
cli_print(const struct cli *c, const struct buf *out, struct diag *d)
{
	struct buf ascii = { .err = out->err };
	const struct buf *shown = c->utf8 ? out : &ascii;
	int err = 0;

	if (c->json)
		return cli_write(c, out, NULL, d);
	if (!c->utf8)
		utf8_add_ascii(&ascii, buf_view(out));
	if (c->unpaged || shown->err != 0 || !pager_show(buf_view(shown)))
		err = cli_write(c, shown, NULL, d);
	buf_free(&ascii);
	return err;
}

int
cli_print_lines(const struct cli *c, const struct buf *out, struct diag *d)
{
	struct buf safe = { .err = out->err };
	int err;

	utf8_add_safe_lines(&safe, buf_view(out));
	err = cli_print(c, &safe, d);
	buf_free(&safe);
	return err;
}

int
cli_put_doc(const struct cli *c, struct doc *doc, struct buf *out)
{
	int err = c->json ? doc_write_json(doc, out)
			  : doc_write_colour(doc, cli_theme(c), out);

	if (c->json)
		buf_putc(out, '\n');
	doc_free(doc);
	return err;
}

int
cli_print_doc(const struct cli *c, struct doc *doc, struct diag *d)
{
	struct buf out = BUF_INIT;
	int err;

	out.err = cli_put_doc(c, doc, &out);
	err = cli_print(c, &out, d);
	buf_free(&out);
	return err;
}

bool
cli_given(const struct cli *c, const char *option)
{
	for (size_t i = 0; i < c->ngiven; i++)
		if (strcmp(c->given[i], option) == 0)
			return true;
	return false;
}

/* The options of the command and the common ones in getopt_long's form. */
struct table {
	struct option longs[OPTIONS_MAX + 1];
	const struct cli_option *rows[OPTIONS_MAX];
	char shorts[2 * OPTIONS_MAX + 4];
	size_t n;
};

static void
add_rows(struct table *t, const struct cli_option *o)
{
	size_t s = strlen(t->shorts);

	for (; o != NULL && o->name != NULL; o++) {
		assert(t->n < OPTIONS_MAX);
		t->longs[t->n].name = o->name;
		t->longs[t->n].has_arg = o->value == NULL ? no_argument
					 : o->value[0] == '['
					     ? optional_argument
					     : required_argument;
		t->longs[t->n].val = 1000 + (int)t->n;
		if (o->letter != 0) {
			t->shorts[s++] = o->letter;
			if (o->value != NULL)
				t->shorts[s++] = ':';
		}
		t->rows[t->n++] = o;
	}
	t->shorts[s] = '\0';
}

static const struct cli_option *
find_row(const struct table *t, int c)
{
	if (c >= 1000)
		return t->rows[c - 1000];
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i]->letter == c)
			return t->rows[i];
	return NULL;
}

/* The commands with the option NAME, a word or a letter, "play, run"; how
 * many. */
static size_t
list_commands_with(struct str name, struct buf *list)
{
	size_t n = 0;

	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		const struct cli_command *cmd = cli_commands[i];

		if (has_option(cmd->options, name) ||
		    (cmd->runs && has_option(cli_run_options, name)))
			buf_printf(
			    list, "%s%s", n++ > 0 ? _(", ") : "", cmd->name);
	}
	return n;
}

/* NAME is an option of other commands, N of them. */
static int
tell_commands_with(const char *by, struct str given, size_t n,
    const struct buf *list, struct diag *d)
{
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    /* TRANSLATORS: a command, an option, a command that has it */
	    n == 1 ? _("%s has no option %.*s; rung %.*s has it")
		   : /* TRANSLATORS: a command, an option, commands */
		_("%s has no option %.*s; these have it: %.*s"),
	    by, STR_ARG(given), STR_ARG(buf_view(list)));
}

static int
unknown_option(const struct cli *c, const struct table *t, const char *word,
    struct diag *d)
{
	const char *by =
	    c->unnamed ? _("rung without a command") : c->command->name;
	struct str given = str_slice(str_of(word), 0, strcspn(word, "="));
	bool whole = str_starts(given, "--");
	struct str name = str_slice(given, whole ? 2 : 1, given.n);
	struct buf others = BUF_INIT;
	size_t n = list_commands_with(name, &others);
	static const char *const everywhere[] = { "version", "help" };
	const char *near = NULL;

	if (n > 0)
		tell_commands_with(by, given, n, &others, d);
	buf_free(&others);
	if (n > 0)
		return d->err;
	if (name.n > 1)
		near = param_nearest(
		    name, &t->longs[0].name, t->n, sizeof(t->longs[0]));
	if (near == NULL && whole && c->unnamed)
		near =
		    param_nearest(name, everywhere, 2, sizeof(everywhere[0]));
	if (near != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s has no option %.*s; did you mean --%s?"), by,
		    STR_ARG(given), near);
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("%s has no option %.*s; rung help %s lists them"), by,
	    STR_ARG(given), c->unnamed ? cli_play.name : c->command->name);
}

static void
note_of_run(struct cli *c, const struct cli_option *o, const char *value)
{
	const struct cli_option *row = cli_run_options;

	while (row->name != NULL && row != o)
		row++;
	if (row->name == NULL || c->nof_run == CLI_OF_RUN_MOST)
		return;
	c->of_run[c->nof_run].option = o->name;
	c->of_run[c->nof_run++].value = value;
}

void
cli_put_run_words(const struct cli *c, struct buf *out)
{
	for (size_t i = 0; i < c->nof_run; i++) {
		struct buf word = BUF_INIT;

		buf_printf(&word, "--%s", c->of_run[i].option);
		if (c->of_run[i].value != NULL)
			buf_printf(&word, "=%s", c->of_run[i].value);
		buf_putc(out, ' ');
		shell_put_word(out, buf_cstr(&word));
		buf_end(&word, &out->err);
	}
}

/* VALUE, taken from the word LAST, is what was to be the next option.  A title
 * may begin with a dash. */
static bool
is_option_itself(
    const struct cli_option *o, const char *value, const char *last)
{
	return value != NULL && value == last && value[0] == '-' &&
	       (value[1] == '-' || chr_is_alpha(value[1])) &&
	       (o->fn != cli_set_title || value[1] == '-' || value[2] == '\0');
}

/* -seed=3: its letters would be options. */
static int
check_dashes(const struct table *t, int argc, char **argv, struct diag *d)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		for (size_t k = 0; k < t->n; k++) {
			size_t n = strlen(t->longs[k].name);

			if (argv[i][0] == '-' &&
			    strncmp(argv[i] + 1, t->longs[k].name, n) == 0 &&
			    strchr("=", argv[i][n + 1]) != NULL)
				return diag_set(d, ERR_SYNTAX, NULL, 0,
				    _("options of a word begin with --: -%s"),
				    argv[i]);
		}
	return 0;
}

/* See struct cli_behind; VALUE is LAST itself, or a part of it. */
static void
note_behind(struct cli *c, const struct cli_option *o, const char *value,
    const char *last, const char *word)
{
	if (value == NULL ||
	    c->nbehind == sizeof(c->behind) / sizeof(c->behind[0]))
		return;
	c->behind[c->nbehind++] = (struct cli_behind){ o, value,
		word != NULL && word[0] != '-' ? word : NULL, value == last };
}

static int
parse_options(
    struct cli *c, struct table *t, int argc, char **argv, struct diag *d)
{
	int ch;

	if (check_dashes(t, argc, argv, d) != 0)
		return d->err;
	opterr = 0;
	optind = 1;
	while (
	    (ch = getopt_long(argc, argv, t->shorts, t->longs, NULL)) != -1) {
		const struct cli_option *o = find_row(t, ch);
		int err;

		if (ch == ':')
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option %s needs a value"), argv[optind - 1]);
		if (ch == '?' && optopt >= 1000)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s takes no value"),
			    t->rows[optopt - 1000]->name);
		if (ch == '?' || o == NULL)
			/* Of "-set" getopt has not left the word yet. */
			return unknown_option(c, t,
			    argv[optind - (argv[optind - 1][0] == '-')], d);
		if (optarg != NULL && optarg[0] == '\0' &&
		    o->fn != cli_set_title)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s needs a value"), o->name);
		if (is_option_itself(o, optarg, argv[optind - 1]))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s needs a value; “%s” is an option"),
			    o->name, optarg);
		if (!cli_given(c, o->name) && c->ngiven < OPTIONS_MAX)
			c->given[c->ngiven++] = o->name;
		err = o->fn(c, optarg, d);
		if (err != 0)
			return err;
		note_of_run(c, o, optarg);
		note_behind(c, o, optarg, argv[optind - 1], argv[optind]);
	}
	return cli_check_times(c, d);
}

/* What these write is not called as other programs' files are. */
#define OTHER_ENDINGS "svg png pdf html csv zip pcap pcapng wav"

static const struct {
	const char *command, *text;
} outputs[] = {
	{ "import", N_("import writes a trace, .jsonl; rung export other "
		       "forms") },
	{ "hand-in", N_("hand-in writes a file .rung") },
	{ "sweep", N_("sweep needs a folder for its results") },
	{ "class", N_("class new makes a folder") },
};

static int
check_output_name(const struct cli *c, struct diag *d)
{
	struct str ending = file_ending_packed(str_of(c->output));

	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++)
		if (strcmp(c->command->name, outputs[i].command) == 0 &&
		    str_has_word(STR(OTHER_ENDINGS), ending) &&
		    !cli_is_device(c->output))
			return diag_set(d, ERR_SYNTAX, c->output, 0, "%s",
			    _(outputs[i].text));
	return 0;
}

/* Each may be a file that is read; better known before anything is run. */
static int
check_arguments(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct str sign;
	int err = 0;

	for (int i = 0; err == 0 && i < argc; i++)
		if (lookalike_meant(str_of(argv[i]), &sign) != NULL)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s” begins with “%.*s”; options begin with "
			      "--"),
			    argv[i], STR_ARG(sign));
		else
			err = file_ids_add(&c->read, argv[i]);
	if (err != 0)
		return diag_fail(d, err);
	if (outfile_check(c->output, d) != 0)
		return d->err;
	return check_output_name(c, d);
}

/*
 * Says D, if there is one; the status.  Where an allocation failed nothing that
 * was found holds, neither that all is well nor that something else is wrong.
 */
static int
tell_end(const struct cli *c, int status, struct diag *d)
{
	bool lacked = mem_failures() != 0 && status <= CLI_USAGE;

	if (lacked && d->err != ERR_NOMEM)
		*d = DIAG_INIT;
	if (lacked)
		diag_fail(d, ERR_NOMEM);
	if (d->err != 0)
		cli_complain(c, d);
	return lacked || (d->err != 0 && status == CLI_OK) ? CLI_USAGE : status;
}

static int
run_command(struct cli *c, int argc, char **argv, struct diag *d)
{
	int status;

	if (c->command->lasts)
		cli_progress_begin(c);
	status = c->command->fn(c, argc, argv, d);
	if (c->command->lasts)
		cli_progress_end();
	return status;
}

int
cli_run(struct cli *c, int argc, char **argv)
{
	struct diag d = DIAG_INIT;
	struct table t;
	int status = CLI_USAGE;

	memset(&t, 0, sizeof(t));
	t.shorts[0] = ':';
	t.shorts[1] = '\0';
	add_rows(&t, c->command->options);
	if (c->command->runs)
		add_rows(&t, cli_run_options);
	add_rows(&t, cli_common);
	c->notes = true;
	c->to_ns = INT64_MAX;
	c->at_ns = -1;
	c->epoch_ns = -1;
	file_ids_watch(&c->read);
	if (parse_options(c, &t, argc, argv, &d) == 0 &&
	    check_arguments(c, argc - optind, argv + optind, &d) == 0 &&
	    cli_check_json(c, &d) == 0)
		status = run_command(c, argc - optind, argv + optind, &d);
	file_ids_watch(NULL);
	file_ids_free(&c->read);
	return tell_end(c, status, &d);
}
