/* Lists of words in one buffer, NUL after each. */
#include "views/tui/play.h"

static bool
edit_next_word(const struct buf *list, size_t *at, struct str *word)
{
	if (*at >= list->n)
		return false;
	*word = str_of(list->p + *at);
	*at += word->n + 1;
	return true;
}

bool
play_list_has(const struct buf *list, struct str word)
{
	struct str w;

	for (size_t at = 0; edit_next_word(list, &at, &w);)
		if (str_eq(w, word))
			return true;
	return false;
}

void
play_list_add(struct buf *list, struct str word)
{
	if (play_list_has(list, word))
		return;
	buf_str(list, word);
	buf_add(list, "", 1);
}

void
play_list_drop(struct buf *list, struct str word)
{
	struct str w;

	for (size_t at = 0; edit_next_word(list, &at, &w);) {
		if (!str_eq(w, word))
			continue;
		memmove(list->p + at - w.n - 1, list->p + at, list->n - at);
		buf_truncate(list, list->n - w.n - 1);
		return;
	}
}

size_t
play_list_words(const struct buf *list, const char **words, size_t most)
{
	struct str w;
	size_t n = 0;

	for (size_t at = 0; n < most && edit_next_word(list, &at, &w);)
		words[n++] = w.p;
	return n;
}
