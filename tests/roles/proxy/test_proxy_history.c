/* Whom a request was for before: History-Info (RFC 7044), Diversion (RFC 5806).
 */
#include "fixtures/fork.h"

#define HI "History-Info"
#define C  "sip:carol@192.0.2.13"

static void
start(const char *contacts, const char *attr, const char *value)
{
	struct node *n;

	fork_start("history=true diversion=true recurse=true", contacts);
	n = stage_node(&fork_s, "phone", "ua", "b.example", 20,
	    "aor=" FORK_BOB " services=proxy");
	if (attr != NULL)
		CU_ASSERT_EQUAL(node_set_attr(n, attr, value), 0);
}

#define ONE "Contact: <sip:bob@192.0.2.11>\n"

/* All values of NAME in the message AT of T, with commas. */
static bool
reads(struct tester *t, size_t at, const char *name, const char *want)
{
	const struct msg *m = tester_at(t, at);
	struct msg_values it = { 0 };
	struct buf all = BUF_INIT;
	struct str v;
	bool same;

	while (msg_next_value(m, msg_header_find(str_of(name)), &it, &v)) {
		if (all.n > 0)
			buf_putc(&all, ',');
		buf_str(&all, v);
	}
	same = str_is(buf_view(&all), want);
	if (!same)
		printf("  %s: %s\n  wanted: %s\n", name, buf_cstr(&all), want);
	buf_free(&all);
	return same;
}

static size_t
copy_of(struct tester *t)
{
	return tester_find(t, "INVITE", 0, 0);
}

/* What comes in, and the entries of the copy to the registered phone. */
static void
first_hop(void)
{
	static const struct {
		const char *extra, *want;
	} rows[] = {
		{ "", "<sip:bob@b.example>;index=1,"
		      "<sip:bob@192.0.2.11>;index=1.1;rc=1" },
		{ HI ": <" FORK_BOB ">;index=1\n",
		    "<sip:bob@b.example>;index=1,"
		    "<sip:bob@192.0.2.11>;index=1.1;rc=1" },
		{ HI ": <sip:x@y>;index=1," HI ":;,<" FORK_BOB ">;index=1.3\n",
		    "<sip:x@y>;index=1," HI ":;,<sip:bob@b.example>;index=1.3,"
		    "<sip:bob@192.0.2.11>;index=1.3.1;rc=1.3" },
		/* 10.3 rule 6: somebody between has said nothing. */
		{ HI ": <sip:x@y>;index=1.1.2\n",
		    "<sip:x@y>;index=1.1.2,<sip:bob@b.example>;index=1.1.2.0,"
		    "<sip:bob@192.0.2.11>;index=1.1.2.0.1;rc=1.1.2.0" },
		/* What is no index is none. */
		{ HI ": <sip:x@y>;index=\"1\",<sip:x@y>;index,*\n",
		    "<sip:x@y>;index=\"1\",<sip:x@y>;index,*,"
		    "<sip:bob@b.example>;index=1,"
		    "<sip:bob@192.0.2.11>;index=1.1;rc=1" },
		{ "Privacy: id;history\n",
		    "<sip:anonymous@anonymous.invalid>;index=1,"
		    "<sip:anonymous@anonymous.invalid>;index=1.1;rc=1" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[300];

		start(ONE, NULL, NULL);
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].extra, CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		CU_ASSERT(reads(&fork_a, copy_of(&fork_a), HI, rows[i].want));
		fork_answer(&fork_a, 404, "a", "");
		fork_stop();
	}
}

/* Forwarded when busy: the entry of who was busy has the Reason; the caller
 * gets it all back, if he wants it. */
static void
forwarded(void)
{
	static const char supported[] = "Supported: histinfo\n" CONTACT(8);
	static const char plain[] = CONTACT(8);

	for (int i = 0; i < 2; i++) {
		start(ONE, "forward_busy", C);
		fork_ask("INVITE", "i1", i == 0 ? supported : plain);
		fork_answer(&fork_a, 486, "a", "");
		CU_ASSERT(reads(&fork_c, copy_of(&fork_c), HI,
		    "<sip:bob@b.example>;index=1,"
		    "<sip:bob@192.0.2.11?Reason=SIP%3Bcause%3D486>"
		    ";index=1.1;rc=1,<" C ">;index=1.2;mp=1"));
		CU_ASSERT(reads(&fork_c, copy_of(&fork_c), "Diversion",
		    "<sip:bob@b.example>;reason=user-busy;counter=1"));
		/* What carol's side adds below hers. */
		fork_answer(&fork_c, 200, "c",
		    CONTACT(13) HI ": <x>;index=9, <sip:y@z>;index=1.2.1\n");
		CU_ASSERT(
		    reads(&fork_up, tester_find(&fork_up, "INVITE", 200, 0), HI,
			i == 1 ? "<x>;index=9,<sip:y@z>;index=1.2.1"
			       : "<sip:bob@b.example>;index=1,"
				 "<sip:bob@192.0.2.11?Reason=SIP%3Bcause%3D486>"
				 ";index=1.1;rc=1,<" C ">;index=1.2;mp=1,"
				 "<sip:y@z>;index=1.2.1"));
		fork_stop();
	}
}

