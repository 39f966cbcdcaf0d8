/* The table of roles, and what it says of a node's words. */
#include "role/rows.h"

#include <assert.h>

static_assert(ROLE_COUNT <= 64, "a set of roles has 64 bits");

const struct role role_rows[ROLE_COUNT] = {
#define X(word, traits, class, ...)                                      \
	{ #word, ROLE_BIT(word), (unsigned)(traits), ROLE_CLASS_##class, \
		__VA_ARGS__ },
	ROLE_ROWS(X)
#undef X
};

const char *const role_class_words[ROLE_CLASS_COUNT] = {
#define X(name, word, letter) word,
	ROLE_CLASSES(X)
#undef X
};

const char role_class_letters[ROLE_CLASS_COUNT] = {
#define X(name, word, letter) letter,
	ROLE_CLASSES(X)
#undef X
};

const struct role *
role_find(struct str word)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (str_is(word, role_rows[i].word))
			return &role_rows[i];
	return NULL;
}

uint64_t
role_is(struct str words)
{
	uint64_t is = 0;

	while (words.n > 0) {
		const struct role *r = role_find(str_cut(words, ' ', &words));

		is |= r != NULL ? r->is : 0;
	}
	return is;
}

unsigned
role_traits(struct str words)
{
	unsigned traits = 0;

	while (words.n > 0) {
		const struct role *r = role_find(str_cut(words, ' ', &words));

		traits |= r != NULL ? r->traits : 0;
	}
	return traits;
}

static void
role_put_one(struct buf *b, struct str word, bool alone)
{
	const struct role *r = role_find(word);

	if (r != NULL)
		buf_puts(b, i18n_text(alone ? r->name : r->brief));
	else
		buf_str(b, word);
}

void
role_put_brief(struct buf *b, struct str word)
{
	role_put_one(b, word, false);
}

void
role_put(struct buf *b, struct str words, const char *separator)
{
	bool alone = str_chr(str_trim(words), ' ') < 0, any = false;

	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		if (word.n == 0)
			continue;
		buf_puts(b, any ? separator : "");
		role_put_one(b, word, alone);
		any = true;
	}
}
