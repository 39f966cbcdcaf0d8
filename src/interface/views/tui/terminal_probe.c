/*
 * Measuring what the terminal draws; see views/tui/terminal.h.
 *
 * The question and the answer go over the line that the keyboard uses, so the
 * terminal must not echo or wait for a line's end meanwhile, and must be as it
 * was afterwards however this ends. Signals that would end or stop the program
 * are held back for that fraction of a second, so that nothing has to be done
 * in a handler. The machine's clock is read: a terminal lives in the user's
 * time.
 */
#include "views/tui/terminal.h"

#include "draw/canvas.h"
#include "views/tui/terminal_reply.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define ASK     "\033[6n" /* where is the cursor? */
#define KEEP    "\0337"   /* remember the place */
#define BACK    "\0338"   /* go there */
#define WIPE    "\033[K"  /* clear to the end of the line */
#define CHINESE "中"

/* Bytes that come meanwhile are read no further than this. */
#define BYTES_MOST 8192

struct probe {
	int in, out;
	struct buf *typed;
	struct terminal_reply reply;
	int64_t until_ms;
	size_t bytes;
	bool over;
};

/* What to measure: glyphs, and marks that are in texts. */
static const char *const samples[] = {
#define X(id, utf8, ascii) utf8,
	CANVAS_GLYPHS(X)
#undef X
	    "↻",
	"→",
	"×",
	"⏸",
	CHINESE,
};

static int64_t
terminal_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* False when nothing comes (or goes) in time. */
static bool
terminal_wait_for(struct probe *p, int fd, short events)
{
	struct pollfd ready = { .fd = fd, .events = events };
	int64_t left;
	int n;

	do {
		left = p->until_ms - terminal_now_ms();
		n = left > 0 ? poll(&ready, 1, (int)left) : 0;
	} while (n < 0 && errno == EINTR);
	return n > 0 && (ready.revents & events) != 0;
}

/* A terminal that was stopped (Ctrl-S) takes nothing: no waiting for ever. */
static bool
terminal_send_bytes(struct probe *p, struct str text)
{
	while (text.n > 0) {
		ssize_t n;

		if (!terminal_wait_for(p, p->out, POLLOUT))
			return false;
		n = write(p->out, text.p, text.n);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (n > 0)
			text = str_slice(text, (size_t)n, text.n);
	}
	return true;
}

/* The column of the next answer; 0: none came. */
static unsigned
next_column(struct probe *p)
{
	char c;

	while (!p->over && p->bytes < BYTES_MOST &&
	       terminal_wait_for(p, p->in, POLLIN)) {
		ssize_t n = read(p->in, &c, 1);

		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			break;
		p->bytes++;
		if (terminal_reply_take(&p->reply, c, p->typed))
			return p->reply.column;
	}
	p->over = true;
	return 0;
}

static void
take_width(struct terminal_facts *f, const char *sample, unsigned cells)
{
	/* U+2500 to U+257F, the lines. */
	bool line = str_starts(str_of(sample), "\xe2\x94") ||
		    str_starts(str_of(sample), "\xe2\x95");
	unsigned *widest = line ? &f->line_cells : &f->arrow_cells;

	if (strcmp(sample, CHINESE) == 0) {
		f->wide_cells = cells;
		return;
	}
	/* Of a space nothing is learned. */
	if (sample[0] == ' ')
		return;
	if (cells > *widest)
		*widest = cells;
	if (cells != 1 && f->odd[0] == '\0' && strlen(sample) < sizeof(f->odd))
		memcpy(f->odd, sample, strlen(sample) + 1);
}

/* All samples in one go: one way there and back. */
static void
measure_samples(struct terminal_facts *f, struct probe *p, unsigned base)
{
	struct terminal_facts seen = *f;
	LOCAL_BUF out = BUF_INIT;
	size_t first = f->utf8 ? 0 : COUNT_OF(samples) - 1, got = 0;

	buf_puts(&out, KEEP);
	for (size_t i = first; i < COUNT_OF(samples); i++) {
		buf_puts(&out, samples[i]);
		buf_puts(&out, ASK BACK);
	}
	buf_puts(&out, WIPE);
	if (out.err == 0 && terminal_send_bytes(p, buf_view(&out)))
		for (size_t i = first; i < COUNT_OF(samples); i++) {
			unsigned column = next_column(p);

			if (column <= base || column > base + 8)
				continue;
			take_width(&seen, samples[i], column - base);
			got++;
		}
	/* What was not measured in full was not measured. */
	if (got >= COUNT_OF(samples) - first - 1 && !p->over)
		*f = seen;
}

static void
ask_terminal(struct terminal_facts *f, struct probe *p, unsigned wait_ms)
{
	unsigned base;

	f->asked = true;
	p->until_ms = terminal_now_ms() + wait_ms;
	if (!terminal_send_bytes(p, STR(ASK)))
		return;
	base = next_column(p);
	f->answered = base != 0;
	/* Not at the right edge, where the cursor would not move on. */
	if (base == 0 || (f->columns != 0 && base + 4 > f->columns))
		return;
	/* It does answer, so there is no harm in waiting longer. */
	p->until_ms = terminal_now_ms() + 3 * (int64_t)wait_ms;
	measure_samples(f, p, base);
}

static bool
has_waiting_keys(int in)
{
	struct pollfd ready = { .fd = in, .events = POLLIN };

	return poll(&ready, 1, 0) > 0;
}

static void
hold_probe_signals(sigset_t *before)
{
	static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP,
		SIGTTIN, SIGTTOU, SIGPIPE };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT_OF(held); i++)
		sigaddset(&set, held[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

void
terminal_probe_at(struct terminal_facts *f, int in, int out, unsigned wait_ms,
    struct buf *typed)
{
	struct probe p = { .in = in, .out = out, .typed = typed };
	struct termios was, now;
	sigset_t before;
	pid_t front = tcgetpgrp(in);

	/* The keyboard belongs to another program. */
	if (front > 0 && front != getpgrp())
		return;
	if (tcgetattr(in, &was) != 0)
		return;
	hold_probe_signals(&before);
	now = was;
	now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	/* At once: to drain a stopped terminal would wait for ever. */
	if (tcsetattr(in, TCSANOW, &now) == 0) {
		if (typed != NULL || !has_waiting_keys(in))
			ask_terminal(f, &p, wait_ms);
		terminal_reply_end(&p.reply, typed);
		tcsetattr(in, TCSANOW, &was);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void
terminal_probe(struct terminal_facts *f, unsigned wait_ms, struct buf *typed)
{
	if (f->in && f->out && f->kind == TERMINAL_SCREEN)
		terminal_probe_at(
		    f, STDIN_FILENO, STDOUT_FILENO, wait_ms, typed);
}
