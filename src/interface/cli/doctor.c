/* rung doctor: can rung play run here, how will it look, and what to do. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "draw/canvas.h"
#include "draw/doc.h"
#include "inputs/share.h"
#include "inputs/share_labs.h"
#include "session/session.h"
#include "text/utf8.h"
#include "views/tui/terminal.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum doctor_mark {
	DOCTOR_FINE,
	DOCTOR_NOTE,  /* play runs, and something is missing */
	DOCTOR_WRONG, /* play can't run */
};

/*
 * The findings, a line each: a mark, the thing checked, its state; and below a
 * fault one line with the remedy.
 */
struct doctor {
	struct terminal_facts facts;
	struct doc out;
	size_t width;
	const char *label;  /* of the present line */
	size_t label_cells; /* of the widest one */
	bool ascii;
	unsigned notes, wrong;
};

static void doctor_say(struct doctor *d, enum doctor_mark mark, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));
static void doctor_remedy(struct doctor *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- folders and programs ---- */

static const char *
doctor_variable_value(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

static void
doctor_labs(struct doctor *d)
{
	struct share_labs labs;
	LOCAL_BUF places = BUF_INIT;

	if (share_labs_read(&labs) != 0)
		d->out.err = 1;
	if (labs.n > 0) {
		struct str path = str_of(labs.list[0].path);

		doctor_say(d, DOCTOR_FINE, _("%zu, the first in %.*s"), labs.n,
		    STR_ARG(str_slice(
			path, 0, path.n - strlen(labs.list[0].name) - 1)));
	} else {
		share_places(&places);
		doctor_say(d, DOCTOR_NOTE, _("none in %s"), buf_cstr(&places));
		doctor_remedy(
		    d, _("RUNG_SHARE=FOLDER rung play, with labs/ in FOLDER"));
	}
	share_labs_free(&labs);
}

static void
doctor_here(struct doctor *d)
{
	if (access(".", W_OK | X_OK) == 0) {
		doctor_say(d, DOCTOR_FINE, _("is writable"));
		return;
	}
	doctor_say(d, DOCTOR_NOTE,
	    _("is not writable, so nothing can be exported to it"));
	doctor_remedy(d, _("cd to a folder of your own"));
}

/* Can PATH be written into, or be made where it isn't yet?  PATH ends at the
 * part that decides it. */
static bool
can_write(struct buf *path)
{
	ptrdiff_t slash;

	while (access(buf_cstr(path), F_OK) != 0) {
		slash = str_rchr(buf_view(path), '/');
		if (slash < 0)
			return false;
		buf_truncate(path, slash > 0 ? (size_t)slash : 1);
		if (slash == 0)
			break;
	}
	return access(buf_cstr(path), W_OK | X_OK) == 0;
}

static void
doctor_state(struct doctor *d)
{
	struct buf path = BUF_INIT, at = BUF_INIT;

	if (folder_find(&path, false, NULL) != 0) {
		doctor_say(d, DOCTOR_NOTE,
		    _("HOME is not set, so sessions can't be saved"));
		doctor_remedy(d, "XDG_STATE_HOME=/tmp rung play");
	} else {
		buf_str(&at, buf_view(&path));
		if (can_write(&at)) {
			doctor_say(d, DOCTOR_FINE, _("are saved in %s"),
			    buf_cstr(&path));
		} else {
			doctor_say(d, DOCTOR_NOTE,
			    _("can't be saved: %s is not writable"),
			    buf_cstr(&at));
			doctor_remedy(d, "XDG_STATE_HOME=/tmp rung play");
		}
	}
	buf_end(&path, &d->out.err);
	buf_end(&at, &d->out.err);
}

/* Is there a program of the name that COMMAND begins with? */
static bool
is_program_found(const char *command)
{
	struct str name = { command, strcspn(command, " \t") };
	struct str rest = str_of(doctor_variable_value("PATH"));
	LOCAL_BUF path = BUF_INIT;
	bool found = false;

	if (str_chr(name, '/') >= 0)
		rest = STR(".");
	while (!found && name.n > 0 && rest.n > 0) {
		struct str folder = str_cut(rest, ':', &rest);

		buf_clear(&path);
		if (str_chr(name, '/') < 0)
			buf_printf(&path, "%.*s/", STR_ARG(folder));
		buf_str(&path, name);
		found = path.err == 0 && access(buf_cstr(&path), X_OK) == 0;
	}
	return found;
}

static void
doctor_editor(struct doctor *d)
{
	static const char *const variables[] = { "VISUAL", "EDITOR" };
	static const char *const usual[] = { "editor", "nano", "vi" };

	for (size_t i = 0; i < 2; i++) {
		const char *value = doctor_variable_value(variables[i]);

		if (value == NULL)
			continue;
		if (is_program_found(value)) {
			doctor_say(
			    d, DOCTOR_FINE, "%s (%s)", value, variables[i]);
			return;
		}
		doctor_say(d, DOCTOR_NOTE,
		    _("%s (%s): there is no such "
		      "program"),
		    value, variables[i]);
		doctor_remedy(
		    d, _("%s=nano rung play, or another editor"), variables[i]);
		return;
	}
	for (size_t i = 0; i < 3; i++) {
		if (!is_program_found(usual[i]))
			continue;
		doctor_say(d, DOCTOR_FINE, _("%s, because EDITOR is not set"),
		    usual[i]);
		return;
	}
	doctor_say(
	    d, DOCTOR_NOTE, _("none, so you can't edit messages in an editor"));
	doctor_remedy(d, _("EDITOR=nano rung play, or another editor"));
}

/* ---- the terminal and the locale ---- */

/* Is there such a locale?  Asked without choosing it. */
static bool
installed(const char *name)
{
	locale_t l = newlocale(LC_CTYPE_MASK, name, (locale_t)0);

	if (l == (locale_t)0)
		return false;
	freelocale(l);
	return true;
}

/* The locale that was asked for, with UTF-8, into NAME; else the one that is
 * always there. */
static void
better_locale(const char *asked, char *name, size_t size)
{
	int stem = (int)strcspn(asked, ".@");

	snprintf(name, size, "%.*s.UTF-8", stem < 40 ? stem : 40, asked);
	if (strncmp(asked, "C", (size_t)stem) == 0 || !installed(name))
		snprintf(name, size, "C.UTF-8");
}

/* One line each, of the terminal and of places. */
static void
doctor_locale(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;
	const char *variable = f->variable != NULL ? f->variable : "LANG";
	char name[64];

	better_locale(f->locale, name, sizeof(name));
	if (f->variable == NULL)
		doctor_say(d, DOCTOR_NOTE,
		    _("none is set, so characters are %s"), f->charset);
	else if (!f->locale_known)
		doctor_say(d, f->utf8 ? DOCTOR_FINE : DOCTOR_NOTE,
		    f->utf8 ? _("%s (%s) is not installed; C.UTF-8 also works")
			    : _("%s (%s) is not installed"),
		    f->locale, f->variable);
	else
		doctor_say(d, f->utf8 ? DOCTOR_FINE : DOCTOR_NOTE,
		    _("%s (%s), characters are %s"), f->locale, f->variable,
		    f->charset);
	if (f->utf8)
		return;
	if (f->wide_cells > 2)
		doctor_remedy(d, _("set the terminal to UTF-8 and %s=%s"),
		    variable, name);
	else
		doctor_remedy(d, "%s=%s rung play", variable, name);
}

static void
doctor_language(struct doctor *d)
{
	doctor_say(d, DOCTOR_FINE, "%s", _("English; Chinese with --lang=zh"));
}

static void
doctor_ends(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->in && f->out) {
		doctor_say(d, DOCTOR_FINE, _("input and output"));
		return;
	}
	/* A user who writes this into a file still has a terminal to play
	 * on. */
	if (f->someone) {
		doctor_say(d, DOCTOR_FINE,
		    _("there is a terminal, not used "
		      "here"));
		return;
	}
	doctor_say(d, DOCTOR_WRONG,
	    _("there is no terminal: rung play needs a keyboard and a screen"));
	doctor_remedy(
	    d, _("without a terminal, use rung run, show and explain"));
}

static void
doctor_term(struct doctor *d)
{
	static const char better[] = "TERM=xterm-256color rung play";
	const struct terminal_facts *f = &d->facts;
	const char *tmux = getenv("TMUX");

	switch (f->kind) {
	case TERMINAL_UNSET:
		doctor_say(d, DOCTOR_WRONG, _("is not set"));
		doctor_remedy(d, "%s", better);
		break;
	case TERMINAL_UNKNOWN:
		doctor_say(d, DOCTOR_WRONG,
		    _("%s: this system does not know such a terminal"),
		    f->term);
		doctor_remedy(d, "%s", better);
		break;
	case TERMINAL_DUMB:
		doctor_say(d, DOCTOR_WRONG, _("%s: its cursor can't be moved"),
		    f->term);
		doctor_remedy(d, "%s", better);
		break;
	case TERMINAL_SCREEN:
		if (tmux != NULL && tmux[0] != '\0' &&
		    !str_starts(str_of(f->term), "tmux") &&
		    !str_starts(str_of(f->term), "screen")) {
			doctor_say(d, DOCTOR_NOTE,
			    _("%s, but this is inside tmux"), f->term);
			doctor_remedy(d, "TERM=screen-256color rung play");
		} else {
			doctor_say(d, DOCTOR_FINE, "%s", f->term);
		}
		break;
	}
}

static void
doctor_size(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->columns == 0 || f->rows == 0) {
		doctor_say(d, f->out ? DOCTOR_NOTE : DOCTOR_FINE,
		    f->out ? _("the terminal does not report it")
			   : _("unknown without a terminal"));
		if (f->out)
			doctor_remedy(d, "stty cols 80 rows 24");
		return;
	}
	if (f->columns < TERMINAL_COLUMNS_LEAST ||
	    f->rows < TERMINAL_ROWS_LEAST) {
		doctor_say(d, DOCTOR_WRONG, _("%u×%u, smaller than %u×%u"),
		    f->columns, f->rows, TERMINAL_COLUMNS_LEAST,
		    TERMINAL_ROWS_LEAST);
	} else if (f->columns < TERMINAL_COLUMNS || f->rows < TERMINAL_ROWS) {
		doctor_say(d, DOCTOR_NOTE, _("%u×%u; %u×%u is comfortable"),
		    f->columns, f->rows, TERMINAL_COLUMNS, TERMINAL_ROWS);
	} else {
		doctor_say(d, DOCTOR_FINE, "%u×%u", f->columns, f->rows);
		return;
	}
	doctor_remedy(d, _("enlarge the window, or press Ctrl and -"));
}

