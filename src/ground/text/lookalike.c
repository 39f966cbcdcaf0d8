/* The table of signs: see lookalike.h. */
#include "text/lookalike.h"

#include <stddef.h>

/* clang-format off */
static const struct {
	struct str sign;
	const char *meant;
} rows[] = {
	{ STR_INIT("“"), "\"" },
	{ STR_INIT("”"), "\"" },
	{ STR_INIT("„"), "\"" },
	{ STR_INIT("«"), "\"" },
	{ STR_INIT("»"), "\"" },
	{ STR_INIT("‘"), "'" },
	{ STR_INIT("’"), "'" },
	{ STR_INIT("–"), "--" },
	{ STR_INIT("—"), "--" },
	{ STR_INIT("−"), "-" },
	{ STR_INIT("："), ":" },
	{ STR_INIT("；"), ";" },
	{ STR_INIT("，"), "," },
	{ STR_INIT("。"), "." },
	{ STR_INIT("（"), "(" },
	{ STR_INIT("）"), ")" },
	{ STR_INIT("｛"), "{" },
	{ STR_INIT("｝"), "}" },
	{ STR_INIT("［"), "[" },
	{ STR_INIT("］"), "]" },
	{ STR_INIT("【"), "[" },
	{ STR_INIT("】"), "]" },
	{ STR_INIT("＝"), "=" },
	{ STR_INIT("＂"), "\"" },
	{ STR_INIT("\xc2\xa0"), " " },
	{ STR_INIT("\xe3\x80\x80"), " " },
};
/* clang-format on */

const char *
lookalike_meant(struct str s, struct str *sign)
{
	/* None of them is of ASCII. */
	if (s.n == 0 || (unsigned char)s.p[0] < 0x80)
		return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (s.n < rows[i].sign.n ||
		    !str_eq(str_slice(s, 0, rows[i].sign.n), rows[i].sign))
			continue;
		*sign = str_slice(s, 0, rows[i].sign.n);
		return rows[i].meant;
	}
	return NULL;
}
