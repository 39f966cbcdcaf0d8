/*
 * Hostile streams through the framing, for a bounded time: what is found must
 * not depend on where the stream is cut, nothing is read beyond what has come,
 * and no message is larger than the limits.  $RUNG_FUZZ_SECONDS asks for more
 * than the usual half second.
 */
#include "fixtures/check.h"
#include "msg/framing.h"

#include <time.h>

static const char *const pieces[] = { "\r\n", "\r\n\r\n", "\r", "\n", "l: 0",
	"l: 3", "\r\nl: 4\r\n\r\nbody", "Content-Length: ", "9", "99999", " ",
	"OPTIONS sip:a SIP/2.0\r\nl:1\r\n\r\n\r", "SIP/2.0 200 OK\r\n", ":",
	"X: y\r\n", "\r\n 0", "A sip:b SIP/2.0\r\nL : 00\r\n\r\n", "l", "\t" };

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static size_t
make(char *p, size_t cap, uint64_t *x)
{
	size_t n = 0, want = (size_t)(next(x) % cap);

	/* Some of them never end. */
	if (next(x) % 64 != 0)
		want %= 400;
	while (n < want) {
		const char *piece =
		    pieces[next(x) % (sizeof(pieces) / sizeof(*pieces))];
		size_t len = strlen(piece);

		if (next(x) % 40 == 0) {
			p[n++] = (char)next(x);
			continue;
		}
		if (len > want - n)
			len = want - n;
		memcpy(p + n, piece, len);
		n += len;
	}
	return n;
}

/* What was found: kinds and sizes in order. */
struct found {
	struct {
		enum msg_framed kind;
		size_t n;
	} all[40000];
	size_t n;
	enum msg_fault fault;
};

static void
note(struct found *f, enum msg_framed kind, size_t n)
{
	/* Empty lines may come in several pieces. */
	if (kind == MSG_FRAMED_SKIP && f->n > 0 &&
	    f->all[f->n - 1].kind == MSG_FRAMED_SKIP) {
		f->all[f->n - 1].n += n;
		return;
	}
	f->all[f->n].kind = kind;
	f->all[f->n++].n = n;
}

/* S, of which at most STEP bytes come at a time, each time into memory that has
 * not one byte more. */
static void
read_stream(struct str s, size_t step, struct found *found)
{
	static struct msg scratch;
	struct msg_framing f = { 0 };
	struct msg_frame frame;
	size_t from = 0, to = 0;

	found->n = 0;
	found->fault = MSG_FAULT_NONE;
	for (;;) {
		char *own = malloc(to - from + (to == from));
		struct str in = { own, to - from };
		enum msg_framed kind;

		if (own == NULL)
			abort();
		memcpy(own, s.p + from, in.n);
		kind = msg_framing_next(&f, in, &scratch, &frame);
		free(own);
		if (kind == MSG_FRAMED_BAD) {
			found->fault = frame.fault;
			return;
		}
		if (kind == MSG_FRAMED_MORE) {
			if (to == s.n)
				return;
			to = s.n - to > step ? to + step : s.n;
			continue;
		}
		CU_ASSERT_FATAL(frame.n > 0 && frame.n <= in.n);
		CU_ASSERT_FATAL(
		    frame.n <= MSG_MAX_BYTES || kind != MSG_FRAMED_MESSAGE);
		note(found, kind, frame.n);
		from += frame.n;
	}
}

static bool
same(const struct found *a, const struct found *b)
{
	if (a->n != b->n || a->fault != b->fault)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->all[i].kind != b->all[i].kind ||
		    a->all[i].n != b->all[i].n)
			return false;
	return true;
}

static void
fuzz(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t stop = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	static char bytes[40000];
	static struct found whole, cut;
	uint64_t x = 88172645463325252u;
	unsigned long runs = 0, messages = 0;

	while (clock() < stop) {
		struct str s = { bytes, make(bytes, sizeof(bytes), &x) };
		size_t step = 1 + (size_t)(next(&x) % (s.n / 8 + 4));

		read_stream(s, s.n, &whole);
		read_stream(s, step, &cut);
		CU_ASSERT_FATAL(same(&whole, &cut));
		for (size_t i = 0; i < whole.n; i++)
			messages += whole.all[i].kind == MSG_FRAMED_MESSAGE;
		runs++;
	}
	/* Streams that never get anywhere would show nothing. */
	CU_ASSERT_TRUE(runs > 100 && messages > runs / 100);
}

CHECK_MAIN("fuzz_framing", { "streams cut anywhere", fuzz })
