/*
 * Reading compiled-in MO catalogues (GNU gettext manual, "The Format of GNU
 * MO Files"), and printing a sentence whose format is translated already.
 */
#include "base/i18n.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"
#include "base/err.h"
#include "base/str.h"

struct catalogue {
	const char *name;          /* "zh_CN" */
	const unsigned char *data; /* a MO file, little-endian */
	uintptr_t texts;           /* from there on its texts' places count */
	size_t size;               /* of where they are */
};

/* Written by the build: arrays and `static const struct catalogue
 * catalogues[]`, ended by a row of zeros. */
#include "catalogues.inc"

/* Global, as a locale is: set once at the start, read everywhere. */
static const struct catalogue *chosen;

static uint32_t
i18n_word(const struct catalogue *c, size_t at)
{
	const unsigned char *p = c->data + at;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/* Text I of the table that begins at TABLE. */
static const char *
i18n_text_at(size_t table, size_t i)
{
	return (
	    const char *)(chosen->texts + i18n_word(chosen, table + 8 * i + 4));
}

const char *
i18n_text(const char *msgid)
{
	size_t n, i, originals;

	if (chosen == NULL || msgid == NULL || msgid[0] == '\0')
		return msgid;
	n = i18n_word(chosen, 8);
	originals = i18n_word(chosen, 12);
	BISECT(i, 0, n, strcmp(i18n_text_at(originals, i), msgid) < 0);
	return i < n && strcmp(i18n_text_at(originals, i), msgid) == 0
		   ? i18n_text_at(i18n_word(chosen, 16), i)
		   : msgid;
}

const char *
i18n_msgid(const char *text)
{
	uintptr_t at = (uintptr_t)text;

	if (chosen == NULL || at - chosen->texts >= chosen->size)
		return text;
	for (size_t i = 0; i < i18n_word(chosen, 8); i++)
		if (i18n_text_at(i18n_word(chosen, 16), i) == text)
			return i18n_text_at(i18n_word(chosen, 12), i);
	return text;
}

/* "zh_CN.UTF-8" names zh_CN, and so does plain "zh". */
static int
i18n_names(const char *lang, const char *catalogue)
{
	size_t n = strcspn(lang, ".@");
	size_t stem = strcspn(lang, "_-.@");

	if (n == strlen(catalogue) && strncmp(lang, catalogue, n) == 0)
		return 1;
	return stem == strcspn(catalogue, "_") &&
	       strncmp(lang, catalogue, stem) == 0;
}

/* LANG is English or of a catalogue, which *FOUND is then; NULL for English. */
static bool
find_catalogue(const char *lang, const struct catalogue **found)
{
	*found = NULL;
	for (const struct catalogue *c = catalogues; c->name != NULL; c++) {
		if (i18n_names(lang, c->name)) {
			*found = c;
			return true;
		}
	}
	return i18n_names(lang, "en");
}

static const char *
i18n_variable_value(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* The first language of LANGUAGE that there is; the list has colons. */
static bool
i18n_find_in_list(const char *list, const struct catalogue **found)
{
	char lang[32];

	while (*list != '\0') {
		size_t n = strcspn(list, ":");

		if (n < sizeof(lang)) {
			memcpy(lang, list, n);
			lang[n] = '\0';
			if (find_catalogue(lang, found))
				return true;
		}
		list += n + (list[n] == ':');
	}
	return false;
}

/*
 * Of LC_ALL, LC_MESSAGES, LANG the first that is set says it (POSIX, Base
 * Definitions 8.2), and before it LANGUAGE, which counts in no C locale (GNU
 * gettext manual, "The LANGUAGE variable").  The variable, or NULL where
 * none names a language there is.
 */
static const char *
find_in_environment(const struct catalogue **found)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };
	const char *list = i18n_variable_value("LANGUAGE");

	*found = NULL;
	for (size_t i = 0; i < COUNT_OF(variables); i++) {
		const char *value = i18n_variable_value(variables[i]);

		if (value == NULL)
			continue;
		if (i18n_names(value, "C") || i18n_names(value, "POSIX"))
			return NULL;
		if (list != NULL && i18n_find_in_list(list, found))
			return "LANGUAGE";
		return find_catalogue(value, found) ? variables[i] : NULL;
	}
	return NULL;
}

const char *
i18n_variable(void)
{
	const struct catalogue *found;

	return find_in_environment(&found);
}

int
i18n_choose(const char *lang)
{
	if (lang == NULL) {
		find_in_environment(&chosen);
		return 0;
	}
	if (find_catalogue(lang, &chosen) || i18n_names(lang, "C"))
		return 0;
	return ERR_NOTFOUND;
}

const char *
i18n_language(void)
{
	return chosen != NULL ? chosen->name : "en";
}

bool
i18n_needs_utf8(void)
{
	return strcmp(i18n_language(), "en") != 0;
}

