/*
 * What a location service is asked and says as bytes, and what may stand in
 * them.  What it does: location.case.
 */
#include "base/mem.h"
#include "fixtures/check.h"
#include "roles/location/location.h"

static void
paths_come_back(void)
{
	struct location_packet p;
	struct buf b = BUF_INIT;
	struct location_contacts c = { NULL, 0 };

	location_contacts_add(&c, STR("sip:x@h"), 5, 250);
	location_contacts_set_path(&c, STR("<sip:a;lr>, \"b\\\\\" <sip:c>"));
	location_contacts_add(&c, STR("mailto:x"), 6, 1000);
	location_write_answer(&b, 7, LOCATION_AMBIGUOUS, &c);
	CU_ASSERT_EQUAL_FATAL(location_packet_read(&p, buf_view(&b)), 0);
	CU_ASSERT_EQUAL(p.status, LOCATION_AMBIGUOUS);
	CU_ASSERT_EQUAL_FATAL(p.update.contacts.n, 2);
	CU_ASSERT_STRING_EQUAL(p.update.contacts.list[0].path, c.list[0].path);
	CU_ASSERT(p.update.contacts.list[1].path == NULL);
	location_packet_free(&p);
	location_contacts_free(&c);
	buf_free(&b);
}

/* What was copied of an instance is freed, whichever copy was none. */
static void
instances_without_memory(void)
{
	for (unsigned long n = 1; n <= 2; n++) {
		struct location_contacts c = { NULL, 0 };

		CU_ASSERT_EQUAL(
		    location_contacts_add(&c, STR("sip:x@h"), 5, 250), 0);
		mem_fail_only(n);
		CU_ASSERT_EQUAL(location_contacts_set_instance(
				    &c, STR("urn:x"), 1, STR("y")),
		    ERR_NOMEM);
		mem_fail_only(0);
		location_contacts_free(&c);
	}
}

/* What ends up in SIP messages must not be able to break out of its place. */
static void
hostile_contacts(void)
{
	static const struct {
		const char *contact;
		int err;
	} rows[] = {
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>\"", 0 },
		{ "\"uri\":\"mailto:a@b\"", 0 },
		{ "\"uri\":\"mailto:a>,<sip:b\"", ERR_SYNTAX },
		{ "\"uri\":\"mailto:a\\\"b\"", ERR_SYNTAX },
		{ "\"uri\":\"mailto:\\u00e9\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":7", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"sip:p\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"*\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>\\r\\nX: y\"",
		    ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>,\\u0000\"",
		    ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct location_packet p;
		char text[300];
		int err;

		snprintf(text, sizeof(text),
		    "{\"op\":\"answer\",\"id\":1,\"status\":\"ok\","
		    "\"contacts\":[{%s,\"expires\":1,\"q\":1}]}",
		    rows[i].contact);
		err = location_packet_read(&p, str_of(text));
		if (err != rows[i].err)
			printf("  row %zu: %d\n", i, err);
		CU_ASSERT_EQUAL(err, rows[i].err);
		location_packet_free(&p);
	}
}

CHECK_MAIN("location", { "paths come back", paths_come_back },
    { "instances without memory", instances_without_memory },
    { "hostile contacts", hostile_contacts })
