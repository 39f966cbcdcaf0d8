/* base/i18n: which language is chosen, and what the catalogue says. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/i18n.h"

#include <stdint.h>
#include <string.h>

static void
environment(const char *all, const char *messages, const char *lang)
{
	const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *const values[] = { all, messages, lang };

	unsetenv("LANGUAGE");
	for (int i = 0; i < 3; i++) {
		if (values[i] != NULL)
			setenv(names[i], values[i], 1);
		else
			unsetenv(names[i]);
	}
}

static void
chooses(void)
{
	static const char *const chinese[] = { "zh", "zh_CN", "zh_CN.UTF-8",
		"zh_CN.GB18030", "zh.UTF-8", "zh-CN", "zh_SG", "zh_CN@x" };
	static const char *const english[] = { "en", "en_GB", "en_US.UTF-8",
		"C", "C.UTF-8" };
	static const char *const none[] = { "de", "z", "zhongwen", "", "_", ".",
		"english", "../zh_CN" };

	for (size_t i = 0; i < sizeof(chinese) / sizeof(*chinese); i++) {
		CU_ASSERT_EQUAL(i18n_choose(chinese[i]), 0);
		CU_ASSERT_STRING_EQUAL(i18n_language(), "zh_CN");
	}
	for (size_t i = 0; i < sizeof(english) / sizeof(*english); i++) {
		CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
		CU_ASSERT_EQUAL(i18n_choose(english[i]), 0);
		CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		CU_ASSERT_EQUAL(i18n_choose(none[i]), ERR_NOTFOUND);
		CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	}
}

static void
obeys_environment(void)
{
	environment(NULL, NULL, NULL);
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	environment(NULL, NULL, "zh_CN.UTF-8");
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "zh_CN");
	environment(NULL, "en_US.UTF-8", "zh_CN.UTF-8");
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	environment("zh_CN.UTF-8", "en_US.UTF-8", "en_US.UTF-8");
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "zh_CN");
	/* Set and empty is not set (POSIX 8.2). */
	environment("", "", "zh_CN.UTF-8");
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "zh_CN");
	/* A language we do not speak is no error of the user's. */
	environment("fr_FR.UTF-8", NULL, NULL);
	CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	/* What a user asks for goes before the environment. */
	environment("zh_CN.UTF-8", NULL, NULL);
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
	CU_ASSERT_STRING_EQUAL(i18n_language(), "en");
	environment(NULL, NULL, NULL);
}

