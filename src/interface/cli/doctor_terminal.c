/* The doctor's lines about the terminal and the locale. */
#include "base/i18n.h"
#include "cli/doctor_in.h"
#include "draw/canvas.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

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

void
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
		    f->utf8 ? _("%s (%s) isn't installed; C.UTF-8 does as well")
			    : _("%s (%s) isn't installed"),
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

void
doctor_language(struct doctor *d)
{
	doctor_say(d, DOCTOR_FINE, "%s", _("English; Chinese with --lang=zh"));
}

void
doctor_ends(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->in && f->out) {
		doctor_say(d, DOCTOR_FINE, _("input and output"));
		return;
	}
	/* Who writes this into a file still has a terminal to play on. */
	if (f->someone) {
		doctor_say(d, DOCTOR_FINE, _("there is one, not used here"));
		return;
	}
	doctor_say(d, DOCTOR_WRONG,
	    _("there is none: rung play needs keyboard and screen"));
	doctor_remedy(d, _("without one, take rung run, show and explain"));
}

void
doctor_term(struct doctor *d)
{
	static const char better[] = "TERM=xterm-256color rung play";
	const struct terminal_facts *f = &d->facts;
	const char *tmux = getenv("TMUX");

	switch (f->kind) {
	case TERMINAL_UNSET:
		doctor_say(d, DOCTOR_WRONG, _("isn't set"));
		doctor_remedy(d, "%s", better);
		break;
	case TERMINAL_UNKNOWN:
		doctor_say(d, DOCTOR_WRONG,
		    _("%s: this system knows no such terminal"), f->term);
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
			    _("%s, but this is inside of tmux"), f->term);
			doctor_remedy(d, "TERM=screen-256color rung play");
		} else {
			doctor_say(d, DOCTOR_FINE, "%s", f->term);
		}
		break;
	}
}

void
doctor_size(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->columns == 0 || f->rows == 0) {
		doctor_say(d, f->out ? DOCTOR_NOTE : DOCTOR_FINE,
		    f->out ? _("the terminal doesn't tell")
			   : _("not known without a terminal"));
		if (f->out)
			doctor_remedy(d, "stty cols 80 rows 24");
		return;
	}
	if (f->columns < TERMINAL_COLUMNS_LEAST ||
	    f->rows < TERMINAL_ROWS_LEAST) {
		doctor_say(d, DOCTOR_WRONG, _("%u×%u, less than %u×%u"),
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

void
doctor_colours(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (f->kind == TERMINAL_UNSET || f->kind == TERMINAL_UNKNOWN)
		doctor_say(d, DOCTOR_FINE, _("not known without a TERM"));
	else if (f->no_colour)
		doctor_say(d, DOCTOR_FINE,
		    _("%u, not used because NO_COLOR is set"), f->colours);
	else if (f->colours >= 8)
		doctor_say(d, DOCTOR_FINE, "%u", f->colours);
	else
		doctor_say(d, DOCTOR_FINE,
		    _("none; bold, dim and reverse do as well"));
}

void
doctor_mouse(struct doctor *d)
{
	if (d->facts.mouse)
		doctor_say(d, DOCTOR_FINE, _("yes, and never needed"));
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
		    d, DOCTOR_FINE, _("not measured: that needs a terminal"));
	else if (!f->asked)
		doctor_say(d, DOCTOR_FINE, _("not measured"));
	else if (!f->answered)
		doctor_say(d, DOCTOR_FINE,
		    _("not measured: the terminal doesn't answer"));
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
	    d, _("have the terminal draw ambiguous characters narrow"));
}

void
doctor_lines(struct doctor *d)
{
	one_cell_glyphs(d, "│ ─ ├ ┼ ╳", d->facts.line_cells);
}

void
doctor_arrows(struct doctor *d)
{
	one_cell_glyphs(d, "▶ ◀ ▷ ↻ ✓", d->facts.arrow_cells);
}

void
doctor_chinese(struct doctor *d)
{
	const struct terminal_facts *f = &d->facts;

	if (unmeasured(d, f->wide_cells))
		return;
	if (f->wide_cells == 2) {
		doctor_say(d, DOCTOR_FINE, _("two cells a character"));
		return;
	}
	doctor_say(d, DOCTOR_NOTE,
	    _("%u cells a character instead of two: names won't align"),
	    f->wide_cells);
	doctor_remedy(d, _("set the terminal to UTF-8"));
}
