/* The command line: its options read by the tables of its command, which runs
 * then. */
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
#include "cli/progress.h"
#include "cli/replaced.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

/* Of one command, those of running a lab among them. */
#define OPTIONS_MAX 64

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

		if (cli_has_option(cmd->options, name) ||
		    (cmd->runs && cli_has_option(cli_run_options, name)))
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
	LOCAL_BUF others = BUF_INIT;
	size_t n = list_commands_with(name, &others);
	static const char *const everywhere[] = { "version", "help" };
	const char *near = NULL, *now = replaced_option(by, name);

	/* Of -q=true the letter is known, and its value is too much. */
	if (!whole &&
	    (cli_has_option(c->command->options, name) ||
		(c->command->runs && cli_has_option(cli_run_options, name))))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("option %.*s takes no value"), STR_ARG(given));
	if (now != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: a command, its old option, the words now */
		    _("%s %.*s is now %s"), by, STR_ARG(given), i18n_text(now));

	if (n > 0)
		tell_commands_with(by, given, n, &others, d);
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
	if (row->name == NULL || c->nof_run == CLI_OF_RUN_MOST ||
	    (o->fn == cli_set_limit && cli_is_own_limit(c, value)))
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
				    _("long options begin with --: -%s"),
				    argv[i]);
		}
	return 0;
}

/* See struct cli_behind; VALUE is LAST itself, or a part of it. */
static void
note_behind(struct cli *c, const struct cli_option *o, const char *value,
    const char *last, const char *word)
{
	if (value == NULL || c->nbehind == COUNT_OF(c->behind))
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
		cli_note_given(c, o->name);
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
	{ "hand-in", N_("hand-in writes a .rung file") },
	{ "sweep", N_("sweep needs a folder for its results") },
};

static int
check_output_name(const struct cli *c, struct diag *d)
{
	struct str ending = file_ending_packed(str_of(c->output));

	for (size_t i = 0; i < COUNT_OF(outputs); i++)
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
command_line_tell_end(const struct cli *c, int status, struct diag *d)
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
	return command_line_tell_end(c, status, &d);
}
