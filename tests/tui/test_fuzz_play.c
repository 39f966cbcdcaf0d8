/*
 * The screen before traces that nobody wrote and sessions that nobody kept:
 * those of labs with fields taken out, numbers out of all measure, texts that
 * would steer a terminal, names of anything, hundreds of nodes; used with any
 * keys at any size.  Nothing crashes or hangs, and no cell of the screen holds
 * what a terminal would obey.  $RUNG_FUZZ_SECONDS asks for more than the usual
 * seconds.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/play_driver.h"

#include <time.h>

/* Longer than any key may take, sanitizers and a slow machine included. */
#define PATIENCE (4 * CLOCKS_PER_SEC)

static const char *const lab_names[] = { "labs/two-proxies",
	"labs/lost-messages", "labs/torn-tcp", "labs/rfc3665-3.7",
	"labs/forking", "labs/crash" };

#define LABS (sizeof(lab_names) / sizeof(lab_names[0]))

/* What stands for a string, without its quotes. */
static const char *const texts[] = { "", " ", "\\u001b[2J\\u001b[31m",
	"\\u0000", "\\u202eobe\\u2066", "\\r\\n\\t\\u007f\\u009b2J",
	"\\u7231\\u7231\\u7231\\u7231\\u7231",
	"a\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301", "\\u0301",
	"%s%n%d", "..", "a b", "=", ",", "\\\"", "\\\\", "alice", "network",
	"-", "INVITE", "200", "\\ud83d\\ude00", "\\u200b\\u200d\\ufeff",
	"1 INVITE", "none", "UDP", "sip:a@b;x=\\u001b]0;t\\u0007", "z9hG4bK",
	"\xe2\x80\xae", "\xc2\x9b" };

/* What stands for a number. */
static const char *const numbers[] = { "0", "1", "2", "-1", "3", "99999999",
	"9223372036854775807", "-9223372036854775808", "4294967295",
	"4294967296", "1e300", "0.5", "18446744073709551616", "true", "null",
	"[]", "{}", "\"x\"" };

#define ONE_OF(list, rng) (list)[below(rng, sizeof(list) / sizeof((list)[0]))]

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t
below(uint64_t *state, size_t n)
{
	return (size_t)(next(state) % n);
}

/* ---- traces ---- */

/* The byte behind the string or number that begins at AT. */
static size_t
value_end(struct str line, size_t at)
{
	bool string = line.p[at] == '"';

	for (at += string; at < line.n; at++) {
		char c = line.p[at];

		if (string && c == '\\')
			at++;
		else if (string ? c == '"' : c == ',' || c == '}' || c == ']')
			break;
	}
	return at + string < line.n ? at + string : line.n;
}

static void
put_text(struct buf *out, uint64_t *rng)
{
	buf_putc(out, '"');
	if (below(rng, 40) == 0)
		buf_fill(out, "Aa<;:"[below(rng, 5)], 65536);
	for (size_t i = below(rng, 3) + 1; i > 0; i--)
		buf_puts(out, ONE_OF(texts, rng));
	buf_putc(out, '"');
}

/* LINE with one of its fields changed or gone. */
static void
mutate_line(struct buf *out, struct str line, uint64_t *rng)
{
	size_t from = below(rng, line.n), to, colon;

	while (from > 0 && !(line.p[from] == '"' && line.p[from - 1] == ','))
		from--;
	colon = from;
	while (colon + 1 < line.n && line.p[colon] != ':')
		colon++;
	if (from == 0 || colon + 2 >= line.n) {
		buf_str(out, line);
		return;
	}
	to = value_end(line, colon + 1);
	switch (below(rng, 8)) {
	case 0: /* taken out, with the comma before it */
		buf_str(out, str_slice(line, 0, from - 1));
		break;
	case 1: /* twice */
		buf_str(out, str_slice(line, 0, to));
		buf_putc(out, ',');
		buf_str(out, str_slice(line, from, to));
		break;
	default:
		buf_str(out, str_slice(line, 0, colon + 1));
		if ((line.p[colon + 1] == '"') == (below(rng, 8) > 0))
			put_text(out, rng);
		else
			buf_puts(out, ONE_OF(numbers, rng));
	}
	buf_str(out, str_slice(line, to, line.n));
}

