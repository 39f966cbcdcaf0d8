/* views/tui/terminal: answers among keys, and measuring on a terminal that a
 * child plays. */
#include "fixtures/check.h"

#include "base/err.h"
#include "views/tui/terminal.h"
#include "views/tui/terminal_reply.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* Takes all of TEXT: how many answers, the last in R, the rest in OTHER. */
static unsigned
take(struct terminal_reply *r, struct str text, struct buf *other)
{
	unsigned n = 0;

	buf_clear(other);
	for (size_t i = 0; i < text.n; i++)
		n += terminal_reply_take(r, text.p[i], other);
	return n;
}

static void
answers(void)
{
	struct terminal_reply r = { .n = 0 };
	LOCAL_BUF other = BUF_INIT;

	CU_ASSERT_EQUAL(take(&r, STR("\033[12;34R"), &other), 1);
	CU_ASSERT_EQUAL(r.row, 12);
	CU_ASSERT_EQUAL(r.column, 34);
	CU_ASSERT_EQUAL(other.n, 0);
	CU_ASSERT_EQUAL(
	    take(&r, STR("ab\033[1;2Rc\033[A\033[3;4R"), &other), 2);
	CU_ASSERT_EQUAL(r.column, 4);
	CU_ASSERT(str_is(buf_view(&other), "abc\033[A"));
	/* Two escapes: the first is a key. */
	CU_ASSERT_EQUAL(take(&r, STR("\033\033[1;5R"), &other), 1);
	CU_ASSERT(str_is(buf_view(&other), "\033"));
	/* In pieces. */
	CU_ASSERT_EQUAL(take(&r, STR("\033[7"), &other), 0);
	CU_ASSERT_EQUAL(take(&r, STR(";8"), &other), 0);
	CU_ASSERT_EQUAL(take(&r, STR("R"), &other), 1);
	CU_ASSERT_EQUAL(r.row, 7);
	/* The rest is handed out at the end. */
	CU_ASSERT_EQUAL(take(&r, STR("x\033"), &other), 0);
	CU_ASSERT(str_is(buf_view(&other), "x"));
	terminal_reply_end(&r, &other);
	CU_ASSERT(str_is(buf_view(&other), "x\033"));
}

static void
no_answers(void)
{
	static const char *const texts[] = { "\033[R", "\033[;R", "\033[1R",
		"\033[1;R", "\033[;1R", "\033[0;1R", "\033[1;0R", "\033[1;2;3R",
		"\033[99999999;1R", "\033[1;70000R",
		"\033[1;1111111111111111111R", "\033[111111111111111111",
		"\033OR", "[1;1R", "\033[1;1r", "\033[-1;1R", "\033[?1;1R" };
	LOCAL_BUF other = BUF_INIT;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct terminal_reply r = { .n = 0 };

		CU_ASSERT_EQUAL(take(&r, str_of(texts[i]), &other), 0);
		terminal_reply_end(&r, &other);
		/* Not a byte is lost. */
		CU_ASSERT(str_is(buf_view(&other), texts[i]));
	}
}

/* ---- a terminal ---- */

/* How the child plays it. */
struct player {
	unsigned line, arrow, wide; /* cells it gives to each */
	unsigned start;             /* the column it begins in */
	const char *keys;           /* struck before its first answer */
	int quiet_after;            /* answers; -1: never quiet */
	bool babbles;               /* writes what is no answer, on and on */
};

static unsigned
cells_of(const struct player *p, const unsigned char *c)
{
	if (c[0] == 0xe2 && (c[1] == 0x94 || c[1] == 0x95))
		return p->line;
	if (c[0] == 0xe4)
		return p->wide;
	return c[0] >= 0xc0 ? p->arrow : 1;
}

static void
say(int fd, const char *text, size_t n)
{
	/* The tester may have gone. */
	ssize_t done = write(fd, text, n);

	(void)done;
}

struct screen {
	unsigned column, kept;
	int answered;
	unsigned char seen[8];
	size_t n;
};

/* One byte from rung. */
static void
play_byte(const struct player *p, struct screen *s, int fd, unsigned char c)
{
	char answer[32];
	int n;

	if (s->n == 0 && c >= 0x80 && c < 0xc0)
		return; /* of a character that was counted */
	if (s->n == 0 && c != 0x1b) {
		s->seen[0] = c;
		s->n = 1;
		if (c < 0xe0) {
			s->column += c >= 0xc0 ? p->arrow : 1;
			s->n = 0;
		}
		return;
	}
	s->seen[s->n++] = c;
	if (s->seen[0] != 0x1b) {
		s->column += cells_of(p, s->seen);
		s->n = 0;
		return;
	}
	if (s->n == 2 && (c == '7' || c == '8')) {
		if (c == '7')
			s->kept = s->column;
		else
			s->column = s->kept;
		s->n = 0;
	} else if (s->n == 4 || c == 'K') {
		s->n = 0;
		if (c != 'n' ||
		    (p->quiet_after >= 0 && s->answered >= p->quiet_after))
			return;
		if (s->answered++ == 0 && p->keys != NULL)
			say(fd, p->keys, strlen(p->keys));
		n = snprintf(answer, sizeof(answer), "\033[9;%uR", s->column);
		say(fd, answer, (size_t)n);
	}
}

