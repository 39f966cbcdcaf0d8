/*
 * The line of progress on its terminal; see cli/progress.h.  Its state is the
 * process's, as the terminal is.
 */
#include "cli/progress.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "cli/interrupt.h"
#include "text/utf8.h"
#include "words/time_words.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* The remaining time, and the speed, are shown of a piece this old. */
#define KNOWN_AFTER_NS INT64_C(500000000)
/* Cells of the bar. */
#define BAR_MOST  30
#define BAR_LEAST 5
/* No piece of work is reckoned to take longer. */
#define LEFT_MOST_S 359999

#define SECOND INT64_C(1000000000)

/* STEP is the first of another piece of work. */
static bool
is_fresh(const struct progress_line *l, const struct progress_step *step)
{
	return l->what == NULL || strcmp(l->what, step->what) != 0 ||
	       step->done < l->last || step->of != l->of;
}

bool
progress_line_take(
    struct progress_line *l, const struct progress_step *step, int64_t now)
{
	if (is_fresh(l, step)) {
		l->what = step->what;
		l->at = now;
		l->done = step->done;
		l->records = step->records;
		l->of = step->of;
	}
	l->last = step->done;
	if (now - l->began < PROGRESS_AFTER_NS ||
	    (l->drawn != 0 && now - l->drawn < PROGRESS_PAUSE_NS))
		return false;
	l->drawn = now;
	return true;
}

void
progress_put_left(struct buf *out, int64_t ns)
{
	/* Rounded up: it is never over before it is. */
	int64_t s = ns / SECOND + (ns % SECOND != 0);
	unsigned n = s < LEFT_MOST_S ? (unsigned)s : LEFT_MOST_S;

	if (n < 60)
		buf_printf(out, _("%u s"), n);
	else if (n < 3600)
		buf_printf(out, _("%u min %u s"), n / 60, n % 60);
	else
		buf_printf(out, _("%u h %u min"), n / 3600, n / 60 % 60);
}

/* How long the piece will still take, if it goes on as it went; -1: unknown
 * yet. */
static int64_t
progress_left_of(const struct progress_line *l,
    const struct progress_step *step, int64_t now)
{
	double done = (double)(step->done - l->done), rest;

	if (step->of == 0 || step->done <= l->done ||
	    now - l->at < KNOWN_AFTER_NS)
		return -1;
	rest = step->done < step->of ? (double)(step->of - step->done) : 0;
	rest *= (double)(now - l->at) / done;
	return rest < (double)LEFT_MOST_S * (double)SECOND
		   ? (int64_t)rest
		   : LEFT_MOST_S * SECOND;
}

static unsigned
percent_of(const struct progress_step *step)
{
	return step->done >= step->of
		   ? 100
		   : (unsigned)((double)step->done * 100 / (double)step->of);
}

/* Of a run without a known end: how far it came, and how fast. */
static void
progress_put_run(const struct progress_line *l,
    const struct progress_step *step, int64_t now, struct buf *out)
{
	int64_t took = now - l->at;
	char time[TIME_ROOM];

	/* TRANSLATORS: seconds, as 12.345 */
	buf_printf(out, _("%s s of virtual time, %llu records"),
	    time_text(step->virtual_ns, time),
	    (unsigned long long)step->records);
	if (took >= KNOWN_AFTER_NS && step->records >= l->records)
		buf_printf(out, _(" (%llu per second)"),
		    (unsigned long long)((double)(step->records - l->records) *
					 (double)SECOND / (double)took));
}

static void
progress_put_bar(unsigned percent, size_t cells, bool ascii, struct buf *out)
{
	for (size_t i = 0; i < cells; i++)
		if (i * 100 < percent * cells)
			buf_puts(out, ascii ? "#" : "━");
		else
			buf_puts(out, ascii ? "." : "┄");
	buf_putc(out, ' ');
}

/* The part behind the bar. */
static void
put_rest(const struct progress_line *l, const struct progress_step *step,
    int64_t now, struct buf *out)
{
	int64_t left = progress_left_of(l, step, now);
	struct buf time = BUF_INIT;

	if (step->of == 0 && step->runs)
		progress_put_run(l, step, now, out);
	if (step->of == 0)
		return;
	buf_printf(out, "%u %%", percent_of(step));
	if (left >= 0) {
		progress_put_left(&time, left);
		/* TRANSLATORS: a length of time, as "2 min 5 s" */
		buf_printf(out, _(", %s left"), buf_cstr(&time));
	}
	if (step->note != NULL)
		buf_printf(out, ", %s", step->note);
	buf_end(&time, &out->err);
}

/* HEAD, a bar that leaves room for REST, and REST. */
static void
progress_put_parts(const struct progress_step *step, const struct buf *head,
    const struct buf *rest, size_t cells, bool ascii, struct buf *out)
{
	size_t used =
	    utf8_width(buf_view(head)) + utf8_width(buf_view(rest)) + 1;
	size_t room = cells > used ? cells - used : 0;

	buf_str(out, buf_view(head));
	if (step->of != 0 && room >= BAR_LEAST)
		progress_put_bar(percent_of(step),
		    room < BAR_MOST ? room : BAR_MOST, ascii, out);
	buf_str(out, buf_view(rest));
	if (head->err != 0 || rest->err != 0)
		out->err = ERR_NOMEM;
}

void
progress_line_put(const struct progress_line *l,
    const struct progress_step *step, int64_t now, size_t cells, bool ascii,
    struct buf *out)
{
	LOCAL_BUF head = BUF_INIT, rest = BUF_INIT, whole = BUF_INIT;

	buf_puts(&head, _(step->what));
	if (step->of == 0 && !step->runs)
		buf_puts(&head, ascii ? " ..." : " …");
	else
		buf_putc(&head, ' ');
	put_rest(l, step, now, &rest);
	progress_put_parts(step, &head, &rest, cells, ascii, &whole);
	if (ascii) {
		buf_clear(&head);
		utf8_add_ascii(&head, buf_view(&whole));
		buf_str(out, utf8_clip(buf_view(&head), cells));
	} else {
		utf8_add_clipped(out, buf_view(&whole), cells);
	}
	if (whole.err != 0 || head.err != 0)
		out->err = ERR_NOMEM;
}

#define CLEAR      "\r\033[K"
#define CELLS      80 /* default width */
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

/* The line that is in OUT is drawn when it is due, unless something else is
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
progress_draw_line(const struct progress_step *step, int64_t now, bool later)
{
	LOCAL_BUF out = BUF_INIT;

	buf_puts(&out, CLEAR);
	progress_line_put(&p.line, step, now, cells(), p.ascii, &out);
	if (out.err == 0 && later) {
		draw_later(&out, now);
	} else if (out.err == 0 && is_in_front()) {
		set_shown(true);
		interrupt_put(out.p, out.n);
	}
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
		progress_draw_line(step, now, !due);
}

static void
progress_hear(const char *what, uint64_t done, uint64_t of, void *arg)
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
	progress_listen(progress_hear, NULL);
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
	LOCAL_BUF b = BUF_INIT, line = BUF_INIT;

	buf_puts(&b, "rung: ");
	if (file == NULL || strcmp(file, "-") == 0)
		buf_puts(&b, _("interrupted"));
	else if (whole)
		buf_printf(&b, _("interrupted; %s is complete"), file);
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
}
