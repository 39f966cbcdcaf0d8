/*
 * Wrong words of numbers.  An address says one after another for a number:
 * after each it waits twice as long as before.  The right word from elsewhere
 * never waits: a student is not locked out.
 */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "text/json_fields.h"

#include <string.h>

#define FIRST_MS 1000
#define LAST_MS  60000

static bool
is_of(const struct guess *g, const char *address, const struct roster_row *row)
{
	return g->row == row && strcmp(g->address, address) == 0;
}

/* That of ADDRESS for ROW; a new one in the place of the one that waits least;
 * NULL, without MAKE: there is none. */
static struct guess *
find_guess(struct classroom *c, const char *address,
    const struct roster_row *row, bool make)
{
	struct guess *least = &c->guesses[0];

	for (size_t i = 0; i < GUESSES_MAX; i++) {
		if (is_of(&c->guesses[i], address, row))
			return &c->guesses[i];
		if (c->guesses[i].until_ms < least->until_ms)
			least = &c->guesses[i];
	}
	if (!make)
		return NULL;
	*least = (struct guess){ .row = row };
	strncpy(least->address, address, sizeof(least->address) - 1);
	return least;
}

int
classroom_may_guess(
    const struct asked *a, const struct roster_row *row, struct diag *d)
{
	const struct guess *g = find_guess(a->c, a->who->address, row, false);

	if (g == NULL || a->who->now_ms >= g->until_ms)
		return 0;
	return diag_set(d, ERR_STATE, NULL, 0,
	    _("too many wrong words for %s; try again in %lld s"), row->id,
	    (long long)(g->until_ms - a->who->now_ms + 999) / 1000);
}

void
classroom_guessed_wrong(const struct asked *a, const struct roster_row *row)
{
	struct guess *g = find_guess(a->c, a->who->address, row, true);
	int64_t waits = FIRST_MS;

	for (unsigned i = 0; i < g->tries && waits < LAST_MS; i++)
		waits *= 2;
	g->tries++;
	g->until_ms = a->who->now_ms + (waits < LAST_MS ? waits : LAST_MS);
	a->c->guessed++;
	a->c->last_guess = *g;
	classroom_changed_who(a->c);
}

unsigned
classroom_tries(const struct classroom *c, const struct roster_row *row)
{
	unsigned n = 0;

	for (size_t i = 0; row != NULL && i < GUESSES_MAX; i++)
		n += c->guesses[i].row == row ? c->guesses[i].tries : 0;
	return n;
}

unsigned
classroom_guessed(
    const struct classroom *c, const char **number, const char **address)
{
	const struct guess *g = &c->last_guess;

	*number = g->row != NULL ? g->row->id : "";
	*address = g->address;
	return c->guessed;
}

struct tried {
	const char *number, *name, *address;
	int64_t tries;
};

static const struct field tried_fields[] = {
	FIELD(struct tried, number, TEXT, "of whom"),
	FIELD(struct tried, name, TEXT, "as the list of the class has it"),
	FIELD(struct tried, address, TEXT, "from where"),
	FIELD(struct tried, tries, NUMBER, "how many words were wrong"),
	FIELDS_END,
};

void
classroom_put_guesses(const struct classroom *c, struct buf *out)
{
	const char *between = "";

	json_open(out, "guesses", '[');
	for (size_t i = 0; i < GUESSES_MAX; i++) {
		const struct guess *g = &c->guesses[i];
		struct tried t;

		if (g->tries == 0)
			continue;
		t = (struct tried){ g->row->id, g->row->name, g->address,
			g->tries };
		buf_puts(out, between);
		json_put_object(tried_fields, &t, out);
		between = ",";
	}
	buf_putc(out, ']');
}
