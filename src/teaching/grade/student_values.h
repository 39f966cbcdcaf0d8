/*
 * Student values: the right answers of a lab that differ from student to
 * student, such as tags, times and numbers of the run.  The functions
 * also find wrong answers that can't come from the student's run, nor from the
 * lab without a number.  (A student who forgets the number sees that lab.)
 */
#ifndef GRADE_STUDENT_VALUES_H
#define GRADE_STUDENT_VALUES_H

#include "grade/mark.h"

struct student_value {
	/* The right answer as answers are compared (answer_put_plain); empty
	 * where a task has no key. */
	struct buf key;
	unsigned other; /* which task the number has drawn (lesson.h) */
	/* The right answer: a tag, a branch, a Call-ID or an entity tag in
	 * small letters, or the digits of a number or a time in seconds; empty:
	 * the task has none of these. */
	struct buf own;
	bool token; /* it is not a number */
	/* The student's wrong answer, of the same form; of words the ones that
	 * occur nowhere in the run, with spaces between.  Empty where it may
	 * come from the run. */
	struct buf foreign;
	bool slip; /* of a number: one key or digit beside the own right one */
};

struct student_values {
	struct student_value list[LESSON_TASKS_MAX];
};

/* Of M's tasks, which W has answered.  V is begun again; free it in any case. 0
 * or D's error. */
int student_values_find(struct student_values *v, const struct mark *m,
    const struct work *w, struct diag *d);
void student_values_free(struct student_values *v);

/* The numbers GIVEN and RIGHT are the same, as exactly as GIVEN is written. */
bool student_value_same(struct str given, struct str right);
/* How many digits of NUMBER say something: neither zeros in front nor behind.
 */
unsigned student_value_digits(struct str number);

#endif
