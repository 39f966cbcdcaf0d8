/*
 * The example flows of RFCs that extend SIP (tests/labs/rfc_extensions.h)
 * against their labs, message by message, with the header fields that make them
 * what they are.
 */
#include "fixtures/flow_check.h"
#include "rfc_extensions.h"

#define NFLOWS (sizeof(rfc_extensions) / sizeof(rfc_extensions[0]))

static void
as_written_here(void)
{
	for (size_t i = 0; i < NFLOWS; i++) {
		struct ladder want;
		struct seen s;

		read_flow(&rfc_extensions[i], &want);
		if (see(&rfc_extensions[i], &s)) {
			CU_ASSERT_TRUE(equals(&rfc_extensions[i], &want, &s));
			forget(&s);
		}
	}
}

/* A comparison that never fails would prove nothing: the call of RFC 3665 3.1
 * with something else said of its messages each time. */
static void
notices_a_fact(void)
{
#define INVITE "alice -> bob INVITE"
#define REST                                 \
	"\nbob -> alice 180 INVITE | -sdp\n" \
	"bob -> alice 200 INVITE\n"          \
	"alice -> bob ACK\n"                 \
	"bob -> alice BYE"
#define END "\nalice -> bob 200 BYE\n"
	static const struct {
		const char *lines;
		unsigned wrong;
	} rows[] = {
		{ INVITE " | sdp | Event: *" REST END, 1 },
		{ INVITE " | sdp | -Event | CSeq: 1 INVITE" REST END, 0 },
		{ INVITE " | -sdp | -CSeq" REST END, 2 },
		{ INVITE " | CSeq: * INVIT" REST END, 1 },
		{ INVITE " | uri: sip:bob@*| body: v=0*m=audio*" REST END, 0 },
		{ INVITE " | uri: sip:bob@ | body: v=1*" REST END, 2 },
		{ INVITE " | Call-ID: $c" REST " | Call-ID: $c" END, 0 },
		{ INVITE " | From: *;tag=$t" REST " | To: *;tag=$t" END, 0 },
		{ INVITE " | From: *;tag=$t" REST " | From: *;tag=$t" END, 1 },
		{ "once\nalice -> bob INVITE" REST END, 0 },
		{ "among alice bob\nalice -> bob INVITE" REST END, 0 },
		{ "among alice carol\nalice -> bob INVITE" REST END, 6 },
	};
	struct flow f = { "rfc3665-3.1", INVITE };
	struct seen s;

	CU_ASSERT_TRUE_FATAL(see(&f, &s));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf said = BUF_INIT;
		struct ladder want;

		f.lines = rows[i].lines;
		read_flow(&f, &want);
		CU_ASSERT_EQUAL(compare(&want, &s, &said), rows[i].wrong);
		CU_ASSERT_EQUAL(said.n > 0, rows[i].wrong > 0);
		buf_free(&said);
	}
	forget(&s);
}

CHECK_MAIN("flows_rfc", { "as_written_here", as_written_here },
    { "notices_a_fact", notices_a_fact })
