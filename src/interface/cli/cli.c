/* What all commands share: complaints, rejections, output. */
#include "cli/cli.h"

#include "text/utf8.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/param.h"
#include "cli/export.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "inputs/share.h"
#include "search/fault.h"
#include "trace/record_name.h"
#include "words/record_filter.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The word is not a command, but something that can be played. */
bool
cli_is_playable(const char *word)
{
	LOCAL_BUF path = BUF_INIT;
	bool is =
	    access(word, F_OK) == 0 ||
	    (strchr(word, '/') == NULL && share_find_input(word, &path) == 0);

	return is;
}

/* As cli_complain, without an allocation. */
static void
complain_of_memory(void)
{
	const char *const words[] = { "rung: ", err_text(ERR_NOMEM), "\n" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		interrupt_put(words[i], strlen(words[i]));
}

/* In ASCII where nothing else can be shown. */
static void
put_on_stderr(const struct cli *c, const struct buf *sentence)
{
	LOCAL_BUF b = BUF_INIT, safe = BUF_INIT;

	cli_progress_hide();
	buf_puts(&b, "rung: ");
	/* Names in it are untrusted. */
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
}

int
cli_complain(const struct cli *c, const struct diag *d)
{
	LOCAL_BUF b = BUF_INIT;

	diag_write(d, &b);
	put_on_stderr(c, &b);
	return CLI_USAGE;
}

int
cli_refuse(struct diag *d, const char *sentence)
{
	diag_set(d, ERR_SYNTAX, NULL, 0, "%s", sentence);
	return CLI_USAGE;
}

bool
cli_has_option(const struct cli_option *o, struct str name)
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
		    _("the FILE is missing: --%s took “%s” as its %s"),
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
cli_is_fault(struct str word)
{
	enum fault_kind kind;

	return fault_find_kind(word, &kind);
}

/* Words that are values of an option whose name was left out. */
static const struct {
	const char *option;
	bool (*is)(struct str word);
	const char *means;
} valued[] = {
	{ "what", cli_is_export, "-f " },
	{ "filter", is_of_filter, "--filter=" },
	{ "only", cli_is_fault, "--only=" },
};

static const char *
find_valued(const struct cli_option *o, const char *word)
{
	for (size_t i = 0; i < COUNT_OF(valued); i++)
		if (cli_has_option(o, str_of(valued[i].option)) &&
		    valued[i].is(str_of(word)))
			return valued[i].means;
	return NULL;
}

int
cli_try_option(const struct cli_command *cmd, const struct cli_option *o,
    const char *value, struct diag *why)
{
	const char *language = i18n_language();
	LOCAL_MEM struct cli *c = mem_zalloc(1, sizeof(*c));
	int err;

	if (c == NULL)
		return ERR_NOMEM;
	c->command = cmd;
	c->tried = true;
	err = o->fn(c, o->value != NULL ? value : NULL, why);
	i18n_choose(language);
	return err;
}

/* A word after OF's value, "--only drop lost": how both are written. */
static void
refuse_behind(
    const struct cli *c, const struct cli_behind *behind, struct diag *d)
{
	const struct cli_option *of = behind->option;
	const char *word = behind->word;
	struct str value = str_of(behind->value);
	bool list = strchr(of->value, ',') != NULL;
	struct diag why = DIAG_INIT;
	LOCAL_BUF joined = BUF_INIT;

	if (of->fn == cli_set_output || (cli_is_playable(word) && !list))
		return;
	/* "drop, crash": the list has its comma. */
	value.n -= list && str_ends(value, ",");
	buf_printf(&joined, "%.*s,%s", STR_ARG(value), word);
	if (list &&
	    cli_try_option(c->command, of, buf_cstr(&joined), &why) != 0) {
		diag_prefix(&why, _("“%s” is one word too many; "), word);
		diag_pass(d, ERR_SYNTAX, NULL, 0, &why);
	} else if (of->fn == cli_add_setting && strchr(word, '=') != NULL &&
		   word[0] != '=') {
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is one word too many; repeat the option: "
		      "--%s=%.*s --%s=%s"),
		    word, of->name, STR_ARG(value), of->name, word);
	} else {
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    /* TRANSLATORS: a word, an option, its value, the word
		     * again */
		    word[0] == '=' || str_ends(value, "=")
			? _("“%s” is one word too many; write = "
			    "without spaces: --%s=%.*s%s…")
		    : of->fn == cli_add_setting && str_find(value, "=") < 0
			? _("“%s” is one word too many; write = before "
			    "a value: --%s=%.*s=%s")
		    : of->fn == cli_add_act
			? _("“%s” is one word too many; write a colon "
			    "before arguments: --%s=%.*s:%s")
		    : list ? _("“%s” is one word too many; write a list "
			       "with commas: --%s=%.*s,%s")
			   : _("“%s” is one word too many; put a value "
			       "with spaces in quotes: --%s=\"%.*s %s\""),
		    word, of->name, STR_ARG(value), word);
	}
}

