/* Runs the pager. */
#include "cli/cli.h"

#include "base/outfile.h"
#include "cli/progress.h"
#include "jobs/child.h"
#include "text/utf8.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* No such command, or none that can be run: what a shell ends with. */
enum { SHELL_CANNOT = 126, SHELL_NOT_FOUND = 127 };

/* The default: less, if that is installed. */
#define USUAL_PAGER "command -v less > /dev/null || exit 127; less"

/* $1 is a line of shell.  less shows colours as they are, ends by itself where
 * all fits, and leaves what was read on the screen, unless LESS says otherwise;
 * the text is UTF-8 in any locale, unless less is told of another set.  The
 * shell outlives a Ctrl-C that is meant for the pager. */
#define SCRIPT                                                \
	": ${LESS=FRX} ${LV=-c}; "                            \
	"[ -n \"$LESSCHARDEF\" ] || : ${LESSCHARSET=utf-8}; " \
	"export LESS LV ${LESSCHARSET+LESSCHARSET}; "         \
	"trap : INT QUIT; eval \"$1\""

/* NULL: none is wanted. */
static const char *
choose_pager(void)
{
	static const char *const variables[] = { "RUNG_PAGER", "PAGER" };

	for (size_t i = 0; i < COUNT_OF(variables); i++) {
		const char *value = getenv(variables[i]);
		struct str said = str_trim(str_of(value));

		if (value != NULL)
			return said.n == 0 || str_is(said, "cat") ? NULL
								  : value;
	}
	return USUAL_PAGER;
}

/* Cells of LINE, in which colours take none. */
static size_t
count_cells(struct str line)
{
	size_t cells = 0;
	ptrdiff_t at;

	while ((at = str_chr(line, '\033')) >= 0) {
		struct str rest = str_slice(line, (size_t)at, line.n);
		ptrdiff_t end = str_chr(rest, 'm');

		cells += utf8_width(str_slice(line, 0, (size_t)at));
		line = end < 0 ? STR_NULL
			       : str_slice(rest, (size_t)end + 1, rest.n);
	}
	return cells + utf8_width(line);
}

/* TEXT does not fit on the terminal, whose last line is the shell's. */
static bool
is_longer(struct str text)
{
	struct winsize size;
	size_t lines = 0;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
	    size.ws_col == 0)
		return false;
	while (text.n > 0 && lines < size.ws_row) {
		size_t cells = count_cells(str_cut(text, '\n', &text));

		lines += cells == 0 ? 1 : (cells - 1) / size.ws_col + 1;
	}
	return lines >= size.ws_row;
}

/* What the shell ended with; SHELL_NOT_FOUND where it did not begin. */
static int
run_pager(const char *pager, struct str text)
{
	const char *argv[] = { "/bin/sh", "-c", SCRIPT, "rung", pager, NULL };
	struct child child;
	int ends[2], status, err;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return SHELL_NOT_FOUND;
	err = child_begin(
	    &child, &(struct child_plan){
			.argv = argv, .in = ends[0], .terminal = true });
	close(ends[0]);
	if (err != 0) {
		close(ends[1]);
		return SHELL_NOT_FOUND;
	}
	/* As far as the pager reads. */
	fd_write(ends[1], text);
	close(ends[1]);
	status = child_wait(&child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

bool
pager_show(struct str text)
{
	/* They are the reader's way to speak to the pager. */
	static const int ignored[] = { SIGINT, SIGQUIT, SIGPIPE };
	const size_t n = COUNT_OF(ignored);
	struct sigaction before[COUNT_OF(ignored)];
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	const char *pager = choose_pager();
	int status;

	if (pager == NULL || isatty(STDOUT_FILENO) != 1 ||
	    !cli_takes_escapes() || !is_longer(text))
		return false;
	cli_progress_give_way();
	for (size_t i = 0; i < n; i++)
		sigaction(ignored[i], &ignore, &before[i]);
	status = run_pager(pager, text);
	for (size_t i = 0; i < n; i++)
		sigaction(ignored[i], &before[i], NULL);
	return status != SHELL_CANNOT && status != SHELL_NOT_FOUND;
}
