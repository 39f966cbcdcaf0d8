/*
 * UTF-8: decoding, the width of a text in terminal cells, and the one
 * sanitiser through which text goes on its way to a person.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

#define UTF8_BAD 0xfffdu

/*
 * The code point at S.p, its length in *USED (at least 1 when S.n > 0).
 * Anything that is not shortest-form UTF-8 gives UTF8_BAD and one byte.
 */
uint32_t utf8_decode(struct str s, size_t *used);
/* What has no encoding (surrogates, over U+10FFFF) is written as U+FFFD. */
void utf8_encode(struct buf *b, uint32_t code_point);
/* How many bytes of S are UTF-8, from the first on. */
size_t utf8_good(struct str s);
static inline bool
utf8_valid(struct str s)
{
	return utf8_good(s) == s.n;
}

/* Cells of one code point: 0 (combining), 1 or 2 (East Asian wide). */
unsigned utf8_cells(uint32_t code_point);
/* Cells of a whole text as utf8_add_safe would show it. */
size_t utf8_width(struct str s);
/* The longest beginning of S that fits into CELLS. */
struct str utf8_clip(struct str s, size_t cells);

/*
 * Appends S with everything that could steer a terminal or a reader's eye
 * made visible: C0 and DEL as U+2400 symbols, C1 and bidirectional controls
 * as <U+XXXX>, bytes that are not UTF-8 as U+FFFD.  No newline gets through.
 */
void utf8_add_safe(struct buf *b, struct str s);
/* S has a character that is not seen by itself: one that utf8_add_safe makes
 * visible, or a mark that changes the one before it.  Two names that differ by
 * it look alike. */
bool utf8_has_unseen(struct str s);
/* The same in at most CELLS, the last of them … where more would follow. */
void utf8_add_clipped(struct buf *b, struct str s, size_t cells);
/* The same, but newlines stay newlines, tabs become spaces and the CR of a
 * CRLF goes. */
void utf8_add_safe_lines(struct buf *b, struct str s);

/* Appends S in ASCII: arrows, lines and quotes as similar signs, other
 * characters as '?', except for those of a language that is not written in
 * ASCII (i18n_needs_utf8). */
void utf8_add_ascii(struct buf *b, struct str s);

/* What B says ends here, and goes on behind a blank, except for a full-width
 * mark of Chinese, which has its own; nothing where B is empty. */
void utf8_add_gap(struct buf *b);
/* S (made safe) clipped as above or padded with spaces to exactly CELLS. */
void utf8_add_cell(struct buf *b, struct str s, size_t cells);

/*
 * What a machine reads for the sign that S begins with, and that sign in *SIGN,
 * of S; NULL where S begins with no such sign. Word processors and other
 * keyboards put such signs where languages of machines have one of ASCII. They
 * are quotes that are bent, long dashes, and the wide forms of Chinese
 * (Unicode, blocks General Punctuation, CJK Symbols and Punctuation, Halfwidth
 * and Fullwidth Forms).
 */
const char *lookalike_meant(struct str s, struct str *sign);

/* ---- faults of UTF-8, in words (base/diag.h) ---- */

/* "file:line: sentence", safe for a terminal; appended to OUT. */
void diag_write(const struct diag *d, struct buf *out);

#endif
