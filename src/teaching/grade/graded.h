/*
 * Graded sets: labs whose questions students have and whose keys their teacher
 * has.  FOLDER of the set SET (the last part of FOLDER's name) has
 *
 *	students/graded.txt      makes the folder the set's
 *	students/labs/SET-LAB/   the lab, with a check.lua of its questions
 *	                         (lesson/lesson_questions.c)
 *	teacher/labs/SET-LAB/    the lab as it is, with keys and answers.md;
 *	                         check.lua says how the options stand
 *
 * The labs' names are the set's own, and so are the values of each student,
 * sessions, exams and hand-ins, all of which go by the name: the lab as rung
 * has it has other values, and its work is other work.
 */
#ifndef GRADE_GRADED_H
#define GRADE_GRADED_H

#include "base/diag.h"
#include "base/str.h"

#define GRADED_STUDENTS "students"
#define GRADED_TEACHER  "teacher"

/* Makes FOLDER with the set of LABS, "direct-call,../my-lab": names, or paths
 * of folders.  0 or D's error; then FOLDER is not there. */
int graded_new(const char *folder, struct str labs, struct diag *d);

/* A user who works in the folder of a set, or below it (FROM; "": the working
 * directory), gets no verdicts and keys of its questions from the lab in folder
 * LAB, another that has one of them, options and all, or all of those of one of
 * its labs.  0 or D's error. */
int graded_guard(const char *from, const char *lab, struct diag *d);

#endif
