/* Signals that end a recording; see cli/interrupt.h. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

#define SIGNALS (sizeof(signals) / sizeof(signals[0]))

/* The process's, as signals are. */
static volatile sig_atomic_t came;
static struct sigaction before[SIGNALS];

static void
on_signal(int sig)
{
	came = sig;
}

void
interrupt_catch(void)
{
	struct sigaction act = { .sa_handler = on_signal };

	came = 0;
	sigemptyset(&act.sa_mask);
	act.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
	for (size_t i = 0; i < SIGNALS; i++) {
		sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(signals[i], &act, NULL);
	}
}

int
interrupt_came(void)
{
	return came;
}

void
interrupt_leave(void)
{
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &before[i], NULL);
}
