/* base/param: units, ranges, and the nearest word. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/param.h"

#define REFUSED(fn, text, type, code)                         \
	do {                                                  \
		type v_;                                      \
		CU_ASSERT_EQUAL(fn(str_of(text), &v_), code); \
	} while (0)

static void
wrong_times(void)
{
	static const char *const syntax[] = { "", "s", "ms", ".", ".s", "-1s",
		"+1s", "1 s", " 1s", "1s ", "1S", "1sec", "1.2.3s", "1e3",
		"0x1", "1,5s", "inf", "nan", "five" };

	for (size_t i = 0; i < sizeof(syntax) / sizeof(*syntax); i++)
		REFUSED(param_time, syntax[i], int64_t, ERR_SYNTAX);
	REFUSED(param_time, "9223372036854775808ns", int64_t, ERR_RANGE);
	REFUSED(param_time, "9223372037s", int64_t, ERR_RANGE);
	REFUSED(param_time, "2562048h", int64_t, ERR_RANGE);
	REFUSED(param_time, "18446744073709551616", int64_t, ERR_RANGE);
	REFUSED(param_time, "99999999999999999999999999999999999999999999h",
	    int64_t, ERR_RANGE);
	REFUSED(param_time, "0.00000000000000000000000000000000000001s",
	    int64_t, ERR_RANGE);
	CU_ASSERT_EQUAL(param_time(STR_NULL, &(int64_t){ 0 }), ERR_SYNTAX);
	CU_ASSERT_EQUAL(param_time(STR("1s\0"), &(int64_t){ 0 }), ERR_SYNTAX);
}

static void
rates(void)
{
	static const struct {
		const char *text;
		uint64_t bps;
	} good[] = {
		{ "9600bit", 9600 },
		{ "64kbit", 64000 },
		{ "10mbit", 10000000 },
		{ "1gbit", 1000000000 },
		{ "1.544mbit", 1544000 },
		{ "0.5kbit", 500 },
	};
	static const char *const syntax[] = { "", "10", "10mb", "10Mbit",
		"mbit", "-1bit", "10 mbit", "10mbits" };

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		uint64_t v = 0;

		CU_ASSERT_EQUAL(param_rate(str_of(good[i].text), &v), 0);
		CU_ASSERT_EQUAL(v, good[i].bps);
	}
	for (size_t i = 0; i < sizeof(syntax) / sizeof(*syntax); i++)
		REFUSED(param_rate, syntax[i], uint64_t, ERR_SYNTAX);
	REFUSED(param_rate, "0bit", uint64_t, ERR_RANGE);
	REFUSED(param_rate, "0.1bit", uint64_t, ERR_RANGE);
	REFUSED(param_rate, "99999999999gbit", uint64_t, ERR_RANGE);
}

static void
shares(void)
{
	static const struct {
		const char *text;
		double share;
	} good[] = {
		{ "0", 0 },
		{ "1", 1 },
		{ "0%", 0 },
		{ "100%", 1 },
		{ "1%", 0.01 },
		{ "0.5%", 0.005 },
		{ "0.01", 0.01 },
		{ "100.0%", 1 },
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		double v = -1;

		CU_ASSERT_EQUAL(param_share(str_of(good[i].text), &v), 0);
		CU_ASSERT_DOUBLE_EQUAL(v, good[i].share, 1e-15);
	}
	REFUSED(param_share, "", double, ERR_SYNTAX);
	REFUSED(param_share, "%", double, ERR_SYNTAX);
	REFUSED(param_share, "1%%", double, ERR_SYNTAX);
	REFUSED(param_share, "1 %", double, ERR_SYNTAX);
	REFUSED(param_share, "half", double, ERR_SYNTAX);
	REFUSED(param_share, "2", double, ERR_RANGE);
	REFUSED(param_share, "1.000000001", double, ERR_RANGE);
	REFUSED(param_share, "100.1%", double, ERR_RANGE);
	REFUSED(param_share, "-1%", double, ERR_RANGE);
}

static void
booleans(void)
{
	static const char *const yes[] = { "true", "yes", "on", "1" };
	static const char *const no[] = { "false", "no", "off", "0" };

	for (size_t i = 0; i < 4; i++) {
		bool v = false;

		CU_ASSERT_EQUAL(param_bool(str_of(yes[i]), &v), 0);
		CU_ASSERT_TRUE(v);
		CU_ASSERT_EQUAL(param_bool(str_of(no[i]), &v), 0);
		CU_ASSERT_FALSE(v);
	}
	REFUSED(param_bool, "", bool, ERR_SYNTAX);
	REFUSED(param_bool, "maybe", bool, ERR_SYNTAX);
	REFUSED(param_bool, "truefalse", bool, ERR_SYNTAX);
	REFUSED(param_bool, "tru", bool, ERR_SYNTAX);
}

static void
nearest(void)
{
	static const struct row {
		int number;
		const char *word;
		double more;
	} rows[] = { { 1, "proxy", 0 }, { 2, "registrar", 0 },
		{ 3, "location", 0 }, { 4, NULL, 0 }, { 5, "ua", 0 } };
#define NEAREST(text) \
	param_nearest(STR(text), &rows[0].word, 5, sizeof(rows[0]))
	static const char *const plain[] = { "delay", "relay", "loss" };
	const char *hit;

	hit = NEAREST("porxy");
	CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
	CU_ASSERT_STRING_EQUAL(hit, "proxy");
	hit = NEAREST("registar");
	CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
	CU_ASSERT_STRING_EQUAL(hit, "registrar");
	hit = NEAREST("LOCATION");
	CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
	CU_ASSERT_STRING_EQUAL(hit, "location");
	hit = NEAREST("uaa");
	CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
	CU_ASSERT_STRING_EQUAL(hit, "ua");
	CU_ASSERT_PTR_NULL(NEAREST("firewall"));
	CU_ASSERT_PTR_NULL(NEAREST(""));
	CU_ASSERT_PTR_NULL(NEAREST("a-word-that-is-longer-than-any-of-ours"));
	/* Between equals the first. */
	hit = param_nearest(STR("xelay"), plain, 3, sizeof(plain[0]));
	CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
	CU_ASSERT_STRING_EQUAL(hit, "delay");
	CU_ASSERT_PTR_NULL(param_nearest(STR("x"), plain, 0, 8));
	CU_ASSERT_PTR_NULL(param_nearest(STR_NULL, plain, 3, sizeof(plain[0])));
}