static void
doctor_colours(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->kind == TERMINAL_UNSET || f->kind == TERMINAL_UNKNOWN)
		doctor_say(d, DOCTOR_FINE, _("unknown without TERM"));
	else if (f->no_colour)
		doctor_say(d, DOCTOR_FINE,
		    _("%u, not used because NO_COLOR is set"), f->colours);
	else if (f->colours >= 8)
		doctor_say(d, DOCTOR_FINE, "%u", f->colours);
	else
		doctor_say(d, DOCTOR_FINE,
		    _("none; bold, dim and reverse are used instead"));
}

static void
doctor_mouse(struct doctor *d)
{
	if (d->facts.mouse)
		doctor_say(d, DOCTOR_FINE, _("yes; it is never needed"));
	else
		doctor_say(d, DOCTOR_FINE, _("no; it is never needed"));
}

/* Why something was not measured, if it wasn't. */
static bool
unmeasured(struct doctor *d, unsigned cells)
{
	const struct terminal_facts *f = &d->facts;

	if (cells != 0)
		return false;
	if (!f->in || !f->out)
		doctor_say(
		    d, DOCTOR_FINE, _("not measured: this needs a terminal"));
	else if (!f->asked)
		doctor_say(d, DOCTOR_FINE, _("not measured"));
	else if (!f->answered)
		doctor_say(d, DOCTOR_FINE,
		    _("not measured: the terminal does not answer"));
	else if (!f->utf8)
		doctor_say(d, DOCTOR_FINE, _("drawn in ASCII"));
	else
		doctor_say(d, DOCTOR_FINE, _("not measured"));
	return true;
}

