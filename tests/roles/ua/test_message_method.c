/* The dates of instant messages, RFC 3428; what comes of them:
 * message_method.case. */
#include "base/err.h"
#include "msg/parts.h"
#include "fixtures/check.h"

static void
dates(void)
{
	static const struct {
		const char *text;
		int64_t s; /* -1: not read */
	} rows[] = {
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Wed, 01 Jan 2020 00:00:01 GMT", 1577836801 },
		{ "Sat, 29 Feb 2020 23:59:59 GMT", 1583020799 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", INT64_C(253402300799) },
		{ "Wed, 31 Dec 1969 23:59:58 GMT", -2 },
		{ "Sun, 29 Feb 2021 00:00:00 GMT", -1 },
		{ "Sun, 00 Jan 2021 00:00:00 GMT", -1 },
		{ "Sun, 01 jan 2021 00:00:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 24:00:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 00:60:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 00:00:00 CET", -1 },
		{ "Sat, 01 Jan 0000 00:00:00 GMT", -1 },
		{ "Sun, 1 Jan 2021 00:00:00 GMT", -1 },
		{ "", -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int64_t v = -1;
		int err = msg_date_read(str_of(rows[i].text), &v);

		CU_ASSERT_EQUAL(err, rows[i].s == -1 ? ERR_SYNTAX : 0);
		CU_ASSERT_EQUAL(v, rows[i].s);
		msg_date_write(v, &out);
		if (err == 0)
			CU_ASSERT(str_is(buf_view(&out), rows[i].text));
		buf_free(&out);
	}
}

CHECK_MAIN("message method", { "dates", dates }, )
