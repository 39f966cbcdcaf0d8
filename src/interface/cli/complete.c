/*
 * Completion of rung's command line in bash and zsh: tables made of the rows
 * that rung help shows, and functions of those shells (assets/complete) that
 * look into them.  A table has the words that may stand at a place: literal
 * ones, or "@files", "@labs" and the like for names looked up.
 */
#include "cli/help.h"

#include "completion.inc"

#include <string.h>

/* Values of options that are words of a list; of every command without one. */
static const struct {
	const char *command, *option, *words;
} values[] = {
	{ NULL, "lang", "en zh" },
	{ NULL, "words", "rfc osip" },
	{ NULL, "color", "auto always never" },
	{ NULL, "theme", "default light contrast colour-blind mono" },
	{ NULL, "mark", "transaction dialog phase" },
	{ NULL, "detail", "messages protocol network" },
	{ "show", "sort",
	    "time method from to state delay talk messages again nodes result "
	    "call-id" },
	{ "diff", "format", "txt json gv svg png pdf" },
	{ "inspect", "format", "txt html json csv svg" },
	{ "help", "format", "man bash zsh" },
	{ NULL, "format", "txt json" },
	{ "export", "what", "ladder topology map machines media" },
};

/* What the words of a usage and of an option's value stand for. */
static const struct {
	const char *word, *kind;
} kinds[] = {
	{ "FILE", "@files" },
	{ "FOLDER", "@folders" },
	{ "LAB", "@labs" },
	{ "PLAN", "@labs" },
	{ "COMMAND", "@commands" },
	{ "WORK", "@files @labs" },
	{ "SESSION", "@files" },
	{ "A", "@files" },
};

/* The words of USAGE that are to be typed as they stand, and what the others
 * stand for. */
static void
completion_put_usage(struct buf *out, struct str usage)
{
	while (usage.n > 0) {
		size_t n = strcspn(usage.p, " []|=,");
		struct str word = str_slice(usage, 0, n);

		usage = str_slice(usage, n + (n < usage.n), usage.n);
		if (n > 0 && word.p[0] >= 'a' && word.p[0] <= 'z')
			buf_printf(out, " %.*s", STR_ARG(word));
		for (size_t i = 0; i < COUNT_OF(kinds); i++)
			if (str_is(word, kinds[i].word))
				buf_printf(out, " %s", kinds[i].kind);
	}
}

/* What the arguments of CMD may be. */
static void
put_arguments(struct buf *out, const struct cli_command *cmd)
{
	completion_put_usage(out, str_of(cmd->usage));
	if (cmd->runs || cmd == &cli_sweep)
		buf_puts(out, " @labs");
}

static void
completion_put_values(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o)
{
	struct buf list = BUF_INIT;

	if (cli_put_option_list(&list, o) || cli_list_withs(&list, cmd, o)) {
		struct str word, rest;

		for (rest = buf_view(&list); rest.n > 0;) {
			word = str_trim(str_cut(rest, ',', &rest));
			buf_printf(out, " %.*s", STR_ARG(word));
		}
		buf_end(&list, &out->err);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strcmp(values[i].option, o->name) == 0 &&
		    (values[i].command == NULL ||
			(cmd != NULL &&
			    strcmp(values[i].command, cmd->name) == 0))) {
			buf_printf(out, " %s", values[i].words);
			return;
		}
	completion_put_usage(out, str_of(o->value));
}

static bool
needs_value(const struct cli_option *o)
{
	return o->value != NULL && o->value[0] != '[';
}

static void
put_asset(struct buf *out, const unsigned char *p, size_t n)
{
	buf_add(out, (const char *)p, n);
}

/* Each of CMD's options (cli_option_lists) to FN. */
typedef void option_fn(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o);

static void
put_each(struct buf *out, const struct cli_command *cmd, option_fn *fn)
{
	const struct cli_option *lists[CLI_OPTION_LISTS];

	cli_option_lists(cmd, lists);
	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct cli_option *o = lists[i]; o->name != NULL;
		     o++)
			fn(out, cmd, o);
}

/* ---- bash ---- */

static void
put_bash_name(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o)
{
	(void)cmd;
	if (o->letter != 0)
		buf_printf(out, " -%c", o->letter);
	buf_printf(out, " --%s%s", o->name, needs_value(o) ? "=" : "");
}

/* A line of a table, "run:-o | run:--output) echo @files ;;". */
static void
put_bash_value(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o)
{
	if (!needs_value(o))
		return;
	buf_putc(out, '\t');
	if (o->letter != 0)
		buf_printf(out, "%s:-%c | ", cmd->name, o->letter);
	buf_printf(out, "%s:--%s) echo", cmd->name, o->name);
	completion_put_values(out, cmd, o);
	buf_puts(out, " ;;\n");
}

