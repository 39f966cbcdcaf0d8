/*
 * Wrong requests (msg/mutation.h): each is another one than the good one, in
 * what its row says and in nothing that matters besides; the same twice; and
 * has what it changes where the good one lacks it.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "msg/message.h"
#include "msg/mutation.h"
#include "msg/parts.h"

#define MARK "wrong-one"

static const char full[] =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bKgood\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:alice@example.com>;tag=1\r\n"
    "To: <sip:bob@example.com>\r\n"
    "Call-ID: good\r\n"
    "CSeq: 7 INVITE\r\n"
    "Contact: <sip:alice@a.example.com>\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Length: 2\r\n"
    "\r\n"
    "hi";
/* As short as may be, and within a dialog. */
static const char bare[] = "BYE sip:bob@example.com SIP/2.0\r\n"
			   "Via: SIP/2.0/UDP a.example.com\r\n"
			   "From: <sip:alice@example.com>;tag=1\r\n"
			   "To: <sip:bob@example.com>;tag=2\r\n"
			   "Call-ID: good\r\n"
			   "CSeq: 8 BYE\r\n"
			   "\r\n";

static void
mutate(const char *good, enum msg_mutation m, struct buf *out)
{
	buf_clear(out);
	CU_ASSERT_EQUAL_FATAL(msg_mutate(str_of(good), m, MARK, out), 0);
}

static bool
has(const struct buf *b, const char *text)
{
	return str_find(buf_view(b), text) >= 0;
}

/* All rows of both: the transaction is another one, the mark names it. */
static void
each_is_another(void)
{
	static const char *const goods[] = { full, bare };
	LOCAL_BUF plain = BUF_INIT, b = BUF_INIT, again = BUF_INIT;

	for (size_t g = 0; g < 2; g++) {
		mutate(goods[g], MSG_MUTATION_NONE, &plain);
		CU_ASSERT(has(&plain, "Call-ID: " MARK "\r\n"));
		CU_ASSERT(has(&plain, "branch=z9hG4bK" MARK));
		for (unsigned m = MSG_MUTATION_NONE + 1; m < MSG_MUTATION_COUNT;
		     m++) {
			bool none = g == 1 && m == MSG_MUTATION_NO_CONTACT;

			mutate(goods[g], (enum msg_mutation)m, &b);
			mutate(goods[g], (enum msg_mutation)m, &again);
			CU_ASSERT(str_eq(buf_view(&b), buf_view(&again)));
			CU_ASSERT_EQUAL(
			    str_eq(buf_view(&b), buf_view(&plain)), none);
			CU_ASSERT(has(&b, MARK));
			CU_ASSERT(
			    msg_mutation_text((enum msg_mutation)m)[0] != '\0');
		}
	}
}

/* What stands in the wrong one: of the full one, and of the bare one. */
static void
each_is_as_its_row_says(void)
{
	static const struct {
		enum msg_mutation m;
		const char *there, *gone;
	} rows[] = {
		{ MSG_MUTATION_NO_CALL_ID, NULL, "Call-ID:" },
		{ MSG_MUTATION_NO_CSEQ, NULL, "CSeq:" },
		{ MSG_MUTATION_NO_FROM, NULL, "From:" },
		{ MSG_MUTATION_NO_TO, NULL, "To:" },
		{ MSG_MUTATION_NO_HOPS, "Max-Forwards: 0\r\n",
		    "Max-Forwards: 70" },
		{ MSG_MUTATION_HOPS_WORD, "Max-Forwards: seventy\r\n",
		    "Max-Forwards: 70" },
		{ MSG_MUTATION_LENGTH_LONG, "Content-Length: 9999\r\n",
		    "Content-Length: 2\r\n" },
		{ MSG_MUTATION_LENGTH_NEGATIVE, "Content-Length: -999\r\n",
		    "Content-Length: 2\r\n" },
		{ MSG_MUTATION_CSEQ_METHOD, "CSeq: 7 NOTHING\r\n", NULL },
		{ MSG_MUTATION_EXTENSION, "Require: nothing-known\r\n", NULL },
		{ MSG_MUTATION_NO_COLON, "\r\nthis is no field\r\n", NULL },
		{ MSG_MUTATION_METHOD, "DANCE sip:bob@example.com SIP/2.0\r\n",
		    NULL },
		{ MSG_MUTATION_SCHEME, " nothingknown:bob SIP/2.0\r\n", NULL },
		{ MSG_MUTATION_VERSION, "SIP/7.0\r\n", NULL },
		{ MSG_MUTATION_DIALOG, ";tag=nobody\r\n", "tag=2" },
	};
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t g = 0; g < 2; g++) {
			mutate(g == 0 ? full : bare, rows[i].m, &b);
			if (rows[i].there != NULL)
				CU_ASSERT(has(&b, rows[i].there));
			if (rows[i].gone != NULL)
				CU_ASSERT_FALSE(has(&b, rows[i].gone));
		}
}

static unsigned
count(const struct buf *b, const char *text)
{
	struct str rest = buf_view(b);
	unsigned n = 0;
	ptrdiff_t at;

	while ((at = str_find(rest, text)) >= 0) {
		rest = str_slice(rest, (size_t)at + 1, rest.n);
		n++;
	}
	return n;
}

static void
some_stand_twice(void)
{
	LOCAL_BUF b = BUF_INIT;

	mutate(full, MSG_MUTATION_TWO_CSEQS, &b);
	CU_ASSERT_EQUAL(count(&b, "CSeq: 7 INVITE\r\n"), 2);
	mutate(full, MSG_MUTATION_TWO_FROMS, &b);
	CU_ASSERT_EQUAL(count(&b, "From: "), 2);
	mutate(full, MSG_MUTATION_TWO_TOS, &b);
	CU_ASSERT_EQUAL(count(&b, "\r\nTo: "), 2);
	mutate(full, MSG_MUTATION_HUGE, &b);
	CU_ASSERT(b.n > 3000);
	mutate(full, MSG_MUTATION_METHOD, &b);
	CU_ASSERT(has(&b, "CSeq: 7 DANCE\r\n"));
}

static void
what_is_no_request_has_none(void)
{
	LOCAL_BUF b = BUF_INIT;

	CU_ASSERT_EQUAL(
	    msg_mutate(STR(""), MSG_MUTATION_NO_TO, MARK, &b), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_mutate(STR("SIP/2.0 200 OK\r\n\r\n"),
			    MSG_MUTATION_NO_TO, MARK, &b),
	    ERR_SYNTAX);
}

CHECK_MAIN("wrong requests", { "each is another", each_is_another },
    { "each is as its row says", each_is_as_its_row_says },
    { "some stand twice", some_stand_twice },
    { "what is no request", what_is_no_request_has_none })
