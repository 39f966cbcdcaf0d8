/*
 * How people write: the one place where an answer's meaning is told from its
 * spelling.  An input method's full-width letters and signs, any quotes, dashes
 * and arrows, the words around a value, a unit's many names: all kinds of tasks
 * read answers by this.  Nothing here knows the right answer, and an ambiguous
 * text is not read.
 */
#ifndef LESSON_ANSWER_SPELLING_H
#define LESSON_ANSWER_SPELLING_H

#include "base/diag.h"

/* Appends TEXT as one would type it in ASCII: `３．` as "3.", `“` as a quote,
 * `µ` as "u", `§` as " section ", `—>` and `→` as "->".  Lines stay lines, and
 * other scripts stay as they are.  0 or ERR_NOMEM. */
int spelling_plain(struct str text, struct buf *out);

/* Appends the student's number that TEXT is: in ASCII where it can be, without
 * blanks around it.  0, D's ERR_SYNTAX where there is one within it, or what
 * can't be seen (utf8_has_unseen), ERR_NOMEM.
 */
int spelling_student(struct str text, struct buf *out, struct diag *d);
/* D's ERR_SYNTAX of a number with what can't be seen. */
int spelling_refuse_unseen(struct diag *d);

/* ---- the following take what spelling_plain makes ---- */

/* TEXT without spaces, quotes and marks of Markdown around it, and without the
 * point or colon that ends it. */
struct str spelling_trim(struct str text);
/* TEXT without what says that it is the answer: of "Answer: 2 s" and of
 * "答：2 s", "2 s". */
struct str spelling_answer(struct str text);
/* The word that is meant: of "the Via header", "Via". */
struct str spelling_word(struct str text);
/* TEXT is a line of a message's header, "Via: SIP/2.0/UDP …": its field's name
 * and value.  False: NAME is not a field that rung knows. */
bool spelling_header(struct str text, struct str *name, struct str *value);
/* The same word except for spaces, quotes and the case of letters. */
bool spelling_same(struct str a, struct str b);

/* A number, whatever it counts: "7 messages", "record 142", "266,437".  False:
 * none, or more than one. */
bool spelling_number(struct str text, double *value);
/* Seconds, of "2.03 s", "2,5 s", "500ms", "0.5", "20 µs later".  False: no
 * time, more than one, or one that can mean two, "1,500 ms". */
bool spelling_time(struct str text, double *seconds);
/* The letter or number of one of N options, from 0: "b", "B)", "(2)", "option
 * b".  SIZE_MAX: none, or several. */
size_t spelling_option(struct str text, size_t n);
/* A command: appends TEXT with options that begin as they should, where a
 * dash was made of "--".  0 or ERR_NOMEM. */
int spelling_command(struct str text, struct buf *out);

/* The first of the N texts, END bytes or not, that REST begins with, case
 * aside, as a whole word; its length, else 0. */
size_t spelling_lead(struct str rest, const char *const *words, size_t n);

#endif