/* Some of the lines of TEXT changed, and perhaps the end cut off. */
static void
mutate(struct buf *out, struct str text, uint64_t *rng)
{
	size_t often = 2 + below(rng, 60), rows = 1 + below(rng, 250);
	bool head = below(rng, 4) == 0;

	if (below(rng, 3) == 0)
		rows = SIZE_MAX;
	for (size_t i = 0; text.n > 0 && i < rows; i++) {
		struct str line = str_cut(text, '\n', &text);

		if (line.n > 2 && (i > 0 || head) && below(rng, often) == 0)
			mutate_line(out, line, rng);
		else
			buf_str(out, line);
		buf_putc(out, '\n');
	}
	if (below(rng, 8) == 0)
		buf_truncate(out, out->n - below(rng, out->n < 40 ? 1 : 40));
}

/* Many nodes with any names, and messages between them. */
static void
many_nodes(struct buf *out, uint64_t *rng)
{
	size_t n = 1 + below(rng, 300), seq = 1;

	buf_puts(out, "{\"kind\":\"trace\",\"version\":1,\"nodes\":[");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s{\"name\":\"%s%zu\",\"domain\":\"%s%zu\"}",
		    i > 0 ? "," : "", ONE_OF(texts, rng), i, ONE_OF(texts, rng),
		    i % 7);
	buf_puts(out, "]}\n");
	for (size_t i = below(rng, 150); i > 0; i--, seq += 2)
		buf_printf(out,
		    "{\"seq\":%zu,\"t\":%zu,\"node\":\"%zu\",\"kind\":\"send\","
		    "\"src\":\"%zu\",\"dst\":\"%zu\",\"proto\":\"sip\","
		    "\"start\":\"INVITE\",\"cseq\":\"1 INVITE\",\"text\":"
		    "\"INVITE %s\"}\n{\"seq\":%zu,\"t\":%zu,\"kind\":\"recv\","
		    "\"node\":\"%zu\",\"of\":%zu,\"cause\":%zu}\n",
		    seq, seq, i, below(rng, n), below(rng, n),
		    ONE_OF(texts, rng), seq + 1, seq + below(rng, 2),
		    below(rng, n), seq, seq);
}

static void
make_trace(struct buf *out, const struct buf *good, uint64_t *rng)
{
	const struct buf *one = &good[below(rng, LABS)];
	struct str rest;

	buf_clear(out);
	switch (below(rng, 16)) {
	case 0: /* a header and nothing else */
		buf_str(out, str_cut(buf_view(one), '\n', &rest));
		buf_putc(out, '\n');
		break;
	case 1:
	case 2:
		many_nodes(out, rng);
		break;
	default:
		mutate(out, buf_view(one), rng);
	}
}

/* ---- the screen ---- */

