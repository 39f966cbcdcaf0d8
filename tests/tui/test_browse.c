/*
 * A capture too large for one trace on the screen: its list of calls, some of
 * them opened, others after them, and all of it without memory.  "Too large" is
 * lowered for that.
 */
#include "base/mem.h"
#include "text/utf8.h"
#include "cli/browse.h"

#include "fixtures/capture_many.h"
#include "fixtures/check.h"
#include "fixtures/play_driver.h"
#include "views/tui/play_calls_in.h"

#include <glob.h>

struct screen {
	struct driver v;
	struct browse *b;
};

static bool
make(const char *path, struct browse **b, size_t most)
{
	struct cli c = { .messages_most = most };
	struct diag d = DIAG_INIT;
	struct trace *t;
	int err = browse_open(&c, path, &t, b, &d);

	CU_ASSERT_EQUAL(err, d.err);
	CU_ASSERT(err != 0 || (t == NULL) == (*b != NULL));
	trace_destroy(t);
	return err == 0;
}

static struct browse *
make_many(unsigned calls, size_t most)
{
	static char path[64];
	struct browse *b = NULL;
	int fd;

	strcpy(path, "/tmp/rung-browse-XXXXXX");
	fd = mkstemp(path);
	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, calls));
	CU_ASSERT_TRUE(make(path, &b, most));
	unlink(path);
	return b;
}

static bool
opens(struct screen *s, unsigned calls, size_t w, size_t h)
{
	struct play_options o = { .theme = THEME_DEFAULT,
		.folder = "/nonexistent" };
	struct diag d = DIAG_INIT;

	memset(s, 0, sizeof(*s));
	s->b = make_many(calls, 100);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->b);
	browse_source(s->b, &s->v.src);
	CU_ASSERT_EQUAL_FATAL(play_create(&s->v.p, &s->v.src, &o, &d), 0);
	CU_ASSERT_EQUAL_FATAL(grid_init(&s->v.g, w, h, false), 0);
	driver_settle(&s->v);
	return s->v.p->in_calls;
}

static void
closes(struct screen *s)
{
	driver_close(&s->v);
	browse_close(s->b);
}

/* ---- the rows ---- */

static bool
is_same(const struct calls *a, const struct calls_row *x, const struct calls *b,
    const struct calls_row *y)
{
	bool same = str_eq(x->method, y->method) && str_eq(x->from, y->from) &&
		    str_eq(x->to, y->to) && x->t == y->t &&
		    x->state == y->state && x->messages == y->messages &&
		    x->retx == y->retx && x->talk_from == y->talk_from &&
		    x->talk_to == y->talk_to && x->told == y->told &&
		    x->status == y->status && str_eq(x->reason, y->reason) &&
		    x->nnodes == y->nnodes;

	for (size_t i = 0; same && i < x->nnodes && i < CALLS_NODES; i++)
		same = str_eq(calls_node(a, x, i), calls_node(b, y, i));
	if (!same)
		printf("  %.*s: %s %s, %u %u messages, %u %u again, talk %lld "
		       "%lld to %lld %lld, %u %u nodes\n",
		    STR_ARG(x->call_id), calls_state_word(x->state),
		    calls_state_word(y->state), x->messages, y->messages,
		    x->retx, y->retx, (long long)x->talk_from,
		    (long long)y->talk_from, (long long)x->talk_to,
		    (long long)y->talk_to, x->nnodes, y->nnodes);
	return same;
}

/* The rows of the index are those that the whole trace would give; how many. */
static size_t
agrees(const char *path)
{
	struct cli c = { .quiet = true };
	struct diag d = DIAG_INIT;
	struct browse *b, *none;
	struct play_source src;
	struct calls *calls;
	struct trace *t;
	size_t n;

	if (!make(path, &b, 1) || b == NULL)
		return 0;
	browse_source(b, &src);
	CU_ASSERT_EQUAL_FATAL(browse_open(&c, path, &t, &none, &d), 0);
	CU_ASSERT_EQUAL_FATAL(calls_create(&calls), 0);
	while (calls_extend(calls, t, 100000))
		;
	n = calls_count(calls);
	CU_ASSERT_EQUAL(calls_count(src.calls), n);
	for (size_t i = 0; i < n; i++) {
		const struct calls_row *row = calls_row(calls, i);
		size_t at = calls_find(src.calls, row->call_id);

		CU_ASSERT_NOT_EQUAL_FATAL(at, SIZE_MAX);
		CU_ASSERT(
		    is_same(calls, row, src.calls, calls_row(src.calls, at)));
	}
	calls_destroy(calls);
	trace_destroy(t);
	browse_close(b);
	return n;
}

