/*
 * The gate at its worst: what one datagram costs, by shape, and a hop as it
 * usually is.  Aim: 64 KiB of anything in at most 1 ms.
 */
#include "fixtures/sip_world.h"

#include "bench.h"

#define ROUNDS 40

static char text[70000];
static size_t length;

static void
add(const char *s)
{
	size_t n = strlen(s);

	if (length + n <= sizeof(text)) {
		memcpy(text + length, s, n);
		length += n;
	}
}

static void
fill(const char *s, size_t upto)
{
	while (length + strlen(s) <= upto)
		add(s);
}

#define HEAD                                                         \
	"OPTIONS sip:a@192.0.2.1 SIP/2.0\r\n"                        \
	"Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r\n"             \
	"From: <sip:b@192.0.2.2>;tag=b\r\nTo: <sip:a@192.0.2.1>\r\n" \
	"Call-ID: c@d\r\nCSeq: 1 OPTIONS\r\n"

/* HEAD, then START, then PIECE to UPTO bytes, then END, then the body. */
struct shape {
	const char *name, *start, *piece;
	size_t upto;
	const char *end;
	bool body; /* 64 KiB in all */
};

/* clang-format off */
static const struct shape shapes[] = {
	{ "usual", "Contact: <sip:b@192.0.2.2>\r\n", "Allow: INVITE\r\n", 300, "\r\n", false },
	{ "256 fields", "", "X: y\r\n", 1700, "\r\n", true },
	{ "256 long fields", "", "X-Field: 0123456789012345678901234567890123456789012\r\n", 13900, "\r\n", true },
	{ "16 KiB of Contact", "", "Contact: <sip:b@192.0.2.2>;q=0.5;expires=60\r\n", 10000, "\r\n", true },
	{ "Contacts in one field", "Contact: <sip:b@h>", ",<sip:c@h>", 2700, "\r\n\r\n", true },
	{ "250 Vias", "Via: SIP/2.0/UDP h", ",SIP/2.0/UDP i;branch=z9hG4bK2", 7600, "\r\n\r\n", true },
	{ "too many Vias", "Via: SIP/2.0/UDP h", ",SIP/2.0/UDP i", 16200, "\r\n\r\n", true },
	{ "64 parameters", "Contact: <sip:b@h>", ";abc=d", 500, "\r\n\r\n", true },
	{ "64 parameters each", "Contact: <sip:b@h>", ";a=b;a=b;a=b;a=b;a=b;a=b;a=b;a=b;a=b;a=b;a=b,<sip:b@h>", 3900, "\r\n\r\n", true },
	{ "too many parameters", "Contact: <sip:b@h>", ";a", 16200, "\r\n\r\n", true },
	{ "URI parameters", "Contact: <sip:b@h", ";abc=d", 500, ">\r\n\r\n", true },
	{ "quotes", "Subject: ", "\"\"", 16200, "\r\n\r\n", true },
	{ "open quotes", "Contact: \"", "\"a", 16200, "\r\n\r\n", true },
	{ "escapes", "Contact: \"", "\\\"", 16200, "\" <sip:b@h>\r\n\r\n", true },
	{ "commas", "Contact: <sip:b@h>", ",", 16200, "\r\n\r\n", true },
	{ "commas in Via", "Via: SIP/2.0/UDP h", ",", 4000, "\r\n\r\n", true },
	{ "commas, unknown field", "X: a", ",", 4000, "\r\n\r\n", true },
	{ "<", "Contact: <sip:b@h>", "<", 16200, "\r\n\r\n", true },
	{ "< in unknown field", "X: ", "<sip:,", 4000, "\r\n\r\n", true },
	{ "folds", "Subject: x", "\r\n y", 16200, "\r\n\r\n", true },
	{ "short folds", "Subject: x", "\r\n y", 4000, "\r\n\r\n", true },
	{ "NULs in quotes", "Subject: \"", "a", 16200, "\"\r\n\r\n", true },
	{ "no end", "X: ", "x", 65536, "", false },
	{ "bare LF", "X: ", "x\n", 65536, "", false },
	{ "CRLFs before", "", "\r\n", 65536, "", false },
	{ "Allow list", "Allow: A", ",A", 4000, "\r\n\r\n", true },
	{ "Accept list", "Accept: a/b", ",a/b;c=d", 4000, "\r\n\r\n", true },
	{ "Call-Info list", "Call-Info: <sip:x>", ",<sip:y>;a=b", 4000, "\r\n\r\n", true },
	{ "Authorization", "Authorization: Digest a=\"b\"", ",nonce=\"c\"", 4000, "\r\n\r\n", true },
	{ "WWW-Authenticate", "WWW-Authenticate: Digest realm=\"b\"", ",a=b", 4000, "\r\n\r\n", true },
	{ "spaces", "Subject: x", " ", 16200, "y\r\n\r\n", true },
};
/* clang-format on */

static double
once(struct sip_world *w)
{
	struct str bytes = { text, length };
	double t = bench_now();

	sip_world_receive_bytes(w, "192.0.2.2:5060", bytes);
	return bench_now() - t;
}

static double
measure(const struct shape *s)
{
	double times[ROUNDS];

	length = 0;
	add(HEAD);
	add(s->start);
	fill(s->piece, s->upto);
	add(s->end);
	if (strcmp(s->name, "NULs in quotes") == 0)
		for (size_t i = 400; i < 16000; i += 2)
			text[i] = '\0';
	if (s->body)
		fill("v=0\r\n", MSG_MAX_BYTES);
	for (size_t i = 0; i < ROUNDS; i++) {
		struct sip_world w;

		sip_world_open(&w);
		times[i] = once(&w);
		sip_world_close(&w);
	}
	return bench_median(times, ROUNDS);
}

/* A hop: the INVITE arrives, 180 and 200 go out, made anew each time. */
static void
hops(void)
{
	struct sip_world w;
	double t;
	const int n = 20000;

	sip_world_open(&w);
	t = bench_now();
	for (int i = 0; i < n; i++) {
		char branch[32];

		snprintf(branch, sizeof(branch), "z9hG4bK%d", i);
		sip_world_request_in(&w, "INVITE", branch, "");
		sip_world_respond(&w, 180);
		sip_world_respond(&w, 200);
		sip_world_forget(&w);
		buf_clear(&w.trace);
		if (i % 1000 == 999)
			sip_world_run(&w, sim_now(w.sim) / SIM_MS + 33000);
	}
	bench_print("INVITE in, 180 and 200 out", (bench_now() - t) / n * 1e6,
	    "us", NULL);
	sip_world_close(&w);
}

int
main(void)
{
	double worst = 0;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		double t = measure(&shapes[i]);

		bench_print(shapes[i].name, t * 1e6, "us", NULL);
		worst = t > worst ? t : worst;
	}
	bench_print("the worst", worst * 1e3, "ms", "at most 1");
	hops();
	return 0;
}
