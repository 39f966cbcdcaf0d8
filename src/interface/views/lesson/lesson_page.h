/*
 * A lab's tasks as a text to be read and worked on: the handout, in it the
 * tasks as a checklist with their points, below one that is open its question.
 * A line may do something; who shows the page finds out what, and does it.
 */
#ifndef VIEWS_LESSON_LESSON_PAGE_H
#define VIEWS_LESSON_LESSON_PAGE_H

#include "draw/doc.h"
#include "lesson/answers.h"
#include "lesson/handout.h"

enum page_deed {
	PAGE_READ,    /* nothing */
	PAGE_TASK,    /* open it, or close it */
	PAGE_OPTION,  /* choose this option as the answer */
	PAGE_WRITE,   /* the answer in one line */
	PAGE_EDIT,    /* the answer in an editor */
	PAGE_ARROWS,  /* the answer by choosing arrows */
	PAGE_PREDICT, /* the quiz */
	PAGE_ACT,     /* change the run */
	PAGE_FIGURE,  /* the answer: the name of an SVG file */
	PAGE_HINT,    /* the next hint */
	PAGE_RECORD,  /* go to the Nth record of the verdict */
	PAGE_CODE,    /* a command of the handout */
};

struct page_line {
	enum page_deed deed;
	size_t task;           /* index; SIZE_MAX: of none */
	size_t code, code_end; /* of PAGE_CODE: in the page's `codes` */
	/* option, record of the verdict; else the line's number from the task's
	 * first on */
	uint64_t which;
};

/* Everything that the page tells, borrowed. */
struct page_source {
	struct lesson *lesson;
	const struct answers *answers;
	const struct lesson_result *results; /* of each task */
	const bool *judged;                  /* which tasks have a result */
	/* The traces that results are of. */
	const struct trace *lab;
	const struct trace *const *runs;
	size_t nruns;
	unsigned predicted, predicted_right;
	size_t open; /* the task that is open; SIZE_MAX: none */
	/* The task that holds the run, and of each whether it comes after that
	 * (prediction_hold_hides); 0: none. */
	unsigned held;
	bool later[LESSON_TASKS_MAX];
	struct str script; /* of the run, below the handout; or empty */
	bool exam;         /* there is no quiz */
	bool untold;       /* nothing is told but that there is an answer */
	bool closed;       /* no answer is taken any more */
	size_t width;
};

struct page {
	struct doc doc;          /* its err tells of missing memory */
	struct buf codes;        /* the commands of the handout */
	struct page_line *lines; /* one for each of the text */
	size_t n, cap;
	size_t chosen; /* the line of the option that is chosen; SIZE_MAX */
};

#define PAGE_INIT       \
	((struct page){ \
	    .doc = DOC_INIT, .codes = BUF_INIT, .chosen = SIZE_MAX })

/* P is made again. */
void page_make(struct page *p, const struct page_source *s);
void page_free(struct page *p);

/* The line that LINE, of the page as it was, has become; else the first of its
 * task. */
size_t page_find(const struct page *p, const struct page_line *line);
/* Of the lines that are one thing with LINE, an option that goes on below or
 * the like: the first, and the one behind the last. */
size_t page_start_of(const struct page *p, size_t line);
size_t page_end_of(const struct page *p, size_t line);
/* The first line of the next task below LINE, or of the one above (BY -1);
 * LINE where there is none. */
size_t page_next_task(const struct page *p, size_t line, int by);
/* The command that line LINE is. */
struct str page_code(const struct page *p, size_t line);
/* The first line of TASK's question that does something, else of TASK. */
size_t page_question(const struct page *p, size_t task);
/* The first line of TASK; 0 where there is none. */
size_t page_task(const struct page *p, size_t task);

/* What a written answer to T looks like: "a time, such as 2.5 s". */
void page_put_example(const struct lesson_task *t, struct buf *b);

#endif
