/*
 * What libosip2's parser makes of messages, held against msg: of all that the
 * labs send, of the torture messages, and of some made here.  Where the two
 * differ there is a row with the reason; a row without a difference is a fault,
 * too.  Strange messages are read in a process each, for libosip2 crashes on
 * some.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "jobs/jobs.h"
#include "msg/message.h"
#include "sip/osip_read.h"

#define CPU_NS  INT64_C(10000000000)
#define REFUSED "refused by msg"

static int
ask(void *arg, uint64_t job, struct buf *out)
{
	const struct str *bytes = arg;
	int err = sip_osip_read(*bytes, out);

	(void)job;
	if (err == ERR_SYNTAX)
		buf_puts(out, "rejected");
	return err == ERR_SYNTAX ? 0 : err;
}

static struct buf heard;

static int
hear(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	(void)arg, (void)job, (void)what, (void)d;
	buf_str(&heard, end == JOB_DONE ? said : STR("crashed"));
	return 0;
}

/* "": libosip2 gives all of BYTES back, and msg finds nothing wrong with them.
 * Else what is lost, or "rejected"; and "refused by msg". */
static struct str
compare(struct str bytes)
{
	static struct msg m;
	struct diag d = { 0 };
	struct jobs j = { .at_once = 1,
		.bounds = { .cpu = CPU_NS, .said = MSG_MAX_BYTES },
		.work = ask,
		.done = hear,
		.arg = &bytes,
		.closed = -1 };
	bool good = msg_judge(&m, bytes, NULL) == MSG_FAULT_NONE;

	buf_clear(&heard);
	CU_ASSERT_EQUAL(jobs_do(&j, &d), 0);
	/* Both refuse it. */
	if (!good && str_is(buf_view(&heard), "rejected"))
		buf_clear(&heard);
	else if (!good)
		buf_puts(&heard, heard.n > 0 ? "; " REFUSED : REFUSED);
	return str_trim(buf_view(&heard));
}

/* ---- of the labs ---- */

static const struct loss {
	const char *begins, *why;
} losses[] = {
	{ "rejected", "handset-malformed: a line without a colon" },
	{ "Authorization: nonce=\"\"", "an empty value is not kept" },
	{ "Authorization: response=\"\"", "the same" },
	{ "Authorization: integrity-protected=",
	    "no parameter of RFC 2617 (3GPP TS 24.229 7.2A.2)" },
	{ "Authorization: auts=", "nor this one (RFC 3310 3.4)" },
	{ "WWW-Authenticate: ck=", "nor this one (3GPP TS 24.229 7.2A.1)" },
	{ "WWW-Authenticate: ik=", "nor this one (the same)" },
};

static uint32_t seen;

static bool
is_known(struct str line)
{
	for (size_t i = 0; i < COUNT_OF(losses); i++)
		if (str_starts(line, losses[i].begins)) {
			seen |= 1u << i;
			return true;
		}
	return false;
}

static void
read_lab(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF scratch = BUF_INIT, lost = BUF_INIT;
	struct trace *t = lab_trace(file, &o);
	struct trace_rec rec;
	uint64_t seq = 0;

	while (t != NULL && trace_next(t, TRACE_SEND, &seq, &rec)) {
		struct str bytes, line, rest;

		if (!str_is(trace_str(&rec, "proto", &scratch), "sip"))
			continue;
		bytes = trace_bytes(&rec, &scratch);
		buf_clear(&lost);
		if (str_trim(bytes).n > 0)
			ask(&bytes, 0, &lost);
		for (rest = buf_view(&lost); rest.n > 0;) {
			line = str_trim(str_cut(rest, ';', &rest));
			CU_ASSERT_TRUE(is_known(line));
			if (!is_known(line))
				printf("  %s, record %d: %.*s\n", file,
				    (int)seq, STR_ARG(line));
		}
	}
	trace_destroy(t);
}

static void
read_labs(void)
{
	seen = 0;
	labs_each(read_lab, false);
	CU_ASSERT_EQUAL(seen, (1u << COUNT_OF(losses)) - 1);
}

/* ---- of strange messages ---- */

static const struct row {
	const char *file, *differs, *why;
} torture[] = {
	{ "rfc4475/intmeth.dat", "rejected", "a NUL in a quoted string" },
	{ "rfc4475/escnull.dat",
	    "To: sip:null-%00-null@example.com; "
	    "From: sip:null-%00-null@example.com;tag=839923423",
	    "%00 ends a string in C" },
	{ "rfc4475/scalar02.dat", REFUSED, "numbers are texts to libosip2" },
	{ "rfc4475/scalarlg.dat", REFUSED, "numbers are texts to libosip2" },
	{ "rfc4475/mismatch01.dat", REFUSED,
	    "the method of CSeq is not compared with the request's" },
	{ "rfc4475/insuf.dat", REFUSED, "no field is mandatory" },
	{ "rfc4475/regaut01.dat",
	    "Authorization: NoOneKnowsThisScheme opaque-data=here",
	    "libosip2 knows the scheme Digest alone" },
	{ "rfc5118/ipv6-bad.dat", "REGISTER sip:2001:db8::10 SIP/2.0; " REFUSED,
	    "an address without brackets is a host and a port" },
};