static void
rows_are_those_of_the_trace(void)
{
	char path[] = "/tmp/rung-browse-XXXXXX";
	int fd = mkstemp(path);

	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, 60));
	CU_ASSERT_EQUAL(agrees(path), 60);
	unlink(path);
}

static void
of_others(void)
{
	size_t rows = 0, files = 0;
	char pattern[512];
	glob_t g = { 0 };

	for (int i = 0; i < 2; i++) {
		snprintf(pattern, sizeof(pattern), "%s/pcap/*.pcap%s",
		    check_data(), i ? "ng" : "");
		glob(pattern, i ? GLOB_APPEND : 0, NULL, &g);
	}
	for (size_t i = 0; i < g.gl_pathc; i++) {
		size_t n = agrees(g.gl_pathv[i]);

		rows += n;
		files += n > 0;
	}
	if (g.gl_pathc == 0)
		check_skip("no captures");
	else
		printf("  %zu calls of %zu captures\n", rows, files);
	globfree(&g);
}

/* ---- the screen ---- */

static void
list_sorts_and_filters(void)
{
	struct screen s;

	CU_ASSERT_TRUE_FATAL(opens(&s, 400, 118, 35));
	CU_ASSERT_TRUE(driver_shows(&s.v, "Calls: 400; completed: 400"));
	CU_ASSERT_TRUE(driver_shows(&s.v, "alice0 "));
	CU_ASSERT_TRUE(driver_shows(&s.v, "completed"));
	CU_ASSERT_TRUE(driver_shows(&s.v, "7.000"));
	DRIVER_TELLS(&s.v, "R", "alice399 ");
	DRIVER_TELLS(&s.v, "R s s s s s s s s s s s", "Call-ID▲");
	driver_press(&s.v, "s / bob271 Enter");
	CU_ASSERT_EQUAL(s.v.p->own.calls->cursor, 271);
	DRIVER_TELLS(&s.v, "f alice39 Enter", "11 of 400 match");
	CU_ASSERT_TRUE(driver_shows(&s.v, "[alice39]"));
	DRIVER_TELLS(
	    &s.v, "f C-u nobody Enter Enter Space Down", "0 of 400 match");
	driver_press(&s.v, "f C-u Enter");
	CU_ASSERT_FALSE(
	    strstr(driver_screen(&s.v), "match") != NULL || s.v.p->quit);
	closes(&s);
}

/* Nothing else can be reached while nothing is open. */
static void
stays_until_one_is_open(void)
{
	struct screen s;

	CU_ASSERT_TRUE_FATAL(opens(&s, 20, 118, 35));
	DRIVER_TELLS(&s.v, "c", "Enter opens the marked calls");
	driver_press(&s.v, "Left 1 2 3 4 5 6 Tab i Q x");
	CU_ASSERT_TRUE(s.v.p->in_calls);
	while (s.v.p->box.over != OVER_NOTHING)
		driver_press(&s.v, "Esc");
	driver_press(&s.v, "Tab");
	CU_ASSERT_EQUAL(s.v.p->box.over, OVER_NOTHING);
	DRIVER_TELLS(&s.v, "Esc", "Menu");
	DRIVER_TELLS(&s.v, "Esc", "Calls: 20");
	closes(&s);
}

static void
opens_what_is_marked(void)
{
	struct screen s;
	const struct trace *first;

	CU_ASSERT_TRUE_FATAL(opens(&s, 400, 118, 35));
	DRIVER_TELLS(&s.v, "Down Down Space Down Space", "•");
	driver_press(&s.v, "Enter");
	CU_ASSERT_FALSE(s.v.p->in_calls);
	CU_ASSERT_TRUE(driver_shows(&s.v, "message 1 of 14"));
	CU_ASSERT_TRUE(driver_shows(&s.v, "192.0.2.3"));
	CU_ASSERT_TRUE(driver_shows(&s.v, "192.0.2.5"));
	CU_ASSERT_FALSE(strstr(driver_screen(&s.v), "192.0.2.4") != NULL);
	/* Everything about it is to be had. */
	DRIVER_TELLS(&s.v, "1", "alice2@atlanta.example.com");
	driver_press(&s.v, "Esc End Space i Esc Esc H / BYE Enter");
	/* Back, and another. */
	first = play_view(s.v.p)->trace;
	DRIVER_TELLS(&s.v, "c", "Calls: 400");
	CU_ASSERT_EQUAL(s.v.p->own.calls->cursor, 5);
	DRIVER_TELLS(&s.v, "c", "of 14");
	CU_ASSERT_PTR_EQUAL(play_view(s.v.p)->trace, first);
	DRIVER_TELLS(
	    &s.v, "c Up Space Up Up Up Space End Enter", "message 1 of 7");
	CU_ASSERT_TRUE(driver_shows(&s.v, "192.0.2.200"));
	CU_ASSERT_EQUAL(play_view(s.v.p)->marks.n, 0);
	DRIVER_TELLS(
	    &s.v, "Right Right Right Right Right Right", "message 7 of 7");
	closes(&s);
}

