/* Shared by the files of the lab's pane; see views/tui/play.h. */
#ifndef VIEWS_TUI_PLAY_LESSON_IN_H
#define VIEWS_TUI_PLAY_LESSON_IN_H

#include "views/lesson/arrows.h"
#include "views/lesson/kept.h"
#include "views/lesson/lesson_page.h"
#include "views/tui/play_panes.h"

/* Runs of the student's that count at once. */
#define LESSON_RUNS_MAX 64
/* Bytes of a figure's file that are read at most. */
#define LESSON_FIGURE_MAX (4u << 20)

struct play_lesson {
	struct lesson *lesson; /* the source's; NULL: none */
	struct diag why;       /* why there is none */
	struct answers answers;
	struct exam exam;
	const struct trace *lab; /* the lab's own run, once it is complete */
	/* Branches that are complete, and how long they were then. */
	const struct trace *runs[LESSON_RUNS_MAX];
	uint64_t counts[LESSON_RUNS_MAX];
	size_t nruns;
	size_t asked, first_try; /* predictions, as they were counted last */
	struct lesson_result results[LESSON_TASKS_MAX];
	bool judged[LESSON_TASKS_MAX]; /* there is a result */
	bool stale[LESSON_TASKS_MAX];  /* it is to be judged again */
	size_t making; /* the task whose answer's run is made, SIZE_MAX */
	uint64_t made_records;
	/* The page, what it was made for, and where one is in it. */
	struct page page;
	struct play_text at;
	bool made;
	size_t open;    /* the task that is open, SIZE_MAX */
	bool opened;    /* just now: the cursor goes to its question */
	bool whole;     /* the pane had the screen before arrows were chosen */
	bool in_arrows; /* keys draw a ladder */
	struct arrows arrows;
	/* What its tasks hold of runs (play_lesson_work.c): where they ask,
	 * once FOUND; records before BEFORE are seen (0: nothing was held yet),
	 * the task that holds the next one (0: none). */
	uint64_t from[LESSON_TASKS_MAX], before;
	bool found;
	unsigned held;
	bool later[LESSON_TASKS_MAX]; /* tasks that come after that */
	struct buf tip; /* how to be asked first; empty: one is, or is not */
	bool student_asked; /* for the number, once */
	bool again; /* to be opened again, for the student who said who it is */
};

/* The line that the cursor is on; NULL where there is none. */
const struct page_line *play_lesson_line(const struct play *p);
/* The page is made again, with the cursor where it was. */
void play_lesson_remake(struct play *p);

/* play_lesson_work.c */
/* Before any run is seen. */
void play_hold_begin(struct play *p);
/* The lab's run is there, or something was answered. */
void play_hold_renew(struct play *p);

/* play_lesson_work.c */
/* Judges what has changed; true while there is more to do. */
bool play_lesson_work(struct play *p);
/* Adds the ladders' parts to the tasks, once the lab's run is there. */
void play_lesson_take_given(struct play *p);
/* Task I is judged again. */
void play_lesson_judge(struct play *p, size_t i);

/* play_lesson_answer.c */
/* TEXT is the answer to task I. */
void play_lesson_set(struct play *p, size_t i, struct str text);
/* Does what line L of the page does. */
void play_lesson_follow(struct play *p, const struct page_line *l);
/* Line L, which the cursor is on, does something here: a command of the
 * handout may be one for the shell alone. */
bool play_lesson_leads(struct play *p, const struct page_line *l);
void play_lesson_hint(struct play *p);

/* play_lesson.c: choosing arrows for a ladder. */
void play_arrows_begin(struct play *p, size_t task);
bool play_arrows_do(struct play *p, enum play_request r);

#endif
