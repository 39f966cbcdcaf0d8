/*
 * The screen before a run of many records: what looks at all of them goes in
 * slices, with a word on how far it is; Esc stops what is waited for; what is
 * shown meanwhile is what was shown before.
 */
#include "fixtures/check.h"
#include "fixtures/play_driver.h"

#include "trace/align.h"

#include <unistd.h>

/* Longer than what is done at once. */
#define MESSAGES 40000
#define RECORDS  (2 * MESSAGES)

/* No time is measured: looks at the keyboard are counted. */
#define SLICE PLAY_WORK_RECORDS

static void
path_of(char *path, size_t n)
{
	const char *dir = getenv("TMPDIR");

	snprintf(path, n, "%s/rung-long-%ld.jsonl", dir != NULL ? dir : "/tmp",
	    (long)getpid());
}

/* OPTIONS between four nodes; the last goes to LAST. */
static void
make(struct buf *out, const char *last)
{
	buf_puts(out, "{\"kind\":\"trace\",\"version\":1,\"nodes\":["
		      "{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},"
		      "{\"name\":\"d\"}]}\n");
	for (int i = 0; i < MESSAGES; i++) {
		const char *dst = i == MESSAGES - 1 ? last
				  : i % 2 == 0      ? "b"
						    : "c";

		buf_printf(out,
		    "{\"seq\":%d,\"t\":%d000,\"node\":\"a\",\"kind\":\"send\","
		    "\"src\":\"a\",\"dst\":\"%s\",\"proto\":\"sip\","
		    "\"start\":\"OPTIONS sip:n%d@x\",\"cseq\":\"1 OPTIONS\","
		    "\"branch\":\"z9hG4bK%d\","
		    "\"text\":\"OPTIONS sip:n%d@x SIP/2.0\\r\\n\"}\n"
		    "{\"seq\":%d,\"t\":%d000,\"node\":\"%s\",\"kind\":\"recv\","
		    "\"of\":%d,\"cause\":%d}\n",
		    2 * i + 1, i + 1, dst, i, i, i, 2 * i + 2, i + 1, dst,
		    2 * i + 1, 2 * i + 1);
	}
}

static bool
opens(struct driver *v)
{
	struct play_options o = { .theme = THEME_DEFAULT };
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;
	char path[256];
	bool ok;

	memset(v, 0, sizeof(*v));
	path_of(path, sizeof(path));
	make(&text, "d");
	ok = buf_write_file(&text, path) == 0 &&
	     session_open(&v->s, path, NULL, &d) == 0;
	unlink(path);
	if (ok) {
		play_source_open(&v->src, &v->e, v->s, &d);
		v->src.save = NULL;
		ok = play_create(&v->p, &v->src, &o, &d) == 0 &&
		     grid_init(&v->g, 118, 35, false) == 0;
	}
	CU_ASSERT_TRUE(ok);
	return ok;
}

/* KEYS, and nothing is gone on with but by them. */
static void
keys(struct driver *v, const char *keys)
{
	struct str rest = str_of(keys), word;
	size_t used;

	while (rest.n > 0) {
		struct key key;

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

/* How many looks at the keyboard until nothing is left to do. */
static size_t
slices(struct driver *v)
{
	size_t n = 0;

	while (n < RECORDS && play_work(v->p))
		n++;
	return n;
}

static void
the_screen_is_there_before_the_ladder(void)
{
	struct driver v;

	if (opens(&v)) {
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 0"));
		CU_ASSERT_TRUE(driver_shows(&v, "drawing the ladder"));
		keys(&v, "End");
		CU_ASSERT_TRUE(slices(&v) < 2 * RECORDS / SLICE + 8);
		CU_ASSERT_TRUE(driver_shows(&v, "message 40000 of 40000"));
		keys(&v, "Left Left");
		CU_ASSERT_TRUE(driver_shows(&v, "message 39999 of 40000"));
	}
	driver_close(&v);
}

/* They are found behind the ladder, which is there meanwhile, and another kind
 * takes their place. */
static void
brackets_are_found_in_slices(void)
{
	struct driver v;

	if (opens(&v)) {
		slices(&v);
		keys(&v, "End m");
		CU_ASSERT_TRUE(driver_shows(&v, "brackets: transactions"));
		CU_ASSERT_TRUE(driver_shows(&v, "message 40000 of 40000"));
		CU_ASSERT_PTR_NULL(play_view(v.p)->brackets);
		CU_ASSERT_PTR_NOT_NULL(play_view(v.p)->marking);
		CU_ASSERT_TRUE(slices(&v) >= MESSAGES / SLICE);
		CU_ASSERT_TRUE(driver_shows(&v, "] T40000"));
		keys(&v, "m");
		play_work(v.p);
		keys(&v, "m");
		play_work(v.p);
		keys(&v, "m");
		CU_ASSERT_PTR_NULL(play_view(v.p)->marking);
		CU_ASSERT_TRUE(slices(&v) < 3);
		/* With a layout that is made anew they come at once. */
		keys(&v, "m x");
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "] T40000"));
	}
	driver_close(&v);
}