static void
synonyms(void)
{
	static const struct param_synonym known[] = { { "call", "invite" },
		{ "call", "dial" }, { "end", "bye" }, { "byte", "invite" },
		{ NULL, NULL } };
	static const char *const words[] = { "bye", NULL, "invite" };
	static const char *const others[] = { "all", "dial" };
#define MEANT(text, list)                                                   \
	param_meant(known, STR(text), list, sizeof(list) / sizeof(*(list)), \
	    sizeof(*(list)))

	CU_ASSERT_STRING_EQUAL(MEANT("call", words), "invite");
	CU_ASSERT_STRING_EQUAL(MEANT("CALL", words), "invite");
	/* What is not among the words is not meant. */
	CU_ASSERT_STRING_EQUAL(MEANT("call", others), "dial");
	CU_ASSERT_PTR_NULL(MEANT("end", others));
	/* A synonym comes before what is spelt alike. */
	CU_ASSERT_STRING_EQUAL(MEANT("byte", words), "invite");
	CU_ASSERT_STRING_EQUAL(MEANT("bze", words), "bye");
	CU_ASSERT_PTR_NULL(MEANT("firewall", words));
	/* Nothing but spelling without them. */
	CU_ASSERT_PTR_NULL(param_nearest(STR("hangup"), words, 3, 8));
}

CHECK_MAIN("param", { "wrong times", wrong_times }, { "rates", rates },
    { "shares", shares }, { "booleans", booleans }, { "nearest", nearest },
    { "synonyms", synonyms })
