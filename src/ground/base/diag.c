/* Sentences about what a user did wrong. */
#include "base/diag.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/param.h"

/* A text that snprintf had to cut: no half character at its end, but "…". */
static void
mark_cut(char *text, size_t size)
{
	static const char mark[] = "…";
	size_t n = size - sizeof(mark);

	/* At most three bytes of a character stand before its cut. */
	for (int i = 0; i < 3 && ((unsigned char)text[n] & 0xc0) == 0x80; i++)
		n--;
	memcpy(text + n, mark, sizeof(mark));
}

/* Where the sentence is; the caller writes what it says. */
static void
set_place(struct diag *d, int err, const char *file, unsigned line)
{
	d->err = err;
	d->line = line;
	if (file == NULL)
		file = "";
	if (snprintf(d->file, sizeof(d->file), "%s", file) >=
	    (int)sizeof(d->file))
		mark_cut(d->file, sizeof(d->file));
}

int
diag_set(struct diag *d, int err, const char *file, unsigned line,
    const char *fmt, ...)
{
	va_list ap;

	if (d == NULL || d->err != 0)
		return err;
	set_place(d, err, file, line);
	va_start(ap, fmt);
	diag_say(d, fmt, ap);
	va_end(ap);
	return err;
}

int
diag_fail_file(struct diag *d, int err, const char *file)
{
	return err == 0 ? 0 : diag_set(d, err, file, 0, "%s", err_text(err));
}

int
diag_fail(struct diag *d, int err)
{
	return diag_fail_file(d, err, NULL);
}

void
diag_say(struct diag *d, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	if (vsnprintf(d->text, sizeof(d->text), fmt, ap) >=
	    (int)sizeof(d->text))
		mark_cut(d->text, sizeof(d->text));
	d->english[0] = '\0';
	if (strcmp(i18n_language(), "en") != 0 &&
	    i18n_vprint_english(d->english, sizeof(d->english), fmt, again) >=
		(int)sizeof(d->english))
		mark_cut(d->english, sizeof(d->english));
	va_end(again);
}

/* Moves a text to the right and puts the PREFIX before it. */
static void
put_before(char *text, size_t size, const char *prefix)
{
	size_t n = strlen(prefix), all = n + strlen(text);

	n = n < size ? n : size - 1;
	memmove(text + n, text, size - n);
	memcpy(text, prefix, n);
	text[size - 1] = '\0';
	if (all >= size)
		mark_cut(text, size);
}

void
diag_prefix(struct diag *d, const char *fmt, ...)
{
	struct diag before = DIAG_INIT;
	va_list ap;

	va_start(ap, fmt);
	diag_say(&before, fmt, ap);
	va_end(ap);
	if (d->english[0] != '\0' || before.english[0] != '\0') {
		if (d->english[0] == '\0')
			memcpy(d->english, d->text, sizeof(d->english));
		put_before(
		    d->english, sizeof(d->english), diag_english(&before));
	}
	put_before(d->text, sizeof(d->text), before.text);
}

/* Puts SUFFIX behind a text, cut where there is no room for it. */
static void
diag_put_behind(char *text, size_t size, const char *suffix)
{
	size_t n = strlen(text);

	if (snprintf(text + n, size - n, "%s", suffix) >= (int)(size - n))
		mark_cut(text, size);
}

/* Puts TAIL behind D's sentence, in both languages. */
static void
diag_put_tail(struct diag *d, const struct diag *tail)
{
	if (d->english[0] != '\0')
		diag_put_behind(
		    d->english, sizeof(d->english), diag_english(tail));
	diag_put_behind(d->text, sizeof(d->text), tail->text);
}

int
diag_meant(struct diag *d, int err, const char *near)
{
	struct diag tail = DIAG_INIT;

	if (d == NULL || near == NULL || near[0] == '\0')
		return err;
	diag_set(&tail, err, NULL, 0, _("; did you mean “%s”?"), near);
	diag_put_tail(d, &tail);
	return err;
}

