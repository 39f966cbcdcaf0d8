/* rung help: the short list, and a page for each command; the same for man, and
 * for the shells that complete a command line. */
#include "cli/help.h"

#include "base/err.h"
#include "cli/option_checks.h"
#include "draw/doc.h"
#include "draw/wrap.h"
#include "base/rows.h"
#include "inspect/report.h"
#include "views/tui/play.h"

#include <string.h>

static void cli_manual_write(const struct cli_command *cmd, struct buf *out);

static void
write_paragraph(const char *text, size_t width, struct doc *out)
{
	doc_line(out, 0);
	doc_wrap(out, STYLE_PLAIN, str_of(text), 0, width);
}

/* Where the second column begins. */
#define OPTION_TEXT  28
#define COMMAND_TEXT 13

static void
write_option(const struct cli_option *o, size_t width, struct doc *out)
{
	LOCAL_BUF text = BUF_INIT;

	cli_put_option_text(&text, o);
	doc_line(out, 0);
	if (o->letter != 0)
		doc_printf(out, STYLE_PLAIN, "  -%c, ", o->letter);
	else
		doc_pad(out, 6);
	doc_printf(out, STYLE_PLAIN, "--%s", o->name);
	if (o->value != NULL)
		doc_printf(out, STYLE_PLAIN, "%s%s",
		    o->value[0] == '[' ? "" : "=", o->value);
	doc_wrap_beside(out, STYLE_PLAIN, buf_view(&text), OPTION_TEXT, width);
}

/* What rung takes in place of a command (cli/main.c). */
static const struct cli_option in_place[] = {
	{ "help", 'h', NULL, N_("prints this page, or that of a command"),
	    NULL },
	{ "version", 'V', NULL,
	    N_("prints the version, how it was built, and the libraries loaded "
	       "on demand"),
	    NULL },
	{ 0 },
};

void
cli_option_lists(const struct cli_command *cmd,
    const struct cli_option *lists[CLI_OPTION_LISTS])
{
	size_t n = 0;

	if (cmd == NULL)
		lists[n++] = in_place;
	else if (cmd->options != NULL)
		lists[n++] = cmd->options;
	if (cmd != NULL && cmd->runs)
		lists[n++] = cli_run_options;
	lists[n++] = cli_common;
	lists[n] = NULL;
}

static void
write_options(const struct cli_option *o, size_t width, struct doc *out)
{
	for (; o != NULL && o->name != NULL; o++)
		write_option(o, width, out);
}

/* Of more the manual has the rest. */
#define EXAMPLES_MOST 3

static void
write_examples(const struct cli_example *e, size_t width, struct doc *out)
{
	size_t most = 0, n = 0;

	for (; n < EXAMPLES_MOST && e[n].command != NULL; n++)
		if (strlen(e[n].command) > most)
			most = strlen(e[n].command);
	doc_line(out, 0);
	for (size_t i = 0; i < n; i++) {
		doc_line(out, 0);
		doc_printf(out, STYLE_PLAIN, "  %s", e[i].command);
		doc_wrap_beside(
		    out, STYLE_PLAIN, str_of(_(e[i].text)), most + 4, width);
	}
}

/* What others share, each on a page of its own. */
static void
write_shared(const struct cli_command *cmd, size_t width, struct doc *out)
{
	doc_line(out, 0);
	if (cmd->runs)
		write_paragraph(
		    _("More: rung help running (runs, captures), rung help "
		      "display (language, colours)."),
		    width, out);
	else
		write_paragraph(
		    _("More: rung help display (language, colours, width)."),
		    width, out);
}

/* TEXT in the language in force, with what docs/BUILD.md says of CMD's state.
 */
static void
help_put_about(struct buf *out, const struct cli_command *cmd, const char *text)
{
	buf_puts(out, _(text));
	if (cmd->state != NULL)
		buf_puts(out, _(cmd->state));
}

static void
help_write_page(const struct cli_command *cmd, size_t width, struct doc *out)
{
	struct buf usage = BUF_INIT, purpose = BUF_INIT;

	buf_printf(
	    &usage, _("Usage: rung %s [options] %s"), cmd->name, cmd->usage);
	buf_truncate(&usage, str_trim(buf_view(&usage)).n);
	write_paragraph(buf_cstr(&usage), width, out);
	doc_line(out, 0);
	help_put_about(&purpose, cmd, cmd->purpose);
	write_paragraph(buf_cstr(&purpose), width, out);
	if (cmd->examples != NULL)
		write_examples(cmd->examples, width, out);
	if (cmd->options != NULL && cmd->options->name != NULL)
		doc_line(out, 0);
	write_options(cmd->options, width, out);
	write_shared(cmd, width, out);
	buf_end(&purpose, &out->err);
	buf_end(&usage, &out->err);
}

