/*
 * Signals that end the program; see cli/interrupt.h.  The globals are the
 * process's, as signals are.
 */
#include "cli/interrupt.h"

#include "base/outfile.h"

#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <unistd.h>

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
end_on_signal(int sig)
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
	struct sigaction act = { .sa_handler = end_on_signal };

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
