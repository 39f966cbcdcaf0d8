/* Whether words, numbers and numerals stand in what is told, for tests. */
#ifndef TOLD_WORDS_H
#define TOLD_WORDS_H

#include "base/buf.h"

/* Adds the lines of AFTER that are not in BEFORE. */
void told_add_new_lines(struct buf *out, struct str before, struct str after);
/* WORD stands in TEXT by itself: "2" in "2 s", not in "2xx" or "1.2". */
bool told_has_word(struct str text, struct str word);
/* TEXT has the number KEY, of a time in any unit. */
bool told_has_number(struct str text, double key, double tolerance, bool time);
/* That there is none of what is counted: "nothing", "none at all", 一个也没有.
 */
bool told_has_nothing(struct str text);
/* KEY in words: "three", "三".  Of two the languages speak too often ("both
 * ends", 两端) for it to tell anything. */
bool told_has_numeral(struct str text, double key);

#endif
