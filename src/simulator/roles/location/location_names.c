/*
 * Names that lead nowhere: users who have left for good (RFC 3261 21.4.10),
 * numbers that are not whole (21.4.22), names that several users share in part
 * (21.4.23).
 */
#include "roles/location/location_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

/* Parts of one name that are kept, at most. */
#define WORDS_MAX 8

/* The users whose names have one part in common, in order of arrival. */
struct word {
	const struct record **list;
	size_t n;
};

/* ---- 484 ---- */

/* A number with fewer digits than numbers here have. */
static bool
is_incomplete(const struct location *l, struct str user)
{
	uint64_t length;

	if (str_u64(str_of(node_attr(l->node, "number_length", "")), &length) !=
	    0)
		return false;
	if (str_starts(user, "+"))
		user = str_slice(user, 1, user.n);
	for (size_t i = 0; i < user.n; i++)
		if (!chr_is_digit(user.p[i]))
			return false;
	return user.n > 0 && user.n < length;
}

/* ---- 485 ---- */

/* The index's key of a part of a name; false when out of memory. */
static bool
write_word_key(struct str word, struct str host, struct buf *key)
{
	buf_clear(key);
	buf_printf(key, "%.*s@%.*s", STR_ARG(word), STR_ARG(host));
	return key->err == 0;
}

static int
word_add(struct location *l, struct str key, const struct record *r)
{
	struct word *w = map_get(l->words, key);
	const struct record **list;

	if (w == NULL) {
		w = mem_zalloc(1, sizeof(*w));
		if (w == NULL || map_put(l->words, key, w) != 0) {
			mem_free(w);
			return ERR_NOMEM;
		}
	}
	/* "lee.lee" is one user. */
	if (w->n > 0 && w->list[w->n - 1] == r)
		return 0;
	/* No more are ever told. */
	if (w->n == LOCATION_CONTACTS)
		return 0;
	list = mem_realloc_array(w->list, w->n + 1, sizeof(const void *));
	if (list == NULL)
		return ERR_NOMEM;
	w->list = list;
	w->list[w->n++] = r;
	return 0;
}

int
location_words_add(struct location *l, struct record *r)
{
	LOCAL_BUF key = BUF_INIT;
	struct msg_uri u;
	struct str rest;
	int err = 0;

	if (msg_uri_read(str_of(r->aor), &u) != 0 || str_chr(u.user, '.') < 0)
		return 0;
	rest = u.user;
	for (int i = 0; err == 0 && i < WORDS_MAX && rest.n > 0; i++) {
		struct str word = str_cut(rest, '.', &rest);

		err = write_word_key(word, u.host, &key)
			  ? word_add(l, buf_view(&key), r)
			  : ERR_NOMEM;
	}
	return err;
}

void
location_words_free(struct location *l)
{
	size_t at = 0;
	void *value;

	while (l->words != NULL && map_next(l->words, &at, NULL, &value)) {
		struct word *w = value;

		mem_free(w->list);
		mem_free(w);
	}
	map_destroy(l->words);
}

/* Whom USER may mean, where these are several. */
static bool
location_name_is_ambiguous(
    struct location *l, const struct msg_uri *u, struct location_contacts *out)
{
	LOCAL_BUF key = BUF_INIT;
	const struct word *w = NULL;

	if (!node_attr_bool(l->node, "ambiguous", false) || u->user.n == 0)
		return false;
	if (write_word_key(u->user, u->host, &key))
		w = map_get(l->words, buf_view(&key));
	else
		node_fail_memory(l->node);
	if (w == NULL || w->n < 2)
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (location_contacts_add(
			out, str_of(w->list[i]->aor), 0, 1000) != 0)
			node_fail_memory(l->node);
	return true;
}

enum location_status
location_judge_unknown(
    struct location *l, struct str aor, struct location_contacts *out)
{
	struct msg_uri u;

	if (msg_uri_read(aor, &u) != 0)
		return LOCATION_UNKNOWN;
	if (is_incomplete(l, u.user))
		return LOCATION_INCOMPLETE;
	return location_name_is_ambiguous(l, &u, out) ? LOCATION_AMBIGUOUS
						      : LOCATION_UNKNOWN;
}
