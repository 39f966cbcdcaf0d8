/* Shared by the files of a lesson's page; see views/lesson/lesson_page.h. */
#ifndef VIEWS_LESSON_LESSON_PAGE_IN_H
#define VIEWS_LESSON_LESSON_PAGE_IN_H

#include "views/lesson/lesson_page.h"

#include "base/err.h"
#include "base/i18n.h"

/* Where the text of a task begins, and its question. */
#define PAGE_TASK_INDENT 4

struct page_maker {
	struct page *p;
	const struct page_source *s;
	size_t task;  /* SIZE_MAX: of none */
	size_t first; /* the task's first line, or that of the text */
	size_t below; /* indent where a wrapped line goes on */
};

/* Gives the lines added since the last call the deed DEED. */
void page_note(struct page_maker *m, enum page_deed deed);
/* A new line that does DEED with WHICH. */
void page_line(struct page_maker *m, enum page_deed deed, uint64_t which);
/* Words on the present line, which is wrapped. */
void page_say(struct page_maker *m, enum canvas_style style, const char *text);

/* The part about the task below its text: options, the answer, hints, the
 * verdict with its reason. */
void page_put_question(struct page_maker *m);

#endif