static void
put_bash_options(struct buf *out, const struct cli_command *cmd)
{
	buf_printf(out, "\t%s) echo", cmd->name);
	put_each(out, cmd, put_bash_name);
	buf_puts(out, " ;;\n");
}

static void
put_bash_arguments(struct buf *out, const struct cli_command *cmd)
{
	buf_printf(out, "\t%s) echo", cmd->name);
	put_arguments(out, cmd);
	buf_puts(out, " ;;\n");
}

static void
put_bash_values(struct buf *out, const struct cli_command *cmd)
{
	put_each(out, cmd, put_bash_value);
}

/* The function NAME, which looks for WHAT in the lines that FN writes. */
static void
put_bash_table(struct buf *out, const char *name, const char *what,
    void (*fn)(struct buf *out, const struct cli_command *cmd))
{
	buf_printf(out, "\n%s() {\n\tcase %s in\n", name, what);
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		fn(out, cli_commands[i]);
	buf_puts(out, "\t*) return 1 ;;\n\tesac\n}\n");
}

void
cli_complete_bash(const struct cli_command *only, struct buf *out)
{
	(void)only;
	buf_puts(out,
	    "# What completes rung in bash: made by rung help --format=bash.\n"
	    "\n"
	    "_rung_commands() {\n\tprintf '%s\\n'");
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		buf_printf(out, " %s", cli_commands[i]->name);
	buf_puts(out, "\n}\n");
	put_bash_table(out, "_rung_arguments", "$1", put_bash_arguments);
	put_bash_table(out, "_rung_options", "$1", put_bash_options);
	put_bash_table(out, "_rung_values", "$1:$2", put_bash_values);
	put_asset(out, bash_bytes, sizeof(bash_bytes));
}

/* ---- zsh ---- */

/* TEXT within single quotes, where colons and brackets mean something. */
static void
put_zsh_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\'')
			buf_puts(out, "'\\''");
		else if (strchr("[]:\\", *text) != NULL)
			buf_printf(out, "\\%c", *text);
		else
			buf_putc(out, *text);
}

/* "'*'{-o+,--output=}'[what it does]:FILE: _rung_reply @files'", as _arguments
 * takes it. */
static void
put_zsh_option(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o)
{
	bool needs = needs_value(o);
	struct buf text = BUF_INIT;

	buf_puts(out, " \\\n\t\t'*'");
	if (o->letter != 0)
		buf_printf(out, "{-%c%s,", o->letter, needs ? "+" : "");
	buf_printf(out, "--%s%s", o->name,
	    needs              ? "="
	    : o->value != NULL ? "=-"
			       : "");
	buf_printf(out, "%s'[", o->letter != 0 ? "}" : "");
	cli_put_option_text(&text, o);
	put_zsh_text(out, buf_cstr(&text));
	buf_end(&text, &out->err);
	buf_putc(out, ']');
	if (o->value != NULL) {
		buf_puts(out, needs ? ":" : "::");
		put_zsh_text(out, o->value);
		buf_puts(out, ": _rung_reply");
		completion_put_values(out, cmd, o);
	}
	buf_putc(out, '\'');
}

static void
put_zsh_command(struct buf *out, const struct cli_command *cmd)
{
	buf_printf(
	    out, "\t%s) _arguments -s -S", cmd != &cli_play ? cmd->name : "*");
	put_each(out, cmd, put_zsh_option);
	buf_puts(out, " \\\n\t\t'*: : _rung_reply");
	put_arguments(out, cmd);
	buf_puts(out, "' ;;\n");
}

void
cli_complete_zsh(const struct cli_command *only, struct buf *out)
{
	(void)only;
	buf_puts(out,
	    "#compdef rung\n"
	    "# What completes rung in zsh: made by rung help --format=zsh.\n"
	    "\n"
	    "_rung_commands=(");
	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		buf_printf(out, "\n\t'%s:", cli_commands[i]->name);
		put_zsh_text(out, _(cli_commands[i]->text));
		buf_putc(out, '\'');
	}
	buf_puts(out, "\n)\n\n"
		      "# rung itself; a command; what is none is a FILE.\n"
		      "_rung_arguments() { # COMMAND\n"
		      "\tcase $1 in\n"
		      "\t'') _arguments -C -s -S");
	put_each(out, NULL, put_zsh_option);
	buf_puts(out, " \\\n\t\t'1: : _rung_reply @commands @files @labs'"
		      " \\\n\t\t'*:: :->rest' && return\n"
		      "\t\t[[ $state == rest ]] && "
		      "_rung_arguments \"$words[1]\" ;;\n");
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		if (cli_commands[i] != &cli_play)
			put_zsh_command(out, cli_commands[i]);
	/* Last, as it stands for all others as well. */
	put_zsh_command(out, &cli_play);
	buf_puts(out, "\tesac\n}\n");
	put_asset(out, zsh_bytes, sizeof(zsh_bytes));
}