/* The child: until it is killed. */
static void
play(const struct player *p, int fd)
{
	struct screen s = { .column = p->start };
	unsigned char bytes[256];

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (poll(&ready, 1, 1) > 0) {
			n = read(fd, bytes, sizeof(bytes));
			if (n <= 0)
				_exit(0);
			for (ssize_t i = 0; i < n; i++)
				play_byte(p, &s, fd, bytes[i]);
		}
		if (p->babbles)
			say(fd, "\033[1;\033[;;R\033[0;0Rxyz", 18);
	}
}

/* Measures on the terminal that P describes; false where there are none. */
static bool
measured(const struct player *p, struct terminal_facts *f, struct buf *typed)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
	struct termios before, after;
	pid_t child;

	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
		check_skip("no pseudo-terminals");
		return false;
	}
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	CU_ASSERT_FATAL(slave >= 0);
	memset(&before, 0, sizeof(before));
	memset(&after, 0, sizeof(after));
	CU_ASSERT_EQUAL(tcgetattr(slave, &before), 0);
	child = fork();
	if (child == 0)
		play(p, master);
	CU_ASSERT_FATAL(child > 0);
	terminal_probe_at(
	    f, slave, slave, p->quiet_after >= 0 ? 60 : 2000, typed);
	CU_ASSERT_EQUAL(tcgetattr(slave, &after), 0);
	CU_ASSERT_EQUAL(before.c_lflag, after.c_lflag);
	CU_ASSERT_EQUAL(before.c_iflag, after.c_iflag);
	CU_ASSERT_EQUAL(memcmp(before.c_cc, after.c_cc, sizeof(after.c_cc)), 0);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(slave);
	close(master);
	return true;
}

#define PLAYER .line = 1, .arrow = 1, .wide = 2, .start = 1, .quiet_after = -1
#define FACTS                                 \
	((struct terminal_facts){ .in = true, \
	    .out = true,                      \
	    .utf8 = true,                     \
	    .kind = TERMINAL_SCREEN,          \
	    .columns = 80,                    \
	    .locale = "C" })

static void
narrow(void)
{
	struct player p = { PLAYER, .keys = "q\033[A" };
	struct terminal_facts f = FACTS;
	LOCAL_BUF typed = BUF_INIT;

	if (measured(&p, &f, &typed)) {
		CU_ASSERT(f.asked && f.answered);
		CU_ASSERT_EQUAL(f.line_cells, 1);
		CU_ASSERT_EQUAL(f.arrow_cells, 1);
		CU_ASSERT_EQUAL(f.wide_cells, 2);
		CU_ASSERT_STRING_EQUAL(f.odd, "");
		CU_ASSERT_FALSE(terminal_wants_ascii(&f));
		CU_ASSERT(str_is(buf_view(&typed), "q\033[A"));
	}
}

static void
wide(void)
{
	struct player p = { PLAYER };
	struct terminal_facts f = FACTS;

	p.arrow = 2;
	p.start = 30;
	if (!measured(&p, &f, NULL))
		return;
	CU_ASSERT_EQUAL(f.line_cells, 1);
	CU_ASSERT_EQUAL(f.arrow_cells, 2);
	CU_ASSERT_STRING_EQUAL(f.odd, "▶");
	CU_ASSERT(terminal_wants_ascii(&f));
	p.line = 2;
	f = FACTS;
	measured(&p, &f, NULL);
	CU_ASSERT_EQUAL(f.line_cells, 2);
	CU_ASSERT_STRING_EQUAL(f.odd, "│");
	/* Bytes taken one by one: no UTF-8. */
	p.wide = 3;
	f = FACTS;
	f.utf8 = false;
	measured(&p, &f, NULL);
	CU_ASSERT_EQUAL(f.line_cells, 0);
	CU_ASSERT_EQUAL(f.wide_cells, 3);
}

/* At the right edge nothing is drawn. */
static void
edge(void)
{
	struct player p = { PLAYER };
	struct terminal_facts f = FACTS;

	p.start = 79;
	if (!measured(&p, &f, NULL))
		return;
	CU_ASSERT(f.answered);
	CU_ASSERT_EQUAL(f.line_cells, 0);
}

