/*
 * Reading compiled-in MO catalogues (GNU gettext manual, "The Format of GNU MO
 * Files").  The chosen language is a global, as a locale is: set once at the
 * start, read everywhere.
 */
#include "base/i18n.h"

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct catalogue {
	const char *name;          /* "zh_CN" */
	const unsigned char *data; /* a MO file, little-endian */
	size_t size;
};

/* Written by the build: arrays and `static const struct catalogue
 * catalogues[]`, ended by a row of zeros. */
#include "catalogues.inc"

static const struct catalogue *chosen;

static uint32_t
word(const struct catalogue *c, size_t at)
{
	const unsigned char *p = c->data + at;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

const char *
i18n_text(const char *msgid)
{
	uint32_t lo = 0, hi, originals, translations;

	if (chosen == NULL || msgid == NULL || msgid[0] == '\0')
		return msgid;
	hi = word(chosen, 8);
	originals = word(chosen, 12);
	translations = word(chosen, 16);
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const char *at = (const char *)chosen->data +
				 word(chosen, originals + 8 * mid + 4);
		int order = strcmp(msgid, at);

		if (order == 0)
			return (const char *)chosen->data +
			       word(chosen, translations + 8 * mid + 4);
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return msgid;
}

/* "zh_CN.UTF-8" names zh_CN, and so does plain "zh". */
static int
names(const char *lang, const char *catalogue)
{
	size_t n = strcspn(lang, ".@");
	size_t stem = strcspn(lang, "_-.@");

	if (n == strlen(catalogue) && strncmp(lang, catalogue, n) == 0)
		return 1;
	return stem == strcspn(catalogue, "_") &&
	       strncmp(lang, catalogue, stem) == 0;
}

/* The first variable that is set, as POSIX has it (Base Definitions, 8.2), or
 * NULL. */
static const char *
set_variable(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = getenv(variables[i]);

		if (value != NULL && value[0] != '\0')
			return variables[i];
	}
	return NULL;
}

static const char *
from_environment(void)
{
	const char *variable = set_variable();

	return variable != NULL ? getenv(variable) : "C";
}

const char *
i18n_variable(void)
{
	const char *variable = set_variable();

	if (variable == NULL)
		return NULL;
	if (names(getenv(variable), "en"))
		return variable;
	for (const struct catalogue *c = catalogues; c->name != NULL; c++)
		if (names(getenv(variable), c->name))
			return variable;
	return NULL;
}

int
i18n_choose(const char *lang)
{
	int asked = lang != NULL;

	if (!asked)
		lang = from_environment();
	chosen = NULL;
	for (const struct catalogue *c = catalogues; c->name != NULL; c++) {
		if (names(lang, c->name)) {
			chosen = c;
			return 0;
		}
	}
	if (!asked || names(lang, "en") || names(lang, "C"))
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
