/*
 * Values as people write them in topologies, scripts and options: "5ms",
 * "10mbit", "1%", "true"; and the nearest valid word to a wrong one.
 */
#ifndef BASE_PARAM_H
#define BASE_PARAM_H

#include "base/str.h"

/* Nanoseconds, from "0", "2s", "1.5s", "20ms", "10us", "3ns", "2min", "1h";
 * a bare number counts as seconds.  0, ERR_SYNTAX, ERR_RANGE (over 292 y). */
int param_time(struct str s, int64_t *ns);

/* What param_time has against S, in the user's language: how its unit is
 * written here, that it is too long; else OTHERWISE. */
const char *param_time_why(struct str s, const char *otherwise);

struct diag;
/* S is a bare number of LEAST seconds or more, which is probably a mistake: a
 * warning in D names it as BEFORE and S. */
bool param_warn_time(
    struct diag *d, const char *before, struct str s, unsigned least);

/* Bits a second, from "64kbit", "10mbit", "1gbit", "9600bit"; more than 0. */
int param_rate(struct str s, uint64_t *bps);

/* Hertz, from "203MHz", "12.5MHz", "32768Hz", "20kHz"; more than 0. */
int param_frequency(struct str s, uint64_t *hz);

/* Bytes, from "512KB", "64MB", "1GB" (of 1,024 each), or a bare number. */
int param_size(struct str s, uint64_t *bytes);

/* Thousandths, from "1.5" (1500). */
int param_milli(struct str s, uint64_t *thousandths);

/* A share from 0 to 1, from "1%", "0.5%", "0.01". */
int param_share(struct str s, double *share);

/* "true", "yes", "on", "1"; "false", "no", "off", "0". */
int param_bool(struct str s, bool *value);

/* A decimal fraction without exponent or locale; 0, ERR_SYNTAX, ERR_RANGE. */
int param_decimal(struct str s, double *value);

/*
 * Among the COUNT words, STRIDE bytes apart from FIRST (pointers to C
 * strings), the nearest to WORD by edit distance; NULL when none is near.
 */
const char *param_nearest(
    struct str word, const char *const *first, size_t count, size_t stride);

/* WORD is NAME as fingers slip: behind the same first letter one more or one
 * less, two neighbours exchanged, or, from five letters on, one replaced. */
bool param_is_slip(struct str word, struct str name);
/* The same, also with other cases, blanks around WORD, - for _, and dashes
 * before both. */
bool param_is_near(struct str word, struct str name);

/* What people call a thing whose name here is another: "call", "invite".  One
 * word may stand for several, each in its place. */
struct param_synonym {
	const char *said, *meant;
};

/* The one of the words that WORD is a synonym of, or NULL.  SYNONYMS end with a
 * row of NULL. */
const char *param_called(const struct param_synonym *synonyms, struct str word,
    const char *const *first, size_t count, size_t stride);
/* As param_nearest, but first the one that WORD is in another case, or a
 * synonym of. */
const char *param_meant(const struct param_synonym *synonyms, struct str word,
    const char *const *first, size_t count, size_t stride);

#endif