static void
quiet(void)
{
	struct player p = { PLAYER };
	struct terminal_facts f = FACTS;
	LOCAL_BUF typed = BUF_INIT;

	p.quiet_after = 0;
	if (!measured(&p, &f, &typed))
		return;
	CU_ASSERT(f.asked);
	CU_ASSERT_FALSE(f.answered);
	CU_ASSERT_EQUAL(f.line_cells, 0);
	/* In the middle: nothing half-measured. */
	p.quiet_after = 10;
	f = FACTS;
	measured(&p, &f, &typed);
	CU_ASSERT(f.answered);
	CU_ASSERT_EQUAL(f.line_cells, 0);
	CU_ASSERT_STRING_EQUAL(f.odd, "");
	p.quiet_after = 0;
	p.babbles = true;
	f = FACTS;
	measured(&p, &f, &typed);
	CU_ASSERT_FALSE(f.answered);
	CU_ASSERT(typed.n > 0);
}

/* No terminal: nothing is asked, and a sentence says why there is no screen. */
static void
checks(void)
{
	struct terminal_facts f = FACTS;
	struct diag d = DIAG_INIT;
	int pipes[2];

	CU_ASSERT_EQUAL_FATAL(pipe(pipes), 0);
	terminal_probe_at(&f, pipes[0], pipes[1], 50, NULL);
	CU_ASSERT_FALSE(f.asked);
	close(pipes[0]);
	close(pipes[1]);
	CU_ASSERT_EQUAL(terminal_check(&f, &d), 0);
	f.kind = TERMINAL_DUMB;
	f.term = "dumb";
	CU_ASSERT_EQUAL(terminal_check(&f, &d), ERR_UNSUPPORTED);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "“dumb”"));
	d = DIAG_INIT;
	f.kind = TERMINAL_UNKNOWN;
	CU_ASSERT_EQUAL(terminal_check(&f, &d), ERR_UNSUPPORTED);
	d = DIAG_INIT;
	f.kind = TERMINAL_UNSET;
	CU_ASSERT_EQUAL(terminal_check(&f, &d), ERR_UNSUPPORTED);
	d = DIAG_INIT;
	f.out = false;
	CU_ASSERT_EQUAL(terminal_check(&f, &d), ERR_UNSUPPORTED);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "standard output"));
	d = DIAG_INIT;
	f.out = true;
	f.in = false;
	CU_ASSERT_EQUAL(terminal_check(&f, &d), ERR_UNSUPPORTED);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "standard input"));
}

static enum terminal_kind
kind_of(const char *term)
{
	struct terminal_facts f = FACTS;

	f.term = term;
	terminal_look_up(&f);
	return f.kind;
}

static void
kinds(void)
{
	struct terminal_facts f = FACTS;
	char longest[5000];

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	CU_ASSERT_EQUAL(kind_of(""), TERMINAL_UNSET);
	CU_ASSERT_EQUAL(kind_of("dumb"), TERMINAL_DUMB);
	CU_ASSERT_EQUAL(kind_of("no-such-terminal"), TERMINAL_UNKNOWN);
	CU_ASSERT_EQUAL(kind_of("../../etc/passwd"), TERMINAL_UNKNOWN);
	CU_ASSERT_EQUAL(kind_of(longest), TERMINAL_UNKNOWN);
	f.term = "xterm";
	terminal_look_up(&f);
	CU_ASSERT_EQUAL(f.kind, TERMINAL_SCREEN);
	CU_ASSERT(f.colours >= 8);
	f.term = "vt100";
	terminal_look_up(&f);
	CU_ASSERT_EQUAL(f.colours, 0);
}

static void
worth(void)
{
	struct terminal_facts f = FACTS;

	CU_ASSERT_FALSE(terminal_worth_probing(&f));
	f.locale = "zh_CN.UTF-8";
	CU_ASSERT(terminal_worth_probing(&f));
	f.kind = TERMINAL_DUMB;
	CU_ASSERT_FALSE(terminal_worth_probing(&f));
	f = FACTS;
	f.locale = "ja_JP.UTF-8";
	CU_ASSERT(terminal_worth_probing(&f));
	f.out = false;
	CU_ASSERT_FALSE(terminal_worth_probing(&f));
	f = FACTS;
	CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
	CU_ASSERT(terminal_worth_probing(&f));
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

CHECK_MAIN("terminal", { "answers", answers }, { "no answers", no_answers },
    { "narrow", narrow }, { "wide", wide }, { "edge", edge },
    { "quiet", quiet }, { "checks", checks }, { "kinds", kinds },
    { "worth", worth })
