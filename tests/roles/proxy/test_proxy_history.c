/* Whom a request was for before: History-Info (RFC 7044), Diversion (RFC 5806).
 */
#include "fixtures/fork.h"

#define HI "History-Info"

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

static size_t
copy_of(struct tester *t)
{
	return tester_find(t, "INVITE", 0, 0);
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

CHECK_MAIN("proxy_history", { "many", many }, )
