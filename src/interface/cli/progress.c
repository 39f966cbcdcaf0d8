/*
 * The line of progress on its terminal; see cli/progress.h.  Its state is the
 * process's, as the terminal is.
 */
#include "cli/progress.h"

#include "base/progress.h"
#include "text/utf8.h"
#include "cli/interrupt.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define CLEAR      "\r\033[K"
#define CELLS      80 /* where nobody says how many */
#define LINE_BYTES 1024
/* 0 would be none. */
#define ALARM_LEAST_NS 1000000

static struct {
	unsigned users; /* of cli_progress_begin */
	bool on;        /* there is a line, once it is due */
	bool ascii;
	bool shared; /* what standard output leads to may be this terminal */
	struct progress_line line;
	/* What the alarm writes. */
	char later[LINE_BYTES];
	size_t nlater;
	bool armed; /* the alarm has its handler, and this is … */
	struct sigaction before; /* … who had it */
} p;

static volatile sig_atomic_t shown;

int64_t
cli_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
set_shown(bool is)
{
	shown = is;
	interrupt_shows(is);
}

/* One that was sent to the background doesn't write over others. */
static bool
is_in_front(void)
{
	pid_t front = tcgetpgrp(STDERR_FILENO);

	return front < 0 || front == getpgrp();
}

/* The last cell stays free: some terminals go to the next line there. */
static size_t
cells(void)
{
	size_t n = cli_columns(STDERR_FILENO);

	return (n > 1 ? n : CELLS) - 1;
}

/* ---- what can't tell how far it is ---- */

static void
set_alarm(int64_t ns)
{
	struct itimerval t = { .it_value = { .tv_sec = ns / 1000000000,
				   .tv_usec = ns / 1000 % 1000000 } };

	setitimer(ITIMER_REAL, &t, NULL);
}

/* Only what signal-safety(7) lists. */
static void
on_alarm(int sig)
{
	(void)sig;
	if (!is_in_front())
		return;
	set_shown(true);
	interrupt_put(p.later, p.nlater);
}

/* The line that stands in OUT is drawn when it is due, unless something else is
 * told before. */
static void
draw_later(const struct buf *out, int64_t now)
{
	int64_t due = p.line.began + PROGRESS_AFTER_NS;

	if (p.line.drawn != 0 && due < p.line.drawn + PROGRESS_PAUSE_NS)
		due = p.line.drawn + PROGRESS_PAUSE_NS;
	if (out->n > sizeof(p.later))
		return;
	memcpy(p.later, out->p, out->n);
	p.nlater = out->n;
	set_alarm(due - now > ALARM_LEAST_NS ? due - now : ALARM_LEAST_NS);
}

/* ---- */

static void
draw_line(const struct progress_step *step, int64_t now, bool later)
{
	struct buf out = BUF_INIT;

	buf_puts(&out, CLEAR);
	progress_line_put(&p.line, step, now, cells(), p.ascii, &out);
	if (out.err == 0 && later) {
		draw_later(&out, now);
	} else if (out.err == 0 && is_in_front()) {
		set_shown(true);
		interrupt_put(out.p, out.n);
	}
	buf_free(&out);
}

void
cli_progress_take(const struct progress_step *step)
{
	int64_t now;
	bool due;

	if (!p.on)
		return;
	if (p.nlater > 0)
		set_alarm(0);
	p.nlater = 0;
	now = cli_now_ns();
	due = progress_line_take(&p.line, step, now);
	if (due || (step->of == 0 && !step->runs))
		draw_line(step, now, !due);
}

static void
hear(const char *what, uint64_t done, uint64_t of, void *arg)
{
	struct progress_step step = { .what = what, .done = done, .of = of };

	(void)arg;
	cli_progress_take(&step);
}

void
cli_progress_hide(void)
{
	if (p.nlater > 0)
		set_alarm(0);
	p.nlater = 0;
	if (shown)
		interrupt_put(CLEAR, sizeof(CLEAR) - 1);
	set_shown(false);
}

void
cli_progress_give_way(void)
{
	if (!p.on || !p.shared)
		return;
	cli_progress_hide();
	p.on = false;
}

static bool
can_show(void)
{
	return isatty(STDERR_FILENO) == 1 && cli_takes_escapes();
}

void
cli_progress_begin(const struct cli *c)
{
	struct sigaction act = { .sa_handler = on_alarm };
	struct stat st;

	if (p.users++ > 0)
		return;
	interrupt_begin();
	cli_progress_leaves(c, c->output, false);
	p.on = !c->quiet && can_show();
	if (!p.on)
		return;
	p.ascii = !c->utf8;
	p.shared = fstat(STDOUT_FILENO, &st) != 0 || !S_ISREG(st.st_mode);
	p.line = (struct progress_line){ .began = cli_now_ns() };
	sigemptyset(&act.sa_mask);
	act.sa_flags = (int)SA_RESTART;
	p.armed = sigaction(SIGALRM, &act, &p.before) == 0;
	progress_listen(hear, NULL);
}

void
cli_progress_end(void)
{
	if (p.users == 0 || --p.users > 0)
		return;
	cli_progress_hide();
	if (p.armed)
		sigaction(SIGALRM, &p.before, NULL);
	p.armed = false;
	progress_listen(NULL, NULL);
	p.on = false;
	interrupt_end();
}

void
cli_progress_leaves(const struct cli *c, const char *file, bool whole)
{
	struct buf b = BUF_INIT, line = BUF_INIT;

	buf_puts(&b, "rung: ");
	if (file == NULL || strcmp(file, "-") == 0)
		buf_puts(&b, _("interrupted"));
	else if (whole)
		buf_printf(&b, _("interrupted; %s is whole"), file);
	else
		buf_printf(
		    &b, _("interrupted; nothing was written to %s"), file);
	if (c->utf8)
		utf8_add_safe(&line, buf_view(&b));
	else
		utf8_add_ascii(&line, buf_view(&b));
	buf_putc(&line, '\n');
	if (b.err == 0 && line.err == 0)
		interrupt_say(buf_cstr(&line));
	buf_free(&b);
	buf_free(&line);
}
