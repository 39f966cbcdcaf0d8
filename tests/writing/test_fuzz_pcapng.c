/*
 * Captures of traces that nobody wrote: records of real runs with bytes
 * changed, lines left out, doubled and swapped, from a fixed stream of numbers.
 * Whatever loads must come out as a well-formed file; with the sanitizers on,
 * that is the test.
 */
#include "base/err.h"
#include "writing/pcapng_write.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "pcapng_check.h"

#include <time.h>

static uint64_t
draw(uint64_t *state)
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
	return (size_t)(draw(state) % n);
}

static int
into(const char *p, size_t n, void *arg)
{
	struct buf *out = arg;

	buf_add(out, p, n);
	return out->err;
}

/* Numbers and words that a field may hold instead. */
static const char *const values[] = { "0", "-1", "1", "7", "8", "65507",
	"65536", "4294967295", "9223372036854775807", "\"\"", "\"x\"", "[]",
	"[1,2]", "null", "\"syn ack\"", "\"data frag\"", "\"frag dup\"",
	"\"alice>lan\"", "\">\"", "\"[::1]:1\"", "\"tcp\"", "\"udp\"",
	"\"0.0.0.0\"" };

/* Fields that decide what becomes of a packet. */
static const char *const keys[] = { "\"of\":", "\"off\":", "\"len\":",
	"\"conn\":", "\"flags\":", "\"link\":", "\"src\":", "\"dst\":",
	"\"src_addr\":", "\"dst_addr\":", "\"transport\":", "\"reason\":",
	"\"node\":", "\"packet\":", "\"cut\":", "\"delay\":" };

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* LINE with the value of one of those fields replaced. */
static void
put_changed(struct buf *out, struct str line, uint64_t *state)
{
	const char *key = keys[below(state, COUNT(keys))];
	ptrdiff_t at = str_find(line, key);
	size_t end;

	if (at < 0) {
		buf_str(out, line);
		return;
	}
	end = (size_t)at + strlen(key);
	buf_str(out, str_slice(line, 0, end));
	buf_puts(out, values[below(state, COUNT(values))]);
	if (line.p[end] == '"')
		for (end++; end < line.n && line.p[end] != '"'; end++) {
		}
	while (end < line.n && line.p[end] != ',' && line.p[end] != '}')
		end++;
	buf_str(out, str_slice(line, end, line.n));
}

/* TEXT with some of its lines changed; numbers stay in order, as all lines
 * stay. */
static void
mutate(struct buf *out, struct str text, uint64_t *state, size_t rate)
{
	buf_clear(out);
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		if (below(state, rate) == 0)
			put_changed(out, line, state);
		else
			buf_str(out, line);
		buf_putc(out, '\n');
	}
}

static void
write_one(struct buf *text, struct buf *file, unsigned *good)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct seen s;

	if (trace_load_buf(&t, text, "fuzz", &d) != 0)
		return;
	++*good;
	buf_clear(file);
	CU_ASSERT_EQUAL(pcapng_write(t, &PCAPNG_OPTIONS, into, file, &d), 0);
	trace_destroy(t);
	seen_read(&s, buf_view(file), NULL, NULL);
	if (s.wrong != NULL)
		printf("wrong: %s\n", s.wrong);
	CU_ASSERT_PTR_NULL(s.wrong);
}

static const struct {
	const char *file;
	enum trace_detail detail;
} runs[] = {
	{ "labs/torn-tcp", TRACE_NETWORK },
	{ "labs/torn-tcp", TRACE_PROTOCOL },
	{ "topologies/ipv6.gv", TRACE_NETWORK },
	{ "labs/lying-location", TRACE_PROTOCOL },
};

static void
changed_runs(void)
{
	LOCAL_BUF text = BUF_INIT, other = BUF_INIT, file = BUF_INIT;
	clock_t start = clock();
	uint64_t state = 0x9e3779b97f4a7c15u;
	unsigned good = 0;

	for (size_t i = 0; i < COUNT(runs); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct diag d = DIAG_INIT;

		o.detail = runs[i].detail;
		CU_ASSERT_EQUAL_FATAL(lab_run(runs[i].file, &o, &text, &d), 0);
		for (unsigned n = 0; n < 400; n++) {
			mutate(&other, buf_view(&text), &state,
			    1 + below(&state, 30));
			write_one(&other, &file, &good);
			if (clock() - start > 20 * CLOCKS_PER_SEC)
				break;
		}
	}
	CU_ASSERT(good > 50);
}

CHECK_MAIN("fuzz_pcapng", { "changed runs", changed_runs })