/* Whether NEAR is worth a word in place of WORD; WHY is what it lacks then. */
static bool
judge_near(struct str word, const char *near, diag_read_fn *read,
    const void *arg, struct diag *why)
{
	return read(arg, near, why) == 0 ||
	       (why->err != 0 &&
		   (word.n == 0 || param_is_near(word, str_of(near))));
}

bool
diag_is_meant(
    struct str word, const char *near, diag_read_fn *read, const void *arg)
{
	struct diag why = DIAG_INIT;

	return judge_near(word, near, read, arg, &why);
}

int
diag_meant_read(struct diag *d, int err, struct str word, const char *near,
    diag_read_fn *read, const void *arg)
{
	struct diag why = DIAG_INIT;

	if (d == NULL || near == NULL || near[0] == '\0' ||
	    !judge_near(word, near, read, arg, &why))
		return err;
	if (why.err == 0)
		return diag_meant(d, err, near);
	if (strstr(why.text, near) == NULL)
		diag_prefix(&why, "%s: ", near);
	diag_prefix(&why, "; ");
	diag_put_tail(d, &why);
	return err;
}

#define NAMES_MOST 64

static bool
is_of_name(char c)
{
	return chr_is_alnum(c) || (c != '\0' && strchr("-_.", c) != NULL);
}

#define NAMES_LISTED 24

/* Puts the names in LIST behind D's sentence. */
static int
diag_list(struct diag *d, int err, const char *list, bool more)
{
	struct diag tail = DIAG_INIT;

	diag_set(&tail, err, NULL, 0, _("; there are %s"), list);
	if (more)
		diag_put_behind(tail.text, sizeof(tail.text), " …");
	diag_put_tail(d, &tail);
	return err;
}

int
diag_one_of(struct diag *d, int err, struct str word, const char *const *first,
    size_t n, size_t stride)
{
	static const struct param_synonym none = { NULL, NULL };

	return diag_one_called(d, err, &none, word, first, n, stride);
}

int
diag_one_called(struct diag *d, int err, const struct param_synonym *synonyms,
    struct str word, const char *const *first, size_t n, size_t stride)
{
	const char *near = param_meant(synonyms, word, first, n, stride);
	char list[256] = "";
	size_t shown = 0;

	if (d == NULL || near != NULL || n == 0)
		return diag_meant(d, err, near);
	for (; shown < n && shown < NAMES_LISTED; shown++) {
		const char *name = *(
		    const char *const *)((const char *)first + shown * stride);

		if (name[0] == '\0')
			continue;
		diag_put_behind(
		    list, sizeof(list), list[0] != '\0' ? ", " : "");
		diag_put_behind(list, sizeof(list), name);
	}
	return diag_list(d, err, list, shown < n);
}

int
diag_near(struct diag *d, int err, struct str word, const char *list)
{
	const char *names[NAMES_MOST], *near;
	char copy[1024];
	size_t n = 0;

	snprintf(copy, sizeof(copy), "%s", list);
	for (char *at = copy; *at != '\0' && n < NAMES_MOST;) {
		size_t length = 0;

		while (is_of_name(at[length]))
			length++;
		if (length > 0)
			names[n++] = at;
		at += length;
		if (*at != '\0')
			*at++ = '\0';
	}
	near = param_nearest(word, names, n, sizeof(names[0]));
	return d == NULL || near != NULL || n == 0
		   ? diag_meant(d, err, near)
		   : diag_list(d, err, list, false);
}

const char *
diag_english(const struct diag *d)
{
	return d->english[0] != '\0' ? d->english : d->text;
}

int
diag_pass(struct diag *d, int err, const char *file, unsigned line,
    const struct diag *why)
{
	if (d == NULL || d->err != 0)
		return err;
	set_place(d, err, file, line);
	memcpy(d->text, why->text, sizeof(d->text));
	memcpy(d->english, why->english, sizeof(d->english));
	return err;
}