static void
help_write_list(size_t width, struct doc *out)
{
	const struct cli_group *group = cli_groups;

	write_paragraph(
	    _("rung simulates SIP networks and explains every message.\n\n"
	      "Usage: rung COMMAND [options] …\n"
	      "       rung FILE      plays a lab, topology, trace or "
	      "capture"),
	    width, out);
	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		if (group->first == cli_commands[i]) {
			doc_line(out, 0);
			write_paragraph(_(group++->title), width, out);
		}
		doc_line(out, 0);
		doc_printf(out, STYLE_PLAIN, "  %s", cli_commands[i]->name);
		doc_wrap_beside(out, STYLE_PLAIN,
		    str_of(_(cli_commands[i]->text)), COMMAND_TEXT, width);
	}
	doc_line(out, 0);
	write_paragraph(
	    _("rung help COMMAND explains one command. To begin: rung labs, "
	      "then rung play two-proxies."),
	    width, out);
}

/* ---- what many commands share ---- */

static void
write_options_page(const char *about, const struct cli_option *o, size_t width,
    struct buf *out)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	write_paragraph(about, width, &doc);
	doc_line(&doc, 0);
	write_options(o, width, &doc);
	if (doc_write(&doc, out) != 0)
		out->err = ERR_NOMEM;
}

static void
write_display(size_t width, struct buf *out)
{
	write_options_page(_("These options of every command set how rung "
			     "prints and draws:"),
	    cli_common, width, out);
}

static void
write_running(size_t width, struct buf *out)
{
	write_options_page(
	    _("These options set how a lab, script or topology is run, in "
	      "every command that takes one as its FILE, and how a capture is "
	      "read:"),
	    cli_run_options, width, out);
}

static void
write_keys(size_t width, struct buf *out)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	(void)width;
	play_write_keys(false, &doc);
	if (doc_write(&doc, out) != 0)
		out->err = ERR_NOMEM;
}

/* Pages beside those of commands. */
static const struct {
	const char *name;
	void (*write)(size_t width, struct buf *out);
} topics[] = {
	{ "display", write_display },
	{ "running", write_running },
	{ "clauses", report_clauses },
	{ "keys", write_keys },
};

void
cli_help_write(
    const struct cli *c, const struct cli_command *cmd, struct buf *out)
{
	size_t width = c->width != 0 ? c->width : CLI_WIDTH_PAGE;
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	if (cmd != NULL)
		help_write_page(cmd, width, &doc);
	else
		help_write_list(width, &doc);
	if (doc_write(&doc, out) != 0)
		out->err = ERR_NOMEM;
}

/* Forms for other programs. */
static const struct {
	const char *format;
	bool pages; /* one for each command */
	void (*write)(const struct cli_command *cmd, struct buf *out);
} forms[] = {
	{ "man", true, cli_manual_write },
	{ "bash", false, cli_complete_bash },
	{ "zsh", false, cli_complete_zsh },
};

static int
print_form(struct cli *c, const struct cli_command *cmd, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	size_t i = 0;

	while (i < COUNT_OF(forms) && strcmp(forms[i].format, c->format) != 0)
		i++;
	if (i == COUNT_OF(forms))
		return cli_refuse_value(
		    "format", c->format, "man, bash, zsh", d);
	if (cmd != NULL && !forms[i].pages)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--format=%s covers all commands; leave out the COMMAND"),
		    c->format);
	forms[i].write(cmd, &out);
	cli_write(c, &out, NULL, d);
	return d->err;
}

static int
print_page(struct cli *c, const struct cli_command *cmd, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;

	cli_help_write(c, cmd, &out);
	cli_print(c, &out, d);
	return d->err;
}

static int
print_topic(struct cli *c, size_t topic, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;

	topics[topic].write(c->width != 0 ? c->width : CLI_WIDTH_PAGE, &out);
	if (out.err == 0)
		cli_print(c, &out, d);
	return diag_fail(d, out.err);
}

static const struct cli_option help_options[] = {
	{ "format", 'f', "FORMAT",
	    N_("prints for other programs: man (a manual page), bash or zsh "
	       "(completion of command lines)"),
	    cli_set_format },
	{ 0 },
};

static const struct cli_example help_examples[] = {
	{ "rung help", N_("the list of commands") },
	{ "rung help export", N_("the options of figures") },
	{ "rung help --format=bash > rung.bash",
	    N_("without an installation: source rung.bash completes command "
	       "lines in this shell") },
	{ NULL, NULL },
};