static void
one_cell_glyphs(struct doctor *d, const char *glyphs, unsigned cells)
{
	if (unmeasured(d, cells))
		return;
	if (cells == 1) {
		if (d->ascii)
			doctor_say(d, DOCTOR_FINE, _("one cell each"));
		else
			doctor_say(
			    d, DOCTOR_FINE, _("one cell each: %s"), glyphs);
		return;
	}
	doctor_say(d, DOCTOR_NOTE,
	    _("%s takes %u cells, so rung play draws in ASCII"), d->facts.odd,
	    cells);
	doctor_remedy(
	    d, _("set the terminal to draw ambiguous characters narrow"));
}

static void
doctor_lines(struct doctor *d)
{
	one_cell_glyphs(d, "│ ─ ├ ┼ ╳", d->facts.line_cells);
}

static void
doctor_arrows(struct doctor *d)
{
	one_cell_glyphs(d, "▶ ◀ ▷ ↻ ✓", d->facts.arrow_cells);
}

static void
doctor_chinese(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (unmeasured(d, f->wide_cells))
		return;
	if (f->wide_cells == 2) {
		doctor_say(d, DOCTOR_FINE, _("two cells for each character"));
		return;
	}
	doctor_say(d, DOCTOR_NOTE,
	    _("%u cells for each character instead of two: names won't align"),
	    f->wide_cells);
	doctor_remedy(d, _("set the terminal to UTF-8"));
}

