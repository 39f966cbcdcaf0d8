/*
 * What a student has answered in one lab, in the two forms that it is kept in:
 * a text that people write (answers.txt in a folder of their own) and JSON, in
 * what rung keeps and hands in.
 *
 *	# anything
 *	lab: lost-messages
 *	folder: /home/alice/labs/lost-messages
 *	student: 2023001
 *	1: b
 *	2: 3.02 s
 *	3:
 *	  alice -> atl INVITE
 *	  atl -> alice 100
 *
 * `folder` is in the text alone, and there where the lab is none of rung's:
 * where its folder is on this machine.
 */
#ifndef LESSON_ANSWERS_H
#define LESSON_ANSWERS_H

#include "base/field.h"
#include "lesson/lesson.h"

#define ANSWERS_FILE     "answers.txt"
#define ANSWERS_SIZE_MAX (256u << 10)

struct answer {
	struct buf text;
	unsigned hints; /* how many were looked at */
	/* What `rung play` and `rung check` have told: how many answers got a
	 * verdict, the last of them, and of a choice which options, bits, were
	 * wrong. */
	unsigned tries;
	struct buf told;
	unsigned wrong;
	/* The run was seen before the first try: by the student's own wish, or
	 * in a lesson. */
	bool looked, taught;
};

struct answers {
	char *lab, *student; /* "" where nothing is said */
	char *folder;        /* the same; NULL where it is not from the text */
	struct answer tasks[LESSON_TASKS_MAX];
	/* A number that no lab has a task for was answered: the first such. */
	bool has_stray;
	unsigned stray;
	/* As the quiz keeps them, a JSON array of questions and outcomes;
	 * empty: none.  The quiz judges them. */
	struct buf predictions;
};

extern const struct field answer_fields[], answers_fields[];

#define ANSWERS_INIT ((struct answers){ .lab = NULL })

void answers_free(struct answers *a);

/* TEXT of NAME (for sentences), in UTF-8 or GB 18030, with any line ends.  A is
 * begun again; free it in any case.  0, ERR_NOMEM, or D's error: a task
 * answered twice, bytes that are no text. */
int answers_read(
    struct answers *a, struct str text, const char *name, struct diag *d);
/* The text form, with the tasks of L as comments; given answers are in it.  0
 * or ERR_NOMEM. */
int
answers_write(const struct answers *a, const struct lesson *l, struct buf *out);

/* A JSON object, and back; what can't be used is left out.  0 or ERR_NOMEM. */
int answers_put_json(const struct answers *a, struct buf *out);
int answers_from_json(struct answers *a, struct json_value v);

/* How many tasks have an answer. */
size_t answers_count(const struct answers *a);
/* Sets the answer to task NUMBER; 0 or ERR_NOMEM. */
int answers_set(struct answers *a, unsigned number, struct str text);

/* The student is told R, what the answer to task NUMBER is worth: one more try,
 * unless it is the answer that was told last.  *NEW (may be NULL): it is one
 * more.  0 or ERR_NOMEM. */
int answers_tell(struct answers *a, unsigned number,
    const struct lesson_result *r, bool *new);
/* Appends TEXT, an answer to T, in a normal form for comparison with others:
 * answers of one meaning have the same bytes.  0 or ERR_NOMEM. */
int
answer_put_plain(const struct lesson_task *t, struct str text, struct buf *out);
/* Puts hints and tries of FROM into the place of TO's; 0 or ERR_NOMEM. */
int answer_take_help(struct answer *to, const struct answer *from);

#endif