static int
help(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct cli_command *cmd =
	    argc > 0 ? cli_find_command(argv[0]) : NULL;
	size_t topic =
	    argc > 0 ? ROWS_FIND(str_of(argv[0]), topics) : COUNT_OF(topics);

	if (cli_check_place(c, c->format != NULL ? "program" : "page", d) != 0)
		return CLI_USAGE;
	if (argc > 1)
		return cli_refuse(d, _("help takes one COMMAND"));
	if (topic < COUNT_OF(topics) && c->format == NULL)
		return print_topic(c, topic, d) == 0 ? CLI_OK : CLI_USAGE;
	if (argc > 0 && cmd == NULL) {
		cli_refuse_command(argv[0], d);
		return CLI_USAGE;
	}
	return (c->format != NULL ? print_form : print_page)(c, cmd, d) == 0
		   ? CLI_OK
		   : CLI_USAGE;
}

const struct cli_command cli_help = {
	.name = "help",
	.usage = "[COMMAND|display|running|clauses|keys]",
	.text = N_("shows this list, or a command's page"),
	.purpose = N_("Shows the list of commands, the page of one command, or "
		      "the options that many commands share."),
	.about = N_("Prints the list of commands, or the page of one command. "
		    "rung help display prints the options that set how rung "
		    "prints; rung help running prints the options for running "
		    "a lab and reading a capture; rung help clauses lists the "
		    "rules of the RFCs that rung inspect checks; rung help "
		    "keys lists the keys of rung play."),
	.examples = help_examples,
	.options = help_options,
	.fn = help,
};

/* ---- the manual's pages in roff, with the macros of man(7) ---- */

struct entry {
	const char *name, *text; /* the text untranslated */
};

static const struct entry environment[] = {
	{ "RUNG_SHARE", N_("a folder with labs and topologies, searched before "
			   "those next to the program") },
	{ "XDG_STATE_HOME", N_("the folder in which rung/ keeps sessions and "
			       "settings (default ~/.local/state)") },
	{ "LC_ALL, LC_MESSAGES, LANG", N_("the language (without --lang), and "
					  "whether the terminal uses UTF-8") },
	{ "NO_COLOR", N_("disables colours if it is set") },
	{ "COLUMNS", N_("the width of a line (default: the terminal's)") },
	{ "PAGER", N_("the program that shows long text on a terminal") },
	{ NULL, NULL },
};

static const struct entry statuses[] = {
	{ "0", N_("success") },
	{ "1", N_("a negative result: a check or a comparison failed, or "
		  "nothing was found") },
	{ "2", N_("a wrong usage, or input that can't be read") },
	{ NULL, NULL },
};

/* What roff would take for its own, and what some of its devices make other
 * characters of. */
static const struct {
	char c;
	const char *roff;
} escapes[] = {
	{ '\\', "\\e" },
	{ '-', "\\-" },
	{ '"', "\\(dq" },
	{ '\'', "\\(aq" },
	{ '`', "\\(ga" },
	{ '^', "\\(ha" },
	{ '~', "\\(ti" },
};

static void
help_put_char(struct buf *out, char c)
{
	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if (escapes[i].c == c) {
			buf_puts(out, escapes[i].roff);
			return;
		}
	/* A full stop that begins a line begins a request. */
	if (c == '.' && out->n > 0 && out->p[out->n - 1] == '\n')
		buf_puts(out, "\\&");
	buf_putc(out, c);
}

/* roff breaks lines at spaces alone, unless it is told where else. */
static void
help_put_line(struct buf *out, struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (((unsigned char)line.p[i] & 0xc0) != 0x80 &&
		    wrap_ends_at(line, i))
			buf_puts(out, "\\:");
		help_put_char(out, line.p[i]);
	}
}

static void
put_roff_text(struct buf *out, const char *text)
{
	help_put_line(out, str_of(text));
}

/* In bold or italics. */
static void
put_styled(struct buf *out, char font, const char *text)
{
	buf_printf(out, "\\f%c", font);
	put_roff_text(out, text);
	buf_puts(out, "\\fR");
}

static void
help_put_section(struct buf *out, const char *title)
{
	buf_printf(out, ".SH \"%s\"\n", title);
}

/* Lines that are indented stand as they are, others flow. */
static void
put_roff_paragraphs(struct buf *out, const char *text)
{
	struct str rest = str_of(text);
	bool as_is = false;

	while (rest.n > 0) {
		struct str line = str_cut_line(rest, &rest);
		bool indented = str_starts(line, "  ");

		if (indented != as_is)
			buf_puts(out, indented ? ".nf\n" : ".fi\n");
		as_is = indented;
		if (line.n == 0)
			buf_puts(out, ".PP");
		help_put_line(out, line);
		buf_putc(out, '\n');
	}
	if (as_is)
		buf_puts(out, ".fi\n");
}

static void
put_manual_entry(struct buf *out, const char *name, const char *text)
{
	buf_puts(out, ".TP\n");
	put_styled(out, 'B', name);
	buf_putc(out, '\n');
	put_roff_text(out, text);
	buf_putc(out, '\n');
}