/* Differences of FILE, as its row has them. */
static void
look(const char *file, struct str differs)
{
	const char *want = "";

	for (size_t i = 0; i < COUNT_OF(torture); i++)
		if (strcmp(torture[i].file, file) == 0) {
			want = torture[i].differs;
			seen |= 1u << i;
		}
	CU_ASSERT_TRUE(str_is(differs, want));
	if (!str_is(differs, want))
		printf("  %s: “%.*s” instead of “%s”\n", file, STR_ARG(differs),
		    want);
}

static void
torture_messages(void)
{
	LOCAL_BUF index = BUF_INIT, bytes = BUF_INIT;
	char path[512];
	struct str rest, more;

	snprintf(path, sizeof(path), "%s/torture/index.tsv", check_data());
	if (buf_read_file(&index, path, 1 << 20) != 0) {
		check_skip("no torture messages beside the project");
		return;
	}
	seen = 0;
	rest = buf_view(&index);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		struct str file = str_cut(line, '\t', &more);
		int n =
		    snprintf(path, sizeof(path), "%s/torture/", check_data());

		snprintf(
		    path + n, sizeof(path) - (size_t)n, "%.*s", STR_ARG(file));
		buf_clear(&bytes);
		CU_ASSERT_EQUAL(buf_read_file(&bytes, path, 1 << 20), 0);
		look(path + n, compare(buf_view(&bytes)));
	}
	CU_ASSERT_EQUAL(seen, (1u << COUNT_OF(torture)) - 1);
}

#define HEAD                                             \
	"OPTIONS sip:b@b.example SIP/2.0\r\n"            \
	"Via: SIP/2.0/UDP a.example;branch=z9hG4bKa\r\n" \
	"From: <sip:a@a.example>;tag=1\r\n"              \
	"To: <sip:b@b.example>\r\n"                      \
	"Call-ID: a\r\n"                                 \
	"CSeq: 1 OPTIONS\r\n"

static const struct row made[] = {
	{ HEAD "\r\n", "", "nothing" },
	{ HEAD "k: a\r\nc: text/plain\r\nl: 2\r\n\r\nab", "",
	    "compact, a body" },
	{ HEAD "Content-Length: 2\r\n\r\nab", "body",
	    "a body without a type is not kept" },
	{ HEAD "Route: <sip:p>\r\n\r\n", "Route: <sip:p>",
	    "a name-addr of seven characters or fewer is not kept" },
	{ HEAD "Route: <sip:p;lr>, <sip:p>, <sip:q;lr>\r\n\r\n",
	    "Route: <sip:p>", "nor one of several" },
	{ HEAD "Authorization: Digest username=\"a\", realm=\"b\", nonce=\"c\","
	       " uri=\"sip:b\", response=\"d\", color=\"red\"\r\n\r\n",
	    "Authorization: color=\"red\"",
	    "libosip2 drops parameters of Digest that it does not know" },
	{ HEAD "Contact: *\r\n\r\n", "", "all bindings" },
	{ "OPTIONS sip:b@b.example HTTP/1.1\r\n\r\n", "", "both refuse it" },
	{ HEAD "c: text/plain\r\nl: 5\r\n\r\nab", "", "both refuse it" },
};

static void
made_messages(void)
{
	for (size_t i = 0; i < COUNT_OF(made); i++) {
		struct str differs = compare(str_of(made[i].file));

		CU_ASSERT_TRUE(str_is(differs, made[i].differs));
		if (!str_is(differs, made[i].differs))
			printf("  %s (%d): “%.*s” instead of “%s”\n",
			    made[i].why, (int)i, STR_ARG(differs),
			    made[i].differs);
	}
	CU_ASSERT_TRUE(sip_osip_endangers((struct str){ "a\0b", 3 }));
	CU_ASSERT_TRUE(sip_osip_endangers(
	    STR("Content-Type: Multipart/mixed;boundary=a")));
	CU_ASSERT_FALSE(sip_osip_endangers(STR(HEAD)));
	buf_free(&heard);
}

CHECK_MAIN("osip_messages", { "labs", read_labs },
    { "torture messages", torture_messages }, { "made", made_messages })