const char *const *
i18n_languages(void)
{
	static const char *list[16] = { "en" };
	size_t n = 1;

	for (const struct catalogue *c = catalogues; c->name != NULL && n < 15;
	     c++)
		list[n++] = c->name;
	return list;
}

const char *
i18n_next_language(void)
{
	const char *const *list = i18n_languages();

	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(list[i], i18n_language()) == 0 &&
		    list[i + 1] != NULL)
			return list[i + 1];
	return list[0];
}

/* ---- a sentence in English whose format is translated already ---- */

/* A va_list that a function goes on with is passed in a struct. */
struct arguments {
	va_list ap;
};

struct output {
	char *p;
	size_t size, n; /* as snprintf: N counts on behind the end */
};

/* "%-8.3lld" with its `*` filled in. */
struct conversion {
	char text[64];
	size_t n;
	char length[3]; /* "", "h", "hh", "l", "ll", "z", "j", "t" */
	char kind;
};

static void
i18n_put(struct output *o, const char *fmt, ...)
{
	size_t at = o->n < o->size ? o->n : o->size;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(at < o->size ? o->p + at : NULL, o->size - at, fmt, ap);
	va_end(ap);
	o->n += n > 0 ? (size_t)n : 0;
}

static void
take_letter(struct conversion *c, char letter)
{
	if (c->n + 2 < sizeof(c->text))
		c->text[c->n++] = letter;
}

/* The text at AT up to the conversion's letter; returns the position after
 * it. */
static const char *
read_conversion(const char *at, struct arguments *a, struct conversion *c)
{
	size_t length = 0;

	memset(c, 0, sizeof(*c));
	for (; *at != '\0' && strchr("%-+ #0123456789.*", *at) != NULL &&
	       (c->n == 0 || *at != '%');
	     at++) {
		char digits[16];

		if (*at != '*') {
			take_letter(c, *at);
			continue;
		}
		snprintf(digits, sizeof(digits), "%d", va_arg(a->ap, int));
		/* C17 7.21.6.1: a negative precision is none. */
		if (digits[0] == '-' && c->text[c->n - 1] == '.') {
			c->text[--c->n] = '\0';
			continue;
		}
		for (const char *d = digits; *d != '\0'; d++)
			take_letter(c, *d);
	}
	for (; *at != '\0' && strchr("hlzjt", *at) != NULL; at++) {
		take_letter(c, *at);
		if (length + 1 < sizeof(c->length))
			c->length[length++] = *at;
	}
	c->kind = *at;
	take_letter(c, *at);
	return *at != '\0' ? at + 1 : at;
}

/* An integer has the same size with a sign and without. */
static void
put_integer(struct output *o, const struct conversion *c, struct arguments *a)
{
	const char *length = c->length;

	if (strcmp(length, "l") == 0)
		i18n_put(o, c->text, va_arg(a->ap, long));
	else if (strcmp(length, "ll") == 0)
		i18n_put(o, c->text, va_arg(a->ap, long long));
	else if (strcmp(length, "z") == 0)
		i18n_put(o, c->text, va_arg(a->ap, size_t));
	else if (strcmp(length, "j") == 0)
		i18n_put(o, c->text, va_arg(a->ap, intmax_t));
	else if (strcmp(length, "t") == 0)
		i18n_put(o, c->text, va_arg(a->ap, ptrdiff_t));
	else
		i18n_put(o, c->text, va_arg(a->ap, int));
}

static void
i18n_put_conversion(
    struct output *o, const struct conversion *c, struct arguments *a)
{
	switch (c->kind) {
	case '%':
		i18n_put(o, "%%");
		break;
	case 's':
		i18n_put(o, c->text, i18n_msgid(va_arg(a->ap, const char *)));
		break;
	case 'p':
		i18n_put(o, c->text, va_arg(a->ap, void *));
		break;
	case 'a':
	case 'e':
	case 'f':
	case 'g':
		i18n_put(o, c->text, va_arg(a->ap, double));
		break;
	default:
		put_integer(o, c, a);
		break;
	}
}

/*
 * By printf's conversions of the msgid, one by one, so that those arguments
 * which are translations themselves are English as well.
 */
int
i18n_vprint_english(char *out, size_t size, const char *fmt, va_list ap)
{
	struct output o = { .size = size };
	struct arguments a;

	o.p = out;
	va_copy(a.ap, ap);
	for (fmt = i18n_msgid(fmt); *fmt != '\0';) {
		size_t plain = strcspn(fmt, "%");
		struct conversion c;

		i18n_put(&o, "%.*s", (int)plain, fmt);
		fmt += plain;
		if (*fmt == '\0')
			break;
		fmt = read_conversion(fmt, &a, &c);
		i18n_put_conversion(&o, &c, &a);
	}
	va_end(a.ap);
	return (int)o.n;
}
