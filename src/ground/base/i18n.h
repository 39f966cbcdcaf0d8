/*
 * What a person reads, in the person's language.
 *
 * The texts are marked and collected as gettext does (xgettext, PO, MO); the
 * MO catalogues are compiled into the program and read here, because libintl
 * translates only where the system has a locale of that language installed,
 * and rung is to speak Chinese on a machine that has none.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Marks a text that is translated later, where it is shown. */
#define N_(text) text
#define _(text)  i18n_text(text)

/* The translation of MSGID, else MSGID itself. Never NULL for non-NULL. */
const char *i18n_text(const char *msgid) __attribute__((format_arg(1)));

/* The msgid of which TEXT, a pointer that i18n_text gave, is the translation;
 * any other text is its own. */
const char *i18n_msgid(const char *text) __attribute__((format_arg(1)));

/*
 * As vsnprintf, but in English whatever the language in force: FMT and those
 * of its %s arguments that i18n_text gave are put back into their msgids.  For
 * what a program may see, where a person's language must make no difference.
 * Not for %n, %lc, %ls or long double, and FMT's msgid numbers no arguments.
 */
int i18n_vprint_english(char *out, size_t size, const char *fmt, va_list ap)
    __attribute__((format(printf, 3, 0)));

/*
 * Chooses the language for the whole program, once, at its start: LANG is what
 * a user wrote ("zh", "zh_CN", "en", …) or NULL for what the environment says
 * (i18n_variable).  0, or ERR_NOTFOUND where there is no such catalogue.
 */
int i18n_choose(const char *lang);

/*
 * The variable of the environment that names a language there is: of LC_ALL,
 * LC_MESSAGES, LANG the first that is set, or LANGUAGE, which goes before it.
 * NULL where neither does, and where the first is "C", "POSIX" or "C.UTF-8".
 */
const char *i18n_variable(void);

/* The language behind the one in force, the first behind the last; static. */
const char *i18n_next_language(void);

/* The language in force: "en", "zh_CN"; static. */
const char *i18n_language(void);

/* Its words have other characters than ASCII's. */
bool i18n_needs_utf8(void);

/* The catalogues there are, by name, NULL at the end; "en" is always there. */
const char *const *i18n_languages(void);

#endif
