/*
 * What a user did wrong, in one sentence: file, line, what was found, what was
 * expected.  Functions that read what people wrote take a `struct diag *` and
 * return the same code they put into it.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/buf.h"

struct diag {
	int err;         /* 0 while nothing was said */
	char file[256];  /* may be empty */
	unsigned line;   /* from 1; 0 where there is none */
	char text[1024]; /* the sentence, no full stop, no newline, UTF-8 */
	/* The same in English, for what a person's language must not change;
	 * empty where TEXT is English.  See diag_english. */
	char english[1024];
};

#define DIAG_INIT ((struct diag){ 0, "", 0, "", "" })

/*
 * Says it: FILE may be NULL, LINE 0.  FMT is already in the user's language.
 * The first word stays: a second diag_set on the same DIAG changes nothing.
 * Returns ERR (ERR_NOMEM passes through in the same way).  DIAG may be NULL.
 */
int diag_set(struct diag *d, int err, const char *file, unsigned line,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* ERR in its own words (err_text), of FILE where one is named; 0 says nothing.
 * Returns ERR. */
int diag_fail(struct diag *d, int err);
int diag_fail_file(struct diag *d, int err, const char *file);

/* Writes D's sentence alone, in both languages: for who makes one otherwise
 * than by diag_set. */
void diag_say(struct diag *d, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* Puts words before D's sentence, in both languages. */
void diag_prefix(struct diag *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Puts what may be meant behind D's sentence, in both languages; nothing where
 * NEAR is NULL or empty.  Returns ERR. */
int diag_meant(struct diag *d, int err, const char *near);
/* Reads NEAR in place of a word that is wrong: 0, or WHY's error, without a
 * sentence where nothing is to be said of it. */
typedef int diag_read_fn(const void *arg, const char *near, struct diag *why);
/* As diag_meant if READ reads NEAR in place of WORD.  Otherwise, if WORD is
 * empty or is NEAR with a slip (param_is_near), WHY's sentence about NEAR
 * follows D's. A suggestion that neither reads nor was surely meant is left
 * out. */
int diag_meant_read(struct diag *d, int err, struct str word, const char *near,
    diag_read_fn *read, const void *arg);
/* Whether diag_meant_read() would say anything. */
bool diag_is_meant(
    struct str word, const char *near, diag_read_fn *read, const void *arg);
/* As diag_one_of, with the names in LIST; the signs between them are no signs
 * of names. */
int diag_near(struct diag *d, int err, struct str word, const char *list);
/* As diag_meant, with the one of the N names, STRIDE bytes apart from FIRST,
 * that is nearest to WORD; where none is near, with the names. */
int diag_one_of(struct diag *d, int err, struct str word,
    const char *const *first, size_t n, size_t stride);
/* The same, where people call a name otherwise (base/param.h). */
struct param_synonym;
int
diag_one_called(struct diag *d, int err, const struct param_synonym *synonyms,
    struct str word, const char *const *first, size_t n, size_t stride);
/* D's sentence in English; as long as D. */
const char *diag_english(const struct diag *d);
/* As diag_set, with the sentence of WHY, in both languages. */
int diag_pass(struct diag *d, int err, const char *file, unsigned line,
    const struct diag *why);

/* As buf_read_file; errors name PATH. */
int
diag_read_file(struct buf *b, const char *path, size_t limit, struct diag *d);

#endif
