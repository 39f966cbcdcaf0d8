/* What the locale and the environment say of the terminal, and what follows
 * from that; see views/tui/terminal.h. */
#include "views/tui/terminal.h"

#include "base/err.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *
terminal_variable_value(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* Which variable counts: XBD 8.2. */
static void
look_at_locale(struct terminal_facts *f)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	f->locale = "C";
	for (size_t i = 0; f->variable == NULL && i < 3; i++) {
		const char *value = terminal_variable_value(names[i]);

		if (value == NULL)
			continue;
		f->variable = names[i];
		f->locale = value;
	}
	f->locale_known = setlocale(LC_CTYPE, "") != NULL;
	if (!f->locale_known && (strcasestr(f->locale, "utf-8") != NULL ||
				    strcasestr(f->locale, "utf8") != NULL))
		terminal_use_utf8();
	snprintf(f->charset, sizeof(f->charset), "%s", nl_langinfo(CODESET));
	/* What the GNU library calls ASCII. */
	if (strcmp(f->charset, "ANSI_X3.4-1968") == 0)
		snprintf(f->charset, sizeof(f->charset), "ASCII");
	f->utf8 = strcasecmp(f->charset, "UTF-8") == 0;
}

bool
terminal_use_utf8(void)
{
	static const char *const names[] = { "C.UTF-8", "en_US.UTF-8",
		"zh_CN.UTF-8" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (setlocale(LC_CTYPE, names[i]) != NULL)
			return true;
	return false;
}

/* Of the first of the three that is a terminal: output may be a file. */
static void
look_at_size(struct terminal_facts *f)
{
	static const int ends[] = { STDOUT_FILENO, STDERR_FILENO,
		STDIN_FILENO };
	struct winsize size;

	for (size_t i = 0; i < 3; i++) {
		if (isatty(ends[i]) == 0 || ioctl(ends[i], TIOCGWINSZ, &size))
			continue;
		f->columns = size.ws_col;
		f->rows = size.ws_row;
		return;
	}
}

void
terminal_look(struct terminal_facts *f)
{
	*f = (struct terminal_facts){ .term = "" };
	f->in = isatty(STDIN_FILENO) == 1;
	f->out = isatty(STDOUT_FILENO) == 1;
	f->someone = f->in || f->out || isatty(STDERR_FILENO) == 1;
	f->no_colour = terminal_variable_value("NO_COLOR") != NULL;
	look_at_locale(f);
	look_at_size(f);
	if (terminal_variable_value("TERM") != NULL)
		f->term = getenv("TERM");
	terminal_look_up(f);
}

bool
terminal_worth_probing(const struct terminal_facts *f)
{
	static const char *const languages[] = { "zh", "ja", "ko" };

	if (!f->utf8 || !f->in || !f->out || f->kind != TERMINAL_SCREEN)
		return false;
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (str_starts(str_of(f->locale), languages[i]) ||
		    str_starts(str_of(i18n_language()), languages[i]))
			return true;
	return false;
}

bool
terminal_wants_ascii(const struct terminal_facts *f)
{
	return !f->utf8 || f->line_cells > 1 || f->arrow_cells > 1;
}

int
terminal_check(const struct terminal_facts *f, struct diag *d)
{
	if (!f->out)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("standard output is not a terminal; to write into a file "
		      "or a pipe, use rung run or rung show"));
	if (!f->in)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("standard input is not a terminal, so nobody could press "
		      "a key; use rung run or rung show"));
	if (f->kind == TERMINAL_UNSET)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("TERM is not set, so rung does not know how to draw; "
		      "xterm-256color suits most terminals"));
	if (f->kind == TERMINAL_UNKNOWN)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("this system does not know the terminal “%s” (TERM); "
		      "xterm-256color suits most terminals"),
		    f->term);
	if (f->kind == TERMINAL_DUMB)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the cursor of the terminal “%s” (TERM) can't be moved; "
		      "use rung run or rung show, or another terminal"),
		    f->term);
	return 0;
}
