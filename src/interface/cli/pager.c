/*
 * A command and who runs it: the pager, signals that end it, the language it
 * speaks.
 */
#include "cli/cli.h"

#include "base/outfile.h"
#include "base/i18n.h"
#include "cli/interrupt.h"
#include "cli/language.h"
#include "cli/progress.h"
#include "session/settings.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs the pager. */

extern char **environ;

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

/* The pager reads from FD; 0 or errno. */
static int
start_pager(const char *pager, int fd, pid_t *pid)
{
	char sh[] = "sh", c[] = "-c", script[] = SCRIPT, zero[] = "rung";
	char *argv[] = { sh, c, script, zero, (char *)pager, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t usual;
	int err;

	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	err = posix_spawn_file_actions_init(&files);
	if (err != 0)
		return err;
	err = posix_spawnattr_init(&attr);
	if (err != 0) {
		posix_spawn_file_actions_destroy(&files);
		return err;
	}
	err = posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	if (err == 0)
		err = posix_spawnattr_setsigdefault(&attr, &usual);
	if (err == 0)
		err = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	if (err == 0)
		err = posix_spawn(pid, "/bin/sh", &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return err;
}

/* What the shell ended with; SHELL_NOT_FOUND where it did not begin. */
static int
run_pager(const char *pager, struct str text)
{
	int ends[2], status = 0, err;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return SHELL_NOT_FOUND;
	err = start_pager(pager, ends[0], &pid);
	close(ends[0]);
	if (err != 0) {
		close(ends[1]);
		return SHELL_NOT_FOUND;
	}
	/* As far as the pager reads. */
	fd_write(ends[1], text);
	close(ends[1]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
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

/*
 * Signals that end the program; see cli/interrupt.h.  The globals are the
 * process's, as signals are.
 */

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGXCPU };

static volatile sig_atomic_t came, waits, only, shows;
static struct sigaction before[COUNT_OF(signals)];
static unsigned users; /* of interrupt_begin and interrupt_catch */
static char said[1024];
static size_t nsaid;

void
interrupt_put(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(STDERR_FILENO, p, n);

		if (done <= 0)
			return;
		p += done;
		n -= (size_t)done;
	}
}

/* Only what signal-safety(7) lists. */
static void
pager_on_signal(int sig)
{
	static const char clear[] = "\r\033[K";
	struct sigaction usual = { .sa_handler = SIG_DFL };

	if (waits && came == 0 && (only == 0 || sig == only)) {
		came = sig;
		return;
	}
	outfile_left_remove();
	if (shows)
		interrupt_put(clear, sizeof(clear) - 1);
	interrupt_put(said, nsaid);
	sigaction(sig, &usual, NULL);
	/* It is blocked until this ends. */
	raise(sig);
}

void
interrupt_begin(void)
{
	struct sigaction act = { .sa_handler = pager_on_signal };

	if (users++ > 0)
		return;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaddset(&act.sa_mask, signals[i]);
	act.sa_flags = (int)SA_RESTART;
	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(signals[i], &act, NULL);
	}
}

void
interrupt_end(void)
{
	if (users == 0 || --users > 0)
		return;
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	nsaid = 0;
}

void
interrupt_say(const char *line)
{
	size_t n = strlen(line);
	sigset_t held;

	outfile_left_hold(&held);
	nsaid = n < sizeof(said) ? n : sizeof(said) - 1;
	memcpy(said, line, nsaid);
	if (nsaid < n)
		said[nsaid++] = '\n';
	outfile_left_release(&held);
}

void
interrupt_shows(bool line)
{
	shows = line;
}

void
interrupt_catch(void)
{
	came = 0;
	waits = 1;
	interrupt_begin();
}

void
interrupt_catch_int(void)
{
	only = SIGINT;
	interrupt_catch();
}

int
interrupt_came(void)
{
	return came;
}

void
interrupt_leave(void)
{
	waits = only = 0;
	interrupt_end();
}

/* Which language. */

/* --lang counts wherever it stands, also for mistakes before it: the last one
 * that there is.  True where one counts. */
static bool
choose_by_option(int argc, char *const *argv, const char **unknown)
{
	bool chosen = false;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *value = NULL;

		if (strncmp(argv[i], "--lang=", 7) == 0)
			value = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			value = argv[i + 1];
		if (value == NULL)
			continue;
		if (i18n_choose(value) != 0)
			*unknown = value;
		else
			chosen = true;
	}
	return chosen;
}

enum language_from
language_choose(int argc, char *const *argv, const char **unknown)
{
	struct settings kept;

	*unknown = NULL;
	i18n_choose(NULL);
	if (choose_by_option(argc, argv, unknown))
		return LANGUAGE_FROM_OPTION;
	i18n_choose(NULL);
	if (i18n_variable() != NULL)
		return LANGUAGE_FROM_ENVIRONMENT;
	settings_read(&kept);
	if (kept.language[0] != '\0' && i18n_choose(kept.language) == 0)
		return LANGUAGE_FROM_KEPT;
	i18n_choose(NULL);
	return LANGUAGE_FROM_NOTHING;
}

bool
language_keep(const char *name)
{
	struct settings kept;

	if (i18n_choose(name) != 0)
		return false;
	settings_read(&kept);
	snprintf(kept.language, sizeof(kept.language), "%s", i18n_language());
	settings_write(&kept);
	return true;
}
