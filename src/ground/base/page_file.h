/*
 * Pages of Markdown in a folder: in English (README.md), and perhaps in other
 * languages next to it (README.zh.md).  A lab has a handout, for students, and
 * answers, for teachers alone.
 */
#ifndef BASE_PAGE_FILE_H
#define BASE_PAGE_FILE_H

#include <stdbool.h>

#include "base/buf.h"

#define PAGE_HANDOUT "README"
#define PAGE_ANSWERS "answers"

/* The file that has PAGE in LANG, appended to NAME: README.md in "en",
 * README.zh.md in "zh_CN". */
void page_file_name(const char *page, const char *lang, struct buf *name);
/* FILE is PAGE in some language. */
bool page_file_is(const char *file, const char *page);
/* The language of FILE, which is some page, into LANG, which has room for N:
 * "zh" of README.zh.md, else "en". */
void page_file_language(const char *file, char *lang, size_t n);
/* The path of PAGE in FOLDER, in LANG or else in English; whether it is in LANG
 * to *THERE, which may be NULL.  0, ERR_NOTFOUND or ERR_NOMEM. */
int page_file_find(const char *folder, const char *page, const char *lang,
    struct buf *path, bool *there);
/* Notes the pages of both kinds in FOLDER, in every language, as files read:
 * pages that were written by hand beside the program's are not replaced. */
void page_file_note_all(const char *folder);

#endif