static const struct {
	const char *label;
	void (*fn)(struct doctor *d);
} lines[] = {
	{ N_("terminal"), doctor_ends },
	{ N_("TERM"), doctor_term },
	{ N_("size"), doctor_size },
	{ N_("colours"), doctor_colours },
	{ N_("mouse"), doctor_mouse },
	{ N_("locale"), doctor_locale },
	{ N_("language"), doctor_language },
	{ N_("lines"), doctor_lines },
	{ N_("arrows"), doctor_arrows },
	{ N_("Chinese"), doctor_chinese },
	{ N_("labs"), doctor_labs },
	{ N_("this folder"), doctor_here },
	{ N_("sessions"), doctor_state },
	{ N_("editor"), doctor_editor },
};

static const struct {
	const char *utf8, *ascii;
	enum canvas_style style;
} marks[] = {
	[DOCTOR_FINE] = { "✓", "+", STYLE_SUCCESS },
	[DOCTOR_NOTE] = { "!", "!", STYLE_WARNING },
	[DOCTOR_WRONG] = { "✗", "x", STYLE_LOST },
};

/* ARROW and what FMT says, in the third column. */
static void
put_arrow_text(struct doctor *d, const char *arrow, const char *fmt, va_list ap)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, arrow);
	buf_vprintf(&text, fmt, ap);
	doc_wrap_beside(&d->out, STYLE_PLAIN, buf_view(&text),
	    d->label_cells + 4, d->width);
	buf_end(&text, &d->out.err);
}

/* The fact of the present line. */
static void
doctor_say(struct doctor *d, enum doctor_mark mark, const char *fmt, ...)
{
	va_list ap;

	d->notes += mark == DOCTOR_NOTE;
	d->wrong += mark == DOCTOR_WRONG;
	doc_line(&d->out, 0);
	doc_puts(&d->out, marks[mark].style,
	    d->ascii ? marks[mark].ascii : marks[mark].utf8);
	doc_puts(&d->out, STYLE_PLAIN, " ");
	doc_puts(&d->out, STYLE_BOLD, d->label);
	va_start(ap, fmt);
	put_arrow_text(d, "", fmt, ap);
	va_end(ap);
}

/* What to do about it. */
static void
doctor_remedy(struct doctor *d, const char *fmt, ...)
{
	va_list ap;

	doc_line(&d->out, 0);
	va_start(ap, fmt);
	put_arrow_text(d, "→ ", fmt, ap);
	va_end(ap);
}

static void
doctor_put_end(struct doctor *d)
{
	enum canvas_style style = STYLE_SUCCESS;
	const char *text = _("rung play can run, and everything is in order.");

	if (d->wrong > 0) {
		style = STYLE_LOST;
		text = _("rung play can't run.");
	} else if (d->notes > 0) {
		style = STYLE_BOLD;
		text = _("rung play can run; see the lines with “!”.");
	}
	doc_line(&d->out, 0);
	doc_line(&d->out, 0);
	doc_wrap(&d->out, style, str_of(text), 0, d->width);
}

static int
doctor(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct doctor doc = { .out = DOC_INIT,
		.width = c->width != 0 ? c->width : CLI_WIDTH_LIST };

	(void)argv;
	if (argc != 0)
		return cli_refuse(d, _("doctor takes no FILE"));
	terminal_look(&doc.facts);
	terminal_probe(&doc.facts, 3 * TERMINAL_WAIT_MS, NULL);
	doc.ascii =
	    !c->utf8 || (doc.facts.out && terminal_wants_ascii(&doc.facts));
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (utf8_width(str_of(_(lines[i].label))) > doc.label_cells)
			doc.label_cells = utf8_width(str_of(_(lines[i].label)));
	doc_printf(&doc.out, STYLE_PLAIN, _("rung %s, libosip2 %s"),
	    RUNG_VERSION, RUNG_OSIP_VERSION);
	doc_line(&doc.out, 0);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		doc.label = _(lines[i].label);
		lines[i].fn(&doc);
	}
	doctor_put_end(&doc);
	if (cli_print_doc(c, &doc.out, d) != 0)
		return CLI_USAGE;
	return doc.wrong > 0 ? CLI_FAILED : CLI_OK;
}

static const struct cli_example doctor_examples[] = {
	{ "rung doctor", N_("before the first lecture in a new room") },
	{ NULL, NULL },
};

const struct cli_command cli_doctor = {
	.name = "doctor",
	.usage = "",
	.text = N_("checks this terminal and machine, and says what to do"),
	.purpose = N_("Checks this terminal and machine; shows what is missing "
		      "and what to do about it."),
	.about =
	    N_("Checks the terminal, the locale, the folders and the "
	       "environment. Each line is one fact; below each line that is "
	       "wrong is what to do. If the output is a terminal, lines, "
	       "arrows and Chinese characters are drawn and measured.\n\n  ✓  "
	       "in order\n  !  rung play runs, but something is missing\n  ✗  "
	       "rung play can't run; then the exit status is 1"),
	.examples = doctor_examples,
	.fn = doctor,
};