static void
a_search_goes_in_slices(void)
{
	struct driver v;

	if (opens(&v)) {
		slices(&v);
		keys(&v, "/ nowhere Enter");
		CU_ASSERT_TRUE(driver_shows(&v, "searching … "));
		CU_ASSERT_TRUE(driver_shows(&v, "Esc stops it"));
		CU_ASSERT_TRUE(slices(&v) > RECORDS / SLICE);
		CU_ASSERT_TRUE(driver_shows(&v, "nothing matches “nowhere”"));
		/* One from the end, seen before all was. */
		keys(&v, "/ n39998@ Enter");
		CU_ASSERT_TRUE(driver_shows(&v, "searching … "));
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "match 1 of 2"));
		CU_ASSERT_TRUE(driver_shows(&v, "message 39999 of 40000"));
		/* One from the beginning: how many there are is said later. */
		keys(&v, "Home / n7@ Enter");
		CU_ASSERT_TRUE(driver_shows(&v, "message 8 of 40000"));
		CU_ASSERT_TRUE(driver_shows(&v, "searching … "));
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "match 1 of 2"));
	}
	driver_close(&v);
}

static void
esc_stops_a_search(void)
{
	struct driver v;

	if (opens(&v)) {
		slices(&v);
		keys(&v, "/ nowhere Enter");
		play_work(v.p);
		keys(&v, "Esc");
		CU_ASSERT_TRUE(driver_shows(&v, "stopped; n continues"));
		CU_ASSERT_TRUE(slices(&v) < 3);
		CU_ASSERT_TRUE(play_view(v.p)->sought < RECORDS);
		CU_ASSERT_TRUE(driver_shows(&v, "stopped; n continues"));
		keys(&v, "n");
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "nothing matches"));
	}
	driver_close(&v);
}

static void
a_filter_goes_in_slices(void)
{
	struct driver v;

	if (opens(&v)) {
		slices(&v);
		keys(&v, "f node=d Enter");
		CU_ASSERT_TRUE(driver_shows(&v, "filtering … "));
		/* Meanwhile all is there. */
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 40000"));
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 1"));
		keys(&v, "f C-u text=nowhere Enter");
		play_work(v.p);
		keys(&v, "Esc");
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "stopped; there is no filter"));
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 40000"));
		keys(&v, "f C-u text=nowhere Enter");
		slices(&v);
		CU_ASSERT_TRUE(driver_shows(&v, "no message matches"));
	}
	driver_close(&v);
}

static void
another_ladder_is_laid_out_in_slices(void)
{
	struct driver v;

	if (opens(&v)) {
		slices(&v);
		keys(&v, "] ] ] H");
		CU_ASSERT_TRUE(driver_shows(&v, "drawing the ladder"));
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 40000"));
		/* Another wish while it is made, and a pane. */
		play_work(v.p);
		keys(&v, "x 6");
		CU_ASSERT_TRUE(driver_shows(&v, "drawing the ladder"));
		CU_ASSERT_TRUE(slices(&v) > 2);
		CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 20001"));
	}
	driver_close(&v);
}

/* Another trace beside the first. */
struct pair {
	const struct trace *one, *other;
};

static size_t
two(void *arg)
{
	(void)arg;
	return 2;
}

static const struct trace *
trace_of(size_t branch, void *arg)
{
	const struct pair *p = arg;

	return branch == 0 ? p->one : p->other;
}

static const char *
name_of(size_t branch, void *arg)
{
	(void)arg;
	return branch == 0 ? "one" : "other";
}

static void
branches_are_compared_in_slices(void)
{
	const struct play_source src = { .title = "two",
		.branches = two,
		.trace = trace_of,
		.name = name_of };
	struct play_options o = { .theme = THEME_DEFAULT };
	struct diag d = DIAG_INIT;
	struct buf texts[2] = { BUF_INIT, BUF_INIT };
	struct trace *traces[2] = { NULL, NULL };
	struct play_source with = src;
	struct pair pair;
	struct driver v = { 0 };

	for (int i = 0; i < 2; i++) {
		make(&texts[i], i == 0 ? "d" : "b");
		CU_ASSERT_EQUAL_FATAL(
		    trace_load_buf(&traces[i], &texts[i], "made", &d), 0);
	}
	pair = (struct pair){ traces[0], traces[1] };
	with.arg = &pair;
	CU_ASSERT_EQUAL_FATAL(play_create(&v.p, &with, &o, &d), 0);
	CU_ASSERT_EQUAL_FATAL(grid_init(&v.g, 118, 35, false), 0);
	slices(&v);
	keys(&v, "B");
	CU_ASSERT_EQUAL(play_difference(v.p, 0), 0);
	/* The key has looked at the first. */
	CU_ASSERT_TRUE(slices(&v) >= RECORDS / SLICE - 2);
	CU_ASSERT_EQUAL(play_difference(v.p, 0), RECORDS - 1);
	CU_ASSERT_EQUAL(play_view(v.p)->seq, RECORDS - 1);
	CU_ASSERT_EQUAL(play_difference(v.p, 1), RECORDS - 1);
	CU_ASSERT_EQUAL(trace_count_same(traces[0], traces[1], 0, 10), 10);
	CU_ASSERT_EQUAL(
	    trace_count_same(traces[0], traces[0], 5, UINT64_MAX), RECORDS);
	driver_close(&v);
	for (int i = 0; i < 2; i++) {
		trace_destroy(traces[i]);
		buf_free(&texts[i]);
	}
}

CHECK_MAIN("play_long", { "opens", the_screen_is_there_before_the_ladder },
    { "brackets", brackets_are_found_in_slices },
    { "search", a_search_goes_in_slices }, { "stop", esc_stops_a_search },
    { "filter", a_filter_goes_in_slices },
    { "ladder", another_ladder_is_laid_out_in_slices },
    { "branches", branches_are_compared_in_slices })
