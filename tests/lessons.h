/* For tests of lessons: the labs that have one, and their files. */
#ifndef LESSONS_H
#define LESSONS_H

#include "grade/mark.h"
#include "labs.h"

#define LESSON_FILE_MOST (1u << 20)

bool has_file(const char *lab, const char *name);
void each_lesson(void (*fn)(const char *lab));
void each_lesson_some(void (*fn)(const char *lab)); /* those of tests/sample */
void read_text(const char *lab, const char *name, struct buf *out);
struct lesson *load(const char *lab);

#endif