/* LANGUAGE goes before the locale, but for a C locale's. */
static void
obeys_list(void)
{
	static const struct {
		const char *list, *lang, *variable, *language;
	} rows[] = {
		{ "zh_CN:en", "en_US.UTF-8", "LANGUAGE", "zh_CN" },
		{ "de:zh:en", "en_US.UTF-8", "LANGUAGE", "zh_CN" },
		{ "en", "zh_CN.UTF-8", "LANGUAGE", "en" },
		{ "zh", "de_DE.UTF-8", "LANGUAGE", "zh_CN" },
		{ "de:fr", "zh_CN.UTF-8", "LANG", "zh_CN" },
		{ "", "zh_CN.UTF-8", "LANG", "zh_CN" },
		{ ":::", "zh_CN.UTF-8", "LANG", "zh_CN" },
		{ "::zh", "en_US.UTF-8", "LANGUAGE", "zh_CN" },
		{ "a-language-with-a-name-that-never-ends:zh", "en_US",
		    "LANGUAGE", "zh_CN" },
		{ "zh", "C", NULL, "en" },
		{ "zh", "C.UTF-8", NULL, "en" },
		{ "zh", "POSIX", NULL, "en" },
		{ "zh", NULL, NULL, "en" },
		{ "de", "fr_FR.UTF-8", NULL, "en" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		environment(NULL, NULL, rows[i].lang);
		setenv("LANGUAGE", rows[i].list, 1);
		CU_ASSERT_EQUAL(i18n_choose(NULL), 0);
		CU_ASSERT_STRING_EQUAL(i18n_language(), rows[i].language);
		CU_ASSERT_EQUAL(
		    rows[i].variable == NULL, i18n_variable() == NULL);
		if (rows[i].variable != NULL && i18n_variable() != NULL) {
			CU_ASSERT_STRING_EQUAL(
			    i18n_variable(), rows[i].variable);
		}
	}
	unsetenv("LANGUAGE");
	environment(NULL, NULL, NULL);
	i18n_choose("en");
}

static void
translates(void)
{
	CU_ASSERT_EQUAL(i18n_choose("zh_CN"), 0);
	CU_ASSERT_STRING_EQUAL(_("no error"), "没有错误");
	CU_ASSERT_STRING_EQUAL(_("out of memory"), "内存不足");
	CU_ASSERT_STRING_EQUAL(err_text(ERR_NOMEM), "内存不足");
	/* A text that is in no catalogue is its own translation, wherever it
	 * would stand in the order. */
	CU_ASSERT_STRING_EQUAL(i18n_text("\x01"), "\x01");
	CU_ASSERT_STRING_EQUAL(i18n_text("no erro"), "no erro");
	CU_ASSERT_STRING_EQUAL(i18n_text("no errors"), "no errors");
	CU_ASSERT_STRING_EQUAL(i18n_text("\xff"), "\xff");
	/* Not the catalogue's header. */
	CU_ASSERT_STRING_EQUAL(i18n_text(""), "");
	CU_ASSERT_PTR_NULL(i18n_text(NULL));
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
	CU_ASSERT_STRING_EQUAL(_("out of memory"), "out of memory");
}

static void
has_english(const char *expected, const char *fmt, ...)
{
	char text[80];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = i18n_vprint_english(text, sizeof(text), fmt, ap);
	va_end(ap);
	CU_ASSERT_STRING_EQUAL(text, expected);
	CU_ASSERT_EQUAL(n, (int)strlen(expected));
}

/* printf's conversions, with translations among what is converted. */
static void
prints_english(void)
{
	CU_ASSERT_EQUAL(i18n_choose("zh_CN"), 0);
	CU_ASSERT_STRING_EQUAL(i18n_msgid(_("no error")), "no error");
	CU_ASSERT_STRING_EQUAL(
	    i18n_msgid("nothing of ours"), "nothing of ours");
	has_english("no error", _("no error"));
	has_english("out of memory: no error", "%s: %s", err_text(ERR_NOMEM),
	    _("no error"));
	has_english("  no|out|x ", "%4.*s|%.3s|%-*s", 2, _("no error"),
	    err_text(ERR_NOMEM), 2, "x");
	has_english("x", "%.*s", -1, "x");
	has_english("x  |   x", "%*s|%*s", -3, "x", 4, "x");
	has_english("100% -1 2 -3 4 5 6 007 1f c",
	    "%d%% %d %u %ld %llu %zu "
	    "%jd %03hu %x %c",
	    100, -1, 2U, -3L, 4ULL, (size_t)5, (intmax_t)6, (unsigned short)7,
	    0x1fU, 'c');
	has_english("1.50 2e+100 +3", "%.2f %g %+d", 1.5, 2e100, 3);
	i18n_choose("en");
	has_english("no error 7", "%s %d", _("no error"), 7);
}

static int
print_short(char *text, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = i18n_vprint_english(text, size, fmt, ap);
	va_end(ap);
	return n;
}

/* As snprintf: cut, with the length that there would be. */
static void
prints_short(void)
{
	static const char *const all = "abcdefghij";
	char text[8];

	CU_ASSERT_EQUAL(print_short(text, 8, "%s-%d", all, 12), 13);
	CU_ASSERT_STRING_EQUAL(text, "abcdefg");
	CU_ASSERT_EQUAL(print_short(text, 4, "abcdef%d", 1), 7);
	CU_ASSERT_STRING_EQUAL(text, "abc");
	CU_ASSERT_EQUAL(print_short(NULL, 0, "%s", all), 10);
}

CHECK_MAIN("i18n", { "chooses", chooses },
    { "obeys the environment", obeys_environment },
    { "obeys LANGUAGE", obeys_list }, { "translates", translates },
    { "prints English", prints_english },
    { "prints as much as fits", prints_short })
