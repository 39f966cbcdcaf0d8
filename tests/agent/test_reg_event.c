/* Registrations as RFC 3680 writes them: what is read of one, and what is none.
 * Subscriptions to them: reg_event.case. */
#include "agent/reg_info.h"
#include "base/err.h"
#include "fixtures/check.h"

#define ROOT "<reginfo xmlns=\"" REG_INFO_NAMESPACE "\" version=\"1\" "
#define FULL ROOT "state=\"full\">"
#define BOB  "<registration aor=\"sip:bob@b\" id=\"1\" state=\"active\">"
#define END  "</registration></reginfo>"

static void
bodies(void)
{
	static const struct {
		const char *body, *says; /* NULL: it is none */
	} rows[] = {
		{ "<?xml version=\"1.0\"?>" FULL BOB
		  "<contact id=\"2\" state=\"active\" event=\"refreshed\">"
		  "<uri>sip:b@1&amp;2</uri></contact><x><contact/></x>" END,
		    "sip:bob@b is registered, sip:b@1&2 (refreshed)" },
		{ ROOT "state=\"partial\"/>", "no registrations" },
		{ FULL "<registration aor=\"a\" id=\"1\" state=\"init\"/>"
		       "<registration aor=\"b\" id=\"2\" "
		       "state=\"terminated\"/></reginfo>",
		    "a is not registered; b is not registered" },
		{ ROOT "state=\"half\"/>", NULL },
		{ "<reginfo state=\"full\"/>", NULL },
		{ "<reginfo version=\"-1\" state=\"full\"/>", NULL },
		{ "<presence version=\"1\" state=\"full\"/>", NULL },
		{ FULL "<registration id=\"1\" state=\"init\"/></reginfo>",
		    NULL },
		{ FULL "<registration aor=\"a\" id=\"1\" state=\"x\"/>"
		       "</reginfo>",
		    NULL },
		{ FULL BOB
		    "<contact id=\"2\" state=\"active\" event=\"x\"/>" END,
		    NULL },
		{ FULL BOB "<contact state=\"active\" event=\"expired\"/>" END,
		    NULL },
		{ FULL BOB, NULL },
		{ FULL BOB "</reginfo>", NULL },
		{ "<!DOCTYPE a>" FULL BOB END, "sip:bob@b is registered" },
		{ "Messages-Waiting: yes\r\n", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = reg_info_read(str_of(rows[i].body), &out);

		if (err != (rows[i].says == NULL ? ERR_SYNTAX : 0))
			printf("  row %zu\n", i);
		CU_ASSERT_EQUAL(err, rows[i].says == NULL ? ERR_SYNTAX : 0);
		if (err == 0 && rows[i].says != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
	}
}

CHECK_MAIN("reg_event", { "bodies", bodies })
