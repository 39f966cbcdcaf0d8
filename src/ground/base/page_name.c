/* The names of pages in several languages. */
#include "base/page_file.h"

#include <string.h>

#define ENDING  ".md"
#define ENGLISH "en"

/* "zh" of "zh_CN" */
static struct str
language_of(const char *lang)
{
	return str_slice(str_of(lang), 0, strcspn(lang, "_.@-"));
}

void
page_file_name(const char *page, const char *lang, struct buf *name)
{
	struct str language = language_of(lang);

	buf_puts(name, page);
	if (!str_is(language, ENGLISH)) {
		buf_putc(name, '.');
		buf_str(name, language);
	}
	buf_puts(name, ENDING);
}

bool
page_file_is(const char *file, const char *page)
{
	struct str rest, s = str_of(file);

	if (!str_starts(s, page) || !str_ends(s, ENDING))
		return false;
	rest = str_slice(s, strlen(page), s.n - strlen(ENDING));
	return rest.n == 0 || (rest.p[0] == '.' && str_count(rest, '.') == 1);
}
