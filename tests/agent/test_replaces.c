/*
 * What names another call: the fields Replaces (RFC 3891) and Join (RFC 3911),
 * and such URIs in Refer-To.  What phones make of it: replaces.case.
 */
#include "agent/refer.h"
#include "agent/replaces.h"
#include "fixtures/check.h"

static void
fields_are_read(void)
{
	static const struct {
		const char *text;
		bool good, early;
	} values[] = {
		{ "98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff",
		    true, false },
		{ "12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only",
		    true, true },
		{ "a;TO-TAG=1;From-Tag=2;early-only=x", true, true },
		{ "a b;to-tag=1;from-tag=2", false, false },
		{ "a;to-tag=1;from-tag=2;", false, false },
		{ "a;to-tag=1;from-tag=2 3", false, false },
		{ "a;to-tag=1@2;from-tag=2", false, false },
		{ "a;;to-tag=1;from-tag=2", false, false },
		{ "", false, false },
		{ ";", false, false },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct agent_place_name name;
		int err = agent_place_read(str_of(values[i].text), &name);

		CU_ASSERT_EQUAL(err == 0, values[i].good);
		if ((err == 0) != values[i].good)
			printf("  %s\n", values[i].text);
		if (err == 0)
			CU_ASSERT_EQUAL(name.early_only, values[i].early);
	}
}

/* What stands in Refer-To, and what becomes of it. */
static void
targets_are_read(void)
{
#define URI "sip:carol@192.0.2.5"
	static const struct {
		const char *text, *uri, *headers; /* NULL: refused */
	} targets[] = {
		{ URI, URI, "" },
		{ URI ";x=y", URI ";x=y", "" },
		{ URI ";method=INVITE;x?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2",
		    URI ";x",
		    "Require: replaces\nReplaces: a;to-tag=1;from-tag=2" },
		{ URI "?Require=replaces&replaces=a%3bto-tag=1%3bfrom-tag=2",
		    URI, "Require: replaces\nReplaces: a;to-tag=1;from-tag=2" },
		{ URI "?Join=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2", URI,
		    "Require: join\nJoin: a@b;to-tag=1;from-tag=2" },
		{ URI "?Subject=hello", NULL, NULL },
		{ URI "?From=a", NULL, NULL },
		{ URI "?Require=100rel", NULL, NULL },
		{ URI "?Replaces", NULL, NULL },
		{ URI "?Replaces=", NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1", NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2%0D%0AFrom:x",
		    NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bx%3D%22%0A%22",
		    NULL, NULL },
		{ URI "?Replaces=a%00%3Bto-tag%3D1%3Bfrom-tag%3D2", NULL,
		    NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2&Join="
		      "a%3Bto-tag%3D1%3Bfrom-tag%3D2",
		    NULL, NULL },
		{ URI ";method=BYE", URI, "" },
		{ URI ";method=BYE?Replaces=a", NULL, NULL },
		{ URI ";method=REFER?Refer-To=sip:a%40b", URI, "sip:a@b" },
		{ URI ";method=REFER?Refer-To=", NULL, NULL },
		{ URI ";method=REFER?Refer-To=sip:a%40b%0D%0AX:y", NULL, NULL },
		{ URI ";method=REFER?Refer-To=a&Refer-To=b", NULL, NULL },
		{ URI ";method=REFER", NULL, NULL },
		{ URI ";method=MESSAGE", NULL, NULL },
		{ "sips:carol@192.0.2.5", NULL, NULL },
		{ "tel:123", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct agent_refer_target t;
		int err =
		    agent_refer_target_read(NULL, str_of(targets[i].text), &t);

		CU_ASSERT_EQUAL(err == 0, targets[i].uri != NULL);
		if ((err == 0) != (targets[i].uri != NULL))
			printf("  %s\n", targets[i].text);
		if (err == 0 && targets[i].uri != NULL) {
			CU_ASSERT_STRING_EQUAL(
			    buf_cstr(&t.uri), targets[i].uri);
			CU_ASSERT_STRING_EQUAL(
			    t.headers.n > 0 ? buf_cstr(&t.headers) : "",
			    targets[i].headers);
		}
		agent_refer_target_free(&t);
	}
}

CHECK_MAIN("replaces", { "fields_are_read", fields_are_read },
    { "targets_are_read", targets_are_read }, )