/* More than one trace has is not opened; what was open stays. */
static void
too_many(void)
{
	struct screen s;

	CU_ASSERT_TRUE_FATAL(opens(&s, 40, 118, 35));
	driver_press(&s.v, "Enter c");
	for (int i = 0; i < 15; i++)
		driver_press(&s.v, "Space");
	DRIVER_TELLS(&s.v, "Enter", "these calls have 105 messages");
	CU_ASSERT_TRUE(s.v.p->in_calls);
	DRIVER_TELLS(&s.v, "c", "message 1 of 7");
	DRIVER_TELLS(&s.v, "c Up Space Enter", "message 1 of 98");
	closes(&s);
}

/* Elsewhere a large one is refused, unless a call is chosen. */
static void
refused_elsewhere(void)
{
	struct cli c = { .messages_most = 20 };
	char path[] = "/tmp/rung-browse-XXXXXX";
	struct diag d = DIAG_INIT;
	struct trace *t;
	int fd = mkstemp(path);

	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, 5));
	CU_ASSERT_EQUAL(cli_capture_load(&c, path, &t, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "has 35 messages"));
	d = DIAG_INIT;
	c.calls[c.ncalls++] = "00000000-7c2e-4f1b-9d3a@192.0.2.1";
	CU_ASSERT_EQUAL_FATAL(cli_capture_load(&c, path, &t, &d), 0);
	trace_destroy(t);
	unlink(path);
}

/* A Call-ID and a method as nobody sends them. */
static void
put_hostile(struct buf *b, int i, const char *call_id)
{
	struct buf text = BUF_INIT, udp, ip, ether;

	buf_printf(&text,
	    "2J%d sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
	    "z9hG4bK%d\r\nFrom: \xff\xfe<\x1b]0;x\x07>;tag=\x9b\r\n"
	    "To: %%\xc3(\r\nCall-ID: %s\r\nCSeq: 1 \x1b[2J%d\r\n"
	    "Content-Length: 0\r\n\r\n",
	    i, i, call_id, i);
	udp = made_udp(5060, 5060, buf_view(&text));
	ip = made_ip4(1, 2, 17, i, 0, &udp);
	ether = made_ether(0x0800, &ip);
	made_packet(b, INT64_C(1700000000000000000) + i, &ether);
	buf_free(&text);
}

static bool
is_clean(const char *screen)
{
	for (const char *c = screen; *c != '\0'; c++)
		if (((unsigned char)*c < 32 && *c != '\n') || *c == 127)
			return false;
	return utf8_valid(str_of(screen));
}

static void
hostile_bytes(void)
{
	struct play_options o = { .theme = THEME_DEFAULT, .folder = "/tmp" };
	struct diag d = DIAG_INIT;
	LOCAL_BUF b = BUF_INIT;
	struct screen s = { 0 };
	char path[64];

	made_file(&b, 1);
	put_hostile(&b, 1, "\x1b[31m\xff\xc3(\x9b@\x7f");
	put_hostile(&b, 2, "\xf0\x9f\x98");
	put_hostile(&b, 3, "plain");
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	CU_ASSERT_TRUE_FATAL(make(path, &s.b, 1));
	browse_source(s.b, &s.v.src);
	CU_ASSERT_EQUAL(calls_count(s.v.src.calls), 3);
	CU_ASSERT_EQUAL_FATAL(play_create(&s.v.p, &s.v.src, &o, &d), 0);
	CU_ASSERT_EQUAL_FATAL(grid_init(&s.v.g, 180, 20, false), 0);
	for (int i = 0; i < 20; i++) {
		CU_ASSERT_TRUE(is_clean(driver_screen(&s.v)));
		driver_press(&s.v, i % 4 == 3 ? "c Down" : "s Enter");
	}
	closes(&s);
	unlink(path);
}

