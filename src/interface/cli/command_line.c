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
#include "cli/option_checks.h"
#include "cli/progress.h"
#include "cli/command_words.h"
#include "cli/former_names.h"

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

/* The row of NAME, a word or a letter, among the options O, or NULL. */
static const struct cli_option *
find_option(const struct cli_option *o, struct str name)
{
	while (o != NULL && o->name != NULL && !str_is(name, o->name) &&
	       (name.n != 1 || o->letter != name.p[0]))
		o++;
	return o != NULL && o->name != NULL ? o : NULL;
}

/* The same among all that CMD has of its own, or of runs. */
static const struct cli_option *
find_option_of(const struct cli_command *cmd, struct str name)
{
	const struct cli_option *o = find_option(cmd->options, name);

	return o == NULL && cmd->runs ? find_option(cli_run_options, name) : o;
}

/* An option as it was typed, and the command whose it may be. */
struct option_typed {
	const struct cli_command *command;
	const char *value, *next; /* behind =, and the next word; NULL: none */
};

/* Reads OPTION, "--seed" or "-s", with what was typed, as diag_meant_read asks.
 */
static int
option_read_meant(const void *arg, const char *option, struct diag *why)
{
	const struct option_typed *typed = arg;
	struct str name = str_of(option + strspn(option, "-"));
	const struct cli_option *o = find_option_of(typed->command, name);
	const char *value = typed->value;

	if (o == NULL)
		o = find_option(cli_common, name);
	if (o == NULL)
		return 0;
	if (o->value == NULL && value != NULL)
		return diag_set(why, ERR_SYNTAX, NULL, 0,
		    _("option --%s takes no value"), o->name);
	if (value == NULL && typed->next != NULL && typed->next[0] != '-')
		value = typed->next;
	if (o->value != NULL && o->value[0] != '[' &&
	    (value == NULL || value[0] == '\0'))
		return diag_set(why, ERR_SYNTAX, NULL, 0,
		    _("option --%s needs a value"), o->name);
	return cli_try_option(typed->command, o, value, why);
}

/* The commands that have the option GIVEN and can read it as it was TYPED,
 * "play, run", or else all that have it; how many. */
static size_t
list_commands_with(const char *given, struct option_typed typed, bool reading,
    struct buf *list)
{
	struct str name = str_of(given + strspn(given, "-"));
	size_t n = 0;

	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		struct diag why = DIAG_INIT;

		typed.command = cli_commands[i];
		if (find_option_of(typed.command, name) != NULL &&
		    (!reading || option_read_meant(&typed, given, &why) == 0))
			buf_printf(list, "%s%s", n++ > 0 ? _(", ") : "",
			    cli_commands[i]->name);
	}
	return n;
}

/* GIVEN may be an option of other commands: says so, or 0. */
static int
tell_commands_with(const char *by, const char *given,
    const struct option_typed *typed, struct diag *d)
{
	struct option_typed first = *typed;
	LOCAL_BUF list = BUF_INIT;
	size_t n = list_commands_with(given, *typed, true, &list), k = n;
	char name[32];

	if (n == 0)
		n = list_commands_with(given, *typed, false, &list);
	if (n == 0)
		return 0;
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    /* TRANSLATORS: a command, an option, a command that has it */
	    n == 1 ? _("%s has no option %s; rung %s has it")
		   : /* TRANSLATORS: a command, an option, commands */
		_("%s has no option %s; these have it: %s"),
	    by, given, buf_cstr(&list));
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(buf_cstr(&list), ","),
	    buf_cstr(&list));
	first.command = cli_find_command(name);
	return k > 0 || first.command == NULL
		   ? d->err
		   : diag_meant_read(d, ERR_NOTFOUND, STR_NULL, given,
			 option_read_meant, &first);
}

/* The option NAME that is most like one of T's, as "--seed", or empty. */
static void
put_nearest_option(const struct cli *c, const struct table *t, struct str name,
    bool whole, struct buf *out)
{
	static const char *const everywhere[] = { "version", "help" };
	const char *near = NULL;

	if (name.n > 1)
		near = param_nearest(
		    name, &t->longs[0].name, t->n, sizeof(t->longs[0]));
	if (near == NULL && whole && c->unnamed)
		near =
		    param_nearest(name, everywhere, 2, sizeof(everywhere[0]));
	if (near != NULL)
		buf_printf(out, "--%s", near);
}

