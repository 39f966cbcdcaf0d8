/* Pages in several languages, and their names. */
#include "base/page_file.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/infile.h"

#define ENDING ".md"

/* "zh" of "zh_CN" */
static struct str
language_of(const char *lang)
{
	return str_slice(str_of(lang), 0, strcspn(lang, "_.@-"));
}

#define ENGLISH "en"

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

/* ---- pages in several languages ---- */

void
page_file_language(const char *file, char *lang, size_t n)
{
	const char *at = strchr(file, '.');
	size_t length = at != NULL ? strcspn(at + 1, ".") : 0;

	if (at == NULL || at[1 + length] == '\0' || length >= n) {
		at = "." ENGLISH;
		length = sizeof(ENGLISH) - 1;
	}
	snprintf(lang, n, "%.*s", (int)length, at + 1);
}

static int
page_file_find_in(
    const char *folder, const char *page, const char *lang, struct buf *path)
{
	LOCAL_BUF name = BUF_INIT;
	int err;

	page_file_name(page, lang, &name);
	err = name.err;
	if (err == 0 && !folder_has(folder, buf_cstr(&name)))
		err = ERR_NOTFOUND;
	if (err == 0) {
		buf_printf(path, "%s/%s", folder, buf_cstr(&name));
		err = path->err;
	}
	return err;
}

int
page_file_find(const char *folder, const char *page, const char *lang,
    struct buf *path, bool *there)
{
	int err = page_file_find_in(folder, page, lang, path);

	if (there != NULL)
		*there = err == 0;
	return err == ERR_NOTFOUND
		   ? page_file_find_in(folder, page, ENGLISH, path)
		   : err;
}

void
page_file_note_all(const char *folder)
{
	struct folder_names f;

	if (folder_names_read(&f, folder) == 0)
		for (size_t i = 0; i < f.n; i++) {
			LOCAL_BUF path = BUF_INIT;

			if (!page_file_is(f.names[i], PAGE_HANDOUT) &&
			    !page_file_is(f.names[i], PAGE_ANSWERS))
				continue;
			buf_printf(&path, "%s/%s", folder, f.names[i]);
			if (path.err == 0)
				file_ids_note_all(buf_cstr(&path));
		}
	folder_names_free(&f);
}
