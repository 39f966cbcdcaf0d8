/*
 * Writing a sentence in English whose format is translated already: printf's
 * conversions of the msgid, one by one, so that those arguments which are
 * translations themselves are English, too.
 */
#include "base/i18n.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
put(struct output *o, const char *fmt, ...)
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

/* What stands at AT up to the conversion's letter; returns what is behind. */
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
		put(o, c->text, va_arg(a->ap, long));
	else if (strcmp(length, "ll") == 0)
		put(o, c->text, va_arg(a->ap, long long));
	else if (strcmp(length, "z") == 0)
		put(o, c->text, va_arg(a->ap, size_t));
	else if (strcmp(length, "j") == 0)
		put(o, c->text, va_arg(a->ap, intmax_t));
	else if (strcmp(length, "t") == 0)
		put(o, c->text, va_arg(a->ap, ptrdiff_t));
	else
		put(o, c->text, va_arg(a->ap, int));
}

static void
put_conversion(
    struct output *o, const struct conversion *c, struct arguments *a)
{
	switch (c->kind) {
	case '%':
		put(o, "%%");
		break;
	case 's':
		put(o, c->text, i18n_msgid(va_arg(a->ap, const char *)));
		break;
	case 'p':
		put(o, c->text, va_arg(a->ap, void *));
		break;
	case 'a':
	case 'e':
	case 'f':
	case 'g':
		put(o, c->text, va_arg(a->ap, double));
		break;
	default:
		put_integer(o, c, a);
		break;
	}
}

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

		put(&o, "%.*s", (int)plain, fmt);
		fmt += plain;
		if (*fmt == '\0')
			break;
		fmt = read_conversion(fmt, &a, &c);
		put_conversion(&o, &c, &a);
	}
	va_end(a.ap);
	return (int)o.n;
}