/* WORD is not an option of C's command; NEXT is the next word, or NULL. */
static int
unknown_option(const struct cli *c, const struct table *t, const char *word,
    const char *next, struct diag *d)
{
	const char *by =
	    c->unnamed ? _("rung without a command") : c->command->name;
	const char *equals = strchr(word, '=');
	bool whole = strncmp(word, "--", 2) == 0;
	struct option_typed typed = { c->command,
		equals != NULL ? equals + 1 : NULL, next };
	LOCAL_BUF given = BUF_INIT, near = BUF_INIT;
	struct str name;
	const char *now;

	buf_add(&given, word, strcspn(word, "="));
	name = str_of(buf_cstr(&given) + 1 + whole);
	if (given.err != 0)
		return diag_fail(d, given.err);
	now = former_option(by, name);
	/* Of -q=true the letter is known, and its value is too much. */
	if (!whole && find_option_of(c->command, name) != NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("option %s takes no value"), buf_cstr(&given));
	if (now != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: a command, its old option, the words now */
		    _("%s %s is now %s"), by, buf_cstr(&given), i18n_text(now));
	if (str_is(name, "help"))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("option --%s takes no value"), "help");
	if (command_option_typed(c->command, name, &near))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: a command, an option, a command line */
		    _("%s has no option %s; use %s"), by, buf_cstr(&given),
		    buf_cstr(&near));
	if (tell_commands_with(by, buf_cstr(&given), &typed, d) != 0)
		return d->err;
	put_nearest_option(c, t, name, whole, &near);
	if (near.n == 0 ||
	    !diag_is_meant(name, buf_cstr(&near), option_read_meant, &typed))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s has no option %s; rung help %s lists them"), by,
		    buf_cstr(&given),
		    c->unnamed ? cli_play.name : c->command->name);
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("%s has no option %s"), by,
	    buf_cstr(&given));
	return diag_meant_read(
	    d, ERR_NOTFOUND, name, buf_cstr(&near), option_read_meant, &typed);
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
	optind = 0; /* also within a word that an earlier reading has left */
	while (
	    (ch = getopt_long(argc, argv, t->shorts, t->longs, NULL)) != -1) {
		const struct cli_option *o = find_row(t, ch);
		struct diag wrong = DIAG_INIT;
		int err;

		if (ch == ':')
			return optopt >= 1000
				   ? diag_set(d, ERR_SYNTAX, NULL, 0,
					 _("option --%s needs a value"),
					 t->rows[optopt - 1000]->name)
				   : diag_set(d, ERR_SYNTAX, NULL, 0,
					 _("option %s needs a value"),
					 argv[optind - 1]);
		if (ch == '?' && optopt >= 1000)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s takes no value"),
			    t->rows[optopt - 1000]->name);
		if (ch == '?' || o == NULL)
			/* Of "-set" getopt has not left the word yet. */
			return unknown_option(c, t,
			    argv[optind - (argv[optind - 1][0] == '-')],
			    argv[optind + (argv[optind - 1][0] != '-')], d);
		if (optarg != NULL && optarg[0] == '\0' &&
		    o->fn != cli_set_title)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s needs a value"), o->name);
		if (optarg != NULL && optarg[0] == '=' &&
		    optarg == argv[optind - 1] + 2)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%s: write -%c %s or --%s%s"), argv[optind - 1],
			    o->letter, optarg + 1, o->name, optarg);
		if (is_option_itself(o, optarg, argv[optind - 1]))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("option --%s needs a value; “%s” is an option"),
			    o->name, optarg);
		cli_note_given(c, o->name);
		err = o->fn(c, optarg, &wrong);
		/* That it does nothing here matters more than its value. */
		if (err != 0 && cli_check_idle(c, o->name, d) == 0)
			diag_pass(d, err, NULL, 0, &wrong);
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

/* Which task holds what was shown, if any, and what to do about it. */
static void
tell_hold(const struct cli *c)
{
	if (c->held != 0)
		cli_remark(c,
		    _("task %u asks first: write the answer into "
		      "%s/answers.txt, or give it in rung play %s; --look "
		      "shows everything, which is noted"),
		    c->held, c->held_in, c->held_in);
}

/*
 * Says D, if there is one; the status.  Where an allocation failed nothing that
 * was found holds, neither that all is well nor that something else is wrong.
 */
static int
command_line_tell_end(struct cli *c, int status, struct diag *d)
{
	bool lacked = mem_failures() != 0 && status <= CLI_USAGE;

	if (lacked && d->err != ERR_NOMEM)
		*d = DIAG_INIT;
	if (lacked)
		diag_fail(d, ERR_NOMEM);
	if (d->err != 0)
		cli_complain(c, d);
	tell_hold(c);
	for (size_t i = 0; i < c->nfailed; i++)
		cli_complain(c, &c->failed[i]);
	if (c->nfailed > 0 && status == CLI_OK && d->err == 0)
		status = CLI_FAILED;
	mem_free(c->failed);
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
cli_read_options(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct table t;

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
	return parse_options(c, &t, argc, argv, d);
}

int
cli_run(struct cli *c, int argc, char **argv)
{
	struct diag d = DIAG_INIT;
	int status = CLI_USAGE;

	file_ids_watch(&c->read);
	if (cli_read_options(c, argc, argv, &d) == 0 &&
	    check_arguments(c, argc - optind, argv + optind, &d) == 0 &&
	    cli_check_json(c, &d) == 0)
		status = run_command(c, argc - optind, argv + optind, &d);
	file_ids_watch(NULL);
	file_ids_free(&c->read);
	return command_line_tell_end(c, status, &d);
}