/* A Diversion stands before those of earlier ones; no forwarding, none. */
static void
diversions(void)
{
	start(ONE, "forward", C);
	fork_ask(
	    "INVITE", "i1", "Diversion: <sip:x@y>;reason=away\n" CONTACT(8));
	CU_ASSERT(reads(&fork_c, copy_of(&fork_c), "Diversion",
	    "<sip:bob@b.example>;reason=unconditional;counter=1,"
	    "<sip:x@y>;reason=away"));
	fork_answer(&fork_c, 404, "c", "");
	fork_stop();
	start(ONE, NULL, NULL);
	fork_ask("INVITE", "i1", "Diversion: <sip:x@y>\n" CONTACT(8));
	CU_ASSERT(reads(&fork_a, copy_of(&fork_a), "Diversion", "<sip:x@y>"));
	/* 10.4: where a 3xx has sent it only the redirecting side would know.
	 */
	fork_answer(&fork_a, 302, "a", "Contact: <" C ">\n");
	CU_ASSERT(reads(&fork_c, copy_of(&fork_c), HI,
	    "<sip:bob@b.example>;index=1,"
	    "<sip:bob@192.0.2.11?Reason=SIP%3Bcause%3D302>;index=1.1;rc=1,"
	    "<" C ">;index=1.2"));
	fork_answer(&fork_c, 404, "c", "");
	fork_stop();
}

/* A thousand entries are passed on where the head has room for them, but get
 * none more; else the head is too large (513). */
static void
many(void)
{
	static const struct {
		size_t n;
		const char *each;
		size_t on; /* how many the copy has; 0: there is none */
	} rows[] = {
		{ 254, ",<sip:x>;index=1.1", 256 },
		{ 255, ",<sip:x>;index=1.1", 255 },
		{ 1000, ",<sip:x>;index=1.1", 0 },
		{ 1000, ",<sip:x>", 1000 },
		{ 1000, ",", 2 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf text = BUF_INIT;

		start(ONE, NULL, NULL);
		buf_puts(&text, HI ": <" FORK_BOB ">;index=1");
		for (size_t k = 1; k < rows[i].n; k++)
			buf_puts(&text, rows[i].each);
		buf_puts(&text, "\n" CONTACT(8));
		tester_say(&fork_up, 2,
		    "INVITE " FORK_BOB " SIP/2.0\n"
		    "Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKm\n"
		    "From: <sip:t@t>;tag=m\nTo: <" FORK_BOB ">\n"
		    "Call-ID: m\nCSeq: 1 INVITE\n%s\n",
		    buf_cstr(&text));
		stage_run(&fork_s, 200);
		CU_ASSERT_EQUAL(
		    tester_count(&fork_a, "INVITE", 0), rows[i].on > 0);
		CU_ASSERT_EQUAL(
		    tester_count(&fork_up, "INVITE", 513), rows[i].on == 0);
		if (rows[i].on > 0) {
			size_t n = msg_count_values(
			    tester_at(&fork_a, copy_of(&fork_a)),
			    MSG_H_HISTORY_INFO);

			CU_ASSERT_EQUAL(n, rows[i].on);
			fork_answer(&fork_a, 404, "a", "");
		}
		fork_stop();
		buf_free(&text);
	}
}

/* RFC 7044 9.4: responses that the proxy makes itself, for who asks. */
static void
own_responses(void)
{
	static const struct {
		const char *extra, *want;
	} rows[] = {
		{ "Supported: histinfo\n", "<sip:bob@b.example>;index=1" },
		{ HI ": <" FORK_BOB ">;index=1\n",
		    "<sip:bob@b.example>;index=1" },
		{ "Supported: path\n", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[200];
		size_t at;

		start("", NULL, NULL);
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].extra, CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		at = fork_up.n - 1;
		CU_ASSERT(tester_status(&fork_up, at) >= 300);
		CU_ASSERT(reads(&fork_up, at, HI, rows[i].want));
		fork_stop();
	}
}

CHECK_MAIN("proxy_history", { "own responses", own_responses },
    { "first_hop", first_hop }, { "forwarded", forwarded },
    { "diversions", diversions }, { "many", many })
