/* What a signal would leave behind; see base/outfile_left.h. */
#include "base/outfile_left.h"

#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

/* The program writes one file at a time; tests some. */
#define LEFT_MOST 4

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE,
	SIGXCPU };

#define SIGNALS (sizeof(signals) / sizeof(signals[0]))

static const char *volatile left[LEFT_MOST];
static unsigned count;
static bool ours[SIGNALS];

void
outfile_left_hold(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

void
outfile_left_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

/* Only what signal-safety(7) lists. */
void
outfile_left_remove(void)
{
	for (size_t i = 0; i < LEFT_MOST; i++)
		if (left[i] != NULL)
			unlink(left[i]);
}

static void
on_signal(int sig)
{
	outfile_left_remove();
	/* SA_RESETHAND: now it ends the program, as it would have. */
	raise(sig);
}

/* What is ignored (nohup) stays so, and who handles them has his own end. */
static void
catch_signals(void)
{
	struct sigaction act = { .sa_handler = on_signal }, old;

	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&act.sa_mask, signals[i]);
	act.sa_flags = (int)SA_RESETHAND;
	for (size_t i = 0; i < SIGNALS; i++)
		ours[i] = sigaction(signals[i], NULL, &old) == 0 &&
			  (old.sa_flags & SA_SIGINFO) == 0 &&
			  old.sa_handler == SIG_DFL &&
			  sigaction(signals[i], &act, NULL) == 0;
}

static void
leave_signals(void)
{
	struct sigaction usual = { .sa_handler = SIG_DFL }, now;

	sigemptyset(&usual.sa_mask);
	for (size_t i = 0; i < SIGNALS; i++)
		if (ours[i] && sigaction(signals[i], NULL, &now) == 0 &&
		    now.sa_handler == on_signal)
			sigaction(signals[i], &usual, NULL);
}

void
outfile_left_add(const char *path)
{
	for (size_t i = 0; i < LEFT_MOST; i++) {
		if (left[i] != NULL)
			continue;
		left[i] = path;
		if (count++ == 0)
			catch_signals();
		return;
	}
}

void
outfile_left_drop(const char *path)
{
	for (size_t i = 0; path != NULL && i < LEFT_MOST; i++) {
		if (left[i] != path)
			continue;
		left[i] = NULL;
		if (--count == 0)
			leave_signals();
	}
}
