/* Telephone numbers as names, and the URIs that their records make (ENUM). */
#include "fixtures/check.h"

#include "base/err.h"
#include "dns/e164.h"

#include <string.h>

static void
numbers_are_names(void)
{
	static const char *const bad[] = { "", "+", "0044207", "+44a",
		"+1234567890123456" };
	struct dns_name name;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(
	    dns_e164_name(STR("+44-(207)-946.0148"), NULL, &name), 0);
	dns_name_write(&name, &out);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&out), "8.4.1.0.6.4.9.7.0.2.4.4.e164.arpa");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(
		    dns_e164_name(str_of(bad[i]), NULL, &name), ERR_SYNTAX);
}

static void
regexps_make_uris(void)
{
	static const struct {
		const char *regexp, *want;
		int err;
	} rows[] = {
		{ "!^.*$!sip:info@example.com!", "sip:info@example.com", 0 },
		{ "!^\\+44(.*)$!sip:0\\1@example.com!",
		    "sip:02079460148@example.com", 0 },
		{ "!(44)(20|207)([0-9]{3})!\\3-\\2-\\1!", "794-20-44", 0 },
		{ "!^\\+44([^3-9]+)([0-9]*)$!\\1/\\2!", "20/79460148", 0 },
		{ "!^(\\+)?(49)?44!a\\1b\\2!", "a+b", 0 },
		{ "!^\\+4{2}2?0{1,2}7{2,}!x!", "", ERR_NOTFOUND },
		{ "!^\\+4{2}2?0{1,2}7{1,}!x!", "x", 0 },
		{ "/^x\\/|4\\/$|0148$/a\\/b/", "a/b", 0 },
		{ "!^.*$!\\1!", "", ERR_SYNTAX },
		{ "!^.*$!a\\!", "", ERR_SYNTAX },
		{ "!^(.*$!a!", "", ERR_SYNTAX },
		{ "!^.*)$!a!", "", ERR_NOTFOUND },
		{ "!^+!a!", "", ERR_SYNTAX },
		{ "!^.{2,1}!a!", "", ERR_SYNTAX },
		{ "!^.{999}!a!", "", ERR_SYNTAX },
		{ "![a!a!", "", ERR_SYNTAX },
		{ "!a!b!c!", "", ERR_SYNTAX },
		{ "!a!b", "", ERR_SYNTAX },
		{ "1a1b1", "", ERR_SYNTAX },
		{ "", "", ERR_SYNTAX },
		/* these take others for ever */
		{ "!^((.*)*)*x$!a!", "", ERR_NOTFOUND },
		{ "!(.|..|...|.*)*(.|..|.*)*x!a!", "", ERR_NOTFOUND },
		{ "!((((((.{9}){9}){9}){9}){9}){9})!a!", "", ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dns_naptr n = { .regexp = str_of(rows[i].regexp) };
		struct buf out = BUF_INIT;
		int err = dns_e164_uri(&n, STR("+44-2079460148"), &out);

		if (err != rows[i].err ||
		    strcmp(buf_cstr(&out), rows[i].want) != 0)
			printf(
			    "%s: %d %s\n", rows[i].regexp, err, buf_cstr(&out));
		CU_ASSERT_EQUAL(err, rows[i].err);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].want);
		buf_free(&out);
	}
}

static void
services_of_enum(void)
{
	static const struct {
		const char *flags, *service;
		bool is;
	} rows[] = {
		{ "u", "E2U+sip", true },
		{ "U", "e2u+SIP", true },
		{ "u", "E2U+voice:tel+sip", true },
		{ "u", "E2U+email:mailto", false },
		{ "u", "E2U+sipx", false },
		{ "s", "E2U+sip", false },
		{ "u", "SIP+D2U", false },
		{ "", "", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dns_naptr n = { .flags = str_of(rows[i].flags),
			.service = str_of(rows[i].service) };

		CU_ASSERT_EQUAL(dns_e164_is_sip(&n), rows[i].is);
	}
}

CHECK_MAIN("dns_e164", { "numbers are names", numbers_are_names },
    { "regexps make URIs", regexps_make_uris },
    { "services of ENUM", services_of_enum })