int
cli_refuse_word(const struct cli *c, const char *word, struct diag *d)
{
	const struct cli_option *o = c->command->options;
	struct str rest, name = str_cut(str_of(word), '=', &rest);
	const char *means = find_valued(o, word);
	LOCAL_BUF meant = BUF_INIT;

	for (size_t i = 0; i < c->nbehind; i++)
		if (c->behind[i].word == word)
			refuse_behind(c, &c->behind[i], d);
	if (c->command == &cli_play && cli_find_command(word) != NULL)
		diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("write the command first: rung %s FILE"), word);
	if (means == NULL && rest.n > 0 &&
	    (cli_has_option(o, name) ||
		(c->command->runs && cli_has_option(cli_run_options, name))))
		means = "--";
	else if (means == NULL && c->command == &cli_sweep &&
		 chr_is_digit(word[0]) && strstr(word, "..") != NULL)
		means = "--seed=";
	else if (means == NULL && cli_has_option(o, STR("output")) &&
		 c->output == NULL && !cli_is_playable(word) &&
		 file_ending(str_of(word)).n > 0)
		means = "-o ";
	if (means != NULL && d->err == 0) {
		buf_printf(&meant, "%s%s", means, word);
		diag_set(d, ERR_SYNTAX, NULL, 0, _("“%s” is one word too many"),
		    word);
		diag_meant(d, ERR_SYNTAX, buf_cstr(&meant));
		return CLI_USAGE;
	}
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    strcmp(c->command->usage, "FILE") == 0
		? /* TRANSLATORS: what was given, a command */
		_("“%s” is one word too many: rung %s takes one FILE")
		: /* TRANSLATORS: the same, and what it takes */
		_("“%s” is one word too many: rung %s %s"),
	    word, c->command->name, c->command->usage);
	return CLI_USAGE;
}

int
cli_refuse_order(const struct cli *c, char **words, struct diag *d)
{
	if (!trace_record_name_is(str_of(words[0])) ||
	    cli_is_playable(words[0]) || !cli_is_playable(words[1]))
		return 0;
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("write the FILE first: rung %s %s %s"), c->command->name,
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
	LOCAL_BUF b = BUF_INIT;
	va_list args;

	if (c->tried)
		return;
	va_start(args, fmt);
	buf_vprintf(&b, fmt, args);
	va_end(args);
	put_on_stderr(c, &b);
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
	    _("-f asks for %s, but the name ends in %.*s"), c->format,
	    STR_ARG(ending));
}

/* Names that formats have elsewhere. */
static const struct param_synonym format_names[] = {
	{ "mermaid", "mmd" },
	{ "plantuml", "puml" },
	{ "dot", "gv" },
	{ "graphviz", "gv" },
	{ "markdown", "md" },
	{ "text", "txt" },
	{ "htm", "html" },
};

int
cli_choose_format(struct cli *c, const char *otherwise, struct diag *d)
{
	struct str ending = file_ending_packed(str_of(c->output));

	bool given = c->format != NULL;

	snprintf(c->ending, sizeof(c->ending), "%.*s", STR_ARG(ending));
	if (!given)
		c->format = ending.n > 0 ? c->ending : otherwise;
	for (size_t i = 0; i < COUNT_OF(format_names); i++)
		if (strcmp(c->format, format_names[i].said) == 0)
			c->format = format_names[i].meant;
	return given ? check_ending(c, ending, d) : 0;
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
	LOCAL_BUF ascii = { .err = out->err };
	const struct buf *shown = c->utf8 ? out : &ascii;
	int err = 0;

	if (c->json)
		return cli_write(c, out, NULL, d);
	if (!c->utf8)
		utf8_add_ascii(&ascii, buf_view(out));
	if (c->unpaged || shown->err != 0 || !pager_show(buf_view(shown)))
		err = cli_write(c, shown, NULL, d);
	return err;
}

int
cli_print_lines(const struct cli *c, const struct buf *out, struct diag *d)
{
	LOCAL_BUF safe = { .err = out->err };

	utf8_add_safe_lines(&safe, buf_view(out));
	return cli_print(c, &safe, d);
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
	LOCAL_BUF out = BUF_INIT;

	out.err = cli_put_doc(c, doc, &out);
	return cli_print(c, &out, d);
}

void
cli_note_given(struct cli *c, const char *option)
{
	if (!cli_given(c, option) && c->ngiven < COUNT_OF(c->given))
		c->given[c->ngiven++] = option;
}

bool
cli_given(const struct cli *c, const char *option)
{
	for (size_t i = 0; i < c->ngiven; i++)
		if (strcmp(c->given[i], option) == 0)
			return true;
	return false;
}