/* Any keys at any size. */
static void
any_keys(void)
{
	static const char *const keys[] = { "Down", "Up", "Space", "Enter",
		"Enter", "c", "c", "s", "R", "f", "/", "n", "N", "Esc", "Esc",
		"Home", "End", "PageDown", "PageUp", "Left", "Right", "Tab",
		"1", "2", "3", "4", "5", "6", "i", "o", "H", "t", "+", "x", "X",
		"b", "B", "=", "L", "?", "Q", "p", "#", "7", "alice1", ":", "a",
		"Backspace", "r", "z", ".", ",", "C-u" };
	uint64_t random = 7;
	struct screen s;
	unsigned opened = 0;

	CU_ASSERT_TRUE_FATAL(opens(&s, 30, 118, 35));
	for (int i = 0; i < 6000; i++) {
		random = random * UINT64_C(6364136223846793005) + 1;
		/* What is typed writes no files. */
		if (s.v.p->box.over == OVER_LINE && (random >> 40) % 3 == 0)
			driver_press(&s.v, "Esc");
		if ((random >> 20) % 50 == 0)
			driver_resize(
			    &s.v, (random >> 33) % 150, (random >> 45) % 50);
		if (s.v.p->box.typed == play_export &&
		    s.v.p->box.over == OVER_LINE)
			driver_press(&s.v, "Esc");
		driver_press(&s.v,
		    keys[(random >> 33) % (sizeof(keys) / sizeof(keys[0]))]);
		CU_ASSERT(s.v.p->in_calls || s.v.p->own.calls->shown > 0);
		opened += !s.v.p->in_calls;
		s.v.p->quit = false;
		s.v.p->wish = WISH_NOTHING;
	}
	CU_ASSERT(opened > 100);
	closes(&s);
}

/* ---- without memory ---- */

static const char *const lines[] = { "Down Space", "s R", "f alice1 Enter",
	"Enter", "Right", "3", "c", "f C-u Enter", "Space Enter", "End 1", "c",
	"Home Enter", "c" };

static void
press_without(struct screen *s, const char *line, unsigned long n)
{
	mem_fail_from(n);
	driver_press(&s->v, line);
	mem_fail_from(0);
	s->v.p->box.over = OVER_NOTHING;
	driver_settle(&s->v);
	CU_ASSERT_EQUAL(play_draw(s->v.p, &s->v.g), 0);
	/* A ladder is one of what is open. */
	CU_ASSERT(s->v.p->in_calls || s->v.p->own.calls->shown);
}

static void
keys_without_memory(void)
{
	unsigned long tried = 0;
	struct screen s;

	CU_ASSERT_TRUE_FATAL(opens(&s, 20, 118, 35));
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		unsigned long all;

		mem_count();
		driver_press(&s.v, lines[i]);
		all = mem_count();
		for (unsigned long n = 1; n <= all; n += 1 + n / 40, tried++) {
			if (strstr(lines[i], "Enter") != NULL)
				s.v.p->in_calls = true;
			press_without(&s, lines[i], n);
		}
		if (strstr(lines[i], "Enter") != NULL)
			s.v.p->in_calls = true;
		driver_press(&s.v, lines[i]);
	}
	s.v.p->in_calls = true;
	buf_clear(&s.v.p->own.calls->marked);
	DRIVER_TELLS(&s.v, "f C-u Enter Home Enter", "message 1 of 7");
	printf("  %lu times\n", tried);
	closes(&s);
}

static void
opening_without_memory(void)
{
	char path[] = "/tmp/rung-browse-XXXXXX";
	struct cli c = { .messages_most = 20 };
	int fd = mkstemp(path);
	unsigned long n;

	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, 5));
	for (n = 1; n < 100000; n++) {
		struct diag d = DIAG_INIT;
		struct browse *b;
		struct trace *t;
		int err;

		mem_fail_from(n);
		err = browse_open(&c, path, &t, &b, &d);
		mem_fail_from(0);
		CU_ASSERT_EQUAL(err, d.err);
		CU_ASSERT_EQUAL(err == 0, b != NULL);
		browse_close(b);
		if (err == 0)
			break;
	}
	CU_ASSERT(n > 50 && n < 100000);
	unlink(path);
}

CHECK_MAIN("browse",
    { "rows are those of the trace", rows_are_those_of_the_trace },
    { "captures of others", of_others },
    { "list sorts and filters", list_sorts_and_filters },
    { "stays until one is open", stays_until_one_is_open },
    { "opens what is marked", opens_what_is_marked }, { "too many", too_many },
    { "refused elsewhere", refused_elsewhere },
    { "hostile bytes", hostile_bytes }, { "any keys", any_keys },
    { "keys without memory", keys_without_memory },
    { "opening without memory", opening_without_memory })