static void
help_put_entries(struct buf *out, const char *title, const struct entry *e)
{
	help_put_section(out, title);
	for (; e->name != NULL; e++)
		put_manual_entry(out, e->name, _(e->text));
}

static void
help_put_option(struct buf *out, const struct cli_option *o)
{
	struct buf text = BUF_INIT;

	buf_puts(out, ".TP\n");
	if (o->letter != 0)
		buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
	buf_puts(out, "\\fB\\-\\-");
	put_roff_text(out, o->name);
	buf_puts(out, "\\fR");
	if (o->value != NULL) {
		buf_puts(out, o->value[0] == '[' ? "" : "=");
		put_styled(out, 'I', o->value);
	}
	buf_putc(out, '\n');
	cli_put_option_text(&text, o);
	put_roff_text(out, buf_cstr(&text));
	buf_end(&text, &out->err);
	buf_putc(out, '\n');
}

static void
help_put_options(struct buf *out, const struct cli_command *cmd)
{
	const struct cli_option *lists[CLI_OPTION_LISTS];

	help_put_section(out, _("OPTIONS"));
	cli_option_lists(cmd, lists);
	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct cli_option *o = lists[i]; o->name != NULL;
		     o++)
			help_put_option(out, o);
}

/* ".TH", and the line by which whatis knows the page. */
static void
help_put_head(struct buf *out, const struct cli_command *cmd, const char *text)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, cmd != NULL ? "rung-%s" : "rung",
	    cmd != NULL ? cmd->name : "");
	buf_puts(out, ".\\\" Made by rung help --format=man.\n.TH ");
	put_roff_text(out, buf_cstr(&name));
	buf_printf(out, " 1 \"\" \"rung %s\" rung\n.ad l\n", RUNG_VERSION);
	help_put_section(out, _("NAME"));
	put_roff_text(out, buf_cstr(&name));
	buf_puts(out, " \\- ");
	for (; *text != '\0'; text++)
		help_put_char(out, *text);
	buf_putc(out, '\n');
	help_put_section(out, _("SYNOPSIS"));
	buf_end(&name, &out->err);
}

static void
help_put_command(struct buf *out, const struct cli_command *cmd)
{
	struct buf usage = BUF_INIT, about = BUF_INIT;

	help_put_head(out, cmd, _(cmd->text));
	buf_printf(&usage, _("rung %s [options] %s"), cmd->name, cmd->usage);
	buf_truncate(&usage, str_trim(buf_view(&usage)).n);
	put_roff_text(out, buf_cstr(&usage));
	buf_putc(out, '\n');
	help_put_section(out, _("DESCRIPTION"));
	help_put_about(&about, cmd, cmd->about);
	put_roff_paragraphs(out, buf_cstr(&about));
	help_put_options(out, cmd);
	if (cmd->examples != NULL)
		help_put_section(out, _("EXAMPLES"));
	for (const struct cli_example *e = cmd->examples;
	     e != NULL && e->command != NULL; e++)
		put_manual_entry(out, e->command, _(e->text));
	help_put_section(out, _("SEE ALSO"));
	buf_puts(out, "\\fBrung\\fR(1)\n");
	buf_end(&about, &out->err);
	buf_end(&usage, &out->err);
}

static void
put_program_page(struct buf *out)
{
	help_put_head(
	    out, NULL, _("simulates SIP networks and explains every message"));
	put_roff_text(out, _("rung COMMAND [options] …"));
	buf_puts(out, "\n.br\n");
	put_roff_text(out, _("rung FILE"));
	buf_putc(out, '\n');
	help_put_section(out, _("DESCRIPTION"));
	put_roff_paragraphs(out,
	    _("Without a command, rung FILE plays a lab, topology, trace or "
	      "capture. Each command has its own page."));
	help_put_section(out, _("COMMANDS"));
	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		const struct cli_command *cmd = cli_commands[i];

		buf_puts(out, ".TP\n\\fBrung\\-");
		put_roff_text(out, cmd->name);
		buf_puts(out, "\\fR(1)\n");
		put_roff_text(out, _(cmd->text));
		buf_putc(out, '\n');
	}
	help_put_options(out, NULL);
	help_put_entries(out, _("ENVIRONMENT"), environment);
	help_put_entries(out, _("EXIT STATUS"), statuses);
	help_put_section(out, _("SEE ALSO"));
	buf_puts(out, "\\fBrung\\-topology\\fR(5), \\fBrung\\-scenario\\fR(5), "
		      "\\fBrung\\-trace\\fR(5)\n");
}

/*
 * The page of CMD for man, rung-run(1); NULL: rung(1). It is made of the rows
 * that rung help shows.
 */
static void
cli_manual_write(const struct cli_command *cmd, struct buf *out)
{
	if (cmd != NULL)
		help_put_command(out, cmd);
	else
		put_program_page(out);
}
