/*
 * The manual's pages in roff, with the macros of man(7): rung(1), and one for
 * each command, as rung-run(1), of the rows that rung help shows.
 */
#include "cli/help.h"

#include "draw/wrap.h"

#include <string.h>

struct entry {
	const char *name, *text; /* the text untranslated */
};

static const struct entry environment[] = {
	{ "RUNG_SHARE", N_("a folder with labs and topologies, looked into "
			   "before those beside the program") },
	{ "XDG_STATE_HOME", N_("where sessions and settings are kept, in the "
			       "folder rung; else ~/.local/state") },
	{ "LC_ALL, LC_MESSAGES, LANG", N_("the language, unless --lang says "
					  "it, and whether UTF-8 is shown") },
	{ "NO_COLOR", N_("colours are left out where it is set") },
	{ "COLUMNS", N_("how wide a line is; else the terminal says") },
	{ "PAGER", N_("what long text is read with on a terminal") },
	{ NULL, NULL },
};

static const struct entry statuses[] = {
	{ "0", N_("all is well") },
	{ "1", N_("something was looked for that is not there or not right: a "
		  "check, a comparison") },
	{ "2", N_("a usage that can't be, or input that can't be read") },
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
put_char(struct buf *out, char c)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
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
put_line(struct buf *out, struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (((unsigned char)line.p[i] & 0xc0) != 0x80 &&
		    wrap_ends_at(line, i))
			buf_puts(out, "\\:");
		put_char(out, line.p[i]);
	}
}

static void
put_roff_text(struct buf *out, const char *text)
{
	put_line(out, str_of(text));
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
put_section(struct buf *out, const char *title)
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
		put_line(out, line);
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
put_entries(struct buf *out, const char *title, const struct entry *e)
{
	put_section(out, title);
	for (; e->name != NULL; e++)
		put_manual_entry(out, e->name, _(e->text));
}

static void
put_option(struct buf *out, const struct cli_option *o)
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
put_options(struct buf *out, const struct cli_command *cmd)
{
	const struct cli_option *lists[CLI_OPTION_LISTS];

	put_section(out, _("OPTIONS"));
	cli_option_lists(cmd, lists);
	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct cli_option *o = lists[i]; o->name != NULL;
		     o++)
			put_option(out, o);
}

/* ".TH", and the line by which whatis knows the page. */
static void
put_head(struct buf *out, const struct cli_command *cmd, const char *text)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, cmd != NULL ? "rung-%s" : "rung",
	    cmd != NULL ? cmd->name : "");
	buf_puts(out, ".\\\" Made by rung help --format=man.\n.TH ");
	put_roff_text(out, buf_cstr(&name));
	buf_printf(out, " 1 \"\" \"rung %s\" rung\n.ad l\n", RUNG_VERSION);
	put_section(out, _("NAME"));
	put_roff_text(out, buf_cstr(&name));
	buf_puts(out, " \\- ");
	for (; *text != '\0'; text++)
		put_char(out, *text);
	buf_putc(out, '\n');
	put_section(out, _("SYNOPSIS"));
	buf_end(&name, &out->err);
}

static void
put_command(struct buf *out, const struct cli_command *cmd)
{
	struct buf usage = BUF_INIT;

	put_head(out, cmd, _(cmd->text));
	buf_printf(&usage, _("rung %s [options] %s"), cmd->name, cmd->usage);
	buf_truncate(&usage, str_trim(buf_view(&usage)).n);
	put_roff_text(out, buf_cstr(&usage));
	buf_putc(out, '\n');
	put_section(out, _("DESCRIPTION"));
	put_roff_paragraphs(out, _(cmd->about));
	put_options(out, cmd);
	if (cmd->examples != NULL)
		put_section(out, _("EXAMPLES"));
	for (const struct cli_example *e = cmd->examples;
	     e != NULL && e->command != NULL; e++)
		put_manual_entry(out, e->command, _(e->text));
	put_section(out, _("SEE ALSO"));
	buf_puts(out, "\\fBrung\\fR(1)\n");
	buf_end(&usage, &out->err);
}

static void
put_program_page(struct buf *out)
{
	put_head(
	    out, NULL, _("simulates SIP networks and explains every message"));
	put_roff_text(out, _("rung COMMAND [options] …"));
	buf_puts(out, "\n.br\n");
	put_roff_text(out, _("rung FILE"));
	buf_putc(out, '\n');
	put_section(out, _("DESCRIPTION"));
	put_roff_paragraphs(out,
	    _("Without a command rung FILE plays a lab, topology, trace or "
	      "capture. Each command has a page of its own."));
	put_section(out, _("COMMANDS"));
	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		const struct cli_command *cmd = cli_commands[i];

		buf_puts(out, ".TP\n\\fBrung\\-");
		put_roff_text(out, cmd->name);
		buf_puts(out, "\\fR(1)\n");
		put_roff_text(out, _(cmd->text));
		buf_putc(out, '\n');
	}
	put_options(out, NULL);
	put_entries(out, _("ENVIRONMENT"), environment);
	put_entries(out, _("EXIT STATUS"), statuses);
	put_section(out, _("SEE ALSO"));
	buf_puts(out, "\\fBrung\\-topology\\fR(5), \\fBrung\\-scenario\\fR(5), "
		      "\\fBrung\\-trace\\fR(5)\n");
}

void
cli_manual_write(const struct cli_command *cmd, struct buf *out)
{
	if (cmd != NULL)
		put_command(out, cmd);
	else
		put_program_page(out);
}