static bool
steers(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e ||
	       c == 0x200f || c == 0x61c || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* What a cell says can be sent to a terminal, and takes as many cells as the
 * grid thinks. */
static bool
cell_is_sound(const struct grid *g, size_t x, size_t y)
{
	const struct grid_cell *cell = &g->cells[y * g->width + x];
	struct str text = { cell->text, cell->n };
	bool wide = x + 1 < g->width && cell[1].tail;
	size_t used;

	/* Most cells are a letter or none. */
	if (!cell->tail && !wide && cell->style < STYLE_COUNT &&
	    (cell->n == 0 ||
		(cell->n == 1 && text.p[0] >= ' ' && text.p[0] <= '~')))
		return true;
	if (cell->n > sizeof(cell->text) || !utf8_valid(text) ||
	    cell->style >= STYLE_COUNT || (cell->tail && cell->n > 0))
		return false;
	if (cell->tail && (x == 0 || cell[-1].tail))
		return false;
	if (cell->n > 0 && utf8_width(text) != (wide ? 2 : 1))
		return false;
	for (size_t at = 0; at < text.n; at += used)
		if (steers(utf8_decode(str_slice(text, at, text.n), &used)))
			return false;
	return true;
}

static void
check_grid(const struct grid *g, unsigned long round)
{
	for (size_t y = 0; y < g->height; y++)
		for (size_t x = 0; x < g->width; x++)
			if (!cell_is_sound(g, x, y)) {
				const struct grid_cell *c =
				    &g->cells[y * g->width + x];

				printf("  round %lu: cell %zu,%zu holds", round,
				    x, y);
				for (size_t i = 0; i < c->n; i++)
					printf(
					    " %02x", (unsigned char)c->text[i]);
				printf("\n");
				CU_FAIL("a cell that is not sound");
				return;
			}
}

/* Where one is, is somewhere. */
static void
check_position(struct play *p, const struct grid *g)
{
	const struct play_view *v = play_view(p);
	size_t row = play_row(v);

	CU_ASSERT(p->now < p->nviews);
	CU_ASSERT(p->beside == SIZE_MAX || p->beside < p->nviews);
	CU_ASSERT(v->seq <= trace_count(v->trace));
	CU_ASSERT(row == LAYOUT_NONE || row < v->layout->nrows);
	CU_ASSERT(play_message_number(p) <= v->layout->nmessages);
	CU_ASSERT(p->pane < PANE_COUNT && p->ladder.mode < LADDER_MODE_COUNT);
	CU_ASSERT(
	    p->drawn.cursor_x == SIZE_MAX ||
	    (p->drawn.cursor_x < g->width && p->drawn.cursor_y < g->height));
}

static struct key
any_key(uint64_t *rng)
{
	struct key key = { 0 };

	switch (below(rng, 8)) {
	case 0:
	case 1:
	case 2:
		key.name = 1 + (unsigned)below(rng, KEY_NAME_COUNT - 1);
		break;
	case 3:
		key.ch = (uint32_t)below(rng, 0x30000);
		break;
	default:
		key.ch = 32 + (uint32_t)below(rng, 95);
	}
	key.x = below(rng, 420);
	key.y = below(rng, 125);
	key.wheel = (int)below(rng, 3) - 1;
	/* Nothing is written to files here, where any name may be typed. */
	if (key.ch == 'e' || key.ch == 'S' || key.name == KEY_IS_F2)
		key = KEY_OF(TAB);
	return key;
}

/* Lines that somebody might type, in part. */
static const char *const typed[] = { "/ INVITE Enter", "n N", "# 2 Enter",
	"# 1e99s Enter", "# 99999999999999999999 Enter", "f node=a Enter",
	"f C-u text=a Enter", "f C-u Enter", ": node Space a Enter", "End",
	": speed Space 1e999 Enter", ": act Space alice Space crash Enter",
	": act Space message Space drop Enter", "a Enter Enter Enter", "Q s s",
	"c End Enter o", "Home Space End Space =", "t t t", "1", "2", "3", "4",
	"5", "6", "3 Down Down Enter", "5 Down Enter", "B", "b Enter", "x X H",
	"i PageDown Esc", "? PageDown Esc", "p", "L", "z", "T", "] ] ]",
	": act Space alice Space set Space = Enter", "Esc" };

static const size_t sizes[][2] = { { 80, 24 }, { 118, 35 }, { 200, 60 },
	{ 40, 10 }, { 1, 1 }, { 60, 20 }, { 41, 11 }, { 99, 19 }, { 100, 20 },
	{ 400, 120 }, { 500, 150 }, { 45, 60 }, { 300, 10 }, { 2, 200 },
	{ 400, 1 } };

static void
type(struct driver *v, const char *keys)
{
	struct str rest = str_of(keys), word;

	while (rest.n > 0) {
		struct key key;
		size_t used;

		word = str_cut(rest, ' ', &rest);
		key = key_of_name(word);
		if (key.name != KEY_IS_NONE || key.ch <= ' ') {
			play_key(v->p, key);
			continue;
		}
		for (size_t at = 0; at < word.n; at += used)
			play_key(
			    v->p, KEY_CHAR(utf8_decode(
				      str_slice(word, at, word.n), &used)));
	}
}

/* N times something pressed and everything drawn. */
static void
use(struct driver *v, size_t n, uint64_t *rng, unsigned long round)
{
	for (size_t i = 0; i < n; i++) {
		const char *line = NULL;
		struct key key = { 0 };
		clock_t start = clock();

		if (below(rng, 3) == 0)
			type(v, line = ONE_OF(typed, rng));
		else
			play_key(v->p, key = any_key(rng));
		v->p->wish = WISH_NOTHING;
		v->p->quit = false;
		if (below(rng, 12) == 0) {
			size_t s = below(rng, sizeof(sizes) / sizeof(*sizes));

			driver_resize(v, sizes[s][0], sizes[s][1]);
		}
		play_work(v->p);
		play_pass(v->p, (int64_t)below(rng, 1000000000));
		CU_ASSERT_EQUAL(play_draw(v->p, &v->g), 0);
		check_grid(&v->g, round);
		check_position(v->p, &v->g);
		if (clock() - start > PATIENCE) {
			printf("  round %lu: %s (%u, U+%04X) took %.1f s\n",
			    round, line != NULL ? line : "a key", key.name,
			    (unsigned)key.ch,
			    (double)(clock() - start) / CLOCKS_PER_SEC);
			CU_FAIL("a key that takes too long");
		}
	}
}

static void
run_labs(struct buf *good)
{
	for (size_t i = 0; i < LABS; i++) {
		struct lab_options o = LAB_OPTIONS;
		struct diag d = DIAG_INIT;

		good[i] = BUF_INIT;
		o.detail = i % 2 == 0 ? TRACE_NETWORK : TRACE_PROTOCOL;
		CU_ASSERT_EQUAL(lab_run(lab_names[i], &o, &good[i], &d), 0);
	}
}

static clock_t
end_of(double seconds)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");

	if (more != NULL)
		seconds = atof(more);
	return clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
}

