/* Lists of people. */
#include "firmware/phone/phonebook.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/text.h"

#include <string.h>

void
history_add(
    struct history *h, const char *name, const char *uri, const char *text)
{
	struct history_entry e = { .text = NULL };

	text_copy(e.name, sizeof(e.name), name);
	text_copy(e.uri, sizeof(e.uri), uri);
	if (text != NULL) {
		e.text = heap_get(HISTORY_TEXT);
		text_copy(e.text, HISTORY_TEXT, text);
	}
	if (h->n == HISTORY)
		heap_put(h->entries[--h->n].text);
	memmove(h->entries + 1, h->entries, h->n * sizeof(e));
	h->entries[0] = e;
	h->n++;
	if (h->fresh < HISTORY)
		h->fresh++;
}

void
history_clear(struct history *h)
{
	while (h->n > 0)
		heap_put(h->entries[--h->n].text);
	h->fresh = 0;
}

/* The part that tells people apart: behind the scheme, before parameters. */
static const char *
core(const char *uri, size_t *n)
{
	const char *colon = strchr(uri, ':');
	const char *at = strchr(uri, '@');

	if (colon != NULL && (at == NULL || colon < at))
		uri = colon + 1;
	*n = strcspn(uri, ";?>");
	return uri;
}

const char *
book_name(const struct config *c, const char *uri)
{
	size_t n, m;
	const char *wanted = core(uri, &n), *has;

	for (unsigned i = 0; i < c->nbook; i++) {
		has = core(c->book[i].uri, &m);
		if (n == m && memcmp(wanted, has, n) == 0)
			return c->book[i].name;
	}
	return NULL;
}

void
book_short(const char *uri, char *out, size_t cap)
{
	struct text t = text_in(out, cap);
	size_t n;
	const char *p = core(uri, &n);
	const char *at = memchr(p, '@', n);

	text_n(&t, p, at != NULL && at > p ? (size_t)(at - p) : n);
}
