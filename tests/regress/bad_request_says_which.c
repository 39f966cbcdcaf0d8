/*
 * The reason phrase of a 400 names the field that is at fault (RFC 3261
 * 21.4.1).
 */
#include "fixtures/fork.h"

static const struct {
	const char *request, *phrase;
} rows[] = {
	{ "F%sT%sS%s", "Missing Call-ID header field" },
	{ "T%sI%sS%s", "Missing From header field" },
	{ "F%sT%sI%sS%sI%s", "Two Call-ID header fields" },
	{ "F%sT%sI%sS%sExpires: soon\n%s", "Bad Expires header field" },
	{ "F%sT%sI%sS%sm: <sip:\n%s", "Bad m header field" },
};

/* One letter stands for each field that a request needs. */
static void
say(const char *fields)
{
	LOCAL_BUF b = BUF_INIT;

	for (const char *p = fields; *p != '\0'; p++) {
		if (p[0] == '%' && p[1] == 's')
			p++;
		else if (*p == 'F' && p[1] == '%')
			buf_puts(&b, "From: <sip:a@b.example>;tag=1\n");
		else if (*p == 'T' && p[1] == '%')
			buf_puts(&b, "To: <sip:bob@b.example>\n");
		else if (*p == 'I' && p[1] == '%')
			buf_puts(&b, "Call-ID: x\n");
		else if (*p == 'S' && p[1] == '%')
			buf_puts(&b, "CSeq: 1 OPTIONS\n");
		else
			buf_putc(&b, *p);
	}
	tester_say(&fork_up, 2,
	    "OPTIONS sip:b.example SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK1\n%s\n",
	    buf_cstr(&b));
	stage_run(&fork_s, 25);
}

static void
names_the_field(void)
{
	fork_start("", "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fork_up.n = 0;
		say(rows[i].request);
		CU_ASSERT_EQUAL(tester_status(&fork_up, 0), 400);
		if (str_find(
			tester_at(&fork_up, 0)->start_line, rows[i].phrase) < 0)
			printf("  row %zu: %.*s\n", i,
			    STR_ARG(tester_at(&fork_up, 0)->start_line));
		CU_ASSERT(str_find(tester_at(&fork_up, 0)->start_line,
			      rows[i].phrase) >= 0);
	}
	fork_stop();
}

/* What a role judges that is beyond the message's form. */
static void
of_a_role(void)
{
	static const struct {
		const char *attrs, *method, *uri, *to, *fields, *phrase;
	} roles[] = {
		{ "", "OPTIONS", FORK_BOB, FORK_BOB, "Max-Forwards: 256\n",
		    "Bad Max-Forwards header field" },
		{ "stateless=true", "OPTIONS", "sip:bob@192.0.2.11", FORK_BOB,
		    "Max-Forwards: 256\n", "Bad Max-Forwards header field" },
		{ "", "REGISTER", "sip:b.example", FORK_BOB, "Contact: *\n",
		    "Bad Contact header field" },
		{ "", "REGISTER", "sip:b.example", "tel:+1234",
		    "Contact: <sip:bob@192.0.2.11>\n", "Bad To header field" },
		{ "", "REGISTER", "sip:b.example", FORK_BOB,
		    "Path: <sip:\nContact: <sip:bob@192.0.2.11>\n",
		    "Bad Path header field" },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		fork_start(roles[i].attrs, "");
		fork_up.n = 0;
		tester_say(&fork_up, 2,
		    "%s %s SIP/2.0\n"
		    "Via: SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK1\n"
		    "From: <sip:a@b.example>;tag=1\nTo: <%s>\n"
		    "Call-ID: x\nCSeq: 1 %s\n%s\n",
		    roles[i].method, roles[i].uri, roles[i].to, roles[i].method,
		    roles[i].fields);
		stage_run(&fork_s, 25);
		CU_ASSERT_EQUAL(tester_status(&fork_up, 0), 400);
		if (fork_up.n == 0 ||
		    str_find(tester_at(&fork_up, 0)->start_line,
			roles[i].phrase) < 0) {
			printf("  role %zu: not %s\n", i, roles[i].phrase);
			CU_FAIL("another phrase");
		}
		fork_stop();
	}
}

CHECK_MAIN("bad_request_says_which", { "names the field", names_the_field },
    { "of a role", of_a_role })