static void
temporary(char *path, size_t n, const char *name)
{
	const char *dir = getenv("TMPDIR");

	snprintf(path, n, "%s/rung-fuzz-%ld-%s", dir != NULL ? dir : "/tmp",
	    (long)getpid(), name);
}

/* What PATH is on the screen, for a while.  False where it is refused. */
static bool
play_file(const char *path, uint64_t *rng, unsigned long round)
{
	const size_t *size = ONE_OF(sizes, rng);
	struct play_options o = { .ascii = below(rng, 4) == 0,
		.present = below(rng, 4) == 0,
		.tour = below(rng, 8) == 0,
		/* A short run is looked at as a long one is: in slices. */
		.slice = below(rng, 2) * (1 + below(rng, 200)) };
	struct driver v = { 0 };
	struct diag d = DIAG_INIT;

	if (session_open(&v.s, path, NULL, &d) != 0)
		return false;
	play_source_open(&v.src, &v.e, v.s, &d);
	v.src.save = NULL;
	CU_ASSERT_EQUAL(play_create(&v.p, &v.src, &o, &d), 0);
	if (v.p != NULL && grid_init(&v.g, size[0], size[1], o.ascii) == 0)
		use(&v, 10 + below(rng, 40), rng, round);
	driver_close(&v);
	return true;
}

static void
traces(void)
{
	uint64_t rng = 0x9e3779b97f4a7c15u;
	unsigned long rounds = 0, loaded = 0;
	clock_t end = end_of(2);
	struct buf good[LABS], text = BUF_INIT;
	char path[256];

	temporary(path, sizeof(path), "trace.jsonl");
	run_labs(good);
	while (clock() < end) {
		make_trace(&text, good, &rng);
		CU_ASSERT_EQUAL_FATAL(buf_write_file(&text, path), 0);
		loaded += play_file(path, &rng, rounds);
		rounds++;
	}
	unlink(path);
	/* Enough gets in for the rest to mean something. */
	CU_ASSERT(loaded > rounds / 20);
	printf("  %lu traces, %lu on the screen\n", rounds, loaded);
	for (size_t i = 0; i < LABS; i++)
		buf_free(&good[i]);
	buf_free(&text);
}

/* Labs themselves, which can be acted on. */
static void
sessions(void)
{
	uint64_t rng = 0x2545f4914f6cdd1du;
	unsigned long rounds = 0;

	for (clock_t end = end_of(1.2); clock() < end; rounds++)
		CU_ASSERT_TRUE(
		    play_file(ONE_OF(lab_names, &rng), &rng, rounds));
	printf("  %lu labs\n", rounds);
}

CHECK_MAIN("fuzz_play", { "traces", traces }, { "sessions", sessions })
