/*
 * Signs that word processors and other keyboards put where languages of
 * machines have one of ASCII: quotes that are bent, long dashes, the wide forms
 * of Chinese (Unicode, blocks General Punctuation, CJK Symbols and Punctuation,
 * Halfwidth and Fullwidth Forms).
 */
#ifndef TEXT_LOOKALIKE_H
#define TEXT_LOOKALIKE_H

#include "base/str.h"

/* What a machine reads for the sign that S begins with, and that sign in *SIGN,
 * of S; NULL where S begins with no such sign. */
const char *lookalike_meant(struct str s, struct str *sign);

#endif
