/*
 * Every text and figure of traces with bytes changed by a fixed stream of
 * numbers: whatever stands in a trace, the scripts keep to their grammars.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "ladder/ladder_file.h"
#include "script_check.h"
#include "pictures/machines/machine_dot.h"
#include "pictures/network/network_dot.h"

#include <stdlib.h>
#include <time.h>

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* What takes the place of a letter or a digit inside a string. */
static const char *const pieces[] = { "0", "9", "-", ";", "#", "%%", "end",
	"\\u0000", "\\u202e", "爱", "\\r\\n", "\\n", "<b>", "]]>", "``````",
	"~~", "**", "//", "__", "[[", "<U+0041>", "&#65;", "\\\\", "\\\"",
	"%%{init: {}}%%", "wrap:", "@enduml", "!include", "", " ", "|", "$$" };

/* TEXT with some places changed, mostly in strings. */
static void
mutate(struct buf *out, struct str text, uint64_t *rng)
{
	size_t at = 0;

	buf_clear(out);
	for (unsigned i = 0; i < 12; i++) {
		size_t to = (size_t)(next(rng) % (text.n - 8));

		/* Half of them in the head, which has names and labels. */
		if (next(rng) % 2 == 0)
			to %= (size_t)str_chr(text, '\n');
		to = to < at ? at : to;
		while (
		    to + 2 < text.n && !(chr_is_alpha(text.p[to]) && to > 0 &&
					   chr_is_alnum(text.p[to + 1]) &&
					   chr_is_alnum(text.p[to - 1])))
			to++;
		buf_str(out, str_slice(text, at, to));
		buf_puts(out,
		    pieces[next(rng) % (sizeof(pieces) / sizeof(pieces[0]))]);
		at = to + 1 < text.n ? to + 1 : text.n;
	}
	buf_str(out, str_slice(text, at, text.n));
}

static void
ladders(const struct trace *t, uint64_t round)
{
	static const char *const formats[] = { "txt", "md", "json", "mmd",
		"puml" };
	struct ladder_file_options fo = { .messages = true };
	struct layout_options o = LAYOUT_OPTIONS;
	uint64_t seqs[] = { 1, trace_count(t) / 2 + 1, trace_count(t) };
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct layout *l = NULL;

	o.number = round % 2;
	o.fold = round % 3 == 0;
	o.remarks = seqs;
	o.nremarks = trace_count(t) > 2 ? 3 : 0;
	CU_ASSERT_EQUAL(layout_create(&l, t, &o, &d), 0);
	for (size_t k = 0; l != NULL && k < COUNT_OF(formats); k++) {
		bool mermaid = strcmp(formats[k], "mmd") == 0;

		buf_clear(&out);
		CU_ASSERT_EQUAL(
		    ladder_file_write(formats[k], t, l, &fo, &out, &d), 0);
		CU_ASSERT(utf8_valid(buf_view(&out)));
		if (mermaid || strcmp(formats[k], "puml") == 0)
			CU_ASSERT(
			    script_is_sound(buf_view(&out), mermaid, SIZE_MAX));
	}
	layout_destroy(l);
}

static void
figures(const struct trace *t)
{
	struct machine_path paths[4];
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(machine_path_init(&paths[i], machine_at(i)), 0);
	machine_paths_take(paths, 4, t, NULL);
	CU_ASSERT_EQUAL(machine_dot_write(paths, 4, NULL, &out), 0);
	CU_ASSERT_EQUAL(network_dot_write(t, NULL, &out, NULL), 0);
	CU_ASSERT(utf8_valid(buf_view(&out)));
	for (size_t i = 0; i < 4; i++)
		machine_path_free(&paths[i]);
}

static void
fuzz(void)
{
	static const char *const names[] = { "labs/lost-messages",
		"labs/lying-location", "labs/rfc3665-3.7", "labs/torn-tcp" };
	struct lab_options o = { .detail = TRACE_PROTOCOL };
	struct buf text[4], one = BUF_INIT;
	uint64_t rng = 0x9e3779b97f4a7c15u;
	unsigned long rounds = 0, loaded = 0;
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);

	for (size_t i = 0; i < 4; i++) {
		struct diag said = DIAG_INIT;

		text[i] = BUF_INIT;
		CU_ASSERT_EQUAL_FATAL(
		    lab_run(names[i], &o, &text[i], &said), 0);
	}
	while ((rounds < 2000 || more != NULL) && clock() < end) {
		struct diag said = DIAG_INIT;
		struct trace *t = NULL;

		mutate(&one, buf_view(&text[rounds % 4]), &rng);
		if (trace_load_buf(&t, &one, "fuzz", &said) == 0) {
			loaded++;
			ladders(t, rounds);
			figures(t);
		}
		trace_destroy(t);
		rounds++;
	}
	CU_ASSERT(loaded > rounds / 50);
	printf("  %lu rounds, %lu loaded\n", rounds, loaded);
	for (size_t i = 0; i < 4; i++)
		buf_free(&text[i]);
	buf_free(&one);
}

CHECK_MAIN("fuzz_texts", { "fuzz", fuzz })
